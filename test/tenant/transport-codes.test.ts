// The code of each failure, from the real error on a real port: of Playwright for a run, of undici for the recorder. That
// of an expired certificate and of one for another host is seen in test/run/faulty-connection.
import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { suite, test } from 'node:test';
import { Forward } from '../../src/recorder/wire/forward.ts';
import type { TransportFailure } from '../../src/tenant/exchange.ts';
import { systemCodeOf } from '../../src/tenant/transport-codes.ts';
import { ends, httpEnd, netEnd, opened, posted, sentTo } from './ends.ts';

const okHead = 'HTTP/1.1 200 OK\r\n';

interface Case {
  code: string;
  /** The message of a run. */
  says: RegExp;
  /** A URL, or what a server does with a connection. */
  at: string | ((socket: Socket) => void);
  timeoutMs?: number;
  env?: () => Promise<Record<string, string>>;
}

const silent = (socket: Socket) => void socket.on('data', () => {});
const throughProxy = (answer: (socket: Socket) => void) => async () => ({
  HTTP_PROXY: (await netEnd(answer)).url,
});

const cases: Record<string, Case> = {
  'a name that nobody knows': {
    code: 'TRANSPORT_DNS',
    says: /ENOTFOUND.*host name in URL/,
    at: 'http://tenant.invalid',
  },
  'a port where nothing listens': {
    code: 'TRANSPORT_REFUSED',
    says: /ECONNREFUSED.*host and port in URL/,
    at: 'http://127.0.0.1:1',
  },
  'a proxy whose name nobody knows': {
    code: 'TRANSPORT_DNS',
    says: /ENOTFOUND proxy\.invalid.*host name of the proxy in HTTP_PROXY/,
    at: 'http://127.0.0.1:1',
    env: async () => ({ HTTP_PROXY: 'http://proxy.invalid:3128' }),
  },
  'a proxy that is not there': {
    code: 'TRANSPORT_REFUSED',
    says: /ECONNREFUSED.*host and port of the proxy in HTTP_PROXY/,
    at: 'http://tenant.invalid',
    env: async () => ({ HTTP_PROXY: 'http://127.0.0.1:1' }),
  },
  'plain HTTP behind https': {
    code: 'TRANSPORT_TLS',
    says: /does not speak TLS: check the port in URL, or begin it with http:/,
    at: (socket) => socket.end(`${okHead}\r\n`),
  },
  'no answer in time': { code: 'TRANSPORT_TIMEOUT', says: /may have taken/, at: silent, timeoutMs: 500 },
  'a connection that is reset': {
    code: 'TRANSPORT_RESET',
    says: /ECONNRESET.*not sent again/,
    at: (socket) => socket.resetAndDestroy(),
  },
  'a connection that is closed': {
    code: 'TRANSPORT_RESET',
    says: /not sent again/,
    at: (socket) => socket.end(),
  },
  // Of this error, Playwright keeps the text "aborted" and no code.
  'a body that breaks off': {
    code: 'TRANSPORT_RESET',
    says: /not sent again/,
    at: (socket) => socket.end(`${okHead}content-length: 100\r\n\r\nabc`),
  },
  'no HTTP': {
    code: 'TRANSPORT_MALFORMED',
    says: /not HTTP.*what answers at URL/,
    at: (socket) => socket.end('Good day\r\n\r\n'),
  },
  'a head that is too long': {
    code: 'TRANSPORT_MALFORMED',
    says: /not HTTP/,
    at: (socket) => socket.end(`${okHead}x: ${'a'.repeat(100_000)}\r\n\r\n`),
  },
  'two lengths of one body': {
    code: 'TRANSPORT_MALFORMED',
    says: /not HTTP/,
    at: (socket) => socket.end(`${okHead}content-length: 2\r\ncontent-length: 2\r\n\r\nOK`),
  },
  'an answer that is too long': {
    code: 'TRANSPORT_TOO_LONG',
    says: /what answers at URL/,
    at: (socket) => {
      socket.write(`${okHead}\r\n`);
      socket.end(Buffer.alloc(70_000_000));
    },
  },
  'a proxy that opens no tunnel': {
    code: 'PROXY_REFUSED',
    says: /403.*proxy allows the host of URL/,
    at: 'http://tenant.invalid',
    env: throughProxy((socket) => socket.end('HTTP/1.1 403 No\r\ncontent-length: 0\r\n\r\n')),
  },
};

async function urlOf({ at, code }: Case): Promise<string> {
  const url = typeof at === 'string' ? at : (await netEnd(at)).url;
  return code === 'TRANSPORT_TLS' ? url.replace('http:', 'https:') : url;
}

function assertSays({ code, message }: TransportFailure, { code: expected, says }: Case, url: string): void {
  assert.equal(code, expected, message);
  assert.ok(message.startsWith(`${code}  `), message);
  assert.match(message, new RegExp(says.source.replace('URL', url)));
}

suite('A run', () => {
  for (const [name, one] of Object.entries(cases)) {
    test(name, async () => {
      const env = (await one.env?.()) ?? {};
      const exchange = await sentTo(await urlOf(one), { requestTimeoutMs: one.timeoutMs ?? 20_000, env });
      assertSays(exchange.failure!, one, 'TENANT_URL');
    });
  }

  const withoutCode: Record<string, Case> = {
    'a body that is not compressed as it says: Playwright keeps the text only': {
      code: 'TRANSPORT_MALFORMED',
      says: /^TRANSPORT_MALFORMED {2}failed to decompress/,
      at: (socket) => socket.end(`${okHead}content-encoding: gzip\r\ncontent-length: 3\r\n\r\nabc`),
    },
    'a proxy that closes the connection: Playwright keeps the text only': {
      code: 'PROXY_REFUSED',
      says: /^PROXY_REFUSED {2}Proxy connection ended.*HTTP_PROXY/,
      at: 'https://tenant.invalid',
      env: async () => ({ HTTPS_PROXY: (await netEnd((socket) => socket.end())).url }),
    },
    'a SOCKS proxy that is not there: the code is a word of the text': {
      code: 'TRANSPORT_REFUSED',
      says: /ECONNREFUSED/,
      at: 'https://tenant.invalid',
      env: async () => ({ HTTPS_PROXY: 'socks5://127.0.0.1:1' }),
    },
  };
  for (const [name, one] of Object.entries(withoutCode)) {
    test(name, async () => {
      const env = (await one.env?.()) ?? {};
      const exchange = await sentTo(await urlOf(one), { requestTimeoutMs: one.timeoutMs ?? 20_000, env });
      assertSays(exchange.failure!, one, 'TENANT_URL');
    });
  }

  test('a proxy that wants a password', async () => {
    const env = { HTTP_PROXY: (await netEnd((socket) => socket.end('HTTP/1.1 407 No\r\n\r\n'))).url };
    const { failure } = await sentTo('http://tenant.invalid', { env });
    assert.equal(failure?.code, 'PROXY_CREDENTIALS');
  });

  test('a gateway that is busy', async () => {
    const end = await httpEnd((response) => response.writeHead(502).end());
    assert.equal((await sentTo(end.url)).failure?.code, 'TRANSPORT_BUSY');
  });

  test('a transport that the harness has closed', async () => {
    const transport = await opened((await httpEnd()).url);
    await transport.close();
    assert.equal((await transport.send(posted('http://127.0.0.1:1'))).failure?.code, 'TRANSPORT_CLOSED');
  });

  test('a header that cannot be sent', async () => {
    const transport = await opened((await httpEnd()).url);
    const { failure } = await transport.send(posted('http://127.0.0.1:1', { headers: { token: 'a\nb' } }));
    assert.equal(failure?.code, 'TRANSPORT_FAILED');
  });
});

suite('The recorder names its own options', () => {
  async function forwarded(url: string, env: Record<string, string>, timeoutMs = 20_000) {
    const forward = new Forward({ url, timeoutMs, env });
    ends.push(() => forward.close());
    const sending = forward.send({ method: 'POST', target: '/x', headers: [], body: Buffer.from('{}') });
    return { forward, sending };
  }

  for (const [name, one] of Object.entries(cases)) {
    test(name, async () => {
      const { sending } = await forwarded(await urlOf(one), (await one.env?.()) ?? {}, one.timeoutMs);
      const outcome = await sending;
      assert.ok('failure' in outcome);
      assertSays(outcome.failure, one, '--forward');
    });
  }

  test('a recorder that ends', async () => {
    const { forward, sending } = await forwarded((await netEnd(silent)).url, {});
    await forward.close();
    const outcome = await sending;
    assert.ok('failure' in outcome);
    assert.equal(outcome.failure.code, 'TRANSPORT_CLOSED', outcome.failure.message);
  });
});

test('a code is taken from the error, then from its cause, then from the text, and from no host name', () => {
  const reset = Object.assign(new Error('read'), { code: 'ECONNRESET' });
  assert.equal(systemCodeOf(reset, 'connect EPIPE'), 'ECONNRESET');
  assert.equal(systemCodeOf(new Error('fetch failed', { cause: reset }), 'fetch failed'), 'ECONNRESET');
  assert.equal(systemCodeOf(new Error(), 'connect EPIPE 127.0.0.1:1'), 'EPIPE');
  assert.equal(systemCodeOf(new Error(), 'read from econnreset.example'), undefined);
});
