// What a control has changed, and which other events have it too.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { formControls } from '../../../src/protocol/controls/forms.ts';
import type { Sequence } from '../../../src/protocol/controls/sequence.ts';
import { hasTrait, traitKey, traitsOf } from '../../../src/protocol/controls/trait.ts';
import { type Build, conversations, sequence } from './sequences.ts';

const said =
  (text: string, author: 'USER' | 'AGENT', change: object = {}): Build =>
  (talk) => [...conversations['NA entry'](talk), talk.message({ text, author, ...change })];

/** The traits of a refused event, by the words of the control that was accepted. */
function traits(refused: Sequence, words: string) {
  const [first] = formControls(refused).flatMap((control) =>
    [control, ...(control.narrower ?? [])].filter((any) => any.words === words),
  );
  return traitsOf(first!.sequence, refused);
}

suite('A trait', () => {
  test('is had by events of its kind with the same value, whatever they say and whoever they are about', () => {
    const [wide, narrow] = traits(sequence(said('Hi', 'USER')), 'with source GENESYS');
    const others: [string, Sequence, boolean, boolean][] = [
      ['another text', sequence(said('Good evening', 'USER')), true, true],
      ['a chat', sequence(said('Hi', 'USER'), {}, 'chat'), true, false],
      ['the agent', sequence(said('Hi', 'AGENT')), false, false],
      ['an exit', sequence(conversations['NA exit']), false, false],
      ['a message and an entry', sequence(conversations['a message and an entry']), true, true],
    ];
    for (const [name, other, isWide, isNarrow] of others)
      assert.deepEqual([hasTrait(other, wide!), hasTrait(other, narrow!)], [isWide, isNarrow], name);
    const [accepted] = formControls(sequence(said('Hi', 'USER'))).flatMap(({ narrower = [] }) =>
      narrower.filter(({ words }) => words === 'with source GENESYS'),
    );
    assert.equal(hasTrait(accepted!.sequence, wide!), false);
  });

  test('may be what is missing', () => {
    const refused = sequence(said('Hi', 'USER'));
    const [wide] = traits(refused, 'with an empty list of events');
    assert.equal(hasTrait(refused, wide!), true);
    const withEvents = { ...refused.bodies.at(-1)!, events: [] } as unknown as Sequence['bodies'][number];
    assert.equal(hasTrait({ bodies: [withEvents] }, wide!), false);
  });

  test('may be in the headers', () => {
    const refused = sequence(conversations['NA entry']);
    const [wide] = traits(refused, 'with a token with nothing but the appId');
    assert.equal(hasTrait(refused, wide!), true);
    assert.equal(hasTrait({ ...refused, token: 'a token with nothing but the appId' }, wide!), false);
  });

  test('is that customFields are there, not what they say', () => {
    const of =
      (number: number): Build =>
      (talk) => [talk.transfer('NA', 'entry', { number })];
    const sent = { customFields: 'sent' } as const;
    const [wide] = traits(sequence(of(1), sent), 'without customFields');
    assert.equal(hasTrait(sequence(of(2), sent), wide!), true);
    assert.equal(hasTrait(sequence(of(2), { customFields: 'left out' }), wide!), false);
  });

  test('has a key that depends on nothing else', () => {
    const keyOf = (build: Build, experience: 'voice' | 'chat' = 'voice') =>
      traits(sequence(build, {}, experience), 'with source GENESYS').map(traitKey);
    assert.deepEqual(keyOf(said('Hi', 'USER')), keyOf(said('Good evening', 'USER')));
    const [[wide, narrow], [wideInAChat, narrowInAChat]] = [
      keyOf(said('Hi', 'USER')),
      keyOf(said('Hi', 'USER'), 'chat'),
    ];
    assert.equal(wide, wideInAChat);
    assert.notEqual(narrow, narrowInAChat);
  });

  test('is none where the control differs in the text, in the agent or in what came before', () => {
    const refused = sequence((talk) => [
      ...conversations['cold entry'](talk),
      talk.message({ text: 'Hi', author: 'AGENT' }),
    ]);
    assert.deepEqual(traits(refused, 'with another text'), []);
    assert.deepEqual(traits(refused, 'with the id of another of its agents'), []);
    const ended = sequence((talk) => [...conversations['NA exit'](talk), talk.end()]);
    assert.deepEqual(traits(ended, 'after a summary'), []);
  });
});
