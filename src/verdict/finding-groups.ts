// Groups findings, for people: one group for each requirement and verdict, and in it one for each kind of finding. A tenant
// that accepts everything has a hundred findings, and they say the same.
import { findingKind } from './finding-kind.ts';
import type { FindingReport, RequirementReport } from './report-types.ts';

export interface FindingGroup {
  requirement: RequirementReport;
  /** Other requirements that could not be judged for the same cause. */
  likewise: RequirementReport[];
  /** At least one, in the order of the run. */
  findings: FindingReport[];
  /** The most frequent first. */
  kinds: KindOfFinding[];
}

export interface KindOfFinding {
  /** "the tenant answered 200 although … is missing" */
  kind: string;
  findings: [FindingReport, ...FindingReport[]];
}

/** In the order of the requirements. */
export function findingGroups(requirements: readonly RequirementReport[]): FindingGroup[] {
  const found = requirements.flatMap((requirement) =>
    requirement.findings.map((finding) => ({ requirement, finding })),
  );
  // Lost requests form one group, even if they keep many requirements from being judged.
  const groups = Map.groupBy(found, ({ requirement, finding: { verdict, message } }) =>
    verdict === 'inconclusive' ? message : `${requirement.id} ${verdict}`,
  );
  return [...groups.values()].map((same) => {
    const [first, ...others] = new Set(same.map(({ requirement }) => requirement));
    const findings = same.map(({ finding }) => finding);
    return { requirement: first!, likewise: others, findings, kinds: kindsOf(findings) };
  });
}

export function kindsOf(findings: readonly FindingReport[]): KindOfFinding[] {
  const kinds = Map.groupBy(findings, ({ message }) => findingKind(message));
  return [...kinds]
    .map(([kind, same]) => ({ kind, findings: same as KindOfFinding['findings'] }))
    .sort((a, b) => b.findings.length - a.findings.length);
}
