import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { eventsBody } from '../../src/protocol/events.ts';
import { faults } from '../../src/sandbox/faults/catalogue.ts';
import type { Sandbox } from '../../src/sandbox/server.ts';
import { envelope, eventOf, goodToken, send, sendEvents } from './client.ts';

const script = fileURLToPath(new URL('../../src/cli/sandbox.ts', import.meta.url));

interface Run {
  process: ChildProcessWithoutNullStreams;
  output: () => string;
  errors: () => string;
  exit: Promise<number | null>;
}

function run(...args: string[]): Run {
  const child = spawn(process.execPath, [script, ...args]);
  let [output, errors] = ['', ''];
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const exit = once(child, 'close').then(([code]) => code as number | null);
  return { process: child, output: () => output, errors: () => errors, exit };
}

async function seen(started: Run, pattern: RegExp): Promise<string> {
  while (!pattern.test(started.output())) {
    if (started.process.exitCode !== null) assert.fail(started.errors());
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return started.output();
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
  test(`prints settings that work, a line a request, and ends with 0 on ${signal}`, {
    timeout: 20_000,
  }, async (context) => {
    const port = await usablePort();
    const started = run('--port', String(port));
    context.after(() => started.process.kill('SIGKILL'));
    const settings = parseEnv(await seen(started, /Listening/)) as Record<string, string>;
    assert.equal(settings.TENANT_URL, `http://127.0.0.1:${port}`);
    const tenant = { url: settings.TENANT_URL, settings } as unknown as Sandbox;
    const id = 'c-\u001b[31m-\u009b2J\u202e';
    assert.equal((await sendEvents(tenant, id, eventOf('NA entry'))).status, 200);
    await send(tenant, { body: eventsBody(envelope(tenant, 'c-2'), [eventOf('NA exit')]) });
    await send(tenant, { path: `/nowhere?token=${goodToken(tenant)}`, body: {} });
    const output = await seen(started, /nowhere/);
    assert.match(output, /^\d\d:\d\d:\d\d\.\d{3} {2}200 {2}INTERNAL_TRANSFER_EVENT {2}c-�\[31m-�2J�$/m);
    assert.match(output, / 409 {2}INTERNAL_TRANSFER_EVENT {2}c-2$/m);
    assert.match(output, / 404 {2}POST \/nowhere$/m);
    assert.doesNotMatch(output, /eyJ/);
    started.process.kill(signal);
    assert.equal(await started.exit, 0);
    assert.equal(started.errors(), '');
  });
}

test('the settings are the same after a restart', { timeout: 20_000 }, async (context) => {
  const port = String(await usablePort());
  const printed: string[] = [];
  for (let time = 0; time < 2; time++) {
    const started = run('--port', port);
    context.after(() => started.process.kill('SIGKILL'));
    printed.push(await seen(started, /Listening/));
    started.process.kill('SIGTERM');
    await started.exit;
  }
  assert.equal(printed[0], printed[1]);
});

test('a port in use: what, what to do, exit code 2', { timeout: 20_000 }, async (context) => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const started = run('--port', String(port));
  assert.equal(await started.exit, 2);
  assert.match(
    started.errors(),
    new RegExp(`^Port ${port} of 127\\.0\\.0\\.1 is in use\\. .*--port \\d+\\n$`),
  );
  assert.equal(started.output(), '');
});

test('--fault: says so before it listens, and deviates', { timeout: 20_000 }, async (context) => {
  const started = run('--port', '0', '--fault', 'answers-202-to-a-summary-trigger');
  context.after(() => started.process.kill('SIGKILL'));
  const output = await seen(started, /Listening/);
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

test('without --fault nothing is said of one', { timeout: 20_000 }, async (context) => {
  const started = run('--port', '0');
  context.after(() => started.process.kill('SIGKILL'));
  assert.doesNotMatch(await seen(started, /Listening/), /[Ff]ault/);
});

test('--list-faults: name, requirement and sentence of each, aligned', { timeout: 20_000 }, async () => {
  const started = run('--list-faults');
  assert.equal(await started.exit, 0);
  const lines = started.output().trimEnd().split('\n');
  const cells = lines.map((line) => line.split(/ {2,}/));
  assert.deepEqual(
    cells,
    faults.map(({ name, breaks, says }) => [name, breaks, says]),
  );
  const sentenceColumns = lines.map((line, index) => line.indexOf(`  ${cells[index]![2]}`));
  assert.equal(new Set(sentenceColumns).size, 1);
});

test('--fault with a name that does not exist: a guess, and exit code 2', { timeout: 20_000 }, async () => {
  const started = run('--fault', 'accepts-an-emty-token');
  assert.equal(await started.exit, 2);
  assert.match(started.errors(), /accepts-an-emty-token.*did you mean accepts-an-empty-token\?/);
  assert.equal(started.output(), '');
});

for (const args of [
  ['--port', 'http'],
  ['--port', '65536'],
  ['--port', '-1'],
  ['--prot', '1'],
  ['--host', '192.0.2.1', '--port', '0'],
]) {
  test(`${args.join(' ')}: one line and exit code 2`, { timeout: 20_000 }, async () => {
    const started = run(...args);
    assert.equal(await started.exit, 2);
    assert.doesNotMatch(started.errors(), /\n {4}at /);
    assert.match(started.errors(), /\S/);
  });
}
