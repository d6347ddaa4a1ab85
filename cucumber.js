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
    // These two write their own files; the target only keeps them from taking over stdout.
    ['./src/report/conformance-formatter.ts', report('.conformance')],
    ['./src/report/allure-formatter.ts', report('.allure')],
  ],
};
