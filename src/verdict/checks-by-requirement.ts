// What a run says of each requirement: every check of every scenario, and the verdict that they come to.
import type { RequirementId } from '../protocol/catalogue.ts';
import type { ScenarioResult } from './collector.ts';
import { isTolerated, requirementVerdict, type Verdict } from './policy.ts';
import type { Check } from './scenario.ts';

/** A check, where it was made. */
export interface Said {
  check: Check;
  result: ScenarioResult;
}

export function saidOfEach(results: readonly ScenarioResult[]): Map<RequirementId, Said[]> {
  const said = new Map<RequirementId, Said[]>();
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
export function verdictOfSaid(said: readonly Said[]): Verdict | undefined {
  return requirementVerdict(
    said.map(({ check, result }) => ({ ...check, tolerated: isTolerated(result.record!.checks) })),
  );
}

/** The verdict on each requirement that the run has shown something of. */
export function requirementVerdicts(results: readonly ScenarioResult[]): Map<RequirementId, Verdict> {
  return new Map([...saidOfEach(results)].map(([id, said]) => [id, verdictOfSaid(said)!]));
}
