// The requirements that a team has beside those of the documents. They are read once, before the catalogue is put together, and
// reach every process of a run through its environment, as JSON.
import type { Requirement } from './catalogue.ts';

export const ownRequirementsVariable = 'CONFORMANCE_REQUIREMENTS';

export function ownRequirements(): readonly Requirement[] {
  return JSON.parse(process.env[ownRequirementsVariable] ?? '[]');
}
