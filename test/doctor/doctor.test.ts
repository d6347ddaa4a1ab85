// The output as a whole: its lines, their order, the exit code, and what never appears.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { startSandbox } from '../../src/sandbox/server.ts';
import { atEnd, secret, settingsFor, smallServer, temporaryFolder } from '../run/harness.ts';
import { command, commands } from '../text/ci-commands.ts';
import { doctor } from './run-doctor.ts';

const inOrder = [
  'settings',
  'tenant files',
  'name resolution',
  'connection',
  'TLS',
  'answer',
  'clock',
  'hooks path',
  'token',
  'bot',
  'first event',
  'routing settings',
  'callback listener',
  'callback URL',
];

async function sandbox() {
  const started = await startSandbox();
  atEnd(() => started.close());
  return started;
}

test('without a tenant it checks the embedded sandbox, and finds nothing wrong', async () => {
  const visit = await doctor();
  assert.equal(visit.code, 0, visit.output);
  assert.match(
    visit.output,
    /^The embedded sandbox at http:\/\/127\.0\.0\.1:\d+ \(TENANT_URL is not set\)\n/,
  );
  assert.deepEqual(visit.order, inOrder);
  assert.deepEqual(visit.amiss, []);
  assert.equal(visit.last, 'Ready: npm test');
});

test('a tenant with the right settings, named by a profile', async () => {
  const { settings, url } = await sandbox();
  const folder = temporaryFolder();
  const lines = Object.entries(settings).map(([name, value]) => `${name}="${value}"\n`);
  writeFileSync(path.join(folder, '.env.staging'), lines.join(''));
  const visit = await doctor({}, ['--tenant', 'staging'], folder);
  assert.equal(visit.code, 0, visit.output);
  assert.ok(visit.output.startsWith(`The tenant at ${url} (.env.staging)\n`), visit.output);
  assert.deepEqual(visit.amiss, []);
  assert.equal(visit.last, 'Ready: npm test -- --tenant staging');
  assert.doesNotMatch(visit.output, new RegExp(settings.TENANT_CLIENT_SECRET!));
});

test('used wrongly: exit code 2, and what to do', async () => {
  const cases: [args: string[], words: RegExp][] = [
    [['--tenant', 'nowhere'], /PROFILE_MISSING .*\.env\.nowhere/],
    [['--tenant'], /argument missing/],
    [['--tenants', 'staging'], /unknown option '--tenants'/],
    [['staging'], /too many arguments/],
  ];
  for (const [args, words] of cases) {
    const visit = await doctor({}, args);
    assert.equal(visit.code, 2, visit.output);
    assert.match(visit.output, words);
    assert.doesNotMatch(visit.output, /\n\s+at /);
  }
});

test('every wrong setting at once; the network is checked all the same', async () => {
  const { url } = await sandbox();
  const visit = await doctor({
    TENANT_URL: url,
    TENANT_CLIENT_SECRET: 'short',
    TENANT_BOT_IDS: 'st-1',
    CALLBACK_PORT: '8o09',
  });
  assert.equal(visit.code, 2, visit.output);
  assert.deepEqual(visit.order.slice(0, 5), Array(5).fill('settings'));
  for (const line of [
    /✗ settings +TENANT_BOT_ID missing\n +→ TENANT_BOT_ID: stream ID .*like st-/,
    /✗ settings +TENANT_CLIENT_ID missing\n/,
    /✗ settings +TENANT_CLIENT_SECRET has fewer than 8 characters\n +→ TENANT_CLIENT_SECRET: its secret; put it into \.env, which git ignores\n/,
    /✗ settings +CALLBACK_PORT is "8o09", not a whole number from 0 to 65535\n/,
    /✗ settings +TENANT_BOT_IDS is not a setting\n +→ TENANT_BOT_IDS: did you mean TENANT_BOT_ID\?\n/,
  ]) {
    assert.match(visit.output, line);
  }
  assert.equal(visit.of('connection').mark, '✓');
  assert.equal(visit.of('answer').found, 'not checked: fix settings first');
  assert.equal(visit.of('callback URL').mark, '–');
  assert.equal(visit.last, '5 things to fix, first: settings (TENANT_BOT_ID missing)');
  assert.doesNotMatch(visit.output, /short/);
});

test('without a valid TENANT_URL or proxy, the connection is not checked', async () => {
  const noUrl = await doctor({ ...settingsFor('tenant.example.com'), REQUEST_TIMEOUT_MS: 'soon' });
  assert.equal(noUrl.code, 2, noUrl.output);
  assert.match(noUrl.output, /^A tenant whose TENANT_URL cannot be used\n/);
  assert.equal(noUrl.of('name resolution').found, 'not checked: fix TENANT_URL first');
  const noProxy = await doctor({
    ...settingsFor('https://tenant.invalid'),
    HTTPS_PROXY: 'http://u:pass-word@',
  });
  assert.equal(noProxy.code, 2, noProxy.output);
  assert.equal(noProxy.of('settings').found, 'HTTPS_PROXY is not the URL of a proxy');
  assert.equal(noProxy.of('connection').found, 'not checked: fix HTTPS_PROXY first');
  assert.doesNotMatch(noProxy.output, /pass-word/);
});

test('MAX_REQUESTS_PER_MINUTE is observed', async () => {
  const tenant = await smallServer((_, response) => response.writeHead(400).end());
  const times: number[] = [];
  tenant.server.on('request', () => times.push(performance.now()));
  const visit = await doctor({ ...settingsFor(tenant.url), MAX_REQUESTS_PER_MINUTE: '120' });
  assert.equal(visit.code, 3, visit.output);
  assert.ok(times.length >= 3, `${times.length} requests`);
  const pauses = times.slice(1).map((time, index) => time - times[index]!);
  // A busy machine notices one request late, and the next one in time.
  const mean = (times.at(-1)! - times[0]!) / pauses.length;
  assert.ok(mean > 475 && Math.min(...pauses) > 250, `${pauses}`);
});

test('without routing settings it is ready, and names what is not checked', async () => {
  const { settings } = await sandbox();
  const visit = await doctor({ ...settings, TENANT_ORG_ID: '', TENANT_QUEUE_ID: '' });
  assert.equal(visit.code, 0, visit.output);
  assert.deepEqual(visit.amiss, ['! routing settings']);
  const { found, todo } = visit.of('routing settings');
  assert.match(found, /assign-conversation are not applicable/);
  assert.deepEqual(todo, ['set TENANT_ORG_ID, TENANT_QUEUE_ID to have them tested']);
  assert.equal(visit.last, 'Ready: npm test (one line above worth knowing)');
});

test('a list of known deviations that a run would refuse', async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'known-deviations.yaml'), '- requirement: HOOKS-EOC-2\n');
  const visit = await doctor({}, [], folder);
  assert.equal(visit.code, 2, visit.output);
  assert.deepEqual(visit.amiss, ['✗ tenant files']);
  assert.match(visit.of('tenant files').todo.join('\n'), /known-deviations\.yaml/);
});

test('the output has no secret and no terminal control', async () => {
  const tenant = await smallServer(({ headers }, response) => {
    const body = { message: `\u001b[31mred\u001b[0m\n✓ forged  ${commands} ${secret} ${headers.token}` };
    response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const visit = await doctor(settingsFor(tenant.url));
  assert.equal(visit.code, 3, visit.output);
  assert.match(visit.of('answer').found, /red.*forged/, 'it is shown, though');
  assert.doesNotMatch(visit.output, /eyJ|^✓ forged/m);
  assert.doesNotMatch(visit.output, command);
  for (const unwanted of ['\u001b', secret]) assert.ok(!visit.output.includes(unwanted), visit.output);
  const begun = tenant.received.filter(({ body }) => body !== '{}').map(({ body }) => JSON.parse(body));
  assert.ok(begun.length > 0 && begun.every(({ events }) => events.length === 1), 'NA entries at most');
});
