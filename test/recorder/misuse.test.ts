// `npm run sandbox -- --record` used wrongly: a message that says what to do, and exit code 2.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { run, started } from './recorder-process.ts';
import { newFolder } from './recorders.ts';

const folder = () => newFolder();
const wrong: [name: string, args: () => string[], message: RegExp, env?: Record<string, string>][] = [
  ['--forward alone', () => ['--forward', 'https://t'], /--forward is for the recorder.*--record/],
  ['--tenant alone', () => ['--tenant', 'staging'], /--tenant is for the recorder/],
  [
    'a tenant without a file',
    () => ['--record', folder(), '--tenant', 'stagign'],
    /^PROFILE_MISSING {2}there is no file \.env\.stagign/,
  ],
  [
    'a secret that is a common word',
    () => ['--record', folder(), '--forward', 'http://t'],
    /TENANT_CLIENT_SECRET {2}has fewer than 8 characters/,
    { TENANT_CLIENT_SECRET: 'agent' },
  ],
  ['--idle alone', () => ['--idle', '5m'], /--idle is for the recorder/],
  [
    'a fault',
    () => ['--record', folder(), '--forward', 'http://t', '--fault', 'answers-202-to-a-summary-trigger'],
    /--fault/,
  ],
  ['no URL', () => ['--record', folder(), '--forward', 'platform.kore.ai'], /begins with https:\/\//],
  ['another scheme', () => ['--record', folder(), '--forward', 'ftp://t'], /begins with https:\/\//],
  ['a user', () => ['--record', folder(), '--forward', 'https://me:hunter2@t'], /a user or a password/],
  ['a query', () => ['--record', folder(), '--forward', 'https://t/?a=1'], /leave out what begins with/],
  [
    'its own address',
    () => ['--record', folder(), '--port', '47399', '--forward', 'http://localhost:47399/x'],
    /^FORWARD_INVALID {2}--forward: this is the address of the recorder itself \(port 47399\)/,
  ],
  ['no time', () => ['--record', folder(), '--idle', '30'], /30m/],
  [
    'half an identity',
    () => ['--record', folder()],
    /TENANT_CLIENT_SECRET is not set/,
    { TENANT_BOT_ID: 'st-1', TENANT_CLIENT_ID: 'c' },
  ],
  [
    'an invalid bot',
    () => ['--record', folder()],
    /TENANT_BOT_ID/,
    { TENANT_BOT_ID: '1', TENANT_CLIENT_ID: 'c', TENANT_CLIENT_SECRET: 'long-enough' },
  ],
];
for (const [name, args, message, env] of wrong) {
  test(`used wrongly, ${name}: what to do, and exit code 2`, async () => {
    const recorder = run(args(), env);
    assert.equal(await recorder.code(), 2);
    assert.match(recorder.stderr(), message);
    assert.match(
      recorder.stderr(),
      /^(error: |[A-Z]+(_[A-Z]+)+ {2})/,
      'of the parser of options, or with a code',
    );
    assert.doesNotMatch(recorder.stderr(), /\n {4}at |hunter2/);
  });
}

test('a second recorder on the same folder is refused, and so is a file in place of the folder', async () => {
  const taken = newFolder();
  const first = run(['--record', taken]);
  await started(first);
  const second = run(['--record', taken]);
  assert.equal(await second.code(), 2);
  assert.match(second.stderr(), new RegExp(`process ${first.child.pid}\\) writes there already`));
  const file = path.join(taken, 'a-file');
  writeFileSync(file, '');
  const third = run(['--record', file]);
  assert.equal(await third.code(), 2);
  assert.match(third.stderr(), /a file in the place of the folder/);
});
