// What the controls have shown of a refusal explains the same one again, under whichever id it comes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Shown } from '../../src/protocol/controls/charge.ts';
import { defaultDialect } from '../../src/protocol/events.ts';
import type { Session } from '../../src/run/session.ts';
import { Explanations } from '../../steps/explanations.ts';
import { conversations, sequence } from '../protocol/controls/sequences.ts';

const byForm = {
  by: 'form',
  requirement: 'HOOKS-XFER-05',
  words: 'in the other letter case',
} as const satisfies Shown;
const byPlace: Shown = { by: 'place', requirement: 'HOOKS-SEQ-13' };

function explanations(): Explanations {
  return new Explanations({ settings: { dialect: defaultDialect } } as Session);
}

test('a refusal explains the same one in another conversation, and no other', () => {
  const known = explanations();
  const refused = sequence(conversations['warm entry']);
  known.note(refused, byForm);
  const again = JSON.parse(JSON.stringify(refused).replaceAll('c-1', 'c-2'));
  assert.deepEqual(known.of(again), byForm);
  assert.equal(known.of(sequence(conversations['NA exit'])), undefined);
});

test('a place explains the same event at a like place', () => {
  const known = explanations();
  known.note(sequence(conversations['a message after a cold transfer']), byPlace);
  const later = sequence((talk) => [
    ...conversations['cold entry'](talk),
    talk.message({ text: 'Hello', author: 'USER' }),
    talk.message({ text: 'Another text', author: 'AGENT' }),
  ]);
  assert.deepEqual(known.of(later), byPlace);
});

test('most refusals of a kind of event explain the next one, where nothing can be looked into any more', () => {
  const known = explanations();
  const next = sequence(conversations['the end']);
  const none = () => false;
  assert.equal(known.ofItsKind(next, none), undefined);
  known.note(sequence(conversations['the end after a redial']), byPlace);
  for (const name of ['the end after a summary', 'the end after a cold transfer'] as const)
    known.note(sequence(conversations[name]), byForm);
  assert.deepEqual(known.ofItsKind(next, none), { ...byForm, words: 'in the other letter case elsewhere' });
  assert.deepEqual(
    known.ofItsKind(next, (requirement) => requirement === byForm.requirement),
    byPlace,
  );
  assert.equal(known.ofItsKind(sequence(conversations['a summary']), none), undefined);
});

test('what is refused everywhere is explained wherever it comes', () => {
  const known = explanations();
  const kind: Shown = { by: 'kind', others: true, anyExit: true };
  known.noteEverywhere(sequence(conversations['NA exit']), kind);
  const elsewhere = sequence((talk) => [
    ...conversations['cold entry'](talk),
    talk.transfer('NA', 'exit', { number: 2 }),
  ]);
  assert.deepEqual(known.of(elsewhere), kind);
});
