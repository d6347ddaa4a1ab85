// The harness writes the file of observed behaviour, but people may edit it: its problems are reported.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { answerBefore } from '../../src/verdict/observed.ts';
import { readObserved, updatedObserved } from '../../src/verdict/observed-file.ts';

const entry = { ambiguity: 'X-16', question: 'a second entry', answer: '409' };
const howToFix = '`npm test -- --update-observations` writes the file anew';

suite('An earlier observation', () => {
  const cases: [what: string, text: string, says: RegExp][] = [
    ['text that is not YAML', '- {ambiguity: X-16', /^f:1 {2}\S/],
    ['a mapping', 'ambiguity: X-16', /^f:1 {2}must be a list; `npm test/],
    ['an alias that cannot be resolved', '- *nowhere', /^f:1 {2}/],
    [
      'an entry without an answer',
      '- {ambiguity: X-16, question: q}',
      /^f, entry 1 {2}answer must be a text/,
    ],
    ['an empty entry', '-', /^f, entry 1 {2}ambiguity, question, answer must be a text/],
    ['an answer that is a number', '- {ambiguity: X-16, question: q, answer: 409}', /answer must be a text/],
    [
      'an unknown ambiguity',
      '- {ambiguity: X-99, question: q, answer: a}',
      /the register has no ambiguity X-99/,
    ],
  ];
  for (const [what, text, says] of cases) {
    test(`${what} is refused`, () => {
      const { observed, problems } = readObserved(text, 'f');
      assert.deepEqual(observed, []);
      assert.equal(problems.length, 1);
      assert.match(problems[0]!, says);
    });
  }

  test('may be missing', () => assert.deepEqual(readObserved('', 'f'), { observed: [], problems: [] }));

  test('that was not asked this time stays, unless the whole suite was asked', () => {
    const other = { ...entry, question: 'an exit without an entry', answer: '200' };
    const now = { ...entry, answer: '200' };
    const after = (whole: boolean) => readObserved(updatedObserved([entry, other], [now], whole), 'f');
    assert.deepEqual(after(false), { observed: [now, other], problems: [] });
    assert.deepEqual(after(true), { observed: [now], problems: [] });
    assert.ok(updatedObserved([], [], true).includes('--update-observations'), howToFix);
  });

  test('is found by its question', () => {
    assert.equal(answerBefore([entry], { ambiguity: 'X-16', question: 'a second entry' }), '409');
    assert.equal(answerBefore([entry], { ambiguity: 'X-16', question: 'another' }), undefined);
  });
});
