// The table of the error codes and what throws them hold together. That a code which is not in the table cannot be used is
// known to the compiler; the page is held by `generate --check`.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CodedError } from '../../src/errors/coded-error.ts';
import { errorCodes, errorSections, exitCodeOf } from '../../src/errors/error-codes.ts';

const source = fileURLToPath(new URL('../../src/', import.meta.url));
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.[jt]s$/.test(name) && !name.endsWith('error-codes.ts'),
);
const texts = files.map((name) => readFileSync(path.join(source, name), 'utf8'));
const codes = Object.keys(errorCodes);

suite('Each error code', () => {
  for (const code of codes) {
    test(`${code} is used`, () => assert.ok(texts.some((text) => new RegExp(`['"\`]${code}\\b`).test(text))));
  }

  test('stands once on the page', () => {
    assert.deepEqual(Object.values(errorSections).flatMap(Object.keys).sort(), [...codes].sort());
  });

  test('is a name that can be searched for', () => {
    for (const code of codes) assert.match(code, /^[A-Z]+(_[A-Z]+)+$/);
  });
});

test('each error that is thrown with a code has one of the table', () => {
  const used = texts.flatMap((text) => [...text.matchAll(/CodedError\(\s*'([A-Z_]+)'/g)]);
  assert.ok(used.length > 20);
  for (const [, code] of used) assert.ok(codes.includes(code!), code);
});

test('a message begins with its code, which also says how a command ends', () => {
  const error = new CodedError('TENANT_UNREACHABLE', 'http://tenant.invalid');
  assert.equal(error.message, 'TENANT_UNREACHABLE  http://tenant.invalid');
  assert.equal(error.text, 'http://tenant.invalid');
  assert.equal(error.exitCode, 3);
  assert.equal(exitCodeOf('SETTINGS_INVALID'), 2);
});
