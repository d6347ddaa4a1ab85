// What a run says of each requirement: every check of every scenario, and the verdict that they come to.
import type { RequirementId } from '../protocol/catalogue.ts';
import type { ScenarioResult } from './collector.ts';
import { isTolerated, requirementVerdict, type Verdict } from './policy.ts';
import type { Check } from './scenario.ts';

/** A check, where it was made. */
export interface RequirementCheck {
  check: Check;
  result: ScenarioResult;
}

export function checksByRequirement(
  results: readonly ScenarioResult[],
): Map<RequirementId, RequirementCheck[]> {
  const said = new Map<RequirementId, RequirementCheck[]>();
  for (const result of results) {
    for (const check of result.record?.checks ?? []) {
      const known = said.get(check.requirement);
      if (known) known.push({ check, result });
      else said.set(check.requirement, [{ check, result }]);
    }
  }
  return said;
}

/** The verdict that the scenarios come to; undefined when none has said anything. */
export function verdictOfChecks(said: readonly RequirementCheck[]): Verdict | undefined {
  return requirementVerdict(
    said.map(({ check, result }) => ({ ...check, tolerated: isTolerated(result.record!.checks) })),
  );
}

/** The verdict on each requirement that the run has shown something of. */
export function requirementVerdicts(results: readonly ScenarioResult[]): Map<RequirementId, Verdict> {
  return new Map([...checksByRequirement(results)].map(([id, said]) => [id, verdictOfChecks(said)!]));
}
