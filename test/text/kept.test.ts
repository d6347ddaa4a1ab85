// What is kept of a long text keeps nothing of the rest in memory. Measured in a process of its own.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { abridged, detached } from '../../src/text/kept.ts';

const root = path.resolve(import.meta.dirname, '../../src');

/** The heap in MB after 60 results were kept, each made from a text of 2 MB. */
function heapAfterKeeping(module: string, result: string): number {
  const code = `
    const { ${/\w+/.exec(result)?.[0]} } = await import(${JSON.stringify(pathToFileURL(path.join(root, module)).href)});
    const kept = [];
    for (let at = 0; at < 60; at++) {
      const text = JSON.parse(JSON.stringify('x'.repeat(2_000_000) + at));
      const answer = { status: 500, headers: {}, body: text };
      kept.push(${result});
    }
    globalThis.gc();
    console.log(process.memoryUsage().heapUsed / 1e6, kept.length);`;
  const args = ['--expose-gc', '--input-type=module', '--eval', code];
  return Number.parseFloat(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

suite('Of a text of megabytes, only what is kept stays in memory', () => {
  const places: [module: string, result: string][] = [
    ['text/kept.ts', 'detached(text.slice(0, 100))'],
    ['text/truncate.ts', "truncateWithNote(text, 1000, ' (cut)')"],
    ['text/shown-value.ts', 'shown(text)'],
    ['text/one-line.ts', 'oneLine(text, 300)'],
    ['protocol/answers.ts', 'brief(answer)'],
  ];
  for (const [module, result] of places) {
    test(result, () => assert.ok(heapAfterKeeping(module, result) < 60));
  }

  test('a slice by itself would keep all of it', () => {
    assert.ok(heapAfterKeeping('text/kept.ts', '(detached, text.slice(0, 100))') > 100);
  });
});

test('a copy is the same text, lone surrogates included', () => {
  for (const text of ['', 'é', '\ud800 a "quote" \u2028', '😀'.slice(0, 1)])
    assert.equal(detached(text), text);
});

test('long names that begin alike stay apart', () => {
  const long = 'n'.repeat(5000);
  assert.equal(abridged('short'), 'short');
  assert.notEqual(abridged(`${long}1`), abridged(`${long}2`));
  assert.ok(abridged(long).length < 300);
});
