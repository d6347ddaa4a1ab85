// Garbage is collected when it is asked for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { collectGarbage } from '../../src/system/collect-garbage.ts';

test('what nobody refers to is gone at once', async () => {
  const references = [1, 2].map(() => new WeakRef({ text: 'x'.repeat(1000) }));
  // A WeakRef keeps its target until the turn is over.
  await turn();
  collectGarbage();
  assert.deepEqual(
    references.map((reference) => reference.deref()),
    [undefined, undefined],
  );
});
