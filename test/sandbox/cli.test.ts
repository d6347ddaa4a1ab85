import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { parseEnv } from 'node:util';
import { eventsBody } from '../../src/protocol/events.ts';
import { faults } from '../../src/sandbox/faults/catalogue.ts';
import type { Sandbox } from '../../src/sandbox/server.ts';
import { variations } from '../../src/sandbox/variations/catalogue.ts';
import { type Owner, startNode } from '../processes.ts';
import { envelope, eventOf, goodToken, send, sendEvents } from './client.ts';

function sandbox(owner: Owner, ...args: string[]) {
  return startNode(owner, ['src/cli/sandbox.ts', ...args]);
}

async function usablePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`prints settings that work and a line for each request, and ends with 0 on ${signal}`, async (context) => {
    const port = await usablePort();
    const started = sandbox(context, '--port', String(port));
    const settings = parseEnv(await started.says(/Listening/)) as Record<string, string>;
    assert.equal(settings.TENANT_URL, `http://127.0.0.1:${port}`);
    const tenant = { url: settings.TENANT_URL, settings } as unknown as Sandbox;
    const id = 'c-\u001b[31m-\u009b2J\u202e';
    assert.equal((await sendEvents(tenant, id, eventOf('NA entry'))).status, 200);
    await send(tenant, { body: eventsBody(envelope(tenant, 'c-2'), [eventOf('NA exit')]) });
    await send(tenant, { path: `/nowhere?token=${goodToken(tenant)}`, body: {} });
    const output = await started.says(/nowhere/);
    assert.match(output, /^\d\d:\d\d:\d\d\.\d{3} {2}200 {2}INTERNAL_TRANSFER_EVENT {2}c-�\[31m-�2J�$/m);
    assert.match(output, / 409 {2}INTERNAL_TRANSFER_EVENT {2}c-2$/m);
    assert.match(output, / 404 {2}POST \/nowhere$/m);
    assert.doesNotMatch(output, /eyJ/);
    assert.equal(await started.code(signal), 0);
    assert.equal(started.stderr(), '');
  });
}

test('the settings are the same after a restart', async (context) => {
  const port = String(await usablePort());
  const printed: string[] = [];
  for (let time = 0; time < 2; time++) {
    const started = sandbox(context, '--port', port);
    printed.push(await started.says(/Listening/));
    await started.code('SIGTERM');
  }
  assert.equal(printed[0], printed[1]);
});

test('a port in use: what is wrong, what to do, exit code 2', async (context) => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const started = sandbox(context, '--port', String(port));
  assert.equal(await started.code(), 2);
  assert.match(
    started.stderr(),
    new RegExp(`^PORT_IN_USE {2}Port ${port} of 127\\.0\\.0\\.1 is in use\\. .*--port \\d+\\n$`),
  );
  assert.equal(started.stdout(), '');
});

test('--fault: names the fault before it listens, and deviates', async (context) => {
  const started = sandbox(context, '--port', '0', '--fault', 'answers-202-to-a-summary-trigger');
  const output = await started.says(/Listening/);
  assert.match(
    output,
    /^Faulty on purpose, by answers-202-to-a-summary-trigger, which breaks HOOKS-RESP-01: The summary .*\nListening/m,
  );
  const settings = parseEnv(output) as Record<string, string>;
  const tenant = { url: settings.TENANT_URL, settings } as unknown as Sandbox;
  assert.equal((await sendEvents(tenant, 'c-1', eventOf('NA entry'))).status, 200);
  assert.equal((await sendEvents(tenant, 'c-1', eventOf('NA exit'))).status, 200);
  assert.equal((await sendEvents(tenant, 'c-1', eventOf('summary'))).status, 202);
});

test('--fault twice, and a variation: the tenant deviates in all of them', async (context) => {
  const started = sandbox(
    context,
    ...[
      '--port',
      '0',
      '--fault',
      'answers-202-to-a-summary-trigger',
      '--fault',
      'accepts-a-request-without-a-token',
    ],
    ...['--variation', 'reads-only-the-auth-header', '--variation', 'compresses-with-gzip'],
  );
  const output = await started.says(/Listening/);
  assert.match(
    output,
    /^Faulty on purpose, by answers-202-to-a-summary-trigger, .*\nFaulty on purpose, by accepts-a-/m,
  );
  assert.match(
    output,
    /^Conformant, but different, by reads-only-the-auth-header: .*\n.*by compresses-with-gzip: /m,
  );
  const settings = parseEnv(output) as Record<string, string>;
  assert.equal(settings.TENANT_AUTH_HEADER, 'auth');
  assert.match(output, new RegExp(`^Listening at ${settings.TENANT_URL};`, 'm'));
  const tenant = { url: settings.TENANT_URL, settings } as unknown as Sandbox;
  const body = eventsBody(envelope(tenant, 'c-1'), [eventOf('NA entry')]);
  const reply = await send(tenant, { body, headers: { 'content-type': 'application/json' } });
  assert.equal(reply.status, 200);
  assert.equal(reply.headers.get('content-encoding'), 'gzip');
});

for (const [what, args, says] of [
  [
    'two fronts',
    ['--variation', 'compresses-with-gzip', '--variation', 'answers-in-chunks'],
    /both change how answers/,
  ],
  [
    'two forms of a success',
    ['--variation', 'answers-with-an-empty-body', '--variation', 'answers-with-the-text-ok'],
    /cannot be combined: more than one replaces hooksSuccess/,
  ],
  [
    'a front of a recorder',
    ['--record', 'record', '--variation', 'compresses-with-gzip'],
    /leave out --record/,
  ],
  [
    'a variation that does not exist',
    ['--variation', 'compreses-with-gzip'],
    /did you mean compresses-with-gzip\?/,
  ],
] as const) {
  test(`--variation, ${what}: a clear error, and exit code 2`, async (context) => {
    const started = sandbox(context, ...args);
    assert.equal(await started.code(), 2);
    assert.match(started.stderr(), says);
  });
}

test('--list-variations: name and description of each', async (context) => {
  const started = sandbox(context, '--list-variations');
  assert.equal(await started.code(), 0);
  const rows = started
    .stdout()
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ {2,}/));
  assert.deepEqual(
    rows,
    variations.map(({ name, description }) => [name, description]),
  );
});

test('without --fault it mentions no fault', async (context) => {
  const started = sandbox(context, '--port', '0');
  assert.doesNotMatch(await started.says(/Listening/), /[Ff]ault/);
});

test('--list-faults: name, requirement and description of each, aligned', async (context) => {
  const started = sandbox(context, '--list-faults');
  assert.equal(await started.code(), 0);
  const lines = started.stdout().trimEnd().split('\n');
  const cells = lines.map((line) => line.split(/ {2,}/));
  assert.deepEqual(
    cells,
    faults.map(({ name, breaks, description }) => [name, breaks, description]),
  );
  const descriptionColumns = lines.map((line, index) => line.indexOf(`  ${cells[index]![2]}`));
  assert.equal(new Set(descriptionColumns).size, 1);
});

test('--fault with a name that does not exist: a guess, and exit code 2', async (context) => {
  const started = sandbox(context, '--fault', 'accepts-an-emty-token');
  assert.equal(await started.code(), 2);
  assert.match(started.stderr(), /accepts-an-emty-token.*did you mean accepts-an-empty-token\?/);
  assert.equal(started.stdout(), '');
});

for (const args of [
  ['--port', 'http'],
  ['--port', '65536'],
  ['--port', '-1'],
  ['--prot', '1'],
  ['--host', '192.0.2.1', '--port', '0'],
]) {
  test(`${args.join(' ')}: one line and exit code 2`, async (context) => {
    const started = sandbox(context, ...args);
    assert.equal(await started.code(), 2);
    assert.doesNotMatch(started.stderr(), /\n {4}at /);
    assert.match(started.stderr(), /\S/);
  });
}
