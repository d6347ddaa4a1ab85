// Which of the messages that are posted for a transfer is its outcome: no document shows one.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Assignment } from '../../src/protocol/assignment.ts';
import { judgeCallback } from '../../src/protocol/callback.ts';

const asked: Assignment = {
  callbackUrl: 'http://here.example/callbacks/key',
  orgId: 'o-1',
  botSessionId: 's-1',
  target: { aId: 'a-1' },
};
const named = { sessionId: 's-1', agentId: 'a-1' };

/** What is wrong with what is posted, in this order. */
function wrongWith(...posted: object[]): string[] {
  const deliveries = posted.map((body) => ({
    method: 'POST',
    path: '/callbacks/key',
    contentType: 'application/json',
    body: JSON.stringify(body),
  }));
  return judgeCallback(deliveries, asked, 500).findings.map(({ message }) => message);
}

function statuses(...words: string[]): string[] {
  return wrongWith(...words.map((status) => ({ ...named, status })));
}

suite('An outcome', () => {
  for (const word of ['transferred', 'SUCCESS', 'successful', 'completed', 'assigned', 'connected', 'ok']) {
    test(`may say ${word}`, () => assert.deepEqual(statuses(word), []));
  }

  test('comes after what may have been one, and after progress', () => {
    assert.deepEqual(statuses('assigned', 'connected', 'transferred'), []);
    assert.deepEqual(statuses('pending', 'assigned'), []);
  });

  test('comes once', () => {
    assert.deepEqual(statuses('transferred', 'success'), ['the outcome was posted 2 times']);
  });

  test('does not contradict the answer, whatever came before', () => {
    const contradicts = 'the posted outcome has status "failed", but the answer was "transferred"';
    assert.deepEqual(statuses('failed'), [contradicts]);
    assert.deepEqual(statuses('routed', 'failed'), [contradicts]);
  });

  test('is missing after mere progress', () => {
    assert.deepEqual(statuses('pending'), ['progress was posted, but no outcome within 500 ms']);
  });

  test('may go by the names of the request, and say it in words', () => {
    assert.deepEqual(wrongWith({ botSessionId: 's-1', aId: 'a-1', message: 'It was transferred' }), []);
    assert.deepEqual(wrongWith({ botSessionId: 's-2', aId: 'a-1', status: 'transferred' }), [
      'the posted outcome names session "s-2", not "s-1"',
    ]);
  });
});
