import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import { makeFolder } from '../../src/system/make-folder.ts';

suite('A folder is made', () => {
  const top = mkdtempSync(path.join(tmpdir(), 'make-folder-'));
  after(() => rmSync(top, { recursive: true, force: true }));

  test('with those above it, and may be there', () => {
    const folder = path.join(top, 'a', 'b', 'c');
    makeFolder(folder);
    makeFolder(folder);
    assert.ok(statSync(folder).isDirectory());
  });

  test('unless a file is in the way', () => {
    const file = path.join(top, 'file');
    writeFileSync(file, '');
    assert.throws(() => makeFolder(file), { code: 'EEXIST' });
    assert.throws(() => makeFolder(path.join(file, 'below')), { code: /ENOTDIR|ENOENT/ });
  });

  // Node's own recursion never ends there.
  test('or the system makes none there', { skip: !existsSync('/proc/self') }, () => {
    assert.throws(() => makeFolder('/proc/conformance/reports'), { code: /ENOENT|EACCES|EPERM/ });
  });
});
