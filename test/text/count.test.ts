import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counted, grouped } from '../../src/text/count.ts';

test('one is singular, anything else plural, with separators from a thousand on', () => {
  assert.deepEqual(
    [0, 1, 2, 1200, 1_234_567].map((count) => counted(count, 'request')),
    ['0 requests', '1 request', '2 requests', '1,200 requests', '1,234,567 requests'],
  );
  assert.equal(grouped(999), '999');
});

test('an irregular plural can be given', () => {
  assert.equal(counted(2, 'retry', 'retries'), '2 retries');
  assert.equal(counted(1, 'retry', 'retries'), '1 retry');
});
