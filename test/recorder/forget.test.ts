// A conversation is deleted from a recording: all of it, nothing else, from every file.
import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { eventsBody } from '../../src/protocol/events.ts';
import { runCommand } from '../commands.ts';
import { repository } from '../processes.ts';
import { eventOf, sendEvents } from '../sandbox/client.ts';
import { asTenant, newFolder, recording, type Started } from './recorders.ts';

const command = path.join(repository, 'src/cli/forget.ts');
const flow = ['NA entry', 'NA exit', 'end'];

async function send(recorder: Started, id: string): Promise<void> {
  for (const event of flow) await sendEvents(asTenant(recorder), id, eventOf(event));
}

function textOf(folder: string): string {
  const files = readdirSync(folder).filter((name) => name.startsWith('evidence'));
  return files
    .map((name) => {
      const bytes = readFileSync(path.join(folder, name));
      return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
    })
    .join('');
}

function forget(folder: string, ids: string[], env: Record<string, string> = {}) {
  return runCommand([command, folder, ...ids], { env: { ...process.env, ...env } });
}

suite('npm run forget', () => {
  test('deletes all records of a conversation, and says what else names it', async () => {
    const recorder = await recording();
    const { folder } = recorder;
    for (const id of ['gone', 'stays', 'gone-2']) await send(recorder, id);
    const tenant = asTenant(recorder);
    const broken = JSON.stringify(eventsBody({ conversationId: 'gone', botId: 'st-1' }, [])).slice(0, -1);
    await fetch(`${recorder.url}/agentassist/api/v1/hooks/st-1`, { method: 'POST', body: broken });
    await send(recorder, `see "gone" \u2028 ${tenant.url.length}`);
    assert.equal((await forget(folder, ['gone'])).code, 2, 'while a recorder writes there');
    await recorder.stop();
    appendFileSync(
      path.join(folder, 'evidence.ndjson'),
      '{"request":{"body":"{\\"conversationId\\":\\"gone\\",\\"que',
    );
    const before = textOf(folder).split('\n').length;
    const { code, stdout } = await forget(folder, ['gone']);
    assert.equal(code, 0);
    assert.match(stdout, /^5 records deleted\. 3 records of other conversations name it, and stay\./);
    const rest = textOf(folder);
    assert.equal(rest.split('\n').length, before - 4);
    assert.ok(!rest.includes('\\"conversationId\\":\\"gone\\"'));
    assert.equal(rest.split('\\"stays\\"').length, 4);
    if (process.platform !== 'win32')
      assert.equal(statSync(path.join(folder, 'evidence.ndjson')).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder), ['evidence.ndjson']);
    assert.equal((await forget(folder, ['gone'])).code, 1, 'there is none any more');
  });

  test('also from packed files, by the name that a conversation had', async () => {
    const [keys, state] = [newFolder(), newFolder()];
    const given = 'k'.repeat(32);
    const recorder = await recording({ pseudonymise: { keys, given }, rotation: { maxBytes: 1 } });
    await send(recorder, 'gone');
    await send(recorder, 'stays');
    await recorder.stop();
    const { folder } = recorder;
    const env = { XDG_STATE_HOME: state, RECORD_PSEUDONYM_KEY: given };
    assert.match(
      (await forget(folder, ['gone'], { ...env, RECORD_PSEUDONYM_KEY: '' })).stderr,
      /PSEUDONYM_KEY_UNUSABLE/,
    );
    assert.match((await forget(folder, ['gone'], env)).stdout, /^3 records deleted\. R/);
    const [, pseudonym] = /"conversationId\\":\\"(p-[\da-f]{16})/.exec(textOf(folder))!;
    assert.match((await forget(folder, [pseudonym!])).stdout, /^3 records deleted/);
    assert.equal(textOf(folder), '');
  });

  test('names what is not a recording', async () => {
    const { code, stderr } = await forget(newFolder(), ['x']);
    assert.equal(code, 2);
    assert.match(stderr, /^LOG_NOT_FOUND .* is not the folder of a recording/);
  });
});
