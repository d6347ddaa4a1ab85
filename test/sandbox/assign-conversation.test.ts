import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Assignment,
  assignmentParameters,
  judgeAssigned,
  type Target,
} from '../../src/protocol/assignment.ts';
import { type Delivery, judgeCallback } from '../../src/protocol/callback.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { timeLimit, until } from '../time-limit.ts';
import { goodToken, type Reply, send } from './client.ts';

let sandbox: Sandbox;
let listener: Server;
let callbackUrl: string;
let deliveries: Delivery[] = [];

before(async () => {
  sandbox = await startSandbox();
  listener = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method = '', url: path = '', headers } = request;
    deliveries.push({ method, path, contentType: headers['content-type'] ?? '', body });
    response.end();
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  callbackUrl = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/outcome`;
});
after(async () => {
  await sandbox.close();
  listener.close().closeAllConnections();
});
beforeEach(() => {
  deliveries = [];
});

function assignmentTo(target: Target): Assignment {
  const { TENANT_ORG_ID, TENANT_BOT_SESSION_ID } = sandbox.settings;
  return { callbackUrl, orgId: TENANT_ORG_ID!, botSessionId: TENANT_BOT_SESSION_ID!, target };
}

function path(botId = sandbox.settings.TENANT_BOT_ID, query = ''): string {
  return `/agentassist/api/v1/public/${botId}/assign-conversation${query}`;
}

function assign(body: unknown, headers: Record<string, string> = {}): Promise<Reply> {
  return send(sandbox, {
    path: path(),
    body,
    headers: { auth: goodToken(sandbox), 'content-type': 'application/json', ...headers },
  });
}

/** Waits long enough for a second delivery to arrive, if there is one. */
async function settle(): Promise<void> {
  await until(() => deliveries.length > 0);
  await sleep(100);
}

function assertOutcome(reply: Reply, assignment: Assignment): void {
  const answer = { status: reply.status, headers: {}, body: JSON.stringify(reply.json) };
  assert.equal(reply.status, 200, answer.body);
  assert.deepEqual(judgeAssigned(answer, assignment, 'ASSIGN-REQ-01').findings, []);
  assert.deepEqual(judgeCallback(deliveries, assignment, 0).findings, []);
  assert.deepEqual(JSON.parse(deliveries[0]!.body), reply.json, 'the callback is the answer');
}

describe('accepted, with one callback of the same session', () => {
  test('a transfer to an agent', async () => {
    const assignment = assignmentTo({ aId: sandbox.settings.TENANT_AGENT_ID! });
    const reply = await assign(assignmentParameters(assignment), {
      accountid: sandbox.settings.TENANT_ACCOUNT_ID!,
    });
    await settle();
    assertOutcome(reply, assignment);
    assert.ok(Math.abs(Number(reply.json.requestCompletedAt) - Date.now()) < 10_000);
  });
  test('a transfer to a queue, without the accountid header', async () => {
    const assignment = assignmentTo({ queueId: sandbox.settings.TENANT_QUEUE_ID! });
    const reply = await assign(assignmentParameters(assignment));
    await settle();
    assertOutcome(reply, assignment);
    assert.ok(!('agentId' in reply.json));
  });
  test('an unknown agent, organization and session', async () => {
    const assignment = { callbackUrl, orgId: 'o-x', botSessionId: 's-x', target: { aId: 'a-x' } };
    const reply = await assign(assignmentParameters(assignment));
    await settle();
    assertOutcome(reply, assignment);
  });
  for (const headers of [{}, { 'content-type': 'application/json' }]) {
    test(`parameters in the query, no body, ${JSON.stringify(headers)} (X-22)`, async () => {
      const assignment = assignmentTo({ aId: 'a-1' });
      const query = `?${new URLSearchParams({ ...assignmentParameters(assignment) })}`;
      const reply = await send(sandbox, {
        path: path(undefined, query),
        headers: { auth: goodToken(sandbox), ...headers },
      });
      await settle();
      assertOutcome(reply, assignment);
    });
  }
  test('a parameter in both body and query: the body wins', async () => {
    const assignment = assignmentTo({ aId: 'a-body' });
    const reply = await send(sandbox, {
      path: path(undefined, '?aId=a-query&orgId=o-query'),
      headers: { auth: goodToken(sandbox), 'content-type': 'application/json' },
      body: assignmentParameters(assignment),
    });
    await settle();
    assertOutcome(reply, assignment);
  });
});

describe('refused, with a JSON error and no callback', () => {
  const good = () => assignmentParameters(assignmentTo({ aId: 'a-1' })) as unknown as Record<string, unknown>;
  const without = (field: string) =>
    Object.fromEntries(Object.entries(good()).filter(([name]) => name !== field));
  const cases: Record<string, { status: number; message: RegExp; send: () => Promise<Reply> }> = {
    'no token': {
      status: 401,
      message: /JWT/,
      send: () =>
        send(sandbox, { path: path(), body: good(), headers: { 'content-type': 'application/json' } }),
    },
    'a token in the header of the hooks (X-01)': {
      status: 401,
      message: /JWT/,
      send: () =>
        send(sandbox, {
          path: path(),
          body: good(),
          headers: { token: goodToken(sandbox), 'content-type': 'application/json' },
        }),
    },
    'a garbage token': { status: 401, message: /JWT/, send: () => assign(good(), { auth: 'garbage' }) },
    'an unknown stream': {
      status: 400,
      message: /could not be found/,
      send: () =>
        send(sandbox, {
          path: path('st-unknown'),
          body: good(),
          headers: { auth: goodToken(sandbox), 'content-type': 'application/json' },
        }),
    },
    'no callbackUrl': { status: 400, message: /ASSIGN-REQ-02/, send: () => assign(without('callbackUrl')) },
    'no orgId': { status: 400, message: /ASSIGN-REQ-03/, send: () => assign(without('orgId')) },
    'no botSessionId': { status: 400, message: /ASSIGN-REQ-04/, send: () => assign(without('botSessionId')) },
    'neither aId nor queueId': { status: 400, message: /ASSIGN-REQ-05/, send: () => assign(without('aId')) },
    'both aId and queueId': {
      status: 400,
      message: /both given/,
      send: () => assign({ ...good(), queueId: 'qu-1' }),
    },
    'neither body nor query': { status: 400, message: /ASSIGN-REQ-02/, send: () => assign('') },
    'a list': { status: 400, message: /./, send: () => assign([]) },
    'a body that is not JSON': { status: 400, message: /well-formed/, send: () => assign('{') },
    'text/plain': {
      status: 415,
      message: /application\/json/,
      send: () => assign(good(), { 'content-type': 'text/plain' }),
    },
    'too large': {
      status: 413,
      message: /bytes/,
      send: () => assign({ ...good(), more: 'x'.repeat(2 ** 21) }),
    },
    GET: { status: 405, message: /POST/, send: () => send(sandbox, { path: path(), method: 'GET' }) },
    'a parameter twice in the query': {
      status: 400,
      message: /ASSIGN-REQ-03/,
      send: () =>
        send(sandbox, { path: path(undefined, '?orgId=1&orgId=2'), headers: { auth: goodToken(sandbox) } }),
    },
  };
  for (const [name, { status, message, send: sent }] of Object.entries(cases)) {
    test(name, async () => {
      const reply = await sent();
      assert.equal(reply.status, status, JSON.stringify(reply.json));
      assert.equal(reply.json.code, status);
      assert.match(String(reply.json.message), message);
      await sleep(20);
      assert.deepEqual(deliveries, []);
    });
  }
});

test('a callback URL that cannot be reached does no harm', async () => {
  for (const url of ['http://127.0.0.1:1/', 'http://[', 'https://nowhere.invalid/']) {
    const reply = await assign({ ...assignmentParameters(assignmentTo({ aId: 'a-1' })), callbackUrl: url });
    assert.equal(reply.status, 200);
  }
  await sleep(100);
  assert.equal((await assign('')).status, 400, 'the sandbox still answers');
});

test('close does not wait for a callback in flight', { timeout: timeLimit }, async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const own = await startSandbox();
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const reached = once(silent, 'request');
  await send(own, {
    path: `/agentassist/api/v1/public/${own.settings.TENANT_BOT_ID}/assign-conversation`,
    headers: { auth: goodToken(own), 'content-type': 'application/json' },
    body: { callbackUrl: url, orgId: 'o', botSessionId: 's', aId: 'a' },
  });
  await reached;
  const start = performance.now();
  await own.close();
  assert.ok(performance.now() - start < 1000);
  silent.close().closeAllConnections();
});
