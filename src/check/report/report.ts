// What every report of a check is: told of what is found as it is found, and of the whole at the end.
import type { RequirementId } from '../../protocol/catalogue.ts';
import type { CheckedConversation, CheckSummary, PlacedFinding } from '../result.ts';

export interface CheckReport {
  /** A conversation that is over, with or without findings. */
  conversation(conversation: CheckedConversation): void;
  /** A finding on a request that belongs to no conversation. */
  finding(finding: PlacedFinding): void;
  /** Nothing more comes: what has not been written yet is written now. */
  end(summary: CheckSummary): void;
}

/** What a report knows beside what was found. */
export interface ReportContext {
  /** The lowest level whose breach fails the check: with should, a should counts as a must. */
  failOn: 'must' | 'should';
  /** The logs, as given on the command line. */
  files: readonly string[];
  /** Those of them that turned out to be a HAR; a place in one is an entry, not a line. */
  hars?: ReadonlySet<string>;
  /** When the check was made. */
  at: Date;
  /** The requirements that were asked for; left out: all. */
  only?: ReadonlySet<RequirementId>;
}

export type Write = (text: string) => void;

/** A report that is made of the summary alone. */
export function atTheEnd(render: (summary: CheckSummary) => string, write: Write): CheckReport {
  return { conversation() {}, finding() {}, end: (summary) => write(render(summary)) };
}
