// `agent-ai-conformance/check`: judges who sends the events by a log, as `agent-ai-conformance check` does.
import { LogCheck } from '../check/log-check.ts';
import { LoggedTwice } from '../check/logged-twice.ts';
import type { CheckedConversation, CheckSummary, PlacedFinding } from '../check/result.ts';
import { readChunks } from '../logs/read-log.ts';
import { defaultSenderProfile, type SenderProfile } from '../protocol/sent-request.ts';

export type { CheckedConversation, CheckSummary, PlacedFinding, SenderProfile };

export interface CheckLogOptions {
  /** What the tenant asks of its senders; by default what the documents do. */
  profile?: SenderProfile;
  /** The lowest level whose breach makes a conversation fail; by default must. */
  failOn?: 'must' | 'should';
  /** Called when a conversation is over. */
  onConversation?: (conversation: CheckedConversation) => void;
  /** Called with a finding on a request that belongs to no conversation. */
  onFinding?: (finding: PlacedFinding) => void;
}

/**
 * @param log the bytes of a log in any form that the check reads: NDJSON, HAR, CSV, compressed or not
 * @returns the verdict, what it rests on, and each broken rule with examples; memory grows with the conversations that are open
 */
export async function checkLog(
  log: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: CheckLogOptions = {},
): Promise<CheckSummary> {
  const { profile = defaultSenderProfile, failOn, onConversation, onFinding } = options;
  const check = new LogCheck({
    profile,
    ...(failOn ? { failOn } : {}),
    ...(onConversation ? { onClosed: onConversation } : {}),
    ...(onFinding ? { onLoose: onFinding } : {}),
  });
  const { hooksPath } = profile;
  const twice = new LoggedTwice();
  for await (const batch of twice.once(readChunks(buffers(log), '-', hooksPath ? { hooksPath } : {}))) {
    for (const entry of batch) {
      if (entry.kind === 'request') check.take(entry.record);
      else if (entry.kind === 'skipped') check.skip(entry.skipped);
      else check.other();
    }
  }
  for (const doubt of twice.doubts) check.doubt(doubt);
  return check.end();
}

async function* buffers(log: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of log) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}
