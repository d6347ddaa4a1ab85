// A tenant is not blamed for outcomes that do not arrive, as long as nothing shows that it can reach the callback listener.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Behaviour } from '../../src/sandbox/behaviour.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { isKnownReachable } from '../../src/tenant/callback-reach.ts';
import type { ConformanceReport } from '../../src/verdict/report-types.ts';
import { atEnd, type Run, run, smallServer } from './harness.ts';

const feature = 'features/routing/callback.feature';

async function tenant(behaviour: Partial<Behaviour> = {}): Promise<Record<string, string>> {
  const sandbox = await startSandbox({ behaviour });
  atEnd(() => sandbox.close());
  return { ...sandbox.settings, CALLBACK_TIMEOUT_MS: '300' };
}

function reportOf({ reports }: Run): ConformanceReport {
  return JSON.parse(readFileSync(path.join(reports, 'conformance.json'), 'utf8'));
}

function verdictsOf(of: Run): Record<string, string> {
  const wanted = reportOf(of).requirements.filter(({ id }) => id.startsWith('ASSIGN-CB-'));
  return Object.fromEntries(wanted.map(({ id, verdict }) => [id, verdict]));
}

test('an address that leads nowhere leaves open what the tenant posts', async () => {
  const nowhere = 'http://127.0.0.1:1';
  const lost = await run([feature], {
    env: { ...(await tenant()), CALLBACK_PUBLIC_URL: nowhere },
    measured: true,
  });
  assert.equal(lost.code, 3, lost.output);
  assert.deepEqual(verdictsOf(lost), {
    'ASSIGN-CB-01': 'inconclusive',
    'ASSIGN-CB-02': 'inconclusive',
    'ASSIGN-CB-03': 'inconclusive',
  });
  const { requirements, next, observations } = reportOf(lost);
  const ofRequest = requirements.find(({ id }) => id === 'ASSIGN-REQ-02');
  assert.equal(ofRequest?.verdict, 'pass', 'the answers have shown that');
  const { reason } = requirements.find(({ id }) => id === 'ASSIGN-CB-01')!;
  assert.match(reason ?? '', /can reach CALLBACK_PUBLIC_URL \(http:\/\/127\.0\.0\.1:1\): npm run doctor/);
  assert.equal(next?.copy, 'npm run doctor');
  assert.ok(!observations.some(({ question }) => question.startsWith('what is posted')), 'nothing was seen');
});

test('a tenant on this machine that posts nothing is to blame: it is known to reach the listener', async () => {
  const silent = await run([`${feature}:12`], { env: await tenant({ callbacks: () => [] }) });
  assert.equal(silent.code, 1, silent.output);
  assert.equal(verdictsOf(silent)['ASSIGN-CB-01'], 'fail');
});

test('one request to the address shows that it can be reached, whenever it comes', async () => {
  const port = await freePort();
  const address = { CALLBACK_PORT: port, CALLBACK_PUBLIC_URL: 'http://127.0.0.1:1' };
  let transfers = 0;
  const visited = await tenant({
    // Once the first scenario has waited in vain.
    callbacks: () => {
      transfers += 1;
      if (transfers === 3)
        setTimeout(() => void fetch(`http://127.0.0.1:${port}/`, { method: 'POST' }).catch(() => {}), 20);
      return [];
    },
  });
  const silent = await run([feature], { env: { ...visited, ...address }, measured: true });
  assert.equal(silent.code, 1, silent.output);
  const { requirements } = reportOf(silent);
  const { verdict, scenarios, findings } = requirements.find(({ id }) => id === 'ASSIGN-CB-01')!;
  assert.equal(verdict, 'fail');
  const first = scenarios.find(({ line }) => line === 12);
  assert.equal(first?.verdict, 'fail', 'what was left open is settled');
  const [found] = findings.filter(({ scenario }) => scenario === `${feature}:12`);
  assert.match(found?.message ?? '', /^no outcome was posted to callbackUrl within 300 ms$/);
  assert.equal(found?.exchange?.event, 'transfer to the agent');
  assert.equal(verdictsOf(silent)['ASSIGN-CB-03'], 'inconclusive', 'nothing is posted for any transfer');
  const root = findings.find(({ message }) => message.includes('no path'));
  assert.match(root?.exchange?.request.body ?? '', /"callbackUrl":"http:\/\/127\.0\.0\.1:1"/);
});

async function freePort(): Promise<string> {
  const { url, server } = await smallServer((_, response) => response.end());
  await new Promise((closed) => server.close(closed));
  return new URL(url).port;
}

const rows: [tenant: string, called: string, bound: string, known: boolean][] = [
  ['http://127.0.0.1:4010', 'http://127.0.0.1:8009', 'http://127.0.0.1:8009', true],
  ['http://localhost:4010', 'http://127.0.0.1:8009/in', 'http://127.0.0.1:8009', true],
  ['http://127.0.0.1:4010', 'http://localhost:8009', 'http://127.0.0.1:8009', true],
  ['http://127.0.0.1:4010', 'http://127.0.0.1:8010', 'http://127.0.0.1:8009', false],
  ['http://127.0.0.1:4010', 'https://tunnel.example', 'http://127.0.0.1:8009', false],
  ['https://platform.kore.ai', 'http://192.0.2.7:8009', 'http://192.0.2.7:8009', false],
];

for (const [tenantUrl, called, bound, known] of rows) {
  test(`a tenant at ${tenantUrl} that calls ${called}, where ${bound} is bound`, () => {
    assert.equal(isKnownReachable(tenantUrl, called, bound), known);
  });
}
