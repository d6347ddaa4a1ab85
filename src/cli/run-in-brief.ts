// What runs that were judged together, or again, have come to, as JSON: the whole is in the conformance.json of `reports`.
import { verdictInWords } from '../report/verdict-in-words.ts';
import type { EndedRun } from '../verdict/ended-run.ts';

interface Judged {
  ended: EndedRun;
  folder: string;
  unwritten: ReadonlyMap<string, string>;
  notes: readonly string[];
}

export function runInBrief({ ended: { report }, folder, unwritten, notes }: Judged): object {
  const byVerdict = Map.groupBy(report.requirements, ({ verdict }) => verdict);
  return {
    verdict: report.verdict,
    words: verdictInWords(report),
    reasons: report.reasons,
    scenarios: report.scenarios,
    requirements: Object.fromEntries(
      [...byVerdict].map(([verdict, some]) => [verdict, some.map(({ id }) => id)]),
    ),
    reports: folder,
    unwritten: Object.fromEntries(unwritten),
    notes,
  };
}
