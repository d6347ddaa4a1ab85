import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headersByName } from '../../src/protocol/header-folding.ts';

test('a header that was sent several times is one, in the order in which it came', () => {
  const sent = [
    ['Token', 'a'],
    ['Accept', '*/*'],
    ['TOKEN', 'b'],
    ['__proto__', 'c'],
  ] as const;
  assert.deepEqual(Object.entries(headersByName(sent)), [
    ['token', 'a, b'],
    ['accept', '*/*'],
    ['__proto__', 'c'],
  ]);
});
