// A record as an entry of a log, so that the check judges it the same while it is written and when it is read again.
import { answerWords } from '../../logs/answer-words.ts';
import { skip, toLogEntry } from '../../logs/call.ts';
import { maxLineBytes } from '../../logs/lines.ts';
import type { LogEntry, LogPosition } from '../../logs/log-entry.ts';
import type { Exchange } from '../../tenant/exchange.ts';

/** @param hooksPath of the tenant, if it is not one of the documented paths */
export function entryOfExchange(
  { request, startedAt, answer }: Exchange,
  place: LogPosition,
  hooksPath?: string,
): LogEntry {
  const { method, url, headers, body } = request;
  const status = answer?.status ?? 0;
  const call = {
    method,
    url,
    headers,
    body,
    time: startedAt,
    status,
    answerWords: () => answerWords({ answer }),
  };
  return toLogEntry(call, place, hooksPath);
}

/** A line that is too long to be read again is not judged either. */
export function entryOfLine(line: string, found: LogEntry, place: LogPosition): LogEntry {
  if (Buffer.byteLength(line) <= maxLineBytes) return found;
  return skip(place, `its record is longer than ${maxLineBytes / 1_000_000} MB`);
}
