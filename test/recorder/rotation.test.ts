// A recording in several files: each is closed when it is large or old, packed, and deleted when its time is over. Whatever the
// files, the conversations are those of one recording.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { checkFiles } from '../../src/check/check-files.ts';
import { defaultSenderProfile } from '../../src/protocol/sent-request.ts';
import type { RotationOptions } from '../../src/recorder/record/rotation.ts';
import { eventOf, sendEvents } from '../sandbox/client.ts';
import { until } from '../time-limit.ts';
import { run, started } from './recorder-process.ts';
import { asTenant, getJson, newFolder, recording, type Started, textIn } from './recorders.ts';

const flow = ['NA entry', 'cold exit', 'cold entry 2', 'NA exit 2', 'summary', 'end 2'];

async function send(recorder: Started, id: string, events = flow): Promise<void> {
  for (const event of events) await sendEvents(asTenant(recorder), id, eventOf(event));
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('evidence'));
}

function linesIn(folder: string): number {
  const texts = filesIn(folder).map((name) => {
    const bytes = readFileSync(path.join(folder, name));
    return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  });
  return texts.join('').split('\n').length - 1;
}

async function summaryOf(folder: string) {
  const files = filesIn(folder).map((name) => path.join(folder, name));
  const report = { conversation: () => {}, finding: () => {}, end: () => {} };
  return checkFiles(files, { profile: defaultSenderProfile, report });
}

suite('Rotation', () => {
  test('by size: all that is closed is packed, and nothing is lost or judged otherwise', async () => {
    const recorder = await recording({ rotation: { maxBytes: 1500 } });
    const { folder } = recorder;
    await send(recorder, 'c-1');
    await send(recorder, 'c-2', ['NA entry', 'cold entry 2', 'end 2']);
    const { body } = await getJson(`${recorder.url}/conversations/c-1`);
    assert.deepEqual([body.verdict, body.findings, body.steps.length], ['pass', [], 6]);
    const live = await recorder.stop();
    const files = filesIn(folder);
    assert.ok(files.length > 3, files.join());
    assert.ok(
      files.every((name) => /^evidence\.\d{6}\.ndjson\.gz$/.test(name)),
      files.join(),
    );
    assert.equal(linesIn(folder), 9);
    const checked = await summaryOf(folder);
    assert.deepEqual([checked.verdict, checked.totals], [live.verdict, live.totals]);
    assert.ok(live.rules.some(({ requirement }) => requirement === 'HOOKS-SEQ-07'));
    if (process.platform !== 'win32')
      assert.equal(statSync(path.join(folder, files[0]!)).mode & 0o777, 0o600);
  });

  test('a conversation goes on across files, and across recorders', async () => {
    const rotation: RotationOptions = { maxBytes: 1 };
    const first = await recording({ rotation });
    await send(first, 'c-1', flow.slice(0, 3));
    await first.stop();
    // What a recorder leaves that is killed while it packs.
    const [one, two] = filesIn(first.folder).map((name) => path.join(first.folder, name));
    writeFileSync(two!.replace(/\.gz$/, ''), gunzipSync(readFileSync(two!)));
    writeFileSync(`${one}.part`, '');
    writeFileSync(path.join(first.folder, 'evidence.000009.ndjson'), '');
    const second = await recording({ folder: first.folder, rotation });
    assert.equal(second.before.lines, 3);
    await send(second, 'c-1', flow.slice(3));
    const { verdict, totals } = await second.stop();
    assert.deepEqual([verdict, totals.requests, totals.conversations], ['conformant', 6, 1]);
    assert.deepEqual(filesIn(first.folder).length, 7);
    assert.ok(filesIn(first.folder).every((name) => name.endsWith('.gz')));
    // Without rotation they are read, and left alone.
    const third = await recording({ folder: first.folder });
    assert.equal(third.before.lines, 6);
    await send(third, 'c-2');
    assert.equal((await third.stop()).totals.conversations, 2);
    assert.equal(textIn(first.folder).split('\n').length - 1, 6);
  });

  test('by age, and what is older than it is kept goes', async () => {
    const recorder = await recording({ rotation: { keepMs: 7000, maxAgeMs: 1 } });
    await send(recorder, 'c-1', ['NA entry']);
    await until(() => filesIn(recorder.folder).some((name) => name.endsWith('.gz')));
    await recorder.stop();
    const [closed] = filesIn(recorder.folder);
    const file = path.join(recorder.folder, closed!);
    utimesSync(file, new Date(), new Date(Date.now() - 8000));
    const again = await recording({ folder: recorder.folder, rotation: { keepMs: 7000 } });
    await until(() => !filesIn(recorder.folder).includes(closed!));
    await again.stop();
  });

  test('a file that cannot be closed is continued, and said', async () => {
    const recorder = await recording({ rotation: { maxBytes: 1 } });
    writeFileSync(path.join(recorder.folder, 'evidence.000001.ndjson'), gzipSync('of somebody else'));
    await send(recorder, 'c-1', ['NA entry', 'NA exit']);
    assert.match(
      recorder.reported.trouble[0]!,
      /^evidence\.ndjson could not be closed, and is continued \(there is/,
    );
    assert.equal(textIn(recorder.folder).split('\n').length - 1, 2);
  });

  test('--rotate and --keep say how', async () => {
    const folder = newFolder();
    const recorder = run(['--record', folder, '--rotate', '1kB', '--rotate', '1d', '--keep', '7d']);
    const tenant = asTenant((await started(recorder)) as never);
    for (const event of ['NA entry', 'NA exit', 'end']) await sendEvents(tenant, 'c', eventOf(event));
    assert.equal(await recorder.code('SIGINT'), 0);
    assert.ok(filesIn(folder).length > 1);
    const wrong = run(['--record', folder, '--rotate', 'daily']);
    assert.equal(await wrong.code(), 2);
    assert.match(wrong.stderr(), /--rotate 100MB or --rotate 1d/);
  });
});
