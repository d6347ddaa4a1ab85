// What a run that ends before its first scenario says.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Run, secret } from './harness.ts';

/** One message for people and nothing else: printed once, without a stack or a secret. */
export function saysOnly({ code, output, stdout, reports }: Run, says: RegExp[]): void {
  for (const words of says) assert.match(output, words);
  assert.equal(stdout, '', 'nothing but the message');
  assert.doesNotMatch(output, /\n\s+at /);
  assert.doesNotMatch(output, /\b(TypeError|SyntaxError|Error:)/);
  assert.ok(!output.includes(secret), output);
  const [first = ''] = output.trim().split('\n');
  assert.equal(output.split(first).length, 2, `printed once: ${output}`);
  // A run that could not begin for the tenant's sake is a result, and reported; any other is not.
  const left = readdirSync(reports).filter((name) => /\.(xml|ndjson|json)$/.test(name));
  for (const name of left) {
    const text = readFileSync(path.join(reports, name), 'utf8');
    if (code === 3 && name === 'conformance.json') assert.match(text, /"verdict": "inconclusive"/);
    else if (code === 3 && name === 'history.ndjson')
      assert.match(text, /^\{[^\n]*"requests":0,"verdict":"inconclusive","complete":false[^\n]*\}\n$/);
    else if (code === 3 && name === 'junit.xml')
      assert.match(text, /<testsuites [^>]*tests="1"[^>]* errors="1"/);
    else assert.doesNotMatch(text, /testcase|request/, name);
  }
}
