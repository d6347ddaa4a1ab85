// Cucumber's configuration for the runs of `npm run prove`: as cucumber.js in the root, but no env file is read, and no
// report written that nobody would look at.
export default {
  import: ['steps/**/*.ts'],
  plugin: ['./src/run/plugin.ts'],
  format: ['summary'],
};
