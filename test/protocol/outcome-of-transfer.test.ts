// The findings on the outcome of a transfer, word for word, and what else is decided.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Assignment, judgeAssigned } from '../../src/protocol/assignment.ts';
import { type Delivery, judgeCallback } from '../../src/protocol/callback.ts';
import { answer } from './expect.ts';

const toAgent: Assignment = {
  callbackUrl: 'http://harness/outcome',
  orgId: 'o-1',
  botSessionId: 's-1',
  target: { aId: 'a-1' },
};
const toQueue: Assignment = { ...toAgent, target: { queueId: 'q-1' } };
const outcome = (more: object) => ({
  sessionId: 's-1',
  status: 'transferred',
  requestCompletedAt: 1_795_230_000_000,
  ...more,
});

suite('The answer to a transfer', () => {
  test('names the form that was expected, of an agent or of a queue', () => {
    const expected = (asked: Assignment) =>
      judgeAssigned(answer(200, 'no JSON'), asked, 'ASSIGN-REQ-01').findings[0]?.expected;
    assert.equal(
      expected(toAgent),
      'JSON with sessionId, agentId, status "transferred" and requestCompletedAt',
    );
    assert.equal(
      expected(toQueue),
      'JSON with sessionId, queueId, status "transferred" and requestCompletedAt',
    );
  });

  test('is named in the sentence', () => {
    const { findings } = judgeAssigned(answer(200, outcome({ agentId: 7 })), toAgent, 'ASSIGN-REQ-01');
    assert.match(findings[0]!.message, /^the answer: agentId is 7/);
  });

  test('of which an id is wrong and another missing has a wrong echo all the same', () => {
    const { checked, findings } = judgeAssigned(
      answer(200, outcome({ sessionId: 's-2' })),
      toAgent,
      'ASSIGN-REQ-01',
    );
    assert.deepEqual(checked, ['ASSIGN-RESP-01', 'ASSIGN-RESP-03']);
    assert.deepEqual(
      findings.map(({ requirement }) => requirement),
      ['ASSIGN-RESP-01', 'ASSIGN-RESP-03'],
    );
  });
});

suite('A callback', () => {
  const json: Delivery = {
    method: 'POST',
    path: '/outcome',
    contentType: 'application/json',
    body: JSON.stringify(outcome({ agentId: 'a-1' })),
  };
  const found = (...deliveries: Delivery[]) => judgeCallback(deliveries, toAgent, 5000).findings[0];

  test('is quoted with its method, and so is every other one', () => {
    const put: Delivery = { ...json, method: 'PUT', body: 'a'.repeat(301) };
    assert.equal(found(put)?.actual, `PUT ${'a'.repeat(300)}… (301 characters)`);
    assert.equal(found({ ...json, body: '1' }, { ...put, body: '2' })?.actual, 'POST 1 · PUT 2');
    assert.equal(found()?.actual, 'no delivery');
  });

  const types: [contentType: string, isJson: boolean][] = [
    ['application/json', true],
    ['Application/JSON ; charset=utf-8', true],
    ['application/problem+json', true],
    ['text/application/json', false],
    ['application/jsonp', false],
    ['application/+json', false],
    ['', false],
  ];
  for (const [contentType, isJson] of types) {
    test(`of type "${contentType}" is ${isJson ? '' : 'no '}JSON`, () => {
      assert.equal(found({ ...json, contentType }) === undefined, isJson);
    });
  }

  test('may stand within a member of what is posted', () => {
    const within = (content: object) =>
      found({ ...json, body: JSON.stringify({ type: 'x', data: content }) });
    assert.equal(within(outcome({ agentId: 'a-1' })), undefined);
    assert.match(within(outcome({ agentId: 'a-2' }))!.message, /names agentId "a-2", not "a-1"/);
    assert.match(within({ sessionId: 's-1' })!.message, /^the posted outcome: sessionId is missing/);
  });

  test('names the target', () => {
    const without = found({ ...json, body: JSON.stringify(outcome({})) });
    assert.equal(without?.message, 'the posted outcome does not name agentId "a-1"');
  });

  test('is named in the sentence', () => {
    const numbered = { ...json, body: JSON.stringify(outcome({ sessionId: 7, agentId: 'a-1' })) };
    assert.match(found(numbered)!.message, /^the posted outcome: sessionId is 7/);
  });
});
