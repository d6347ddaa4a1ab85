// Groups inconclusive requirements by cause: one reset connection can make twenty of them inconclusive.
import type { ConformanceReport, FindingReport, ProbableCause, RequirementReport } from './report-types.ts';

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

const unwelcome: readonly RequirementReport['verdict'][] = [
  'fail',
  'unexpected-pass',
  'inconclusive',
  'warning',
];

/** The requirements that do not hold, and that no probable cause explains. */
export function leftOver({ requirements, causes }: ConformanceReport): RequirementReport[] {
  const explained = new Set(causes.flatMap((cause) => cause.requirements));
  return requirements.filter(({ id, verdict }) => unwelcome.includes(verdict) && !explained.has(id));
}

/** What explains no requirement is a coincidence rather than a cause. */
export function explaining({ causes }: Pick<ConformanceReport, 'causes'>): ProbableCause[] {
  return causes.filter(({ requirements }) => requirements.length > 0);
}
