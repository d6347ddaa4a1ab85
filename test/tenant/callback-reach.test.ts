// A tenant that cannot reach the listener is not blamed for outcomes that do not arrive.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingForCallbacks } from '../../src/tenant/callback-reach.ts';

const rows: [tenant: string, callback: string | undefined, missing: boolean][] = [
  ['http://127.0.0.1:4010', 'http://127.0.0.1:8009', false],
  ['http://localhost:4010', 'http://127.0.0.1:8009', false],
  ['http://[::1]:4010', 'http://[::1]:8009', false],
  ['https://platform.kore.ai', 'http://127.0.0.1:8009', true],
  ['https://platform.kore.ai', 'http://localhost:8009', true],
  ['https://platform.kore.ai', undefined, true],
  ['https://platform.kore.ai', 'https://callbacks.example.com/in', false],
  ['https://127.example.com', 'http://127.0.0.1:8009', true],
];

for (const [tenant, callback, missing] of rows) {
  test(`a tenant at ${tenant} and a listener at ${callback}`, () => {
    assert.deepEqual(missingForCallbacks(tenant, callback), missing ? ['CALLBACK_PUBLIC_URL'] : []);
  });
}
