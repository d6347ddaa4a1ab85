// The key of a folder: found again, never in the folder, and never another one by mistake.
import assert from 'node:assert/strict';
import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import { CodedError } from '../../src/errors/coded-error.ts';
import { keysFolder, pseudonymsOf } from '../../src/pseudonyms/folder-key.ts';
import { folderPseudonyms } from '../../src/recorder/record/folder-pseudonyms.ts';
import { ends, newFolder } from '../recorder/recorders.ts';

after(async () => {
  for (const end of ends.splice(0)) await end();
});

function refused(act: () => unknown, code: string, said: RegExp): void {
  assert.throws(act, (error: unknown) => {
    assert.ok(error instanceof CodedError);
    assert.equal(error.code, code);
    assert.match(error.text, said);
    return true;
  });
}

suite('The key of a folder', () => {
  test('is found again, also when the folder has moved', () => {
    const [folder, keys] = [newFolder(), newFolder()];
    const first = pseudonymsOf(folder, { keys }).of('x');
    assert.notEqual(pseudonymsOf(newFolder(), { keys }).of('x'), first);
    renameSync(folder, `${folder}-moved`);
    ends.push(() => rmSync(`${folder}-moved`, { recursive: true }));
    assert.equal(pseudonymsOf(`${folder}-moved`, { keys }).of('x'), first);
  });

  test('that is given is not kept anywhere', () => {
    const [folder, keys] = [newFolder(), newFolder()];
    const given = 'k'.repeat(32);
    assert.equal(
      pseudonymsOf(folder, { keys, given }).of('x'),
      pseudonymsOf(newFolder(), { keys, given }).of('x'),
    );
    assert.deepEqual(readdirSync(keys), []);
    refused(
      () => pseudonymsOf(folder, { keys, given: 'l'.repeat(32) }),
      'PSEUDONYM_KEY_UNUSABLE',
      /another key/,
    );
  });

  test('is not made anew when it is lost', () => {
    const [folder, keys] = [newFolder(), newFolder()];
    pseudonymsOf(folder, { keys });
    for (const name of readdirSync(keys)) rmSync(path.join(keys, name));
    refused(() => pseudonymsOf(folder, { keys }), 'PSEUDONYM_KEY_UNUSABLE', /is not there/);
  });

  test('is not kept in the folder', () => {
    const folder = newFolder();
    const keys = path.join(folder, 'state');
    refused(() => pseudonymsOf(folder, { keys }), 'PSEUDONYM_KEY_UNUSABLE', /inside the folder/);
    assert.deepEqual(readdirSync(keys), []);
  });

  test('cannot be kept where a file is in the way, or the mark is damaged', () => {
    const [folder, keys] = [newFolder(), newFolder()];
    writeFileSync(path.join(keys, 'file'), '');
    refused(
      () => pseudonymsOf(folder, { keys: path.join(keys, 'file', 'x') }),
      'PSEUDONYM_KEY_UNUSABLE',
      /ENOTDIR|EEXIST/,
    );
    for (const mark of ['{', '{"key":"../../x","fingerprint":""}']) {
      writeFileSync(path.join(folder, 'pseudonyms.json'), mark);
      refused(() => pseudonymsOf(folder, { keys }), 'PSEUDONYM_KEY_UNUSABLE', /damaged/);
    }
  });

  test('is with what the programs of a user remember', () => {
    assert.equal(
      keysFolder({ XDG_STATE_HOME: '/s' }),
      path.join('/s', 'agent-ai-conformance', 'pseudonym-keys'),
    );
    assert.match(keysFolder({}, 'linux'), /\.local.state/);
    assert.match(keysFolder({}, 'darwin'), /Application Support/);
    assert.match(keysFolder({ LOCALAPPDATA: 'C:/Local' }, 'win32'), /Local/);
  });
});

suite('A folder', () => {
  test('has pseudonyms in all of its records, or in none', () => {
    const keys = newFolder();
    const [plain, clean] = [newFolder(), newFolder()];
    writeFileSync(path.join(plain, 'evidence.ndjson'), '{}\n');
    refused(() => folderPseudonyms(plain, { keys }), 'PSEUDONYMS_MIXED', /without pseudonyms/);
    folderPseudonyms(clean, { keys });
    refused(() => folderPseudonyms(clean, undefined), 'PSEUDONYMS_MIXED', /Add --pseudonymise/);
    assert.equal(folderPseudonyms(plain, undefined), undefined);
  });
});
