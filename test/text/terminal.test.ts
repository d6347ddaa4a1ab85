// Untrusted text must not control a terminal, or hide anything from a reader.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { oneLine } from '../../src/text/one-line.ts';
import { harmless, printable, visible } from '../../src/text/terminal.ts';

const hostile = 'a\u001b[31mb\u009b2J\u202ec\u200b\u2028d\ud800';
const replaced = 'a\ufffd[31mb\ufffd2J\ufffdc\ufffd\ufffdd\ufffd';

suite('An invisible character', () => {
  test('has a replacement character in its place', () => assert.equal(visible(hostile), replaced));

  test('line breaks and tabs stay in a text of several lines', () => {
    assert.equal(harmless(`one\r\n\ttwo\n${hostile}\r`), `one\n\ttwo\n${replaced}\ufffd`);
  });

  test('line breaks go in one line', () => {
    assert.equal(oneLine('  one\r\n\t two\u2028three '), 'one two three');
    assert.equal(oneLine('a\u001bb'), 'a\ufffdb');
  });
});

test('a line is cut to its length', () => {
  assert.equal(oneLine('one\ntwo', 7), 'one two');
  assert.equal(oneLine('one\ntwo ', 6), 'one t…');
  assert.equal(printable('a'.repeat(120)), 'a'.repeat(120));
  assert.equal(printable('a'.repeat(121)), `${'a'.repeat(119)}…`);
});
