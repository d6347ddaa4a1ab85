// What a record is to the check of a log: the same while it is written as when it is read again.
import { skip, toLogEntry } from '../../logs/call.ts';
import { maxLineBytes } from '../../logs/lines.ts';
import type { LogEntry, LogPosition } from '../../logs/log-entry.ts';
import type { Exchange } from '../../tenant/exchange.ts';

/** @param hooksPath that of the tenant, where it is none of the documented ones */
export function entryOfExchange(
  { request, startedAt, answer }: Exchange,
  place: LogPosition,
  hooksPath?: string,
): LogEntry {
  const { method, url, headers, body } = request;
  const call = { method, url, headers, body, time: startedAt, status: answer?.status ?? 0 };
  return toLogEntry(call, place, hooksPath);
}

/** A line that is not read again is not judged either. */
export function entryOfLine(line: string, found: LogEntry, place: LogPosition): LogEntry {
  if (Buffer.byteLength(line) <= maxLineBytes) return found;
  return skip(place, `its record is longer than ${maxLineBytes / 1_000_000} MB`);
}
