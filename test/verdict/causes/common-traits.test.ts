// What bad items have in common that good ones do not.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { explanations, type Item } from '../../../src/verdict/causes/common-traits.ts';

const items = (isBad: boolean, times: number, ...words: string[]): Item[] =>
  Array.from({ length: times }, () => ({ isBad, traits: words.map((one) => ({ words: one, rank: 1 })) }));

function explained(...groups: Item[][]): string[] {
  return explanations(groups.flat(), 3).map(({ traits, bad, good }) => {
    const words = traits.map((one) => one.words).join(' & ') || 'all';
    return `${words}: ${bad.length} bad, ${good} good`;
  });
}

suite('An explanation', () => {
  test('is the trait that all bad items have, and no good one', () => {
    const found = explained(
      items(true, 3, 'upper', 'cold'),
      items(true, 2, 'upper', 'warm'),
      items(false, 9, 'lower', 'cold'),
      items(false, 9, 'lower', 'warm'),
    );
    assert.deepEqual(found, ['upper: 5 bad, 0 good']);
  });

  test('is two traits when neither alone is enough', () => {
    const found = explained(
      items(true, 4, 'chat', 'cold'),
      items(false, 9, 'chat', 'warm'),
      items(false, 9, 'voice', 'cold'),
    );
    assert.deepEqual(found, ['chat & cold: 4 bad, 0 good']);
  });

  test('has no trait when everything is bad', () => {
    assert.deepEqual(explained(items(true, 4, 'chat'), items(true, 5, 'voice')), ['all: 9 bad, 0 good']);
  });

  test('prefers the plainer of two traits that explain the same', () => {
    const traits = [
      { words: 'of the third agent', rank: 5 },
      { words: 'a redial', rank: 2 },
    ];
    const [found] = explanations(
      [...[1, 2].map(() => ({ isBad: true, traits })), ...items(false, 5, 'x')],
      1,
    );
    assert.deepEqual(found?.traits, [traits[1]]);
  });

  test('tolerates an exception among many', () => {
    const found = explained(items(true, 40, 'redial'), items(false, 1, 'redial'), items(false, 90, 'entry'));
    assert.deepEqual(found, ['redial: 40 bad, 1 good']);
  });

  test('is followed by that of what is left', () => {
    const found = explained(items(true, 6, 'fr'), items(true, 3, 'redial'), items(false, 50, 'en'));
    assert.deepEqual(found, ['fr: 6 bad, 0 good', 'redial: 3 bad, 0 good']);
  });
});

suite('Nothing is said', () => {
  test('of one bad item', () => {
    assert.deepEqual(explained(items(true, 1, 'fr'), items(false, 9, 'en')), []);
  });

  test('when good items have the same traits', () => {
    assert.deepEqual(explained(items(true, 5, 'fr', 'chat'), items(false, 5, 'fr', 'chat')), []);
  });

  test('when no item is bad, and when there is none', () => {
    assert.deepEqual(explained(items(false, 5, 'fr')), []);
    assert.deepEqual(explained(), []);
  });

  test('of a trait of a few among many that have nothing in common', () => {
    const apart = Array.from({ length: 40 }, (_, at) => [
      ...items(true, 1, `only ${at}`, 'any'),
      ...items(false, 1, 'any'),
    ]).flat();
    assert.deepEqual(explained(apart, items(true, 2, 'fr', 'any')), []);
  });
});

test('a run with thousands of requests takes no time', () => {
  const many = Array.from(
    { length: 4000 },
    (_, at): Item => ({
      isBad: at % 5 === 0,
      traits: Array.from({ length: 25 }, (_, n) => ({ words: `${n}: ${(at * (n + 7)) % 11}`, rank: n })),
    }),
  );
  const before = process.cpuUsage();
  explanations(many, 3);
  const { user } = process.cpuUsage(before);
  // A search that compares all pairs takes minutes.
  assert.ok(user < 20_000_000, `${user} µs`);
});
