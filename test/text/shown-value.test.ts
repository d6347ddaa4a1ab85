// How a message quotes a value: cut to fit a line, and safe for a terminal.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { shown } from '../../src/text/shown-value.ts';

suite('A value in a sentence', () => {
  const cases: [what: string, value: unknown, wording: string][] = [
    ['nothing', undefined, 'undefined'],
    ['a text', 'a "b"', '"a \\"b\\""'],
    ['an object', { a: [1, null] }, '{"a":[1,null]}'],
    ['as much as fits', 'a'.repeat(58), `"${'a'.repeat(58)}"`],
    ['more than fits', 'a'.repeat(59), `"${'a'.repeat(56)}...`],
    ['a number beyond all bounds', JSON.parse('-1e999'), '-Infinity'],
    ['a list without a bottom', JSON.parse('['.repeat(9e4) + ']'.repeat(9e4)), '[[[...'],
    ['an object without a bottom', JSON.parse(`${'{"a":'.repeat(9e4)}1${'}'.repeat(9e4)}`), '{...'],
    ['what turns the direction of the text', 'a\u202eb\u200bc', '"a\ufffdb\ufffdc"'],
  ];
  for (const [what, value, wording] of cases) test(what, () => assert.equal(shown(value), wording));
});
