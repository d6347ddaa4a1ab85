// Several workers begin with the long scenarios, so that none of them is waited for at the end.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { IFilterablePickle } from '@cucumber/cucumber/api';
import { longestFirst } from '../../src/run/longest-first.ts';

const pickles = (...names: string[]) =>
  names.map((name) => ({ pickle: { uri: 'features\\a.feature', name } }) as IFilterablePickle);
const byScenario = (counts: Record<string, number>) =>
  Object.fromEntries(Object.entries(counts).map(([name, count]) => [`features/a.feature ${name}`, count]));
const namesOf = (ordered: readonly IFilterablePickle[]) => ordered.map(({ pickle }) => pickle.name);

suite('With several workers', () => {
  const all = pickles('a', 'long', 'b', 'longest', 'c');

  test('the long scenarios come first, the longest before all, and the others as they were', () => {
    const expected = byScenario({ a: 1, long: 30, b: 3, longest: 60, c: 6 });
    const ordered = longestFirst(all, { workers: 1, byScenario: expected });
    assert.deepEqual(namesOf(ordered), ['longest', 'long', 'a', 'b', 'c']);
    assert.deepEqual(namesOf(all), ['a', 'long', 'b', 'longest', 'c'], 'as it was handed in');
  });

  test('what is long depends on what each worker does in all', () => {
    const expected = byScenario({ a: 1, long: 30, b: 3, longest: 60, c: 6 });
    // 100 requests, 25 for each of four.
    const ordered = longestFirst(all, { workers: 4, byScenario: expected });
    assert.deepEqual(namesOf(ordered), ['longest', 'long', 'c', 'b', 'a']);
  });

  test('nothing changes when nobody has counted', () => {
    assert.deepEqual(namesOf(longestFirst(all, { workers: 8, byScenario: {} })), namesOf(all));
  });
});
