// The other forms of a refused transfer: each changes one thing, which the requirement it cites is about.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { RequirementId } from '../../../src/protocol/catalogue.ts';
import {
  assignmentControls,
  type Parameters,
  type RefusedTransfer,
  withoutTheOneNamedIn,
} from '../../../src/protocol/controls/assignment-forms.ts';

const common = { callbackUrl: 'https://callbacks.example.com/1', orgId: 'o-1', botSessionId: 's-1' };
const parameters: Record<'agent' | 'queue', Parameters> = {
  agent: { ...common, aId: 'a-1' },
  queue: { ...common, transferredType: 'QUEUE', queueId: 'qu-1' },
};

function controlsOf(to: 'agent' | 'queue', more: Partial<RefusedTransfer> = {}) {
  const otherTarget = to === 'agent' ? { queueId: 'qu-1' } : { aId: 'a-1' };
  return assignmentControls({ to, parametersIn: 'body', hasAccount: true, otherTarget, ...more });
}

function changed(to: 'agent' | 'queue', words: string, more: Partial<RefusedTransfer> = {}) {
  const all = controlsOf(to, more).flatMap((control) => [control, ...(control.narrower ?? [])]);
  const control = all.find((one) => one.words === words);
  assert.ok(control, `${words} is none of ${all.map((one) => one.words).join('; ')}`);
  return { requirement: control.requirement, parameters: control.change?.(parameters[to]) };
}

suite('A control', () => {
  const expected: [to: 'agent' | 'queue', words: string, RequirementId, Parameters][] = [
    ['agent', 'without orgId', 'ASSIGN-REQ-03', omitted('agent', 'orgId')],
    ['queue', 'without botSessionId', 'ASSIGN-REQ-04', omitted('queue', 'botSessionId')],
    ['agent', 'without callbackUrl', 'ASSIGN-REQ-02', omitted('agent', 'callbackUrl')],
    ['queue', 'without transferredType', 'ASSIGN-REQ-06', omitted('queue', 'transferredType')],
    [
      'queue',
      'with transferredType queue',
      'ASSIGN-REQ-06',
      { ...parameters.queue, transferredType: 'queue' },
    ],
    [
      'agent',
      'with transferredType AGENT',
      'ASSIGN-REQ-05',
      { ...parameters.agent, transferredType: 'AGENT' },
    ],
    ['agent', 'with queueId besides aId', 'ASSIGN-REQ-05', { ...parameters.agent, queueId: 'qu-1' }],
    ['queue', 'with aId besides queueId', 'ASSIGN-REQ-06', { ...parameters.queue, aId: 'a-1' }],
    ['agent', 'with agentId besides aId', 'ASSIGN-REQ-05', { ...parameters.agent, agentId: 'a-1' }],
    [
      'queue',
      'with sessionId besides botSessionId',
      'ASSIGN-REQ-04',
      { ...parameters.queue, sessionId: 's-1' },
    ],
    [
      'agent',
      'with organizationId in place of orgId',
      'ASSIGN-REQ-03',
      { ...omitted('agent', 'orgId'), organizationId: 'o-1' },
    ],
  ];
  for (const [to, words, requirement, after] of expected) {
    test(`to the ${to} ${words}: ${requirement}`, () => {
      assert.deepEqual(changed(to, words), { requirement, parameters: after });
    });
  }

  test('has an earlier callbackUrl only where there is one', () => {
    const words = 'with the callbackUrl of an earlier transfer';
    const takenCallbackUrl = 'https://callbacks.example.com/0';
    assert.deepEqual(changed('agent', words, { takenCallbackUrl }), {
      requirement: 'ASSIGN-REQ-02',
      parameters: { ...parameters.agent, callbackUrl: takenCallbackUrl },
    });
    assert.ok(!controlsOf('agent').some((control) => control.words === words));
  });

  test('leaves the account out only where it is sent', () => {
    const [first] = controlsOf('agent');
    assert.deepEqual(first, {
      requirement: 'ASSIGN-REQ-07',
      words: 'without the accountid header',
      withoutAccount: true,
    });
    assert.ok(!controlsOf('agent', { hasAccount: false }).some(({ withoutAccount }) => withoutAccount));
  });

  test('puts the parameters into the other place', () => {
    for (const [parametersIn, other] of [
      ['body', 'query'],
      ['query', 'body'],
    ] as const) {
      const places = controlsOf('queue', { parametersIn }).flatMap((control) => control.parametersIn ?? []);
      assert.deepEqual(places, [other]);
    }
  });

  test('is like no other', () => {
    for (const to of ['agent', 'queue'] as const) {
      const all = controlsOf(to, { takenCallbackUrl: 'https://callbacks.example.com/0' });
      const words = all.map((control) => control.words);
      assert.equal(new Set(words).size, words.length);
      const bodies = all.flatMap(({ change }) => (change ? JSON.stringify(change(parameters[to])) : []));
      assert.equal(new Set([...bodies, JSON.stringify(parameters[to])]).size, bodies.length + 1);
    }
  });
});

function omitted(to: 'agent' | 'queue', name: string): Parameters {
  return Object.fromEntries(Object.entries(parameters[to]).filter(([one]) => one !== name));
}

suite('A text is about', () => {
  const texts: [text: string, to: 'agent' | 'queue', words: string | undefined][] = [
    ['orgId is not allowed here', 'queue', 'without orgId'],
    ['The "callbackUrl" is on no list', 'agent', 'without callbackUrl'],
    ['unknown aId', 'agent', 'without aId'],
    ['transferredType is neither agent nor queue', 'queue', 'without transferredType'],
    ['queueId is missing', 'agent', undefined],
    ['orgId or botSessionId is wrong', 'agent', undefined],
    ['organizationId is missing', 'agent', undefined],
    ['the orgIds', 'agent', undefined],
    ['no', 'agent', undefined],
  ];
  for (const [text, to, words] of texts) {
    test(`${text}, to the ${to}: ${words ?? 'nothing'}`, () => {
      assert.equal(withoutTheOneNamedIn(text, parameters[to])?.words, words);
    });
  }
});
