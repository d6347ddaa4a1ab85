// The line of a request on the recorder's terminal.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordLines } from '../../src/recorder/terminal.ts';

function lineOf(body: unknown): string {
  const request = {
    method: 'POST',
    url: 'http://recorder/agentassist/api/v1/hooks/st-1',
    headers: {},
    body: JSON.stringify(body),
  };
  const record = { request, startedAt: 0, durationMs: 1, attempts: 1, findings: { sender: [] } };
  const recorded = { record, status: 200 } as unknown as Parameters<typeof recordLines>[0];
  return recordLines(recorded, new Date(0))[0]!;
}

test('names transfer type, transition and agent of each event', () => {
  const participant = { identity: 'a1', name: 'Agent 1', type: 'agent' };
  const transfer = {
    name: 'INTERNAL_TRANSFER_EVENT',
    transfertype: 'COLD',
    transition: 'entry',
    participant,
  };
  const events = [transfer, { name: 'END_OF_CONVERSATION' }];
  assert.equal(
    lineOf({ conversationId: 'c-1', botId: 'st-1', events }),
    '00:00:00.000  200  cold entry of Agent 1 ("a1")+END_OF_CONVERSATION  c-1',
  );
});

test('names an event that is not as documented as it came, and a request without one by its path', () => {
  const odd = [{ name: 'INTERNAL_TRANSFER_EVENT', transfertype: 'odd' }, 7];
  assert.match(
    lineOf({ conversationId: 'c-1', events: odd }),
    /INTERNAL_TRANSFER_EVENT\+event that cannot be read {2}c-1$/,
  );
  assert.match(lineOf([1]), /POST \/agentassist/);
  assert.match(lineOf({ query: 'x', author: {} }), /message/);
});
