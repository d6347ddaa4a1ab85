// Which of the requirements that a scenario claims is broken when one of its requests is refused.
import type { RequirementId } from './catalogue.ts';
import { type Step, stepsOf } from './lifecycle/step.ts';
import { isObject } from './requests.ts';

/** The start of the requirements that a step is about. */
const about = {
  message: 'HOOKS-MSG',
  summary: 'HOOKS-SUM',
  end: 'HOOKS-EOC',
  NA: 'HOOKS-SEQ-04',
  cold: 'HOOKS-SEQ-13',
  warm: 'HOOKS-SEQ-14',
  redial: 'HOOKS-RDL',
} as const;

/** The first claim, unless another one is about what is in the request. @param claims at least one */
export function claimOf(claims: readonly RequirementId[], body: unknown): RequirementId {
  const starts = isObject(body) ? stepsOf(body).flatMap(startOf) : [];
  return claims.find((claim) => starts.some((start) => claim.startsWith(start))) ?? claims[0]!;
}

function startOf(step: Step): string[] {
  if (step.type === 'unclear') return [];
  return [about[step.type === 'transfer' ? step.transfer : step.type]];
}
