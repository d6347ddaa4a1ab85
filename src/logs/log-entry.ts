// The entries of a log, the same for every format.
import type { SentRequest } from '../protocol/sent-request.ts';
import type { OtherTimes } from './other-times.ts';

/** The position of an entry in the logs. */
export interface LogPosition {
  /** As given on the command line; "-" for standard input. */
  file: string;
  /** From 1. In a HAR: the number of its entry, from 1. */
  line: number;
}

export interface SentRecord extends SentRequest, LogPosition {
  /** Epoch milliseconds, when it was sent. */
  time?: number;
  /** The log has a time, in a form that cannot be read. */
  timeUnread?: true;
  /** What may be its time, where none is known. */
  otherTimes?: OtherTimes;
  /** The id that the log gives it. */
  requestId?: string;
  /** Its record says that it is the request alone: the answer has a record of its own, with that id. */
  isAnsweredApart?: true;
  /** Its time has no zone; only while the log is read. */
  timeIsLocal?: true;
  /** HTTP status of the answer; 0 when no answer came; omitted when it was not recorded. */
  status?: number;
  /** How often the log had told of a failure by then; only for one without a status. */
  failuresBefore?: number;
  /** The body once more, with numbers that JavaScript cannot hold as they were written. */
  exact?: () => unknown;
  /** A conformance run sent it to see what the tenant makes of it: it changes its conversation, and is not judged. */
  onPurpose?: true;
  /** What the receiver said when it refused the request, in one line. */
  refusal?: string;
}

/** A line of a log that could not be judged. */
export interface Skipped extends LogPosition {
  /** "not JSON: Unexpected token …", in one line, without secrets or control characters. */
  reason: string;
  /** The conversation that it belongs to, if the line shows it. */
  conversationId?: string;
  /** It is a call that the receiver refused, so it changed nothing. */
  wasRefused?: true;
  /** `cut`: the log breaks off here. `corrupt`: even what was read before may be wrong. */
  damage?: 'cut' | 'corrupt';
}

export type LogEntry =
  | { kind: 'request'; record: SentRecord }
  /** A call to another service: not judged, and not a reason to doubt a verdict. */
  | {
      kind: 'other';
      /** It is the answer to a request in another entry, without the body of that. */
      answer?: { requestId: string; status: number };
    }
  | { kind: 'skipped'; skipped: Skipped };
