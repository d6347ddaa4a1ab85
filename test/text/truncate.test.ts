import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { truncate, truncateWithNote } from '../../src/text/truncate.ts';

suite('A text that is too long', () => {
  test('ends with a mark, which counts towards the length', () => {
    assert.equal(truncate('abcdef', 6), 'abcdef');
    assert.equal(truncate('abcdefg', 6), 'abcde…');
    assert.equal(truncate('abcdefg', 6, '...'), 'abc...');
    assert.equal(truncate('abc', Number.POSITIVE_INFINITY), 'abc');
  });

  test('ends with a note, which does not count', () => {
    assert.equal(truncateWithNote('abcdef', 6, ' (cut)'), 'abcdef');
    assert.equal(truncateWithNote('abcdefg', 6, ' (cut)'), 'abcdef… (cut)');
  });

  test('never ends in the middle of a character', () => {
    assert.equal(truncate('abc😀def', 5), 'abc…');
    assert.equal(truncate('abc😀def', 6), 'abc😀…');
    assert.equal(truncateWithNote('abc😀def', 4, ''), 'abc…');
    assert.equal(truncateWithNote('abc😀def', 5, ''), 'abc😀…');
  });

  test('keeps a lone surrogate that was there before', () => {
    assert.equal(truncateWithNote('abc\ud83ddef', 4, ''), 'abc\ud83d…');
  });
});
