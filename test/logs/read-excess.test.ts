// A request with so many events that judging it would keep others waiting.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maxEvents } from '../../src/logs/call.ts';
import { asLines, foundIn, skippedIn } from './logs.ts';

const bodyWith = (events: number) => ({
  conversationId: 'c-1',
  botId: 'st-1',
  events: Array.from({ length: events }, () => ({ name: 'END_OF_CONVERSATION' })),
});
const url = 'https://tenant.example/agentassist/api/v1/hooks/st-1';

test('is not judged, and its conversation is known, in each form', async () => {
  const found = await foundIn(
    asLines(bodyWith(maxEvents), bodyWith(maxEvents + 1), { url, body: bodyWith(38_000) }),
  );
  assert.deepEqual(
    found.map(({ kind }) => kind),
    ['request', 'skipped', 'skipped'],
  );
  assert.deepEqual(
    skippedIn(found).map(({ reason, conversationId }) => [reason, conversationId]),
    [
      ['it has 1,001 events in one request; up to 1,000 are judged', 'c-1'],
      ['it has 38,000 events in one request; up to 1,000 are judged', 'c-1'],
    ],
  );
});
