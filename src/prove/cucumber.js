// Cucumber's configuration for the runs of `npm run prove`: like cucumber.js in the root, but it reads no env file and
// writes no reports.
export default {
  import: ['steps/**/*.ts'],
  plugin: ['./src/run/plugin.ts'],
  format: ['summary'],
};
