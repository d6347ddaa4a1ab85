// The steps of a body, in every spelling; an event that cannot be read is never guessed.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { describeStep, placedStepsOf, stepKind, stepsOf } from '../../../src/protocol/lifecycle/step.ts';

const participant = { identity: 'agent-1', name: 'Agent 1' };

function transfer(change: object = {}): object {
  return {
    name: 'INTERNAL_TRANSFER_EVENT',
    transfertype: 'COLD',
    transition: 'entry',
    participant,
    ...change,
  };
}

function described(...events: unknown[]): string[] {
  return stepsOf({ events }).map(describeStep);
}

const unreadable = ['event that cannot be read'];

suite('the case of transfertype does not matter (X-04)', () => {
  const spellings = {
    NA: ['NA', 'na', 'Na', 'nA'],
    cold: ['COLD', 'cold', 'Cold', 'cOLD'],
    warm: ['WARM', 'warm', 'Warm', 'wARM'],
    redial: ['redial', 'REDIAL', 'Redial', 'reDial'],
  };
  for (const [meant, written] of Object.entries(spellings)) {
    for (const transfertype of written) {
      test(transfertype, () => {
        assert.deepEqual(described(transfer({ transfertype })), [`${meant} entry of Agent 1 ("agent-1")`]);
      });
    }
  }

  for (const transfertype of [
    '',
    ' cold',
    'colder',
    'hot',
    0,
    null,
    true,
    undefined,
    ['cold'],
    { cold: 1 },
  ]) {
    test(`but ${JSON.stringify(transfertype) ?? 'none'} is not a transfertype`, () => {
      assert.deepEqual(described(transfer({ transfertype })), unreadable);
    });
  }
});

suite('an event that cannot be read is unclear', () => {
  const events: Record<string, unknown> = {
    'with a transition in upper case': transfer({ transition: 'ENTRY' }),
    'without a transition': transfer({ transition: undefined }),
    'without a participant': transfer({ participant: undefined }),
    'with a list as its participant': transfer({ participant: ['agent-1'] }),
    'with an empty identity': transfer({ participant: { identity: '', name: 'Agent 1' } }),
    'with a number as its identity': transfer({ participant: { identity: 1, name: 'Agent 1' } }),
    'with a name that is not documented': { name: 'HOLD_EVENT' },
    'with a name in lower case': { name: 'end_of_conversation' },
    'that is a text': 'END_OF_CONVERSATION',
    'that is nothing': null,
  };
  for (const [name, event] of Object.entries(events)) {
    test(name, () => assert.deepEqual(described(event), unreadable));
  }

  test('and so is a body whose events are missing, empty or not a list', () => {
    for (const body of [{ events: {} }, { events: [] }, { events: null }, {}]) {
      assert.deepEqual(
        placedStepsOf(body).map(({ step, event }) => [describeStep(step), event]),
        [[...unreadable, undefined]],
      );
    }
  });
});

suite('the steps of a body', () => {
  test('come in its order, each with its place', () => {
    const events = [
      transfer({ transfertype: 'warm', transition: 'exit' }),
      { name: 'TRIGGER_SUMMARY_EVENT' },
      { name: 'END_OF_CONVERSATION' },
    ];
    assert.deepEqual(
      placedStepsOf({ events }).map(({ step, event }) => [stepKind(step), describeStep(step), event]),
      [
        ['warm exit', 'warm exit of Agent 1 ("agent-1")', 0],
        ['summary', 'TRIGGER_SUMMARY_EVENT', 1],
        ['end', 'END_OF_CONVERSATION', 2],
      ],
    );
  });

  const message = { query: 'Hello' };
  const orders: Record<string, [events: object[] | undefined, steps: string[]]> = {
    'a message alone': [undefined, ['message']],
    'a message comes after the entry of an agent in the same body': [[transfer()], ['cold entry', 'message']],
    'a message comes before the exit of an agent in the same body': [
      [transfer({ transition: 'exit' })],
      ['message', 'cold exit'],
    ],
    'a message stays a message beside a list of events that is empty': [[], ['message']],
    'a message comes before the end': [[{ name: 'END_OF_CONVERSATION' }], ['message', 'end']],
  };
  for (const [name, [events, steps]] of Object.entries(orders)) {
    test(name, () => {
      assert.deepEqual(stepsOf({ ...message, ...(events ? { events } : {}) }).map(stepKind), steps);
    });
  }
});

test('a message in words', () =>
  assert.deepEqual(stepsOf({ query: 'Hello' }).map(describeStep), ['message']));

suite('an agent in words', () => {
  const names: Record<string, [participant: object, words: string]> = {
    'by name and identity': [participant, 'Agent 1 ("agent-1")'],
    'by the identity when there is no name': [{ identity: 'agent-1' }, '"agent-1"'],
    'by the identity when the name is not a text': [{ identity: 'agent-1', name: 1 }, '"agent-1"'],
    'by the identity when the name is the same': [{ identity: 'agent-1', name: 'agent-1' }, '"agent-1"'],
  };
  for (const [name, [someone, words]] of Object.entries(names)) {
    test(name, () => {
      assert.deepEqual(described(transfer({ participant: someone })), [`cold entry of ${words}`]);
    });
  }
});
