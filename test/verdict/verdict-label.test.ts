import assert from 'node:assert/strict';
import { test } from 'node:test';
import { severity } from '../../src/verdict/policy.ts';
import { verdictLabel } from '../../src/verdict/verdict-label.ts';

test('verdicts in the words of the documents', () => {
  assert.deepEqual([...severity, 'not-run', 'not-tested'].map(verdictLabel), [
    'harness error',
    'fail',
    'unexpected pass',
    'inconclusive',
    'warning',
    'known deviation',
    'recorded',
    'pass',
    'not applicable',
    'not run',
    'not tested',
  ]);
});
