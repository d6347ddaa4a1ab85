// The figures that only a run can say, from the reports of the runs that measure them.
import { isDeepStrictEqual } from 'node:util';
import type { ConformanceReport } from '../protocol/generated/schema-types.ts';

/** docs/figures.json */
export interface Measured {
  /** Sent in a run of all scenarios against the embedded sandbox. */
  requests: number;
  mutants: number;
  /** Per cent of the mutants that a test notices. */
  mutationScore: number;
}

/** What is read of reports/mutation.json. */
export interface MutationReport {
  config: { mutate: readonly string[] };
  files: Record<string, { mutants: readonly { status: string }[] }>;
}

/** @throws when it is a run of another kind */
export function requestsOf(report: ConformanceReport): Pick<Measured, 'requests'> {
  const { requests, verdict, selection, tenant } = report;
  if (verdict === 'conformant' && selection.whole && tenant.embedded) return { requests };
  throw new Error(
    `is of a run of ${selection.words} against ${tenant.url} that was ${verdict}: run npm test without settings and options`,
  );
}

/**
 * @param mutate what a whole run mutates
 * @throws when it is a run of something else
 */
export function mutantsOf(
  { config, files }: MutationReport,
  mutate: readonly string[],
): Pick<Measured, 'mutants' | 'mutationScore'> {
  if (!isDeepStrictEqual(config.mutate, mutate)) {
    throw new Error(`is of ${config.mutate.join(', ')} only: run npm run mutate without options`);
  }
  const all = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const noticed = all.filter((status) => ['Killed', 'Timeout'].includes(status)).length;
  const missed = all.filter((status) => ['Survived', 'NoCoverage'].includes(status)).length;
  const mutants = noticed + missed;
  if (mutants === 0) throw new Error('has no mutants');
  return { mutants, mutationScore: Math.round((1000 * noticed) / mutants) / 10 };
}
