// Transport failures by kind of request: one kind of event that a tenant drops stands out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ScenarioResult } from '../../src/verdict/collector.ts';
import { lostInWords, lostRequests } from '../../src/verdict/lost-requests.ts';
import type { ScenarioRecord } from '../../src/verdict/scenario-record.ts';

type Exchange = ScenarioRecord['exchanges'][number];

const transfer = (transfertype: string, transition: string) => ({
  events: [{ name: 'INTERNAL_TRANSFER_EVENT', transfertype, transition }],
});
const codes = { reset: 'TRANSPORT_RESET', 'time-out': 'TRANSPORT_TIMEOUT' } as const;
const summary = { events: [{ name: 'TRIGGER_SUMMARY_EVENT' }] };

function sent(body: object | string, failure?: 'reset' | 'time-out'): Exchange {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    label: 'what it was called, 3rd request of conversation c-1',
    request: { method: 'POST', url: 'http://tenant/hooks/st-1', headers: {}, body: text },
    startedAt: 1,
    durationMs: 1,
    attempts: 1,
    ...(failure
      ? { failure: { kind: failure, code: codes[failure], message: `${failure} after sending` } }
      : { answer: { status: 200, headers: {}, body: '' } }),
  };
}

function resultOf(...exchanges: Exchange[]): ScenarioResult {
  const record: ScenarioRecord = { checks: [], observations: [], exchanges };
  return { name: '', uri: '', line: 1, tags: [], feature: '', verdict: 'pass', durationMs: 1, record };
}

test('names the kind of request, how often it was lost, and how many others got through', () => {
  const lost = lostRequests([
    resultOf(sent(transfer('NA', 'entry')), sent(summary, 'reset')),
    resultOf(sent(transfer('cold', 'exit')), sent(summary, 'reset')),
    resultOf(sent(transfer('COLD', 'exit'), 'time-out'), sent(summary, 'time-out')),
  ]);
  assert.deepEqual(
    lost.map(({ tried: _, ...rest }) => rest),
    [
      { event: 'TRIGGER_SUMMARY_EVENT', failure: 'reset', lost: 2, sent: 3, othersAnswered: 2 },
      { event: 'TRIGGER_SUMMARY_EVENT', failure: 'time-out', lost: 1, sent: 3, othersAnswered: 2 },
      { event: 'COLD exit', failure: 'time-out', lost: 1, sent: 2, othersAnswered: 1 },
    ],
  );
  assert.equal(lost[0]?.tried, 'reset after sending');
  assert.equal(
    lostInWords(lost[0]!),
    'TRIGGER_SUMMARY_EVENT: reset, 2 of 3 times, while 2 other requests were answered',
  );
});

test('is empty when every request was answered', () => {
  assert.deepEqual(lostRequests([resultOf(sent(summary))]), []);
});

test('names a request without a conversation event by its label', () => {
  const [lost] = lostRequests([resultOf(sent('{"conversationId":', 'reset'))]);
  assert.equal(lost?.event, 'what it was called');
  assert.equal(
    lostInWords(lost!),
    'what it was called: reset, 1 of 1 times, while nothing else was answered',
  );
});
