import path from 'node:path';
import { loadEnvironment } from './src/run/environment.ts';
import { sourceInProject } from './src/system/project.ts';
import { reportsDirOf } from './src/tenant/settings.ts';

loadEnvironment();
const report = (name) => path.join(reportsDirOf(process.env), name);

export default {
  import: [sourceInProject('steps/**/*')],
  plugin: [sourceInProject('src/run/plugin')],
  format: [
    sourceInProject('src/report/progress'),
    [sourceInProject('src/report/html-formatter'), report('cucumber.html')],
    // These two write their own files; the target only keeps them from taking over stdout.
    [sourceInProject('src/report/conformance-formatter'), report('.conformance')],
    [sourceInProject('src/report/allure-formatter'), report('.allure')],
  ],
};
