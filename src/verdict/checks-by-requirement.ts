// Collects the checks of all scenarios by requirement, and derives a verdict from them.
import type { RequirementId } from '../protocol/catalogue.ts';
import type { ScenarioResult } from './collector.ts';
import { isTolerated, requirementVerdict, type Verdict } from './policy.ts';
import type { Check } from './scenario-record.ts';

/** A check, and the scenario that made it. */
export interface RequirementCheck {
  check: Check;
  result: ScenarioResult;
}

export function checksByRequirement(
  results: readonly ScenarioResult[],
): Map<RequirementId, RequirementCheck[]> {
  const byRequirement = new Map<RequirementId, RequirementCheck[]>();
  for (const result of results) {
    for (const check of result.record?.checks ?? []) {
      const known = byRequirement.get(check.requirement);
      if (known) known.push({ check, result });
      else byRequirement.set(check.requirement, [{ check, result }]);
    }
  }
  return byRequirement;
}

/** undefined when no scenario has checked the requirement. */
export function verdictOfChecks(checks: readonly RequirementCheck[]): Verdict | undefined {
  return requirementVerdict(
    checks.map(({ check, result }) => ({ ...check, tolerated: isTolerated(result.record!.checks) })),
  );
}

/** The verdict on each requirement that the run has checked. */
export function requirementVerdicts(results: readonly ScenarioResult[]): Map<RequirementId, Verdict> {
  return new Map([...checksByRequirement(results)].map(([id, checks]) => [id, verdictOfChecks(checks)!]));
}
