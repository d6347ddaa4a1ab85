import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headersByName } from '../../src/protocol/header-folding.ts';

test('a header that was sent several times becomes one, in the order of its values', () => {
  const sent = [
    ['Token', 'a'],
    ['Accept', '*/*'],
    ['TOKEN', 'b'],
    ['__proto__', 'c'],
  ];
  assert.deepEqual(Object.entries(headersByName(sent)), [
    ['token', 'a, b'],
    ['accept', '*/*'],
    ['__proto__', 'c'],
  ]);
});

test('what is neither a name nor a value is left out', () => {
  const odd = [['a', ['1', 2]], ['b', null], ['c'], [7, 'd'], ['e', 0]];
  assert.deepEqual(headersByName(odd), { a: '1, 2', e: '0' });
});
