import path from 'node:path';
import { loadEnvironment } from './src/run/environment.ts';
import { reportsDirOf } from './src/tenant/settings.ts';

loadEnvironment();
const report = (name) => path.join(reportsDirOf(process.env), name);

export default {
  import: ['steps/**/*.ts'],
  plugin: ['./src/run/plugin.ts'],
  format: [
    './src/report/progress.ts',
    ['./src/report/html-formatter.ts', report('cucumber.html')],
    ['junit', report('junit.xml')],
    // The Allure adapter writes its own files; the target only keeps it from taking over stdout.
    ['./src/report/allure-formatter.ts', report('.allure')],
  ],
};
