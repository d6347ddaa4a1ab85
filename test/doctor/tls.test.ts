// Certificates, made for these tests by openssl.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type ServerOptions } from 'node:https';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import { certificate, noOpenssl } from '../run/certificates.ts';
import { atEnd, settingsFor, smallServer, temporaryFolder } from '../run/harness.ts';
import { doctor } from './run-doctor.ts';

interface TlsEnd {
  url: string;
  /** File of the certificate, which is its own CA. */
  certificate: string;
  requests: () => number;
}

/** undefined without openssl. @param days of validity; a negative number has expired */
async function tlsEnd(days: number, asks: ServerOptions = {}): Promise<TlsEnd | undefined> {
  // Whoever makes a certificate chooses the name of its issuer: here with a character that reverses the text.
  const made = certificate('conformance/O=Exam\u202eple', 'IP:127.0.0.1', days);
  if (!made) return undefined;
  let requests = 0;
  const server = createServer({ ...made, ...asks }, (_, response) => {
    requests += 1;
    response.end('OK');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `https://127.0.0.1:${port}`, certificate: made.file, requests: () => requests };
}

test('a certificate that is not trusted: no token is sent', async (context) => {
  const end = await tlsEnd(90);
  if (!end) return context.skip(noOpenssl);
  const visit = await doctor(settingsFor(end.url));
  assert.equal(visit.code, 3, visit.output);
  assert.match(
    visit.of('TLS').found,
    /^TLSv1\.\d, certificate by Exam\ufffdple, signed by itself.*SELF_SIGNED/,
  );
  assert.match(visit.of('TLS').todo.join(), /^set NODE_EXTRA_CA_CERTS, in the environment, to a PEM file/);
  assert.equal(visit.of('answer').found, 'not checked: fix TLS first');
  assert.equal(end.requests(), 0);

  const folder = temporaryFolder();
  writeFileSync(path.join(folder, '.env'), `NODE_EXTRA_CA_CERTS="${end.certificate}"\n`);
  const late = await doctor(settingsFor(end.url), [], folder);
  assert.match(late.of('TLS').todo.join(), /^NODE_EXTRA_CA_CERTS is set in an env file/);
});

test('with NODE_EXTRA_CA_CERTS it is trusted, and its days are counted', async (context) => {
  const [lasting, ending] = [await tlsEnd(90), await tlsEnd(5)];
  if (!lasting || !ending) return context.skip(noOpenssl);
  const visit = async ({ url, certificate }: TlsEnd) =>
    doctor({ ...settingsFor(url), NODE_EXTRA_CA_CERTS: certificate });
  const long = await visit(lasting);
  assert.equal(long.of('TLS').mark, '✓', long.output);
  assert.match(long.of('TLS').found, /valid until \d{4}-\d\d-\d\d \((89|90) days\)$/);
  assert.equal(long.of('answer').mark, '✓');
  const short = await visit(ending);
  assert.equal(short.of('TLS').mark, '!', short.output);
  assert.match(short.of('TLS').todo.join(), /renewed before/);
  assert.equal(short.of('answer').mark, '✓');
});

test('a handshake that takes as long as with a far tenant', async (context) => {
  const end = await tlsEnd(90);
  if (!end) return context.skip(noOpenssl);
  const far = await farAway(end.url, 150);
  const visit = await doctor({ ...settingsFor(far), NODE_EXTRA_CA_CERTS: end.certificate });
  assert.equal(visit.of('TLS').mark, '✓', visit.output);
});

/** @param latencyMs how long what is sent to the server is on its way @returns the URL through which the server is far away */
async function farAway(url: string, latencyMs: number): Promise<string> {
  const near = createTcpServer((client) => {
    const tenant = connect(Number(new URL(url).port), '127.0.0.1');
    client.on('data', (bytes) => setTimeout(() => tenant.write(bytes), latencyMs));
    tenant.pipe(client);
    for (const socket of [client, tenant]) socket.on('error', () => {});
    client.on('close', () => tenant.destroy());
  });
  near.listen(0, '127.0.0.1');
  await once(near, 'listening');
  atEnd(() => {
    near.close();
  });
  return `https://127.0.0.1:${(near.address() as AddressInfo).port}`;
}

test('a certificate of another host, and one that has expired', async (context) => {
  const [end, expired] = [await tlsEnd(90), await tlsEnd(-1)];
  if (!end || !expired) return context.skip(noOpenssl);
  const visit = (url: string, { certificate }: TlsEnd) =>
    doctor({ ...settingsFor(url), NODE_EXTRA_CA_CERTS: certificate });
  const elsewhere = await visit(end.url.replace('127.0.0.1', 'localhost'), end);
  assert.equal(elsewhere.code, 3, elsewhere.output);
  assert.match(elsewhere.of('TLS').found, /not for localhost but for IP Address:127\.0\.0\.1$/);
  assert.match(elsewhere.of('TLS').todo.join(), /^TENANT_URL: check the host name/);
  const old = await visit(expired.url, expired);
  assert.match(old.of('TLS').found, /expired on \d{4}-\d\d-\d\d$/, old.output);
  assert.match(old.of('TLS').todo.join(), /renewed.*clock/);
});

test('https:// to a port with plain HTTP', async () => {
  const plain = await smallServer((_, response) => response.end('OK'));
  const visit = await doctor(settingsFor(plain.url.replace('http:', 'https:')));
  assert.equal(visit.code, 3, visit.output);
  assert.equal(visit.of('TLS').found, 'what answers there does not speak TLS');
  assert.match(visit.of('TLS').todo.join(), /^TENANT_URL: .*http:\/\//);
});

test('a tenant that asks for a certificate: with it all is well, without it the setting is named, as are files that cannot be used', async (context) => {
  const own = certificate('client', 'IP:127.0.0.1', 2);
  const end = own && (await tlsEnd(90, { requestCert: true, rejectUnauthorized: true, ca: own.cert }));
  if (!own || !end) return context.skip(noOpenssl);
  const env = { ...settingsFor(end.url), NODE_EXTRA_CA_CERTS: end.certificate };
  const shown = { TENANT_CLIENT_CERT: own.file, TENANT_CLIENT_KEY: own.keyFile };
  const [known, unknown, unusable] = await Promise.all([
    doctor({ ...env, ...shown }),
    doctor(env),
    doctor({ ...env, TENANT_CLIENT_CERT: '/no/such/file.pem' }),
  ]);
  assert.equal(known.of('TLS').mark, '✓', known.output);
  assert.equal(known.of('answer').mark, '✓', known.output);
  assert.equal(unknown.code, 3, unknown.output);
  assert.match(
    unknown.output,
    /TENANT_CLIENT_CERT and TENANT_CLIENT_KEY|TENANT_CLIENT_CERT, TENANT_CLIENT_KEY/,
  );
  assert.doesNotMatch(unknown.output, /NODE_EXTRA_CA_CERTS/);
  assert.match(unusable.of('settings').found, /^CLIENT_CERTIFICATE/);
  assert.match(unusable.of('settings').todo.join(), /TENANT_CLIENT_CERT +.*ENOENT/);
});
