// Groups inconclusive requirements by cause: one reset connection can make twenty of them inconclusive.
import type { FindingReport, RequirementReport } from './report-types.ts';

export interface Cause {
  /** In one line. */
  message: string;
  /** At least one, in catalogue order. */
  requirements: [RequirementReport, ...RequirementReport[]];
}

export function inconclusiveCauses(requirements: readonly RequirementReport[]): Cause[] {
  const inconclusive = requirements.filter(({ verdict }) => verdict === 'inconclusive');
  const causes = Map.groupBy(inconclusive, (entry) => leadingFinding(entry)?.message ?? entry.reason ?? '');
  return [...causes].map(([message, entries]) => ({
    message,
    requirements: entries as Cause['requirements'],
  }));
}

/** The finding that decided the verdict on a requirement. */
export function leadingFinding({ findings, verdict }: RequirementReport): FindingReport | undefined {
  return findings.find((found) => found.verdict === verdict);
}
