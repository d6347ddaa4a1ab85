// What may be wrong with the folder of a recording before anything is recorded.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { CodedError } from '../../src/errors/coded-error.ts';
import { EvidenceFile, makeFolder } from '../../src/recorder/record/evidence-file.ts';
import { lockForRecorder } from '../../src/recorder/record/folder-lock.ts';
import { runProgram } from '../processes.ts';
import { newFolder, recording } from './recorders.ts';

const isWindows = process.platform === 'win32';

function refused(act: () => unknown, message: RegExp): void {
  assert.throws(act, (error: Error) => error instanceof CodedError && message.test(error.message));
}

test('a folder name that the system does not accept', () => {
  refused(() => makeFolder(path.join(newFolder(), 'x'.repeat(300))), /cannot be made \(E[A-Z]+\)/);
});

test('a folder below a file', () => {
  const file = path.join(newFolder(), 'file');
  writeFileSync(file, '');
  refused(() => makeFolder(path.join(file, 'folder')), /there is a file in the place of the folder/);
});

test('evidence.ndjson is not a file', () => {
  const folder = newFolder();
  mkdirSync(path.join(folder, 'evidence.ndjson'));
  refused(() => new EvidenceFile(folder), /evidence\.ndjson cannot be read and written \(E[A-Z]+\)/);
});

test('evidence.ndjson is a link: what it leads to is neither made nor changed', { skip: isWindows }, () => {
  const [folder, elsewhere] = [newFolder(), newFolder()];
  writeFileSync(path.join(elsewhere, 'file'), 'of somebody else');
  for (const name of ['file', 'missing']) {
    rmSync(path.join(folder, 'evidence.ndjson'), { force: true });
    symlinkSync(path.join(elsewhere, name), path.join(folder, 'evidence.ndjson'));
    refused(() => new EvidenceFile(folder), /^RECORDER_FOLDER_UNUSABLE .* is a link, or a pipe/);
  }
  assert.deepEqual(readdirSync(elsewhere), ['file']);
  assert.equal(readFileSync(path.join(elsewhere, 'file'), 'utf8'), 'of somebody else');
});

test('evidence.ndjson is a pipe, which keeps nothing', { skip: isWindows }, async () => {
  const folder = newFolder();
  await runProgram('mkfifo', [path.join(folder, 'evidence.ndjson')]);
  refused(() => new EvidenceFile(folder), /is a link, or a pipe/);
});

test('a lock without the number of another process is taken over', async () => {
  const { folder, stop } = await recording();
  await stop();
  for (const content of ['', 'nobody', '-1', `${process.pid}`]) {
    writeFileSync(path.join(folder, 'recorder.lock'), content);
    const again = await recording({ folder });
    await again.stop();
    rmSync(path.join(folder, 'recorder.lock'), { force: true });
  }
});

test('a folder that cannot be written to is named, and nothing is left in it', () => {
  const folder = newFolder();
  // Root can write everywhere, so a folder in the way stands for a missing right.
  mkdirSync(path.join(folder, 'recorder.lock.kernel'));
  refused(() => lockForRecorder(folder), /--record: nothing can be written to ".*" \(E[A-Z]+\)/);
  rmSync(path.join(folder, 'recorder.lock.kernel'), { recursive: true });
  assert.deepEqual(readdirSync(folder), []);
});

test('a recorder removes the files beside its evidence when it ends', async () => {
  const { folder, stop } = await recording();
  await stop();
  assert.deepEqual(readdirSync(folder), ['evidence.ndjson']);
});

test('a record that would fit only in part is not reserved', async (context) => {
  if (process.platform === 'win32') return context.skip('there is no ulimit');
  const script = `
    import { EvidenceFile } from ${JSON.stringify(new URL('../../src/recorder/record/evidence-file.ts', import.meta.url))};
    const file = new EvidenceFile(process.argv[1]);
    const line = 'x'.repeat(1_000_000);
    try {
      for (;;) file.append(line);
    } catch {}
    try {
      file.reserve(line.length);
      console.log('reserved');
    } catch (error) {
      console.log(error.code, file.lines);
    }`;
  const folder = newFolder();
  const limited = 'ulimit -f 19999; exec "$@"';
  const args = ['-c', limited, 'sh', process.execPath, '--input-type=module', '-e', script, folder];
  const { stdout } = await runProgram('sh', args);
  const [, lines] = /^EFBIG (\d+)$/m.exec(stdout) ?? assert.fail(stdout);
  assert.equal(readFileSync(path.join(folder, 'evidence.ndjson'), 'utf8').length, Number(lines) * 1_000_001);
});
