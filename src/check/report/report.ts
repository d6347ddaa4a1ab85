// The interface of all reports of a check: they get each result when it is known, and the summary at the end.
import type { RequirementId } from '../../protocol/catalogue.ts';
import type { CheckedConversation, CheckSummary, PlacedFinding } from '../result.ts';

export interface CheckReporter {
  /** A conversation that is over, with or without findings. */
  conversation(conversation: CheckedConversation): void;
  /** A finding on a request that belongs to no conversation. */
  finding(finding: PlacedFinding): void;
  /** Nothing more comes: writes what has not been written yet. */
  end(summary: CheckSummary): void;
}

/** What a report knows besides the results. */
export interface ReportContext {
  /** The lowest level whose breach fails the check. */
  failOn: 'must' | 'should';
  /** The logs, as given on the command line. */
  files: readonly string[];
  /** The logs that turned out to be a HAR: a position in them is the number of an entry, not of a line. */
  hars?: ReadonlySet<string>;
  /** When the check was made. */
  at: Date;
  /** The requirements that were judged; by default all. */
  only?: ReadonlySet<RequirementId>;
}

export type Write = (text: string) => void;

/** A report that needs only the summary. */
export function atTheEnd(render: (summary: CheckSummary) => string, write: Write): CheckReporter {
  return { conversation() {}, finding() {}, end: (summary) => write(render(summary)) };
}
