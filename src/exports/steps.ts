// `agent-ai-conformance/steps`: what the steps of a team need. Cucumber has to be the one that runs the suite, so it comes from here.
export { After, Before, DataTable, defineParameterType, Given, Then, When } from '@cucumber/cucumber';
export { decides } from '../../steps/decides.ts';
export { needs } from '../../steps/needs.ts';
export type { ConformanceWorld } from '../../steps/world.ts';
