// What was acknowledged stays: the record is where its name says, on the disk if asked, with the bytes that came.
import assert from 'node:assert/strict';
import fs, { renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { mock, test } from 'node:test';
import { readLog } from '../../src/logs/read-log.ts';
import { EvidenceFile } from '../../src/recorder/record/evidence-file.ts';
import { eventOf, sendEvents } from '../sandbox/client.ts';
import { httpEnd, token } from '../tenant/ends.ts';
import { asTenant, forwarding, newFolder, recording, recordsIn } from './recorders.ts';
import { entry, path as hooks, sent } from './wire-sender.ts';

const ways: Record<string, [act: (file: string) => void, message: RegExp]> = {
  deleted: [(file) => rmSync(file), /is gone/],
  moved: [(file) => renameSync(file, `${file}.old`), /is gone/],
  'deleted with its folder': [(file) => rmSync(path.dirname(file), { recursive: true }), /is gone/],
  replaced: [
    (file) => {
      renameSync(file, `${file}.old`);
      writeFileSync(file, 'x'.repeat(100_000));
    },
    /is another file now/,
  ],
  emptied: [(file) => truncateSync(file), /was cut/],
};
for (const [name, [act, message]] of Object.entries(ways)) {
  test(`the record is ${name}: 503 with a word, and nothing is passed on`, async (context) => {
    if (process.platform === 'win32') return context.skip('Windows keeps an open file');
    const tenant = await httpEnd();
    const recorder = await forwarding(tenant.url);
    assert.equal((await sent(recorder.url + hooks, { body: entry })).status, 200);
    act(path.join(recorder.folder, 'evidence.ndjson'));
    for (let time = 0; time < 2; time += 1) {
      const answer = await sent(recorder.url + hooks, { body: entry });
      assert.equal(answer.status, 503);
      assert.match(JSON.parse(answer.body.toString()).message, message);
    }
    assert.match(recorder.reported.trouble[0]!, message);
    assert.equal(tenant.received.length, 1);
  });
}

test('the record is deleted while the tenant has the request: 503, since nothing is kept of it', async (context) => {
  if (process.platform === 'win32') return context.skip('Windows keeps an open file');
  const folder = newFolder();
  const tenant = await httpEnd((response) => {
    rmSync(path.join(folder, 'evidence.ndjson'));
    response.end('OK');
  });
  const recorder = await forwarding(tenant.url, { folder });
  const answer = await sent(recorder.url + hooks, { body: entry });
  assert.equal(answer.status, 503);
  assert.match(JSON.parse(answer.body.toString()).message, /may have reached the tenant/);
});

test('with fsync each line is on the disk before it counts as written', () => {
  const order: string[] = [];
  for (const name of ['writeSync', 'fdatasyncSync'] as const) {
    const real = fs[name] as (...args: unknown[]) => number;
    mock.method(fs, name, (...args: unknown[]) => {
      order.push(name);
      return real(...args);
    });
  }
  syncBuiltinESMExports();
  try {
    for (const fsync of [true, false]) {
      const file = new EvidenceFile(newFolder(), fsync);
      file.append('a');
      order.push('written');
      file.close();
    }
  } finally {
    mock.restoreAll();
    syncBuiltinESMExports();
  }
  assert.deepEqual(order, ['writeSync', 'fdatasyncSync', 'written', 'writeSync', 'written']);
});

test('a clock that is set back over a restart: the call goes on in its order', async () => {
  const folder = newFolder();
  const { now } = Date;
  const first = await recording({ folder });
  mock.method(Date, 'now', () => now() + 3_600_000);
  await sendEvents(asTenant(first), 'c', eventOf('NA entry'));
  await first.stop();
  mock.restoreAll();
  const second = await recording({ folder });
  for (const event of ['NA exit', 'end']) await sendEvents(asTenant(second), 'c', eventOf(event));
  const times = recordsIn(folder).map(({ startedAt }) => startedAt);
  assert.deepEqual(
    times,
    times.toSorted((one, other) => one - other),
  );
  assert.equal((await second.stop()).verdict, 'conformant');
});

test('bytes that are not UTF-8 are kept, without secrets, and read again', async () => {
  const latin = Buffer.from(entry.replace('Agent 1', 'caf\u00e9').replace('{', `{"x":"${token}",`), 'latin1');
  const reply = Buffer.from([0x80, 0xff, 0x00]);
  const tenant = await httpEnd((response) => response.end(reply));
  const recorder = await forwarding(tenant.url);
  const answer = await sent(recorder.url + hooks, {
    headers: ['Content-Type', 'application/json', 'token', token],
    body: latin,
  });
  assert.ok(answer.body.equals(reply));
  const [record] = recordsIn(recorder.folder);
  const kept = Buffer.from(record!.bytes!.request!, 'base64').toString('latin1');
  assert.equal(
    kept,
    latin
      .toString('latin1')
      .replace(token, '<redacted>')
      .replace('<redacted>', kept.slice(6, kept.indexOf('",'))),
  );
  assert.ok(!kept.includes(token) && kept.includes('caf\u00e9'));
  assert.ok(Buffer.from(record!.bytes!.answer!, 'base64').equals(reply));
  const { body: _, ...request } = record!.request;
  const file = path.join(recorder.folder, 'only-bytes.ndjson');
  writeFileSync(file, `${JSON.stringify({ ...record, request })}\n`);
  for await (const [found] of readLog(file)) assert.equal(found!.kind, 'request');
});

test('text has no bytes beside it', async () => {
  const tenant = await httpEnd();
  const recorder = await forwarding(tenant.url);
  await sent(recorder.url + hooks, { body: entry.replace('Agent 1', 'café 好') });
  assert.equal(recordsIn(recorder.folder)[0]!.bytes, undefined);
});

test('a long recording is announced before it is read', async () => {
  const folder = newFolder();
  const announced: number[] = [];
  const onReading = (lines: number) => announced.push(lines);
  for (const lines of [10, 50_000]) {
    writeFileSync(path.join(folder, 'evidence.ndjson'), '[]\n'.repeat(lines));
    await (await recording({ folder, onReading })).stop();
  }
  assert.deepEqual(announced, [50_000]);
});
