// A file of the user is replaced as a whole, or left as it was.
import assert from 'node:assert/strict';
import fs, {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, type TestContext, test } from 'node:test';
import { FileBeside, writeWhole } from '../../src/system/file-beside.ts';
import { startNode } from '../processes.ts';

const module = new URL('../../src/system/file-beside.ts', import.meta.url).href;
const isWindows = process.platform === 'win32';

describe('A file that is replaced', () => {
  let folder: string;
  let file: string;
  const content = () => readFileSync(file, 'utf8');
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'file-beside-'));
    file = path.join(folder, 'report');
    writeFileSync(file, 'old', { mode: 0o640 });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('has its old content until the new one is whole', () => {
    const beside = new FileBeside(file);
    writeSync(beside.descriptor, 'new');
    assert.equal(content(), 'old');
    beside.commit();
    beside.discard();
    assert.equal(content(), 'new');
    assert.deepEqual(readdirSync(folder), ['report']);
  });

  test('is left alone when the new one is given up', () => {
    const beside = new FileBeside(file);
    writeSync(beside.descriptor, 'ne');
    beside.discard();
    assert.equal(content(), 'old');
    assert.deepEqual(readdirSync(folder), ['report']);
  });

  test('need not have been there', () => {
    rmSync(file);
    writeWhole(file, 'new');
    assert.equal(content(), 'new');
  });

  test('keeps its rights, and a link to it stays a link', { skip: isWindows }, () => {
    chmodSync(file, 0o640);
    const link = path.join(folder, 'link');
    symlinkSync('report', link);
    writeWhole(link, 'new');
    assert.equal(content(), 'new');
    assert.equal(readlinkSync(link), 'report');
    assert.equal(statSync(file).mode & 0o777, 0o640);
  });

  test('is left alone by Ctrl-C, which ends the process as ever', { skip: isWindows }, async (context) => {
    const code = `
      const { FileBeside } = await import(${JSON.stringify(module)});
      const beside = new FileBeside(process.argv[1]);
      process.stdout.write('open');
      setInterval(() => {}, 1000);`;
    const started = startNode(context, ['--input-type=module', '-e', code, file], {});
    started.child.stdout.once('data', () => started.child.kill('SIGINT'));
    assert.deepEqual(await started.exit(), { code: null, signal: 'SIGINT' });
    assert.equal(content(), 'old');
    assert.deepEqual(readdirSync(folder), ['report']);
  });

  test('what is no file is written to as it is', { skip: isWindows }, () => {
    writeWhole('/dev/null', 'new');
    assert.ok(!statSync('/dev/null').isFile());
    assert.throws(() => writeWhole(folder, 'new'), { code: 'EISDIR' });
    assert.throws(() => writeWhole(path.join(folder, 'no', 'such'), 'new'), { code: 'ENOENT' });
  });

  test('is replaced by a copy where it cannot be renamed, as when it is mounted by itself', (context) => {
    failing(context, 'renameSync', 'EBUSY');
    writeWhole(file, 'new');
    assert.equal(content(), 'new');
    assert.deepEqual(readdirSync(folder), ['report']);
  });

  test('is left alone when it cannot be replaced', (context) => {
    failing(context, 'renameSync', 'EIO');
    assert.throws(() => writeWhole(file, 'new'), { code: 'EIO' });
    assert.equal(content(), 'old');
    assert.deepEqual(readdirSync(folder), ['report']);
  });

  test('is left alone when there is no room beside it', (context) => {
    failing(context, 'openSync', 'ENOSPC');
    assert.throws(() => writeWhole(file, 'new'), { code: 'ENOSPC' });
    assert.equal(content(), 'old');
  });

  test('is replaced even where its owner and its rights cannot be kept', (context) => {
    failing(context, 'fchownSync', 'EPERM');
    failing(context, 'fchmodSync', 'ENOTSUP');
    writeWhole(file, 'new');
    assert.equal(content(), 'new');
  });
});

type Failing = 'renameSync' | 'openSync' | 'fchownSync' | 'fchmodSync';

/** Disks that fail like this are on no machine at will. The function fails once, then works again. */
function failing(context: TestContext, name: Failing, code: string): void {
  const works = fs[name] as (...args: unknown[]) => unknown;
  const { mock: mocked } = context.mock.method(fs, name, works);
  mocked.mockImplementationOnce(() => {
    throw Object.assign(new Error(code), { code });
  });
  syncBuiltinESMExports();
  context.after(() => {
    mocked.restore();
    syncBuiltinESMExports();
  });
}
