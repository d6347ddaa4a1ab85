import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkLog } from '../../src/exports/check.ts';
import { eventsBody } from '../../src/protocol/events.ts';
import { exampleEvents } from '../protocol/examples.ts';

const { END_OF_CONVERSATION: ends, INTERNAL_TRANSFER_EVENT: transfers } = exampleEvents();

function logOf(...names: ('NA entry' | 'NA exit' | 'end')[]): Buffer[] {
  const [entry, exit] = transfers;
  const events = { 'NA entry': entry!, 'NA exit': exit!, end: ends[0]! };
  return names.map((name) => {
    const body = eventsBody({ conversationId: 'c-1', botId: 'st-1' }, [events[name]]);
    return Buffer.from(`${JSON.stringify(body)}\n`);
  });
}

test('a log is judged as the command judges it', async () => {
  const conversations: string[] = [];
  const summary = await checkLog(logOf('NA entry', 'NA exit', 'end'), {
    onConversation: ({ conversationId, verdict }) => conversations.push(`${conversationId} ${verdict}`),
  });
  assert.equal(summary.verdict, 'conformant');
  assert.deepEqual(conversations, ['c-1 pass']);
});

test('what is wrong is named, and what cannot be read is counted', async () => {
  async function* log() {
    yield* logOf('NA exit', 'end');
    yield new TextEncoder().encode('nothing of ours\n{"conversationId":\n');
  }
  const loose: unknown[] = [];
  const summary = await checkLog(log(), { failOn: 'should', onFinding: (finding) => loose.push(finding) });
  assert.equal(summary.verdict, 'non-conformant');
  assert.deepEqual(
    summary.rules.map(({ requirement }) => requirement),
    ['HOOKS-SEQ-01'],
  );
  assert.deepEqual(loose, []);
  assert.equal(summary.totals.requests, 2);
});
