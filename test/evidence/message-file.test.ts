// messages.ndjson.gz: what is written stays readable however the process ends, and what could not be written is named.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { Envelope } from '@cucumber/messages';
import { MessageFile, messageFileName, readMessages, runHeadType } from '../../src/evidence/message-file.ts';

let folder: string;
const file = () => path.join(folder, messageFileName);
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'messages-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const started = (id: string) => ({ testCaseStarted: { id } }) as Envelope;
const finished = (id: string) => ({ testCaseFinished: { testCaseStartedId: id } }) as Envelope;
const source = (data: string) => ({ source: { uri: 'é.feature', data } }) as Envelope;

suite('The messages of a run', () => {
  test('are what any gunzip makes of the file', async () => {
    const messages = new MessageFile(folder);
    messages.note(runHeadType, { run: 'a' });
    const sent = [source('x'), started('1'), finished('1'), started('2')];
    for (const one of sent) messages.add(one);
    assert.equal(messages.close(), undefined);
    const [head, ...read] = await readMessages(folder);
    assert.deepEqual(JSON.parse(head!.attachment!.body), { run: 'a' });
    assert.deepEqual(read, sent);
    const lines = gunzipSync(readFileSync(file())).toString().trim().split('\n');
    assert.equal(lines.length, 5);
  });

  test('are on the disk when their scenario has ended, and when they are many', async () => {
    const messages = new MessageFile(folder);
    for (const one of [started('1'), finished('1'), started('2')]) messages.add(one);
    assert.deepEqual(await readMessages(folder), [started('1'), finished('1')]);
    messages.add(source('x'.repeat(300_000)));
    assert.equal((await readMessages(folder)).length, 4);
    messages.close();
  });

  test('are read as far as they go when the process was killed while it wrote', async () => {
    const messages = new MessageFile(folder);
    for (const one of [started('1'), finished('1'), started('2'), finished('2')]) messages.add(one);
    messages.close();
    for (const cut of [1, 10, 30]) {
      truncateSync(file(), readFileSync(file()).length - cut);
      const read = await readMessages(folder);
      assert.deepEqual(read.slice(0, 2), [started('1'), finished('1')], `${cut} bytes are missing`);
    }
  });

  test('that cannot be written are named, and do not stop the run', () => {
    const messages = new MessageFile(path.join(folder, 'gone'));
    messages.add(finished('1'));
    assert.equal(messages.close(), 'ENOENT');
    writeFileSync(file(), 'of somebody else');
    assert.equal(new MessageFile(folder).close(), 'EEXIST');
    assert.equal(readFileSync(file(), 'utf8'), 'of somebody else');
  });

  test('are refused when the file is another one', async () => {
    await assert.rejects(readMessages(folder), { code: 'ENOENT' });
    writeFileSync(file(), 'plain text');
    await assert.rejects(readMessages(folder), { code: 'Z_DATA_ERROR' });
    rmSync(file());
    mkdirSync(file());
    await assert.rejects(readMessages(folder), { code: 'EISDIR' });
  });
});
