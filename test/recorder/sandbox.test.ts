// The recorder in front of the reference tenant: what it answers, writes and reports.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { test } from 'node:test';
import { parseEnv } from 'node:util';
import { LogCheck } from '../../src/check/log-check.ts';
import { readLog } from '../../src/logs/read-log.ts';
import { eventsBody } from '../../src/protocol/events.ts';
import { demoIdentity } from '../../src/sandbox/identity.ts';
import type { Sandbox } from '../../src/sandbox/server.ts';
import { repository, StartedProcess, spawned } from '../processes.ts';
import { envelope, eventOf, goodToken, send, sendEvents } from '../sandbox/client.ts';
import { listening } from '../tenant/ends.ts';
import { until } from '../time-limit.ts';
import { asTenant, ends, getJson, newFolder, recording, recordsIn, textIn } from './recorders.ts';

const good = ['NA entry', 'cold exit', 'cold entry 2', 'NA exit 2', 'summary', 'end'];
const bad = ['NA entry', 'cold entry 2', 'cold exit', 'NA exit 2', 'end'];

async function sendAll(recorder: Awaited<ReturnType<typeof recording>>, id: string, events: string[]) {
  for (const event of events) {
    assert.equal((await sendEvents(asTenant(recorder), id, eventOf(event))).status, 200, event);
  }
}

test('a good and a bad call flow are recorded, and get their verdicts as they end', async () => {
  const recorder = await recording();
  await sendAll(recorder, 'good', good);
  await sendAll(recorder, 'bad', bad);
  assert.deepEqual(
    recorder.reported.over.map(({ conversationId, verdict }) => [conversationId, verdict]),
    [
      ['good', 'pass'],
      ['bad', 'fail'],
    ],
  );
  const records = recordsIn(recorder.folder);
  assert.equal(records.length, good.length + bad.length);
  assert.deepEqual(
    records[7]!.findings.sender.map(({ requirement }) => requirement),
    ['HOOKS-SEQ-07'],
  );
  const [first] = records;
  assert.deepEqual(JSON.parse(first!.request.body!).events[0].transition, 'entry');
  assert.equal(first!.answer?.body, '{"STATUS":"OK"}');
  assert.equal(first!.request.headers.token, '$TENANT_JWT');
  const summary = await recorder.stop();
  assert.equal(summary.verdict, 'non-conformant');
  assert.deepEqual(
    summary.rules.map(({ requirement }) => requirement),
    ['HOOKS-SEQ-07'],
  );
});

test('npm run check finds the same in the file as the recorder', async () => {
  const recorder = await recording();
  await sendAll(recorder, 'good', good);
  await sendAll(recorder, 'bad', [...bad, 'NA exit']);
  await sendAll(recorder, 'open', ['NA entry']);
  await fetch(`${recorder.url}/nowhere`);
  await send(asTenant(recorder), { body: 'no JSON' });
  const live = await recorder.stop();
  const check = new LogCheck();
  for await (const batch of readLog(path.join(recorder.folder, 'evidence.ndjson'))) {
    for (const found of batch) {
      if (found.kind === 'request') check.take(found.record);
      else if (found.kind === 'skipped') check.skip(found.skipped);
      else check.other();
    }
  }
  assert.deepEqual(check.end(), live);
  assert.deepEqual([live.totals.others, live.totals.skipped, live.totals.failed], [1, 1, 2]);
});

test('the sender is authenticated as usual, but any event is answered with 200', async () => {
  const recorder = await recording();
  const tenant = asTenant(recorder);
  const [entry] = [eventsBody(envelope(tenant, 'c'), [eventOf('NA entry')])];
  const type = { 'content-type': 'application/json' };
  assert.equal((await send(tenant, { body: entry, headers: type })).status, 401);
  assert.equal((await send(tenant, { body: entry, path: '/agentassist/api/v1/hooks/st-other' })).status, 400);
  assert.equal((await send(tenant, { body: 'no JSON' })).status, 400);
  for (const none of ['null', '[]', '"text"', '1']) {
    assert.equal((await send(tenant, { body: none })).status, 400, none);
  }
  const plain = { token: goodToken(tenant), 'content-type': 'text/plain' };
  assert.equal((await send(tenant, { body: entry, headers: plain })).status, 415);
  const odd = {
    conversationId: 'c',
    botId: demoIdentity.botId,
    events: [{ name: 'END_OF_CONVERSATION' }, 7],
  };
  assert.equal((await send(tenant, { body: odd })).status, 200);
  assert.equal(recordsIn(recorder.folder).length, 9, 'refused requests are recorded, too');
});

test('neither the secret nor a token is recorded, wherever it was sent', async () => {
  const recorder = await recording();
  const tenant = asTenant(recorder);
  const token = goodToken(tenant);
  const body = {
    ...eventsBody(envelope(tenant, token), [eventOf('NA entry')]),
    note: demoIdentity.clientSecret,
  };
  await send(tenant, { body, path: `/agentassist/api/v1/hooks/${demoIdentity.botId}?token=${token}` });
  await send(tenant, {
    body,
    headers: {
      auth: 'opaque-token-1234',
      authorization: 'Bearer another-opaque-token',
      cookie: 'session=7f3a9c',
    },
    path: '/any?auth=opaque-token-1234',
  });
  const text = textIn(recorder.folder);
  assert.equal(text.split('\n').length, 3);
  for (const secret of ['eyJ', token.split('.')[2]!, demoIdentity.clientSecret, 'opaque-token', '7f3a9c']) {
    assert.ok(!text.includes(secret), secret);
  }
});

test('GET /conversations: newest first, limited, not recorded; a single one has its steps', async () => {
  const recorder = await recording();
  await sendAll(recorder, 'a/1', good);
  await sendAll(recorder, 'b', bad.slice(0, 2));
  const all = await getJson(`${recorder.url}/conversations`);
  assert.deepEqual(
    all.body.conversations.map(({ conversationId, verdict, findings }) => [
      conversationId,
      verdict,
      findings.map(({ requirement }) => requirement),
    ]),
    [
      ['b', 'open', ['HOOKS-SEQ-07']],
      ['a/1', 'pass', []],
    ],
  );
  assert.equal((await getJson(`${recorder.url}/conversations?limit=1`)).body.conversations.length, 1);
  const { body } = await getJson(`${recorder.url}/conversations?limit=1`);
  const { next } = body as unknown as { next: string };
  const second = await getJson(recorder.url + next);
  assert.deepEqual(
    second.body.conversations.map((one) => one.conversationId),
    ['a/1'],
  );
  const end = (second.body as unknown as { next: string }).next;
  assert.deepEqual((await getJson(recorder.url + end)).body, { conversations: [] });
  assert.equal((await getJson(`${recorder.url}/conversations?before=x`)).status, 400);
  for (const limit of ['0', '1001', '-1', 'x', '']) {
    assert.equal((await getJson(`${recorder.url}/conversations?limit=${limit}`)).status, 400, limit);
  }
  const one = await getJson(`${recorder.url}/conversations/a%2F1`);
  assert.equal(one.body.steps.length, good.length);
  assert.deepEqual(one.body.steps.at(-1)?.step, { type: 'end' });
  assert.ok(!JSON.stringify(one.body).includes(recorder.folder), 'it does not reveal its folder');
  assert.deepEqual((await getJson(`${recorder.url}/conversations/nobody`)).status, 404);
  assert.deepEqual((await getJson(`${recorder.url}/conversations/%ff`)).status, 400);
  assert.equal(recordsIn(recorder.folder).length, good.length + 2);
});

test('a conversation that goes idle is reported after a time, and may continue', async () => {
  const how: string[] = [];
  const recorder = await recording({ idleMs: 1, onOver: (_, one) => how.push(one) });
  await sendAll(recorder, 'left', ['NA entry']);
  await until(() => how.length > 0);
  const idle = (await getJson(`${recorder.url}/conversations/left`)).body;
  assert.deepEqual(
    [idle.verdict, idle.steps.length, idle.findings.map(({ requirement }) => requirement)],
    ['fail', 1, ['HOOKS-SEQ-16']],
  );
  await sendAll(recorder, 'left', ['NA exit', 'end']);
  const over = (await getJson(`${recorder.url}/conversations/left`)).body;
  assert.deepEqual([over.verdict, over.steps.length], ['pass', 3]);
  assert.deepEqual([how.at(0), how.at(-1)], ['idle', 'over']);
  const { totals } = await recorder.stop();
  assert.deepEqual([totals.conversations, totals.passed], [1, 1]);
});

test('a request that cannot be recorded is reported and not acknowledged', async (context) => {
  if (process.platform === 'win32') return context.skip('there is no ulimit');
  const folder = newFolder();
  const script = path.join(repository, 'src/cli/sandbox.ts');
  // Too little for what is reserved before a request is passed on.
  const args = [
    '-c',
    'ulimit -f 128; exec "$@"',
    'sh',
    process.execPath,
    script,
    '--port',
    '0',
    '--record',
    folder,
  ];
  const recorder = new StartedProcess(spawned('sh', args, { cwd: newFolder(), measured: false }));
  context.after(() => recorder.exit('SIGKILL'));
  const output = await recorder.says(/Listening at \S+;/);
  const settings = parseEnv(output) as Record<string, string>;
  const tenant = { url: settings.TENANT_URL, settings } as unknown as Sandbox;
  const reply = await sendEvents(tenant, 'c', eventOf('NA entry'));
  assert.equal(reply.status, 503);
  assert.match(String(reply.json.message), /cannot record this request \(EFBIG\); it was not passed on/);
  assert.equal((await getJson(`${tenant.url}/conversations/c`)).status, 404);
});

test('restarted on the same folder, it continues where it was', async () => {
  const folder = newFolder();
  const first = await recording({ folder });
  await sendAll(first, 'over before', good);
  await sendAll(first, 'over two', bad.slice(0, 3));
  await first.stop();
  const second = await recording({ folder });
  assert.deepEqual(second.before, { lines: good.length + 3, torn: false });
  assert.deepEqual(second.reported.over, [], 'what was reported before is not reported again');
  await sendAll(second, 'over two', bad.slice(3));
  const { body } = await getJson(`${second.url}/conversations/over%20two`);
  assert.equal(body.verdict, 'fail');
  assert.deepEqual(
    body.findings.map(({ requirement, line }) => [requirement, line]),
    [['HOOKS-SEQ-07', good.length + 2]],
  );
  assert.equal((await second.stop()).totals.requests, good.length + bad.length);
  assert.equal(recordsIn(folder).length, good.length + bad.length);
});

test('a last line that was cut off is kept apart, and counted', async () => {
  const folder = newFolder();
  const first = await recording({ folder });
  await sendAll(first, 'c', good.slice(0, 2));
  await first.stop();
  const file = path.join(folder, 'evidence.ndjson');
  const whole = textIn(folder);
  writeFileSync(file, whole.slice(0, -40));
  const second = await recording({ folder });
  assert.deepEqual(second.before, { lines: 2, torn: true });
  await sendAll(second, 'c', good.slice(1));
  const lines = textIn(folder).split('\n');
  assert.equal(lines[1], whole.split('\n')[1]!.slice(0, -39));
  assert.equal(lines.length, 1 + 1 + good.length);
  const { totals, skipped } = await second.stop();
  assert.deepEqual([totals.requests, totals.skipped, totals.passed], [good.length, 1, 1]);
  assert.equal(skipped[0]!.line, 2);
});

test('a folder of another recorder is refused; a lock whose process is gone is taken over', async () => {
  const folder = newFolder();
  writeFileSync(path.join(folder, 'recorder.lock'), '1\n');
  await assert.rejects(recording({ folder }), /Another recorder \(process 1\) writes there already/);
  const gone = 2 ** 22 + 1;
  writeFileSync(path.join(folder, 'recorder.lock'), `${gone}\n`);
  await (await recording({ folder })).stop();
  writeFileSync(path.join(folder, 'recorder.lock'), '');
  await (await recording({ folder })).stop();
});

test('a missing folder is made; a file in its place is refused', async () => {
  const folder = path.join(newFolder(), 'some', 'where');
  await (await recording({ folder })).stop();
  await assert.rejects(
    recording({ folder: path.join(folder, 'evidence.ndjson') }),
    /a file in the place of the folder/,
  );
  await assert.rejects(
    recording({ folder: path.join(folder, 'evidence.ndjson', 'below') }),
    /a file in the place of the folder/,
  );
});

test('a transfer by assign-conversation is answered, recorded, and its outcome posted', async () => {
  const posted = Promise.withResolvers<string>();
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    posted.resolve(text);
    response.end();
  });
  const callbackUrl = await listening(server);
  ends.push(() => server.close());
  const recorder = await recording();
  const tenant = asTenant(recorder);
  const { orgId, agentId: aId, botSessionId, botId } = demoIdentity;
  const reply = await send(tenant, {
    path: `/agentassist/api/v1/public/${botId}/assign-conversation`,
    headers: { auth: goodToken(tenant), 'content-type': 'application/json' },
    body: { callbackUrl, orgId, aId, botSessionId },
  });
  assert.equal(reply.json.status, 'transferred');
  assert.equal(JSON.parse(await posted.promise).status, 'transferred');
  const { totals } = await recorder.stop();
  assert.deepEqual([totals.requests, totals.conversations], [1, 0]);
});
