// The figures that only a run can measure, read from the reports of such runs.
import { isDeepStrictEqual } from 'node:util';
import type { ConformanceReport } from '../protocol/generated/schema-types.ts';

/** docs/figures.json */
export interface Measured {
  /** Requests sent in a run of all scenarios against the embedded sandbox. */
  requests: number;
  mutants: number;
  /** Percentage of the mutants that a test notices. */
  mutationScore: number;
}

/** The parts of reports/mutation.json that are read. */
export interface MutationReport {
  config: { mutate: readonly string[] };
  files: Record<string, { mutants: readonly { status: string }[] }>;
}

/** @throws Error when the report is not that of a standard run */
export function requestsOf(report: ConformanceReport): Pick<Measured, 'requests'> {
  const { requests, verdict, selection, tenant } = report;
  if (verdict === 'conformant' && selection.whole && tenant.embedded) return { requests };
  throw new Error(
    `is from a run of ${selection.words} against ${tenant.url} that was ${verdict}: run npm test without settings and options`,
  );
}

/**
 * @param mutate the files that a whole run mutates
 * @throws Error when the report is from a run of other files
 */
export function mutantsOf(
  { config, files }: MutationReport,
  mutate: readonly string[],
): Pick<Measured, 'mutants' | 'mutationScore'> {
  if (!isDeepStrictEqual(config.mutate, mutate)) {
    throw new Error(`is from ${config.mutate.join(', ')} only: run npm run mutate without options`);
  }
  const all = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const noticed = all.filter((status) => ['Killed', 'Timeout'].includes(status)).length;
  const missed = all.filter((status) => ['Survived', 'NoCoverage'].includes(status)).length;
  const mutants = noticed + missed;
  if (mutants === 0) throw new Error('has no mutants');
  return { mutants, mutationScore: Math.round((1000 * noticed) / mutants) / 10 };
}
