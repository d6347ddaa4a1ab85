// A misspelt sentence is answered with the one that was meant, in words that can be pasted.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { nearestSentence } from '../../src/run/nearest-sentence.ts';

const parameters = new Map([
  ['agent', 'Agent (\\d+)'],
  ['experience', 'voice|chat'],
  ['address form', 'capitals in its path|a query'],
  ['shape', '(?:round|flat)'],
]);

suite('The nearest sentence', () => {
  for (const [pattern, text, sentence] of [
    [
      'a {experience} conversation answered by {agent}',
      'a voise conversation by Agent 2',
      'a voice conversation answered by Agent 1',
    ],
    [
      'a callbackUrl with {address form}',
      'a callback URL with a query',
      'a callbackUrl with capitals in its path',
    ],
    ['a {shape} table', 'a flat tabel', 'a shape table'],
    ['the answer says {string} {int} times', 'the answer said "no" twice', 'the answer says "…" 2 times'],
    ['it is/was accepted', 'it was acepted', 'it is accepted'],
  ] as const) {
    test(`to "${text}"`, () => {
      assert.equal(nearestSentence(text, ['something else altogether', pattern], parameters), sentence);
    });
  }

  test('is none where there are no sentences', () => {
    assert.equal(nearestSentence('anything', [], parameters), undefined);
  });
});
