// `npm run sandbox -- --record` as a process: what it prints, and how it ends.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import path from 'node:path';
import { test } from 'node:test';
import { eventsBody } from '../../src/protocol/events.ts';
import { certificate, noOpenssl } from '../run/certificates.ts';
import { eventOf, sendEvents } from '../sandbox/client.ts';
import { httpEnd, listening } from '../tenant/ends.ts';
import { run, started } from './recorder-process.ts';
import { asTenant, ends, getJson, newFolder, textIn, tunnel } from './recorders.ts';

const flow = ['NA entry', 'NA exit', 'end'];

test('Ctrl-C ends a good recording with the report and 0', async () => {
  const folder = newFolder();
  const recorder = run(['--record', folder]);
  const tenant = asTenant((await started(recorder)) as never);
  for (const event of flow) await sendEvents(tenant, 'c-\u001b[2J\u202e##[x]', eventOf(event));
  assert.equal(await recorder.code('SIGINT'), 0);
  const output = recorder.stdout();
  assert.match(output, /^\d\d:\d\d:\d\d\.\d{3} {2}200 {2}END_OF_CONVERSATION {2}c-�\[2J�# #\[x\]$/m);
  assert.match(output, /^\d\d:\d\d:\d\d\.\d{3} {2}pass {2}conversation c-�\[2J�# #\[x\]$/m);
  assert.match(output, /^verdict +conformant/m);
  assert.ok(
    output.indexOf('END_OF') < output.indexOf('pass  conversation'),
    'the verdict follows the request',
  );
  assert.equal(recorder.stderr(), '');
});

test('a bad recording ends with 1, and names the first finding to look at', async () => {
  const folder = newFolder();
  const recorder = run(['--record', folder]);
  const tenant = asTenant((await started(recorder)) as never);
  for (const event of ['NA entry', 'cold entry 2', 'end']) await sendEvents(tenant, 'c', eventOf(event));
  assert.equal(await recorder.code('SIGTERM'), 1);
  const output = recorder.stdout();
  assert.match(
    output,
    / fail {2}conversation c {2}\d findings: HOOKS-SEQ-07 Agent 2 .* joins by cold transfer/,
  );
  assert.match(output, /^fail {2}HOOKS-SEQ-07 \(must\)/m);
  const later = run(['--record', folder]);
  await started(later);
  assert.equal(await later.code('SIGINT'), 1, 'also when the folder is opened again');
});

test('an empty recording is inconclusive', async () => {
  const recorder = run(['--record', newFolder()]);
  await started(recorder);
  assert.equal(await recorder.code('SIGINT'), 3);
});

test('with --forward it prints at once what an answer shows about the tenant', async () => {
  const tenant = await httpEnd((response) => response.writeHead(202).end('OK'));
  const recorder = run(['--record', newFolder(), '--forward', tenant.url]);
  const { url } = await started(recorder);
  const body = JSON.stringify(eventsBody({ conversationId: 'c', botId: 'st-1' }, [eventOf('NA entry')]));
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/agentassist/api/v1/hooks/st-1`, { method: 'POST', headers, body });
  assert.equal(answer.status, 202);
  await recorder.code('SIGINT');
  assert.match(recorder.stdout(), /Passing all requests on to http/);
  assert.match(
    recorder.stdout(),
    /^ +tenant: HOOKS-RESP-01 \(must\) success is HTTP 200, the tenant answered 202$/m,
  );
  assert.doesNotMatch(recorder.stdout(), /TENANT_CLIENT_SECRET/);
});

test('uses the bot and the client app of the environment, and does not print the secret', async () => {
  const own = {
    TENANT_BOT_ID: 'st-own',
    TENANT_CLIENT_ID: 'cs-own',
    TENANT_CLIENT_SECRET: 'the-secret-of-somebody',
  };
  const folder = newFolder();
  const recorder = run(['--record', folder], own);
  const { url, settings } = await started(recorder);
  assert.deepEqual([settings.TENANT_BOT_ID, settings.TENANT_CLIENT_SECRET], ['st-own', undefined]);
  const tenant = asTenant({ url, settings: own } as never);
  assert.equal((await sendEvents(tenant, 'c', eventOf('NA entry'))).status, 200);
  await recorder.code('SIGINT');
  assert.ok(
    ![recorder.stdout(), recorder.stderr(), textIn(folder)].join().includes(own.TENANT_CLIENT_SECRET),
  );
});

const own = {
  TENANT_URL: 'https://tenant.example',
  TENANT_BOT_ID: 'st-own',
  TENANT_CLIENT_ID: 'cs-own',
  TENANT_CLIENT_SECRET: 'the-secret-of-somebody',
  TENANT_QUALITY_MODULE: 'true',
};
const files: [name: string, file: string, args: string[]][] = [
  ['.env', '.env', []],
  ['--tenant', '.env.staging', ['--tenant', 'staging']],
];
for (const [name, file, args] of files) {
  test(`settings of ${name}: who sends, and how it is judged`, async () => {
    const cwd = newFolder();
    const lines = Object.entries(own).map(([key, value]) => `${key}=${value}`);
    writeFileSync(path.join(cwd, file), lines.join('\n'));
    const recorder = run(['--record', path.join(cwd, 'traffic'), ...args], {}, cwd);
    const { url, settings } = await started(recorder);
    assert.equal(settings.TENANT_BOT_ID, 'st-own');
    const tenant = asTenant({ url, settings: own } as never);
    assert.equal((await sendEvents(tenant, 'c', eventOf('NA entry'))).status, 200);
    const { body } = await getJson(`${url}/conversations/c`);
    assert.deepEqual(
      body.findings.map(({ requirement }) => requirement),
      ['HOOKS-XFER-11'],
      'the fields of the Quality Module',
    );
    await recorder.code('SIGINT');
    assert.ok(!recorder.stdout().includes(own.TENANT_CLIENT_SECRET));
  });
}

test('the first Ctrl-C waits for an answer in flight; the second does not', async () => {
  const arrived = Promise.withResolvers<void>();
  const tenant = await httpEnd(() => arrived.resolve());
  const recorder = run(['--record', newFolder(), '--forward', tenant.url]);
  const { url } = await started(recorder);
  const answer = fetch(`${url}/any`, { method: 'POST', body: '{}' }).catch(() => undefined);
  await arrived.promise;
  recorder.child.kill('SIGINT');
  await recorder.says(/Waiting for the answers to 1 request; press Ctrl-C again/);
  assert.equal(await recorder.code('SIGINT'), 3);
  assert.equal(await answer, undefined);
});

test('says that other machines can read it, except on the loopback', async () => {
  const open = run(['--record', newFolder(), '--host', '0.0.0.0']);
  await started(open);
  assert.match(open.stdout(), /Other machines can send to this port.*\n.*\/\?token=\S{24} shows/);
  const closed = run(['--record', newFolder()]);
  await started(closed);
  assert.doesNotMatch(closed.stdout(), /Other machines|token=/);
});

test('a request that cannot be read is refused and reported', async () => {
  const recorder = run(['--record', newFolder()]);
  const { url } = await started(recorder);
  const headers = { 'x-long': 'x'.repeat(70_000) };
  assert.equal((await fetch(url, { headers })).status, 431);
  await recorder.says(/cannot be read was refused \(HPE_HEADER_OVERFLOW\)/, 'stderr');
});

test('a tenant over TLS, by NODE_EXTRA_CA_CERTS and the company proxy', async (context) => {
  const made = certificate('recorded tenant', 'IP:127.0.0.1', 2);
  if (!made) return context.skip(noOpenssl);
  const tenant = createTlsServer(made, (_, response) => response.end('OK'));
  const url = await listening(tenant, 'https');
  const proxy = await tunnel();
  ends.push(() => tenant.close().closeAllConnections());
  const trusting = run(['--record', newFolder(), '--forward', url], {
    NODE_EXTRA_CA_CERTS: made.file,
    HTTPS_PROXY: proxy.url.replace('http://', 'http://me:word@'),
  });
  assert.equal((await fetch((await started(trusting)).url)).status, 200);
  assert.deepEqual(proxy.credentials, [`Basic ${Buffer.from('me:word').toString('base64')}`]);
  const strict = run(['--record', newFolder(), '--forward', url]);
  const answer = await fetch((await started(strict)).url);
  assert.equal(answer.status, 502);
  assert.match(await answer.text(), /certificate.*NODE_EXTRA_CA_CERTS/);
});
