// What a conformance run has sent although it is not as documented.
import { isRefused } from '../protocol/lifecycle/tracker.ts';
import type { LogEntry } from './log-entry.ts';

/** As the evidence of a run has it (src/evidence/journal.ts), and a HAR that is made from it. */
const deliberate = new Set<unknown>(['to be refused', 'open question']);

/** What was refused, or cannot be read, has shown what it was to show; what was accepted is a part of its conversation. */
export function forPurpose(purpose: unknown, entry: LogEntry, status: number | undefined): LogEntry {
  if (!deliberate.has(purpose)) return entry;
  if (entry.kind !== 'request' || isRefused(status)) return { kind: 'other' };
  return { kind: 'request', record: { ...entry.record, onPurpose: true } };
}
