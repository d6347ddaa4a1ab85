// The options of npm test that are its own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownOptions } from '../../src/run/options.ts';

test('each is taken, and the rest goes to cucumber in its order', () => {
  const own = ownOptions([
    '--deep',
    '--seed',
    '7',
    '--tags',
    '@X-16',
    '--fail-on=should',
    'features/routing',
  ]);
  assert.equal(own.deep, true);
  assert.equal(own.values, '7');
  assert.equal(own.failOn, 'should');
  assert.deepEqual(own.cucumber, ['--tags', '@X-16', 'features/routing']);
  assert.equal(ownOptions(['--plain-values']).values, 'plain');
  assert.equal(ownOptions([]).deep, false);
});

const wrong: Record<string, [argv: string[], says: RegExp]> = {
  'a seed that is not a number': [['--seed', 'x'], /--seed x/],
  'a seed, and plain values': [['--seed', '7', '--plain-values'], /twice|one/],
  'a level that there is not': [['--fail-on', 'may'], /--fail-on may: must be one of must, should/],
  'a misspelt option': [['--dep'], /--dep is not an option; did you mean --deep\?/],
  'no value': [['--seed'], /--seed needs a value/],
};
for (const [name, [argv, says]] of Object.entries(wrong)) {
  test(`${name} is refused`, () => assert.throws(() => ownOptions(argv), says));
}
