// Which requirement a refusal breaks, by the place of the event and by what its controls have shown.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { RequirementId } from '../../../src/protocol/catalogue.ts';
import { chargedWith, namedByTheAnswer, type Shown } from '../../../src/protocol/controls/charge.ts';
import {
  afterADrop,
  kindRequirement,
  orderRequirement,
  otherPlaces,
} from '../../../src/protocol/controls/place.ts';
import { placedStepsOf } from '../../../src/protocol/lifecycle/step.ts';
import { ConversationTracker } from '../../../src/protocol/lifecycle/tracker.ts';
import { answer } from '../expect.ts';
import { conversations, type Name, sequence } from './sequences.ts';

const refusal = answer(400, '{"message":"no"}');

function charged(
  name: Name,
  shown: Shown,
  claim: RequirementId,
  more: { several?: boolean; status?: number; body?: string } = {},
) {
  const { several = false, status = 400, body = '{"message":"no"}' } = more;
  return chargedWith(shown, {
    sequence: sequence(conversations[name]),
    answer: { ...refusal, status, body },
    claim,
    several,
  });
}

suite('The order is about', () => {
  const places: Partial<Record<Name, RequirementId>> = {
    'NA entry': 'HOOKS-SEQ-04',
    'the end': 'HOOKS-SEQ-04',
    'cold entry': 'HOOKS-SEQ-13',
    'a message after a cold transfer': 'HOOKS-SEQ-13',
    'warm exit': 'HOOKS-SEQ-14',
    'a user message': 'HOOKS-MSG-04',
    redial: 'HOOKS-RDL-01',
    'a redial after a cold transfer': 'HOOKS-RDL-01',
    'an exit after a redial': 'HOOKS-RDL-01',
    'a redial that opens a conversation': 'HOOKS-RDL-04',
    'a redial after an entry': 'HOOKS-RDL-06',
    'the exit of a consultant after a cold transfer': 'HOOKS-SEQ-14',
  };
  for (const [name, id] of Object.entries(places)) {
    test(`${name}: ${id}`, () => assert.equal(orderRequirement(sequence(conversations[name as Name])), id));
  }
});

suite('A kind of event that is refused everywhere', () => {
  const kinds: Partial<Record<Name, RequirementId>> = {
    'NA exit': 'HOOKS-XFER-02',
    'NA entry': 'HOOKS-SEQ-04',
    'cold exit': 'HOOKS-SEQ-13',
    'cold entry': 'HOOKS-XFER-02',
    'warm entry': 'HOOKS-XFER-01',
    redial: 'HOOKS-XFER-01',
    'a summary': 'HOOKS-ENV-07',
    'the end': 'HOOKS-ENV-07',
    'a user message': 'HOOKS-MSG-01',
  };
  for (const [name, id] of Object.entries(kinds)) {
    test(`${name}: ${id}`, () =>
      assert.equal(kindRequirement(sequence(conversations[name as Name]), true), id));
  }

  test('a cold exit, where no exit is accepted: HOOKS-XFER-02', () => {
    assert.equal(kindRequirement(sequence(conversations['cold exit']), false), 'HOOKS-XFER-02');
  });
});

suite('After a drop that was reported', () => {
  for (const name of [
    'the end after a redial that opens',
    'a summary after a redial after an entry',
  ] as const)
    test(`${name}: accepted in that order`, () => {
      const usual = afterADrop(sequence(conversations[name]))!;
      assert.equal(orderRequirement(usual), 'HOOKS-RDL-01');
      const tracker = new ConversationTracker();
      const breaches = usual.bodies.flatMap((body) => tracker.take({ steps: placedStepsOf(body) }).breaches);
      assert.deepEqual(
        breaches.filter(({ finding }) => finding.level === 'must'),
        [],
      );
    });

  for (const name of ['the end after a redial', 'a redial that opens a conversation', 'the end'] as const)
    test(`${name}: nothing to be tried`, () =>
      assert.equal(afterADrop(sequence(conversations[name])), undefined));
});

suite('Other places', () => {
  for (const name of Object.keys(conversations) as Name[]) {
    test(`of ${name} are documented, and not its own`, () => {
      const own = sequence(conversations[name]);
      for (const { bodies } of otherPlaces(own)) {
        const tracker = new ConversationTracker();
        const breaches = bodies.flatMap((body) => tracker.take({ steps: placedStepsOf(body) }).breaches);
        assert.deepEqual(
          breaches.filter(({ finding }) => finding.level === 'must'),
          [],
        );
        assert.notDeepEqual(bodies, own.bodies);
      }
    });
  }
});

suite('A refusal is charged', () => {
  const form: Shown = { by: 'form', requirement: 'HOOKS-XFER-05', words: '' };
  const cases: [string, RequirementId, RequirementId][] = [
    ['to the form that made the difference', charged('cold exit', form, 'HOOKS-SEQ-13'), 'HOOKS-XFER-05'],
    [
      'to the order',
      charged(
        'a redial after a cold transfer',
        { by: 'place', requirement: 'HOOKS-RDL-01' },
        'HOOKS-XFER-06',
      ),
      'HOOKS-RDL-01',
    ],
    [
      'to the kind of event',
      charged('warm entry', { by: 'kind', others: true, anyExit: true }, 'HOOKS-SEQ-14'),
      'HOOKS-XFER-01',
    ],
    [
      'to what the scenario is about, when it is accepted the next time',
      charged('NA exit', { by: 'repetition' }, 'HOOKS-ENV-01'),
      'HOOKS-ENV-01',
    ],
    [
      'to the other conversations, when there are some',
      charged('NA exit', { by: 'repetition' }, 'HOOKS-SEQ-15', { several: true }),
      'HOOKS-SEQ-15',
    ],
    [
      'to the other conversations of the agents',
      charged('NA entry', { by: 'agents' }, 'HOOKS-SEQ-15', { several: true }),
      'HOOKS-SEQ-15',
    ],
    [
      'to the order of what the agents did before',
      charged('a redial that opens a conversation', { by: 'agents' }, 'HOOKS-RDL-04'),
      'HOOKS-RDL-04',
    ],
    [
      'to the kind of event, whichever field of it the scenario is about',
      charged('a user message', { by: 'kind', others: true, anyExit: true }, 'HOOKS-MSG-12'),
      'HOOKS-MSG-01',
    ],
    [
      'to the transition of an event, where that is what is refused',
      charged('NA exit', { by: 'kind', others: true, anyExit: true }, 'HOOKS-MSG-12'),
      'HOOKS-XFER-02',
    ],
    [
      'to the path',
      charged('redial', { by: 'kind', others: false, anyExit: false }, 'HOOKS-SEQ-04', { status: 404 }),
      'HOOKS-EP-02',
    ],
    [
      'to the kind of event, where others are accepted at the path',
      charged('a user message', { by: 'kind', others: true, anyExit: true }, 'HOOKS-MSG-12', { status: 404 }),
      'HOOKS-MSG-01',
    ],
    [
      'to the one path of all events',
      charged('the end', { by: 'kind', others: true, anyExit: true }, 'HOOKS-EP-03', { status: 404 }),
      'HOOKS-EP-03',
    ],
    [
      'to what the answer names',
      charged('NA exit', { by: 'answer', requirement: 'HOOKS-HDR-01' }, 'HOOKS-SEQ-04'),
      'HOOKS-HDR-01',
    ],
  ];
  for (const [words, id, expected] of cases) test(words, () => assert.equal(id, expected));

  test('never to a should where the scenario is about a must', () => {
    const should = (requirement: RequirementId): Shown => ({ by: 'form', requirement, words: '' });
    assert.equal(charged('a user message', should('HOOKS-MSG-03'), 'HOOKS-MSG-01'), 'HOOKS-MSG-12');
    assert.equal(charged('a user message', should('HOOKS-MSG-03'), 'HOOKS-MSG-03'), 'HOOKS-MSG-03');
    assert.equal(
      charged('a redial after an entry', { by: 'place', requirement: 'HOOKS-RDL-06' }, 'HOOKS-XFER-01'),
      'HOOKS-RDL-01',
    );
    assert.equal(charged('the end', should('HOOKS-ENV-04'), 'HOOKS-SEQ-04'), 'HOOKS-EP-04');
    assert.equal(charged('the end', should('HOOKS-EP-03'), 'HOOKS-SEQ-04'), 'HOOKS-SEQ-04');
  });
});

suite('An answer names', () => {
  const cases: [status: number, body: string, expected: RequirementId | undefined][] = [
    [405, '', 'HOOKS-EP-01'],
    [303, '', 'HOOKS-EP-01'],
    [415, '', 'HOOKS-HDR-01'],
    [401, '', 'HOOKS-AUTH-02'],
    [400, '{"message":"the bot does not know this language"}', undefined],
    [403, '', undefined],
    [404, '', undefined],
    [500, '', undefined],
  ];
  for (const [status, body, expected] of cases) {
    test(`${status} ${body}: ${expected ?? 'nothing'}`, () =>
      assert.equal(namedByTheAnswer({ ...refusal, status, body }, true), expected));
  }

  test('a redirect of one event: that its success has another status; of all events: nothing', () => {
    const redirect = { ...refusal, status: 307, body: '' };
    assert.equal(namedByTheAnswer(redirect, true), 'HOOKS-RESP-01');
    assert.equal(namedByTheAnswer(redirect, false), undefined);
  });
});
