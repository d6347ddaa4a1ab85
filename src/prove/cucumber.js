// Cucumber's configuration for the runs of `npm run prove`: like cucumber.js in the root, but it reads no env file and
// writes no reports.
import { sourceInProject } from '../system/project.ts';

export default {
  import: [sourceInProject('steps/**/*')],
  plugin: [sourceInProject('src/run/plugin')],
  format: ['summary'],
};
