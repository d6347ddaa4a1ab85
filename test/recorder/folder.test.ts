// What can be wrong with the folder of a recording before anything is recorded.
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { EvidenceFile, makeFolder } from '../../src/recorder/evidence-file.ts';
import { RecorderError } from '../../src/recorder/recorder-error.ts';
import { newFolder, recording } from './recorders.ts';

function refused(act: () => unknown, says: RegExp): void {
  assert.throws(act, (error: Error) => error instanceof RecorderError && says.test(error.message));
}

test('a folder whose name the system does not take', () => {
  refused(() => makeFolder(path.join(newFolder(), 'x'.repeat(300))), /cannot be made \(E[A-Z]+\)/);
});

test('a folder below a file', () => {
  const file = path.join(newFolder(), 'file');
  writeFileSync(file, '');
  refused(() => makeFolder(path.join(file, 'folder')), /there is a file in the place of the folder/);
});

test('evidence.ndjson is no file', () => {
  const folder = newFolder();
  mkdirSync(path.join(folder, 'evidence.ndjson'));
  refused(() => new EvidenceFile(folder), /evidence\.ndjson cannot be read and written \(E[A-Z]+\)/);
});

test('a lock that says nothing is taken over', async () => {
  const { folder, stop } = await recording();
  await stop();
  for (const content of ['', 'nobody', '-1', `${process.pid}`]) {
    writeFileSync(path.join(folder, 'recorder.lock'), content);
    const again = await recording({ folder });
    await again.stop();
    rmSync(path.join(folder, 'recorder.lock'), { force: true });
  }
});
