// No tenant to be reached: one clear message, exit code 3, and no scenario tried.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { before, suite, test } from 'node:test';
import { certificate, noOpenssl } from './certificates.ts';
import { atEnd, fewAtATime, type Run, run, settingsFor, smallServer } from './harness.ts';
import { saysOnly } from './message.ts';

suite('a tenant that cannot be reached: exit code 3', () => {
  const cases: Record<string, { env: () => Promise<Record<string, string>>; says: RegExp[] }> = {
    'a host that does not resolve': {
      env: async () => settingsFor('http://tenant.invalid'),
      says: [/^ {2}TRANSPORT_DNS {2}.*check the host name in TENANT_URL/m],
    },
    'a port that refuses': {
      env: async () => settingsFor('http://127.0.0.1:1'),
      says: [/^ {2}TRANSPORT_REFUSED {2}.*check the host and port in TENANT_URL/m],
    },
    'a time-out': {
      env: async () => ({ ...settingsFor((await smallServer(() => {})).url), REQUEST_TIMEOUT_MS: '300' }),
      says: [/^ {2}TRANSPORT_TIMEOUT {2}.*raise REQUEST_TIMEOUT_MS/m],
    },
    'a certificate that nobody vouches for': {
      env: async () => settingsFor(await selfSigned()),
      says: [/^ {2}TRANSPORT_TLS {2}.*NODE_EXTRA_CA_CERTS/m],
    },
    'no TLS behind https': {
      env: async () => settingsFor((await smallServer(ok)).url.replace('http:', 'https:')),
      says: [/^ {2}TRANSPORT_TLS {2}what answers there does not speak TLS: check the port in TENANT_URL/m],
    },
    'a gateway that is out of order': {
      env: async () => settingsFor((await smallServer(badGateway)).url),
      says: [/^ {2}TRANSPORT_BUSY {2}.*502/m],
    },
  };
  const runs = new Map<string, Run>();

  before(async () => {
    const tasks = Object.values(cases).map(
      ({ env }) =>
        async () =>
          run([], { env: { ...(await env()), CONFORMANCE_GATE: 'on' }, measured: true }),
    );
    const done = await fewAtATime(tasks);
    for (const [index, name] of Object.keys(cases).entries()) runs.set(name, done[index]!);
  });

  for (const [name, { says }] of Object.entries(cases)) {
    test(name, () => {
      const ended = runs.get(name)!;
      assert.equal(ended.code, 3, ended.output);
      saysOnly(ended, [/^TENANT_UNREACHABLE {2}https?:\/\//m, ...says]);
      assert.equal(ended.collected.results.length, 0, 'no scenario was tried');
    });
  }
});

function ok(_: unknown, response: { end(text: string): unknown }): void {
  response.end('OK');
}

function badGateway(_: unknown, response: { statusCode: number; end(): unknown }): void {
  response.statusCode = 502;
  response.end();
}

async function selfSigned(): Promise<string> {
  const made = certificate('conformance', 'IP:127.0.0.1', 2);
  assert.ok(made, noOpenssl);
  const server = createTlsServer(made, ok);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
