// What is wrong with a request, with large numbers quoted as the log has them.
import type { SentRecord } from '../logs/log-entry.ts';
import type { SenderFinding } from '../protocol/lifecycle/lifecycle.ts';
import { hooksFindings, type SenderProfile } from '../protocol/sent-request.ts';

/** A number that may have lost digits when it was parsed. */
const inexact = /\d{16}|\de[+-]\d|Infinity/;

export function exactFindings(record: SentRecord, profile: SenderProfile): readonly SenderFinding[] {
  const found = hooksFindings(record, profile);
  if (!record.exact || !found.some(({ message }) => inexact.test(message))) return found;
  const exact = hooksFindings({ ...record, body: record.exact() }, profile);
  const same =
    exact.length === found.length &&
    exact.every(({ requirement }, index) => requirement === found[index]!.requirement);
  return same ? exact : found;
}
