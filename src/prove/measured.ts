// The figures that only a run can measure, read from the reports of such runs.
import { isDeepStrictEqual } from 'node:util';
import type { ConformanceReport } from '../protocol/generated/schema-types.ts';

/** docs/figures.json */
export interface Measured {
  /** Requests sent in a run of all scenarios against the embedded sandbox. */
  requests: number;
  /** Requests that a tenant gets which accepts whatever is JSON: what it accepts wrongly is looked at more closely. */
  requestsIfAnythingIsTaken: number;
  mutants: number;
  /** Percentage of the mutants that a test notices. */
  mutationScore: number;
}

/** The parts of reports/mutation.json that are read. */
export interface MutationReport {
  config: { mutate: readonly string[] };
  files: Record<string, { mutants: readonly { status: string }[] }>;
}

/** docs/requests.json: how many requests each scenario sends to the embedded sandbox, by its file and its name. */
export type RequestsByScenario = Record<string, Record<string, number>>;

/** @param evidence of the run that the report is about, a JSON document a line */
export function requestsByScenario({ tenant }: ConformanceReport, evidence: string): RequestsByScenario {
  const counts: RequestsByScenario = {};
  for (const line of evidence.trimEnd().split('\n')) {
    const { scenario, request, attempts } = JSON.parse(line);
    // Outcomes were received, not sent.
    if (!request.url.startsWith(tenant.url)) continue;
    counts[scenario.uri] ??= {};
    const inFile = counts[scenario.uri]!;
    inFile[scenario.name] = (inFile[scenario.name] ?? 0) + attempts;
  }
  const sorted = Object.entries(counts).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(sorted);
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
