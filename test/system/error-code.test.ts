import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { codeOf } from '../../src/system/error-code.ts';

test('what the system says of a file that is missing', () => {
  assert.throws(
    () => readFileSync(new URL('missing', import.meta.url)),
    (error) => codeOf(error) === 'ENOENT',
  );
});

test('there is none where an error has none, or a number', () => {
  const timedOut = new DOMException('timed out', 'TimeoutError');
  for (const thrown of [new Error('plain'), timedOut, 'a text', undefined, null]) {
    assert.equal(codeOf(thrown), undefined);
  }
});
