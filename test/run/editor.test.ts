// What the editor would show: everything with the project's settings, and what is missing without them.
import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import editorSettings from '../../.vscode/settings.json' with { type: 'json' };
import { editorProblems } from '../../src/run/editor.ts';
import { readVocabulary, type Vocabulary } from '../../src/run/vocabulary.ts';

let vocabulary: Vocabulary;

before(async () => {
  vocabulary = await readVocabulary();
});

function problemsWith(change: Partial<typeof editorSettings>): Promise<string[]> {
  return editorProblems(vocabulary, { ...editorSettings, ...change });
}

suite('the editor', () => {
  test('understands every step and offers every sentence', async () => {
    assert.deepEqual(await problemsWith({}), []);
  });

  test('misses a parameter type that is computed and not in the settings', async () => {
    const problems = await problemsWith({ 'cucumber.parameterTypes': [] });
    const lines = problems.join('\n');
    assert.match(lines, /^This Cucumber Expression has a problem .* Undefined parameter type 'omission'/m);
    assert.match(lines, /^features[\\/].*\.feature:\d+ Undefined step: an? \w+ event is sent/m);
    assert.match(lines, /^"[^"]+" does not offer: .*\{omission\}/m);
  });

  test('refuses a parameter type that it finds twice', async () => {
    const agent = { name: 'agent', regexp: 'Agent (\\d+)' };
    const parameterTypes = [...editorSettings['cucumber.parameterTypes'], agent];
    const problems = await problemsWith({ 'cucumber.parameterTypes': parameterTypes });
    assert.deepEqual(problems, ['There is already a parameter type with name agent']);
  });

  test('offers no sentence of a file that it does not read', async () => {
    const problems = await problemsWith({ 'cucumber.glue': ['steps/!(routing).ts'] });
    const lines = problems.join('\n');
    assert.match(lines, /^"a transfer to" does not offer: a transfer to the \{target\} is requested$/m);
  });

  test('understands nothing where it finds no feature', async () => {
    const problems = await problemsWith({ 'cucumber.features': ['tests/**/*.feature'] });
    assert.deepEqual(problems, ['cucumber.features finds no file']);
  });
});
