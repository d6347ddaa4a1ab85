// One request of a log, whatever form the log has.
import type { SentRequest } from '../protocol/sent-request.ts';

/** Where in the logs a request, or what could not be read, stands. */
export interface LogPosition {
  /** As given on the command line; "-" for standard input. */
  file: string;
  /** From 1. In a HAR: the number of its entry, from 1. */
  line: number;
}

export interface SentRecord extends SentRequest, LogPosition {
  /** Epoch milliseconds, when it was sent. */
  time?: number;
  /** It was given in a form that cannot be read. */
  timeUnread?: true;
  /** HTTP status of the answer; 0 when none came; left out when that was not recorded. */
  status?: number;
}

/** Something of a log that could not be judged. */
export interface Skipped extends LogPosition {
  /** "no JSON: Unexpected token …", in one line; nothing secret, nothing that steers a terminal. */
  reason: string;
  /** The conversation that it belongs to, as far as that can be seen. */
  conversationId?: string;
  /** The log ends here before its end; or what was read before it may be garbage. */
  damage?: 'cut' | 'corrupt';
}

/** What a reader finds, in the order of the file. */
export type LogEntry =
  | { kind: 'request'; record: SentRecord }
  /** Not one of the calls that this project knows: not judged, and no reason to doubt a verdict. */
  | { kind: 'other' }
  | { kind: 'skipped'; skipped: Skipped };
