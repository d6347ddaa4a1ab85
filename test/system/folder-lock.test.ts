// Who may write to a folder: one process at a time, of one machine or container, and whoever comes after it is gone.
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, test } from 'node:test';
import {
  type FolderInUse,
  type FolderLock,
  type KernelLock,
  lockFolder,
} from '../../src/system/folder-lock.ts';
import { type Owner, ownerText, ownProcess } from '../../src/system/folder-owner.ts';
import { isInstalled, runProgram, StartedProcess, spawned, startNode } from '../processes.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const owner = { after: (end: () => unknown) => void ends.push(end) };

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'folder-lock-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function taken(folder: string, kernel?: KernelLock): FolderLock {
  const lock = lockFolder(folder, 'test', kernel);
  if (!('release' in lock)) assert.fail(JSON.stringify(lock));
  ends.push(() => lock.release());
  return lock;
}

function inUse(folder: string, kernel?: KernelLock): FolderInUse {
  const lock = lockFolder(folder, 'test', kernel);
  if ('release' in lock) assert.fail('it was taken');
  return lock;
}

function leave(folder: string, content: Partial<Owner> | string): void {
  const text = typeof content === 'string' ? content : JSON.stringify({ ...ownProcess(), ...content });
  writeFileSync(path.join(folder, 'test.lock'), text);
}

/** As on a file system without locks. */
const noKernelLock: KernelLock = () => undefined;

const module = JSON.stringify(new URL('../../src/system/folder-lock.ts', import.meta.url));
const script = `
  import { lockFolder } from ${module};
  const lock = lockFolder(process.argv[1], 'test');
  const said = 'release' in lock ? 'taken' : 'in use by ' + lock.owner?.pid;
  setTimeout(() => { gc(); console.log(said); });
  if (process.argv[2] === 'keep') setInterval(() => {}, 1000);`;
const nodeArgs = (folder: string) => ['--expose-gc', '--input-type=module', '-e', script, folder];

test('one process has it, others hear which one, and the next takes it when the first was killed', async () => {
  const folder = newFolder();
  const first = startNode(owner, [...nodeArgs(folder), 'keep']);
  await first.says(/^taken$/m);
  assert.deepEqual([inUse(folder).owner?.pid, inUse(folder).owner?.host], [first.child.pid, hostname()]);
  await first.exit('SIGKILL');
  assert.ok(existsSync(path.join(folder, 'test.lock')), 'it could not clean up');
  taken(folder);
});

test('a process cannot take what it has, can after it has released it, and leaves nothing', () => {
  const folder = newFolder();
  const lock = taken(folder);
  assert.equal(inUse(folder).owner?.pid, process.pid);
  assert.equal(taken(newFolder()) !== undefined, true, 'another folder');
  lock.release();
  taken(folder).release();
  assert.deepEqual(readdirSync(folder), []);
});

test('two containers share a folder, each with a process of the same number: only one has it', async (context) => {
  const container = ['--fork', '--pid', '--uts', '--mount-proc', process.execPath];
  const canUnshare = process.platform === 'linux' && isInstalled('unshare');
  if (!canUnshare || (await runProgram('unshare', [...container, '--version'])).code !== 0) {
    return context.skip('this user may make no containers');
  }
  const folder = newFolder();
  const first = new StartedProcess(
    spawned('unshare', ['--kill-child', ...container, ...nodeArgs(folder), 'keep']),
  );
  ends.push(() => first.exit('SIGKILL'));
  await first.says(/^taken$/m);
  const second = await runProgram('unshare', [...container, ...nodeArgs(folder)]);
  assert.equal(second.stdout, 'in use by 1\n');
  assert.match(ownerText(inUse(folder).owner!), /^process 1 of .*, another machine or container$/);
  await first.exit('SIGKILL');
  taken(folder);
});

test('what is left of a process that is gone is no obstacle', () => {
  const remains: (Partial<Owner> | string)[] = [
    { pid: 2 ** 22 + 1 },
    { pid: process.pid, started: '1' },
    { boot: 'an earlier one' },
    { processes: 'pid:[1]' },
    { processes: 'pid:[1]', host: 'another-container' },
    '',
    '{"pid":',
    'nobody',
    `${2 ** 22 + 1}`,
    'null',
  ];
  for (const kernel of [undefined, noKernelLock]) {
    for (const left of remains) {
      // Without a lock of the kernel nobody knows whether a process of another container runs.
      if (kernel && typeof left === 'object' && left.processes) continue;
      const folder = newFolder();
      leave(folder, left);
      taken(folder, kernel).release();
    }
  }
});

test('another machine may still write there: its lock stays, and says which machine', () => {
  const folder = newFolder();
  leave(folder, { pid: 7, host: 'other-host', boot: 'other-boot', started: '1' });
  for (const kernel of [undefined, noKernelLock]) {
    const found = inUse(folder, kernel);
    assert.equal(ownerText(found.owner!), 'process 7 of other-host, another machine or container');
    rmSync(found.file);
    taken(folder, kernel).release();
    leave(folder, { pid: 7, host: 'other-host', boot: 'other-boot' });
  }
});

test('a file system without locks: the file says whether its owner runs', () => {
  const folder = newFolder();
  const lock = taken(folder, noKernelLock);
  assert.equal(inUse(folder, noKernelLock).owner?.pid, process.pid);
  lock.release();
  leave(folder, { pid: process.ppid, started: undefined });
  assert.equal(
    inUse(folder, noKernelLock).owner?.pid,
    process.ppid,
    'a system that knows no start of a process',
  );
  leave(folder, { processes: 'pid:[1]' });
  inUse(folder, noKernelLock);
});

test('a lock that the kernel has dropped still holds by its file', () => {
  const folder = newFolder();
  leave(folder, {});
  if (ownProcess().started !== undefined) inUse(folder);
  const forgetful: KernelLock = () => ({ release: () => {} });
  const lock = taken(newFolder(), forgetful);
  lock.release();
});

test('a folder that cannot be written to is named by the code of the system', () => {
  const folder = newFolder();
  // Root can write everywhere, so a folder in the way stands for a missing right.
  mkdirSync(path.join(folder, 'test.lock.kernel'));
  assert.throws(() => lockFolder(folder, 'test'), { code: 'EISDIR' });
  assert.throws(() => lockFolder(path.join(folder, 'missing'), 'test'), { code: 'ENOENT' });
});

test('a link or a pipe in the place of a lock is replaced, not followed', {
  skip: process.platform === 'win32',
}, async () => {
  const [folder, elsewhere] = [newFolder(), newFolder()];
  for (const name of ['test.lock', 'test.lock.kernel']) {
    symlinkSync(path.join(elsewhere, name), path.join(folder, name));
  }
  taken(folder).release();
  assert.deepEqual(readdirSync(elsewhere), []);
  for (const name of ['test.lock', 'test.lock.kernel']) await runProgram('mkfifo', [path.join(folder, name)]);
  taken(folder).release();
  assert.deepEqual(readdirSync(folder), []);
});

test('an owner that has lost the folder does not remove the lock of the next one', () => {
  const folder = newFolder();
  const lock = taken(folder, noKernelLock);
  leave(folder, { pid: 7, host: 'other-host' });
  lock.release();
  assert.match(readFileSync(path.join(folder, 'test.lock'), 'utf8'), /other-host/);
});
