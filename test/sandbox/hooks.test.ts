import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import jwt from 'jsonwebtoken';
import { judgeUnknownBot } from '../../src/protocol/answers.ts';
import { eventsBody, messageBody } from '../../src/protocol/events.ts';
import { documentedBehaviour } from '../../src/sandbox/behaviour.ts';
import { type RequestLine, randomIdentity, type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { until } from '../time-limit.ts';
import {
  envelope,
  eventOf,
  goodToken,
  hooksPath,
  type Reply,
  send,
  sendEvents,
  userMessage,
} from './client.ts';

let sandbox: Sandbox;
let number = 0;
const newId = () => `hooks-${++number}`;
const entry = eventOf('NA entry');
const entryBody = () => eventsBody(envelope(sandbox, newId()), [entry]);

before(async () => {
  sandbox = await startSandbox();
});
after(() => sandbox.close());

function assertRefused(reply: Reply, status: number, message: RegExp = /./): void {
  assert.equal(reply.status, status, JSON.stringify(reply.json));
  assert.match(reply.headers.get('content-type') ?? '', /^application\/json/);
  assert.equal(reply.json.code, status);
  assert.match(String(reply.json.message), message);
}

describe('accepted', () => {
  for (const path of [
    '/agentassist/api/v1/hooks',
    '/agentai/api/v1/hooks',
    '/api/v1/hooks',
    '///api/v1/hooks',
  ]) {
    test(`a transfer event at ${path} (X-02)`, async () => {
      const reply = await send(sandbox, {
        body: entryBody(),
        path: `${path}/${sandbox.settings.TENANT_BOT_ID}`,
      });
      assert.equal(reply.status, 200);
      assert.match(reply.headers.get('content-type')!, /^application\/json/);
      assert.deepEqual(reply.json, { STATUS: 'OK' });
    });
  }
  for (const name of ['token', 'auth']) {
    test(`the JWT in the header ${name} (X-01)`, async () => {
      const headers = { [name]: goodToken(sandbox), 'content-type': 'application/json' };
      assert.equal((await send(sandbox, { body: entryBody(), headers })).status, 200);
    });
  }
  test('a JWT with only an appId', async () => {
    const { TENANT_CLIENT_ID, TENANT_CLIENT_SECRET } = sandbox.settings;
    const token = jwt.sign({ appId: TENANT_CLIENT_ID }, TENANT_CLIENT_SECRET!, { noTimestamp: true });
    const headers = { token, 'content-type': 'application/json' };
    assert.equal((await send(sandbox, { body: entryBody(), headers })).status, 200);
  });
  for (const type of ['application/json; charset=utf-8', 'Application/JSON', 'application/json;charset']) {
    test(`content type ${type}`, async () => {
      const headers = { token: goodToken(sandbox), 'content-type': type };
      assert.equal((await send(sandbox, { body: entryBody(), headers })).status, 200);
    });
  }
  test('a message', async () => {
    const body = messageBody(envelope(sandbox, newId()), userMessage());
    assert.equal((await send(sandbox, { body })).status, 200);
  });
  for (const isExtAD of [true, false, 'true', 'false']) {
    test(`isExtAD ${JSON.stringify(isExtAD)} (HOOKS-XFER-04)`, async () => {
      const body = { ...entryBody(), events: [{ ...entry, isExtAD }] };
      assert.equal((await send(sandbox, { body })).status, 200);
    });
  }
  test('another hooks path, which the settings name', async () => {
    const own = await startSandbox({ hooksPath: '/somewhere/hooks' });
    try {
      assert.equal(own.settings.TENANT_HOOKS_PATH, '/somewhere/hooks');
      const body = eventsBody(envelope(own, 'own'), [entry]);
      const path = `/somewhere/hooks/${own.settings.TENANT_BOT_ID}`;
      assert.equal((await send(own, { body, path })).status, 200);
    } finally {
      await own.close();
    }
  });
});

describe('a token that does not authorise is refused with 401', () => {
  const wrong: Record<string, (clientId: string, secret: string) => string | undefined> = {
    'no token': () => undefined,
    'an empty token': () => '',
    garbage: () => 'this-is-no-token',
    'three parts of garbage': () => 'a.b.c',
    'a wrong signature': (appId) => jwt.sign({ appId }, 'some other secret'),
    'an expired token': (appId, secret) => jwt.sign({ appId }, secret, { expiresIn: -60 }),
    'a token that is not valid yet': (appId, secret) => jwt.sign({ appId }, secret, { notBefore: 600 }),
    'an unsigned token': (appId) => jwt.sign({ appId }, '', { algorithm: 'none' }),
    'another algorithm': (appId, secret) => jwt.sign({ appId }, secret, { algorithm: 'HS512' }),
    'another appId': (appId, secret) => jwt.sign({ appId: `${appId}-other` }, secret),
    'no appId': (_, secret) => jwt.sign({}, secret),
    'a text as its claims': (appId, secret) => jwt.sign(appId, secret),
  };
  for (const [name, make] of Object.entries(wrong)) {
    test(name, async () => {
      const { TENANT_CLIENT_ID, TENANT_CLIENT_SECRET } = sandbox.settings;
      const token = make(TENANT_CLIENT_ID!, TENANT_CLIENT_SECRET!);
      const headers = { 'content-type': 'application/json', ...(token === undefined ? {} : { token }) };
      const reply = await send(sandbox, { body: entryBody(), headers });
      assertRefused(reply, 401, /JWT/);
      if (token) assert.ok(!String(reply.json.message).includes(token));
    });
  }
  test('a refused request has no effect', async () => {
    const body = entryBody();
    await send(sandbox, { body, headers: { 'content-type': 'application/json' } });
    assert.equal((await send(sandbox, { body })).status, 200);
    assert.equal(sandbox.received(body.conversationId), 2, 'but it was received');
  });
});

describe('an unknown bot is answered with the documented error', () => {
  const judged = (reply: Reply) =>
    judgeUnknownBot({ status: reply.status, headers: {}, body: JSON.stringify(reply.json) }).findings;
  test('in the path', async () => {
    const reply = await send(sandbox, { body: entryBody(), path: hooksPath(sandbox, 'st-unknown') });
    assert.deepEqual(judged(reply), []);
  });
  test('in the body', async () => {
    const reply = await send(sandbox, { body: { ...entryBody(), botId: 'st-unknown' } });
    assert.deepEqual(judged(reply), []);
  });
  test('in a path with a botId of a thousand characters', async () => {
    const reply = await send(sandbox, { body: entryBody(), path: hooksPath(sandbox, 'x'.repeat(1000)) });
    assert.deepEqual(judged(reply), []);
  });
});

describe('a malformed request is refused', () => {
  const headers = (type?: string) => ({
    token: goodToken(sandbox),
    ...(type === undefined ? {} : { 'content-type': type }),
  });
  for (const type of [
    'text/plain',
    'application/xml',
    'application/jsonp',
    'nonsense',
    'multipart/form-data; boundary=x',
  ]) {
    test(`content type ${type}`, async () => {
      const body = JSON.stringify(entryBody());
      assertRefused(await send(sandbox, { body, headers: headers(type) }), 415, /HOOKS-HDR-01/);
    });
  }
  test('no content type', async () => {
    const body = new TextEncoder().encode(JSON.stringify(entryBody()));
    assertRefused(await send(sandbox, { body, headers: headers() }), 415);
  });
  for (const [name, body] of Object.entries({
    'an empty body': '',
    'JSON that is cut off': '{"conversationId":',
    'invalid UTF-8': Uint8Array.of(0x22, 0xff, 0xfe, 0x22),
    'ten thousand levels': `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
    'ten thousand levels in a field': `{"conversationId":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
    null: 'null',
    'a list': '[]',
    'a number': '1',
    'keys of the prototype': '{"__proto__":{"conversationId":"c"},"constructor":{"prototype":{}}}',
  })) {
    test(`${name}`, async () => assertRefused(await send(sandbox, { body }), 400));
  }
  test('the order of the checks: token, botId of the path, content type, JSON', async () => {
    const path = hooksPath(sandbox, 'st-unknown');
    assertRefused(await send(sandbox, { body: '{', path, headers: { 'content-type': 'nonsense' } }), 401);
    assertRefused(await send(sandbox, { body: '{', path, headers: headers('nonsense') }), 400, /Linked bot/);
    assertRefused(await send(sandbox, { body: '{', headers: headers('nonsense') }), 415);
    assertRefused(await send(sandbox, { body: '{' }), 400, /well-formed/);
    const unknown = { ...entryBody(), botId: 'st-unknown', conversationId: '' };
    assertRefused(await send(sandbox, { body: unknown }), 400, /HOOKS-ENV-01/);
  });
  test('every problem is listed with its requirement', async () => {
    const { participant: _, ...event } = entry as unknown as Record<string, unknown>;
    const body = { ...entryBody(), conversationId: 7, events: [{ ...event, transition: 'sideways' }] };
    const reply = await send(sandbox, { body });
    assertRefused(reply, 400);
    for (const clause of ['HOOKS-ENV-01', 'HOOKS-XFER-08', 'HOOKS-XFER-02']) {
      assert.match(String(reply.json.message), new RegExp(clause));
    }
  });
  test('only the first hundred problems of a body are listed', async () => {
    const reply = await send(sandbox, { body: { ...entryBody(), events: Array(50_000).fill({}) } });
    assertRefused(reply, 400, /and 49900 more$/);
  });
  test('a body beyond a megabyte is refused with 413, every time', async () => {
    const body = JSON.stringify({ ...entryBody(), padding: 'x'.repeat(3 * 1024 * 1024) });
    for (let time = 0; time < 10; time++) assertRefused(await send(sandbox, { body }), 413);
  });
  test('a body of a megabyte is accepted', async () => {
    const plain = JSON.stringify({ ...entryBody(), padding: '' });
    const body = plain.replace('"padding":""', `"padding":"${'x'.repeat(1024 * 1024 - plain.length)}"`);
    assert.equal((await send(sandbox, { body })).status, 200);
  });
});

test('one part of the behaviour can be replaced without touching the others', async () => {
  const order = { ...documentedBehaviour.order };
  const careless = { ...order['one NA entry']!, breach: () => undefined };
  const faulty = await startSandbox({ behaviour: { order: { ...order, 'one NA entry': careless } } });
  try {
    assert.equal((await sendEvents(faulty, 'c', entry)).status, 200);
    assert.equal((await sendEvents(faulty, 'c', eventOf('NA entry 2'))).status, 200);
    assert.equal((await sendEvents(faulty, 'd', eventOf('cold entry'))).status, 409);
  } finally {
    await faulty.close();
  }
});

test('onRequest gets every answered request, but no token', async () => {
  const lines: RequestLine[] = [];
  const watched = await startSandbox({ onRequest: (line) => lines.push(line) });
  try {
    await sendEvents(watched, 'c-watched', entry, eventOf('NA exit'));
    await send(watched, { path: '/nowhere?token=secret', body: {} });
    await until(() => lines.length >= 2);
  } finally {
    await watched.close();
  }
  const name = 'INTERNAL_TRANSFER_EVENT';
  assert.partialDeepStrictEqual(lines[0], { status: 200, events: [name, name], conversationId: 'c-watched' });
  assert.partialDeepStrictEqual(lines[1], { status: 404, method: 'POST', path: '/nowhere', events: [] });
  assert.doesNotMatch(JSON.stringify(lines), /eyJ|secret/);
});

test('every id and the secret of an identity are random', () => {
  const [one, two] = [Object.values(randomIdentity()), Object.values(randomIdentity())];
  assert.equal(new Set([...one, ...two]).size, 16);
});
