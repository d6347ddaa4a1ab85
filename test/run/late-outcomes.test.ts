// What was posted for transfers when no scenario waited for it any more.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { watchOutcomes } from '../../src/run/late-outcomes.ts';
import type { ReceivedDelivery } from '../../src/tenant/callback-listener.ts';

/** The findings after these messages, each the status that was posted for a key. */
function found(...posts: [key: string, status: string][]): string[] {
  let deliver: (delivery: ReceivedDelivery) => void = () => assert.fail('nobody listens');
  const listener = { onDelivery: (fn: typeof deliver) => (deliver = fn) };
  const findings = watchOutcomes(listener as never, {
    refusedUnder: (key) =>
      key === 'unauthorised' ? 'ASSIGN-AUTH-01' : key === 'refused' ? 'ASSIGN-CB-02' : undefined,
    isIgnored: (key) => key === 'control',
    noLongerWithheld: () => [],
  });
  for (const [key, status] of posts) {
    const body = Buffer.from(JSON.stringify({ sessionId: 's-1', status }));
    deliver({
      key,
      method: 'POST',
      path: `/callbacks/${key}`,
      headers: {},
      body,
      receivedAt: 0,
      truncated: false,
    });
  }
  return findings().map(({ requirement, level, message }) => `${requirement} (${level}) ${message}`);
}

test('one outcome is right, with or without progress before it', () => {
  assert.deepEqual(found(['a', 'pending'], ['a', 'ringing'], ['a', 'transferred'], ['b', 'failed']), []);
});

test('a second outcome is one too many', () => {
  assert.deepEqual(found(['a', 'transferred'], ['a', 'transferred']), [
    'ASSIGN-CB-02 (should) an outcome was posted 2 times',
  ]);
});

test('what comes for a control shows nothing, however often it comes', () => {
  assert.deepEqual(found(['control', 'transferred'], ['control', 'transferred']), []);
});

test('a failure may be posted for a transfer that was refused, a success may not', () => {
  assert.deepEqual(found(['refused', 'failed']), []);
  assert.match(found(['refused', 'transferred'])[0]!, /^ASSIGN-CB-02 .*refused was posted, as if/);
  assert.match(found(['unauthorised', 'transferred'])[0]!, /^ASSIGN-AUTH-01 \(must\) /);
});
