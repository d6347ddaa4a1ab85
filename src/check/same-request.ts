// Whether two records with the same id and the same body are about one request, by their times and their statuses.
import { maxAnswerMs } from '../logs/answers.ts';
import type { SentRecord } from '../logs/log-entry.ts';
import { isSuccess } from '../logs/status-code.ts';
import { isCertainlyBefore, type LogClock } from './log-clock.ts';

/** A request of which a log has a record. */
export interface Known {
  record: SentRecord;
  /** It was put together from two entries, before and after its answer. */
  hasItsAnswer: boolean;
  /** Epoch milliseconds, in the entry without a status. */
  sentAt: number | undefined;
  /** Epoch milliseconds, in the entry with a status. */
  answeredAt: number | undefined;
}

export type Relation = 'the same' | 'in the same second' | 'perhaps' | 'another';

/** @param isShared whether the same id stands beside different bodies: then it is not that of a request */
export function relationOf(known: Known, record: SentRecord, clock: LogClock, isShared: boolean): Relation {
  const { record: before, hasItsAnswer } = known;
  if (before.status === undefined && record.status !== undefined)
    return isAnswerTo(before.time, record.time) ? 'the same' : 'perhaps';
  const isFirstLine = record.status === undefined && before.status !== undefined;
  // With the newest line first, the answer stands before its request.
  if (isFirstLine && !hasItsAnswer && isBefore(record.time, before.time))
    return isAnswerTo(record.time, before.time) ? 'the same' : 'perhaps';
  if (record.status !== undefined && record.status !== before.status) return 'another';
  const at =
    record.status === undefined ? (known.sentAt ?? known.answeredAt) : (known.answeredAt ?? known.sentAt);
  const wasAccepted = isSuccess(before.status);
  if (at === undefined || record.time === undefined) return wasAccepted && !isShared ? 'perhaps' : 'another';
  // What was sent, or answered, at two times was sent twice, unless two hops have logged it on its way.
  if (at !== record.time)
    return wasAccepted && !isShared && Math.abs(record.time - at) < maxBetweenHops ? 'perhaps' : 'another';
  if (clock.isExact(record.time)) return 'the same';
  // Neither a retry, nor the first line of another try, is the same request.
  const mayBeTheSame = wasAccepted || before.status === undefined;
  return mayBeTheSame && !isShared ? 'in the same second' : 'another';
}

/** Milliseconds from one hop that logs a request to the next. */
export const maxBetweenHops = 1000;

function isBefore(one: number | undefined, other: number | undefined): boolean {
  return one !== undefined && other !== undefined && isCertainlyBefore(one, other);
}

/** Whether an answer came when one is to be expected. Without times, the ids must do. */
function isAnswerTo(sentAt: number | undefined, answeredAt: number | undefined): boolean {
  if (sentAt === undefined || answeredAt === undefined) return true;
  return !isCertainlyBefore(answeredAt, sentAt) && answeredAt - sentAt <= maxAnswerMs;
}
