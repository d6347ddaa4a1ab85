// `npm run sandbox -- --record` as a process: what it prints, how it ends, and what is left when it is killed.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import path from 'node:path';
import { test } from 'node:test';
import { parseEnv } from 'node:util';
import { Agent, request } from 'undici';
import {
  defaultDialect,
  type Event,
  endEvent,
  eventsBody,
  transferEvent,
} from '../../src/protocol/events.ts';
import { demoIdentity } from '../../src/sandbox/identity.ts';
import { counted } from '../../src/text/count.ts';
import { repository, type StartedProcess, startNode } from '../processes.ts';
import { certificate, noOpenssl } from '../run/certificates.ts';
import { eventOf, goodToken, sendEvents } from '../sandbox/client.ts';
import { httpEnd, listening } from '../tenant/ends.ts';
import { until } from '../time-limit.ts';
import { asTenant, ends, getJson, newFolder, recordsIn, textIn, tunnel } from './recorders.ts';

const script = path.join(repository, 'src/cli/sandbox.ts');
const owner = { after: (end: () => unknown) => void ends.push(end) };

function run(args: string[], env: Record<string, string> = {}, cwd = newFolder()): StartedProcess {
  return startNode(owner, [script, '--port', '0', ...args], { env: { ...withoutTenant, ...env }, cwd });
}

const withoutTenant = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^TENANT_|_PROXY$/i.test(name)),
);

async function started(run: StartedProcess): Promise<{ url: string; settings: Record<string, string> }> {
  const output = await run.says(/Listening at \S+;/);
  const [, url] = /Listening at (\S+);/.exec(output)!;
  return { url: url!, settings: parseEnv(output) as Record<string, string> };
}

const flow = ['NA entry', 'NA exit', 'end'];

test('Ctrl-C ends a good recording with the report and 0', async () => {
  const folder = newFolder();
  const recorder = run(['--record', folder]);
  const tenant = asTenant((await started(recorder)) as never);
  for (const event of flow) await sendEvents(tenant, 'c-\u001b[2J\u202e', eventOf(event));
  assert.equal(await recorder.code('SIGINT'), 0);
  const output = recorder.stdout();
  assert.match(output, /^\d\d:\d\d:\d\d\.\d{3} {2}200 {2}END_OF_CONVERSATION {2}c-�\[2J�$/m);
  assert.match(output, /^\d\d:\d\d:\d\d\.\d{3} {2}pass {2}conversation c-�\[2J�$/m);
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
  assert.match(open.stdout(), /Anybody who reaches this port can read \/conversations/);
  const closed = run(['--record', newFolder()]);
  await started(closed);
  assert.doesNotMatch(closed.stdout(), /Anybody/);
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
  ['no time', () => ['--record', folder(), '--idle', '30'], /30m/],
  [
    'half an identity',
    () => ['--record', folder()],
    /TENANT_CLIENT_SECRET is not set/,
    { TENANT_BOT_ID: 'st-1', TENANT_CLIENT_ID: 'c' },
  ],
  [
    'a bot that is none',
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

test('killed while fifty senders are sending, it loses or reorders nothing that was acknowledged', async () => {
  const folder = newFolder();
  const recorder = run(['--record', folder]);
  const { url, settings } = await started(recorder);
  const headers = {
    token: goodToken(asTenant({ url, settings } as never)),
    'content-type': 'application/json',
  };
  const acknowledged = new Map<string, string[]>();
  const agent = new Agent({ connections: 50 });
  ends.push(() => agent.destroy());
  let enough = false;
  const sender = async (name: string) => {
    for (let number = 0; !enough; number += 1) {
      const id = `${name}-${Math.floor(number / 20)}`;
      const body = JSON.stringify(
        eventsBody({ conversationId: id, botId: demoIdentity.botId }, [agentEvent(number)]),
      );
      const hooks = `${url}/agentassist/api/v1/hooks/${demoIdentity.botId}`;
      const answer = await request(hooks, { method: 'POST', headers, body, dispatcher: agent }).catch(
        () => undefined,
      );
      if (!answer) return;
      await answer.body.dump();
      assert.equal(answer.statusCode, 200);
      acknowledged.set(id, [...(acknowledged.get(id) ?? []), body]);
    }
  };
  const senders = Array.from({ length: 50 }, (_, index) => sender(`s${index}`));
  await until(() => [...acknowledged.values()].flat().length >= 1000);
  await recorder.exit('SIGKILL');
  enough = true;
  await Promise.all(senders);
  const lines = textIn(folder).split('\n');
  const rest = lines.pop()!;
  const written = Map.groupBy(
    lines.map((line) => JSON.parse(line).request.body as string),
    (body) => JSON.parse(body).conversationId as string,
  );
  for (const [id, bodies] of acknowledged) {
    assert.deepEqual(written.get(id)?.slice(0, bodies.length), bodies, id);
  }
  // At most one request of each sender was written but not acknowledged.
  const count = [...acknowledged.values()].flat().length;
  assert.ok(
    lines.length >= count && lines.length <= count + 50,
    `${lines.length} lines, ${count} acknowledged`,
  );

  const again = run(['--record', folder]);
  const restarted = await started(again);
  const kept = counted(lines.length + (rest === '' ? 0 : 1), 'line');
  assert.ok(again.stdout().includes(`Appending to an existing recording (${kept}).`), again.stdout());
  const last = [...acknowledged.keys()].at(-1)!;
  const { body } = await getJson(`${restarted.url}/conversations/${last}`);
  assert.ok(body.steps.length >= acknowledged.get(last)!.length);
  await again.code('SIGINT');
  assert.equal(recordsIn(folder).length, lines.length + (rest === '' ? 0 : 1));
});

/** The events of a call in which one agent redials again and again. */
function agentEvent(number: number): Event {
  const who = { agent: { number: 1 }, experience: 'voice' } as const;
  if (number % 20 === 19) return endEvent(who, defaultDialect);
  const transition = number % 2 === 0 ? 'entry' : 'exit';
  const transfer = number % 20 === 0 || transition === 'exit' ? 'NA' : 'redial';
  return transferEvent({ transfer, transition, ...who }, defaultDialect);
}
