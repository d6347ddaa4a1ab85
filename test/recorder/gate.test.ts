// Who gets in: the recorder's own address and names, no page of another site, and whoever reads has the token.
import assert from 'node:assert/strict';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { Gate, isLoopback, nameOf } from '../../src/recorder/wire/gate.ts';
import { eventOf, sendEvents } from '../sandbox/client.ts';
import { httpEnd } from '../tenant/ends.ts';
import { asTenant, forwarding, recording, type Started, textIn } from './recorders.ts';
import { entry, path } from './wire-sender.ts';

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  target?: string;
}

/** @returns status and message of the answer */
function asked({ url }: Started, { method = 'GET', headers = {}, body, target = '/conversations' }: Asked) {
  const { hostname, port, host } = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>();
  const all = { host, ...headers };
  const request = httpRequest({ hostname, port, path: target, method, headers: all, agent: false });
  request.on('error', reject).on('response', async (response) => {
    let text = '';
    for await (const chunk of response) text += chunk;
    resolve({ status: response.statusCode!, text });
  });
  request.end(body);
  return promise;
}

const foreign: [name: string, headers: Record<string, string>, message: RegExp][] = [
  ['a rebound name', { host: 'evil.example:4010' }, /not known by that name.*--host-name evil\.example/],
  ['a name that ends like an own one', { host: 'localhost.evil.example' }, /not known/],
  ['a name that begins like an address', { host: '127.0.0.1.evil.example' }, /not known/],
  ['another address', { host: '192.0.2.7' }, /not known/],
  ['a page', { origin: 'https://evil.example' }, /web page at .*evil\.example/],
  ['a page of another port', { origin: 'http://127.0.0.1:1' }, /web page/],
  ['a page without an origin', { origin: 'null' }, /web page/],
  ['an image of a page', { 'sec-fetch-site': 'cross-site' }, /web page of another site/],
  ['a page of a neighbour', { 'sec-fetch-site': 'same-site' }, /web page of another site/],
  ['something else', { 'sec-fetch-site': 'x' }, /web page of another site/],
];
for (const [name, headers, message] of foreign) {
  test(`${name}: can neither read nor send`, async () => {
    const tenant = await httpEnd();
    const recorder = await forwarding(tenant.url, { hostNames: [] });
    const post = {
      method: 'POST',
      target: path,
      body: entry,
      headers: { ...headers, 'content-type': 'text/plain' },
    };
    for (const answer of [await asked(recorder, { headers }), await asked(recorder, post)]) {
      assert.equal(answer.status, 403);
      assert.match(JSON.parse(answer.text).message, message);
    }
    assert.deepEqual([tenant.received.length, textIn(recorder.folder)], [0, '']);
    assert.match(recorder.reported.trouble.join(), message);
  });
}

test('own names, a tool without such headers, and pages of its own get in', async () => {
  const tenant = await httpEnd();
  const recorder = await forwarding(tenant.url, { hostNames: ['recorder.example'] });
  const { host, port } = new URL(recorder.url);
  const own: Record<string, string>[] = [
    {},
    { host: `LOCALHOST:${port}` },
    { host: '[::1]:9' },
    { host: '127.0.0.2' },
    { host: 'recorder.example' },
    { host: 'Recorder.Example.:80', origin: 'http://recorder.example:80' },
    { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
    { origin: 'https://recorder.example', 'sec-fetch-site': 'cross-site' },
    { host: new URL(tenant.url).host },
  ];
  for (const headers of own) {
    assert.equal((await asked(recorder, { headers })).status, 200, JSON.stringify(headers));
    assert.equal((await asked(recorder, { headers, target: '/any' })).status, 200, JSON.stringify(headers));
  }
  const proxied = { headers: { host: 'any.example' }, target: 'http://any.example/x' };
  assert.equal((await asked(recorder, proxied)).status, 200, 'a sender that has it as its proxy');
  const reading = { headers: { host: 'any.example' }, target: 'http://any.example/conversations' };
  assert.equal((await asked(recorder, reading)).status, 403);
});

test('on other than the loopback, reading needs the token; sending does not', async () => {
  const recorder = await recording({ host: '0.0.0.0', hostNames: [] });
  const { readToken } = recorder;
  assert.match(readToken!, /^[\w-]{24}$/);
  const tenant = asTenant(recorder);
  assert.equal((await sendEvents(tenant, 'c', eventOf('NA entry'))).status, 200);
  const statuses: Record<string, number> = {};
  for (const target of [
    '/conversations',
    '/conversations/c',
    '/conversations?limit=1',
    '/conversations?token=x',
  ]) {
    statuses[target] = (await asked(recorder, { target })).status;
    statuses[`HEAD ${target}`] = (await asked(recorder, { target, method: 'HEAD' })).status;
  }
  assert.deepEqual([...new Set(Object.values(statuses))], [401], JSON.stringify(statuses));
  const { text } = await asked(recorder, {});
  assert.match(JSON.parse(text).message, /the token that the recorder printed/);
  const authorization = `Bearer ${readToken}`;
  assert.equal((await asked(recorder, { headers: { authorization } })).status, 200);
  assert.equal((await asked(recorder, { target: `/conversations/c?token=${readToken}` })).status, 200);
  const wrong = { authorization: `Bearer ${readToken!.slice(1)}x` };
  assert.equal((await asked(recorder, { headers: wrong })).status, 401);
});

test('an adapter of another machine comes in by the address that it connects to', () => {
  const gate = new Gate('0.0.0.0', [], []);
  const from = (host: string, localAddress: string) =>
    ({
      headers: { host },
      rawHeaders: ['Host', host],
      url: path,
      socket: { localAddress },
    }) as unknown as IncomingMessage;
  assert.equal(gate.refusal(from('192.0.2.1:4010', '::ffff:192.0.2.1'), false), undefined);
  assert.equal(gate.refusal(from('[2001:db8::1]:4010', '2001:db8::1'), false), undefined);
  assert.equal(gate.refusal(from('192.0.2.2', '192.0.2.1'), false)?.status, 403);
});

test('names without their ports, and what the loopback is', () => {
  const names = { '[::1]:80': '::1', '::1': '::1', 'A.b.:1': 'a.b', '::ffff:127.0.0.1': '127.0.0.1', x: 'x' };
  assert.deepEqual(Object.keys(names).map(nameOf), Object.values(names));
  assert.deepEqual(
    ['127.9.9.9', '::1', 'localhost', '0.0.0.0', '::', '127.evil.example', '192.0.2.1'].map(isLoopback),
    [true, true, true, false, false, false, false],
  );
});
