// The regular expression of a known deviation is matched in time that grows with the message, whatever it is.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { messagePattern } from '../../src/run/message-pattern.ts';
import { expressionProblem } from '../../src/verdict/expression-problem.ts';
import { isMatch } from '../../src/verdict/message-expression.ts';

suite('Refused by its form, whatever its letters', () => {
  const nested = ['(z+)+y', '(é*)*b', '(?:(?:\\u00e9|q)+;?)+$', '(\\p{L}+ ?)*!', '((x{2,})*)*'];
  for (const source of nested) {
    test(source, () => assert.match(expressionProblem(source) ?? '', /takes for ever/));
  }
  for (const source of ['(?=z)z', '(?<!a)b', '(z)\\1', '(?<n>z)\\k<n>']) {
    test(source, () => assert.match(expressionProblem(source) ?? '', /leave out look-aheads/));
  }
});

suite('Matched quickly', () => {
  // JavaScript's own engine takes years for each.
  for (const source of [
    '^(z|z)*y$',
    '^(z|zz)+$',
    'z*z*z*z*z*z*z*y',
    '^(z{1,50}y?){1,40}x$',
    '.*z.*z.*z.*z.*z.*q',
  ]) {
    test(source, () => {
      if (expressionProblem(source) !== undefined) return;
      const { user } = process.cpuUsage();
      assert.equal(isMatch(source, `${'z'.repeat(5000)}!`), false);
      assert.ok(process.cpuUsage().user - user < 5_000_000);
    });
  }
});

suite('Means what it means in JavaScript', () => {
  const cases: [source: string, text: string, found: boolean][] = [
    ['answered 202', 'the tenant answered 202', true],
    ['^answered', 'the tenant answered 202', false],
    ['\\p{Lu}\\u00e4 \\d+\\/\\w', 'Fä 12/x', true],
    ['(?:200|202)$', 'the tenant answered 202', true],
    ['a.b', 'a\nb', false],
    ['[^\\s"]{3}', 'ab cde', true],
    ['é', 'É', false],
  ];
  for (const [source, text, found] of cases) {
    test(source, () => {
      assert.equal(expressionProblem(source), undefined);
      assert.equal(isMatch(source, text), found);
      assert.equal(new RegExp(source, 'u').test(text), found);
    });
  }

  test('what --update-deviations writes', () => {
    const message =
      'message is "a (b) [c] {d}", answered in 12 ms to conversation 12345: it is {"x":1}, not /OK/';
    const source = messagePattern(message);
    assert.equal(expressionProblem(source), undefined, source);
    assert.equal(isMatch(source, message), true);
  });
});

test('a count that is written out in very many steps is refused at once', () => {
  for (const source of ['.{1,500}x', '.{0,1000}'.repeat(200), '\\p{L}{301}', '(?:(?:.{1,20}x){1,20}y){2}'])
    assert.match(expressionProblem(source) ?? '', /counts too far/, source);
  for (const source of ['answered \\d{3} within \\d{1,5} ms', 'a literal \\{1,500\\}'])
    assert.equal(expressionProblem(source), undefined, source);
});
