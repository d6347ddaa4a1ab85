// TLS, and requests that cannot be sent at all.
import assert from 'node:assert/strict';
import { createServer as createTlsServer } from 'node:https';
import { after, before, suite, test } from 'node:test';
import type { Exchange } from '../../src/tenant/exchange.ts';
import { runNode } from '../processes.ts';
import { type Certificate, certificate, noOpenssl } from '../run/certificates.ts';
import { assertFailed, httpEnd, listening, opened, posted, sentTo, token } from './ends.ts';

suite('TLS', () => {
  const made = certificate('conformance', 'IP:127.0.0.1', 2);
  let tlsUrl = '';
  let tlsRequests = 0;
  let end: () => void = () => {};

  before(async () => {
    if (!made) return;
    const server = createTlsServer(made, (_, response) => {
      tlsRequests += 1;
      response.end('OK');
    });
    tlsUrl = await listening(server, 'https');
    end = () => {
      server.close();
      server.closeAllConnections();
    };
  });
  after(() => end());
  test('a certificate that is not trusted', async (context) => {
    if (!made) return context.skip(noOpenssl);
    const earlier = tlsRequests;
    const exchange = await sentTo(tlsUrl);
    assertFailed(exchange, 'TLS', 1);
    assert.match(exchange.failure!.message, /certificate.*NODE_EXTRA_CA_CERTS/);
    assert.equal(tlsRequests, earlier, 'the token never left');
  });

  /** Node reads the variable as it starts. */
  async function sentByChild(
    url: string,
    environment: object = {},
    NODE_EXTRA_CA_CERTS = made!.file,
  ): Promise<Exchange> {
    const source = new URL('../../src/tenant/transport.ts', import.meta.url).href;
    const script = `
      import { Transport } from ${JSON.stringify(source)};
      const transport = await Transport.open({ url: ${JSON.stringify(url)}, requestTimeoutMs: 5000, env: ${JSON.stringify(environment)} });
      const wire = { method: 'POST', url: ${JSON.stringify(url)}, headers: {}, body: '{}' };
      console.log(JSON.stringify(await transport.send(wire)));
      await transport.close();`;
    const { code, stdout, stderr } = await runNode(['--input-type=module', '--eval', script], {
      env: { ...process.env, NODE_EXTRA_CA_CERTS },
    });
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout);
  }

  test('NODE_EXTRA_CA_CERTS makes it trusted', async (context) => {
    if (!made) return context.skip(noOpenssl);
    const exchange = await sentByChild(tlsUrl);
    assert.equal(exchange.answer?.status, 200, exchange.failure?.message);
  });

  test('from an env file it comes too late', async (context) => {
    if (!made) return context.skip(noOpenssl);
    const advice = async (environment: object) =>
      (await sentByChild(tlsUrl, environment, '')).failure?.message ?? '';
    const late = await advice({ NODE_EXTRA_CA_CERTS: made.file });
    assert.match(late, /NODE_EXTRA_CA_CERTS is set in an env file, which Node reads too late/);
    assert.match(await advice({}), /; set NODE_EXTRA_CA_CERTS, in the environment, to a PEM file/);
  });

  suite('a tenant that asks for a certificate (mTLS)', () => {
    const own = certificate('client', 'IP:127.0.0.1', 2);
    let url = '';
    let close = () => {};
    before(async () => {
      if (!made || !own) return;
      const options = { ...made, requestCert: true, rejectUnauthorized: true, ca: own.cert };
      const server = createTlsServer(options, (_, response) => response.end('OK'));
      url = await listening(server, 'https');
      close = () => {
        server.close();
        server.closeAllConnections();
      };
    });
    after(() => close());
    const shown = (of: Certificate, tenant = url) => ({
      TENANT_URL: tenant,
      TENANT_CLIENT_CERT: of.file,
      TENANT_CLIENT_KEY: of.keyFile,
    });

    test('gets the one that is set', async (context) => {
      if (!own) return context.skip(noOpenssl);
      const exchange = await sentByChild(url, shown(own));
      assert.equal(exchange.answer?.status, 200, exchange.failure?.message);
    });

    test('gets it from the recorder, too', async (context) => {
      if (!own) return context.skip(noOpenssl);
      const source = new URL('../../src/recorder/wire/forward.ts', import.meta.url).href;
      const script = `
        import { Forward } from ${JSON.stringify(source)};
        for (const env of ${JSON.stringify([shown(own), {}])}) {
          const forward = new Forward({ url: ${JSON.stringify(url)}, timeoutMs: 5000, env });
          const { answer, failure } = await forward.send({ method: 'POST', target: '/', headers: [], body: Buffer.alloc(0) });
          console.log(answer?.status ?? failure.code);
          await forward.close();
        }`;
      const { stdout, stderr } = await runNode(['--input-type=module', '--eval', script], {
        env: { ...process.env, NODE_EXTRA_CA_CERTS: made!.file },
      });
      assert.match(stdout, /^200\nTRANSPORT_(CLIENT_CERTIFICATE|RESET)\n$/, stderr);
    });

    test('gets none, or one of another CA: a failure about that, not about the CA of the tenant', async (context) => {
      if (!made || !own) return context.skip(noOpenssl);
      for (const env of [{}, shown(made), shown(own, 'https://other.example')]) {
        const exchange = await sentByChild(url, env);
        assert.equal(exchange.attempts, 1);
        // The connection may be closed before the reason of it is seen.
        assert.match(
          exchange.failure!.message,
          /^TRANSPORT_(CLIENT_CERTIFICATE|RESET) .*certificate of this machine/,
        );
        assert.doesNotMatch(exchange.failure!.message, /NODE_EXTRA_CA_CERTS/);
      }
    });
  });

  test('a certificate of another host', async (context) => {
    if (!made) return context.skip(noOpenssl);
    const exchange = await sentByChild(tlsUrl.replace('127.0.0.1', 'localhost'));
    assertFailed(exchange, 'TLS', 1);
  });

  test('https:// to a port with plain HTTP', async () => {
    const plain = await httpEnd();
    const exchange = await sentTo(plain.url.replace('http:', 'https:'));
    assertFailed(exchange, 'TLS', 1);
    assert.match(exchange.failure!.message, /https:\/\//);
    assert.equal(plain.received.length, 0);
  });

  test('http:// to a port with TLS is a failure too', async (context) => {
    if (!made) return context.skip(noOpenssl);
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
