// `npm run prove`, used wrongly and for the line of the README; prove.test.ts makes real runs.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { catalogueProblems } from '../../src/prove/catalogue-problems.ts';
import { figures } from '../../src/prove/figures.ts';
import { faults } from '../../src/sandbox/faults/catalogue.ts';
import { variations } from '../../src/sandbox/variations/catalogue.ts';
import { runNode } from '../processes.ts';

function npmRunProve(...args: string[]) {
  return runNode(['src/cli/prove.ts', ...args]);
}

suite('npm run prove', () => {
  const wrong: Record<string, [args: string[], message: RegExp]> = {
    'an unknown fault': [['--fault', 'is-slo'], /There is no fault "is-slo"/],
    'an unknown variation': [['--variation', 'is-slo'], /"is-slo"; did you mean is-slow\?/],
    'a number out of range': [['--parallel', '0'], /A number from 1 to 99/],
    'an unknown form': [['--format', 'xml'], /words, json, figures/],
    'an argument too many': [['is-slow'], /too many arguments/],
  };
  for (const [name, [args, message]] of Object.entries(wrong)) {
    test(`${name} is an error`, async () => {
      const { code, stderr } = await npmRunProve(...args);
      assert.equal(code, 2, stderr);
      assert.match(stderr, message);
    });
  }

  test('a catalogue with errors ends it before anything runs, and lists all errors', async () => {
    const empty = `import { registerHooks } from 'node:module';
      registerHooks({ load: (url, context, next) => url.endsWith('/faults/catalogue.ts')
        ? { format: 'module', source: 'export const faults = []', shortCircuit: true } : next(url, context) });`;
    const { code, stdout, stderr } = await runNode([
      '--import',
      `data:text/javascript,${encodeURIComponent(empty)}`,
      'src/cli/prove.ts',
    ]);
    assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
    const [first, ...problems] = stderr.trimEnd().split('\n');
    assert.equal(first, 'The catalogue of faults has errors; nothing was run:');
    assert.deepEqual(
      problems.map((line) => line.trim()),
      catalogueProblems([], variations),
    );
    assert.ok(problems.length > 50);
  });

  test('the line of the README has the numbers of the catalogues', async () => {
    const { code, stdout } = await npmRunProve('--format', 'figures');
    assert.equal(code, 0);
    assert.equal(stdout, `${figures()}\n`);
    assert.ok(figures().startsWith(`${faults.length} faults, all killed by the requirement they break; `));
    assert.ok(figures().endsWith(`${variations.length} conformant variations, no false alarm`));
  });
});
