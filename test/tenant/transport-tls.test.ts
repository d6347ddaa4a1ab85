// TLS, and what cannot be sent at all.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { promisify } from 'node:util';
import type { Exchange } from '../../src/tenant/exchange.ts';
import { assertFailed, httpEnd, listening, opened, posted, sentTo, token } from './ends.ts';

suite('TLS', () => {
  let folder: string;
  let certificate = '';
  let tlsUrl = '';
  let tlsRequests = 0;
  let end: () => void = () => {};

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'transport-tls-'));
    const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
    const asked = 'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=conformance -addext'.split(' ');
    try {
      const args = [...asked, 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert];
      execFileSync('openssl', args, { stdio: 'ignore' });
    } catch {
      return;
    }
    certificate = cert;
    const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => {
      tlsRequests += 1;
      response.end('OK');
    });
    tlsUrl = await listening(server, 'https');
    end = () => {
      server.close();
      server.closeAllConnections();
    };
  });
  after(() => {
    end();
    rmSync(folder, { recursive: true });
  });

  const noOpenssl = 'no openssl on this machine to make a certificate with';

  test('a certificate that nobody vouches for', async (context) => {
    if (!certificate) return context.skip(noOpenssl);
    const earlier = tlsRequests;
    const exchange = await sentTo(tlsUrl);
    assertFailed(exchange, 'TLS', 1);
    assert.match(exchange.failure!.message, /certificate.*NODE_EXTRA_CA_CERTS/);
    assert.equal(tlsRequests, earlier, 'the token never left');
  });

  /** Node reads the variable as it starts. */
  async function sentByChild(url: string): Promise<Exchange> {
    const source = new URL('../../src/tenant/transport.ts', import.meta.url).href;
    const script = `
      import { Transport } from ${JSON.stringify(source)};
      const transport = await Transport.open({ url: ${JSON.stringify(url)}, requestTimeoutMs: 5000, env: {} });
      const wire = { method: 'POST', url: ${JSON.stringify(url)}, headers: {}, body: '{}' };
      console.log(JSON.stringify(await transport.send(wire)));
      await transport.close();`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', script],
      { env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate } },
    );
    return JSON.parse(stdout);
  }

  test('NODE_EXTRA_CA_CERTS vouches for it', async (context) => {
    if (!certificate) return context.skip(noOpenssl);
    const exchange = await sentByChild(tlsUrl);
    assert.equal(exchange.answer?.status, 200, exchange.failure?.message);
  });

  test('a certificate of another host', async (context) => {
    if (!certificate) return context.skip(noOpenssl);
    const exchange = await sentByChild(tlsUrl.replace('127.0.0.1', 'localhost'));
    assertFailed(exchange, 'TLS', 1);
  });

  test('https:// to a port that speaks plain HTTP', async () => {
    const plain = await httpEnd();
    const exchange = await sentTo(plain.url.replace('http:', 'https:'));
    assertFailed(exchange, 'TLS', 1);
    assert.match(exchange.failure!.message, /https:\/\//);
    assert.equal(plain.received.length, 0);
  });

  test('http:// to a port that speaks TLS is a failure too', async (context) => {
    if (!certificate) return context.skip(noOpenssl);
    const exchange = await sentTo(tlsUrl.replace('https:', 'http:'));
    assert.equal(exchange.attempts, 1);
    assert.ok(exchange.failure, JSON.stringify(exchange.answer));
  });
});

test('a header that cannot be sent is a failure that does not repeat its value', async () => {
  const end = await httpEnd();
  const transport = await opened(end.url);
  const exchange = await transport.send(posted(end.url, { headers: { token: `${token}\nx: y` } }));
  assertFailed(exchange, 'other', 1);
  assert.equal(end.received.length, 0);
});
