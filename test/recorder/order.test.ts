// Requests in flight at the same time, and senders that do not wait for answers as usual.
import assert from 'node:assert/strict';
import { request as httpRequest, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { LogCheck } from '../../src/check/log-check.ts';
import type { CheckSummary } from '../../src/check/result.ts';
import { readLog } from '../../src/logs/read-log.ts';
import { eventsBody } from '../../src/protocol/events.ts';
import { RequestOrder } from '../../src/recorder/wire/request-order.ts';
import { eventOf } from '../sandbox/client.ts';
import { httpEnd, token } from '../tenant/ends.ts';
import { until } from '../time-limit.ts';
import { ends, forwarding, recordsIn, type Started, textIn } from './recorders.ts';
import { path, sent } from './wire-sender.ts';

const json = ['Content-Type', 'application/json', 'token', token];

function bodyOf(event: string): string {
  return JSON.stringify(eventsBody({ conversationId: 'c', botId: 'st-1' }, [eventOf(event)]));
}

/** A tenant whose answers the test sends. */
async function holding() {
  const held: ServerResponse[] = [];
  const tenant = await httpEnd((response) => held.push(response));
  return { ...tenant, held };
}

function wire(recorder: Started): Socket {
  const { hostname, port } = new URL(recorder.url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  ends.push(() => socket.destroy());
  return socket;
}

function rawRequest(body: string): string {
  return `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\ntoken: ${token}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

async function checked(folder: string): Promise<CheckSummary> {
  const check = new LogCheck();
  for await (const batch of readLog(`${folder}/evidence.ndjson`)) {
    for (const found of batch) if (found.kind === 'request') check.take(found.record);
  }
  return check.end();
}

test('when answers come back in another order, the end is reported once all have come', async () => {
  const tenant = await holding();
  const recorder = await forwarding(tenant.url);
  const sending = [];
  for (const [index, event] of ['NA entry', 'NA exit', 'end'].entries()) {
    sending.push(sent(recorder.url + path, { headers: json, body: bodyOf(event) }));
    await until(() => tenant.held.length > index);
  }
  for (const index of [2, 1, 0]) {
    assert.deepEqual(recorder.reported.over, [], 'not while an earlier request is in flight');
    tenant.held[index]!.end('OK');
    await sending[index];
  }
  assert.deepEqual(
    recorder.reported.over.map(({ verdict }) => verdict),
    ['pass'],
  );
  const times = recordsIn(recorder.folder).map(({ startedAt }) => startedAt);
  assert.ok(times[2]! < times[1]! && times[1]! < times[0]!, `in order of arrival: ${times}`);
  const live = await recorder.stop();
  assert.equal(live.totals.passed, 1);
  assert.deepEqual((await checked(recorder.folder)).totals, live.totals);
});

test('a conversation is reported again when its findings change, even if their number does not', async () => {
  const tenant = await httpEnd();
  const recorder = await forwarding(tenant.url);
  for (const event of ['NA entry', 'end', 'NA exit']) {
    await sent(recorder.url + path, { headers: json, body: bodyOf(event) });
  }
  const lines = recorder.reported.over.map(({ findings }) => findings.map(({ line }) => line));
  assert.equal(lines.length, 2);
  assert.notDeepEqual(lines[0], lines[1]);
});

test('requests that are sent without waiting for answers reach the tenant one after the other', async () => {
  const tenant = await holding();
  const recorder = await forwarding(tenant.url);
  const socket = wire(recorder);
  socket.write(['NA entry', 'NA exit', 'end'].map((event) => rawRequest(bodyOf(event))).join(''));
  for (let number = 1; number <= 3; number += 1) {
    await until(() => tenant.held.length === number);
    await sleep(20);
    assert.equal(tenant.held.length, number, 'the next waits for the answer to this one');
    tenant.held.at(-1)!.end('OK');
  }
  await until(() => recordsIn(recorder.folder).length === 3);
  assert.deepEqual(
    tenant.received.map(({ body }) => body.toString()),
    ['NA entry', 'NA exit', 'end'].map(bodyOf),
  );
  assert.equal((await recorder.stop()).totals.passed, 1);
});

test('a sender that closes its half of the connection gets its answers', async () => {
  const tenant = await httpEnd();
  const recorder = await forwarding(tenant.url);
  const socket = wire(recorder);
  socket.end(rawRequest(bodyOf('NA entry')) + rawRequest(bodyOf('NA exit')));
  let text = '';
  for await (const chunk of socket) text += chunk;
  assert.equal(text.match(/^HTTP\/1\.1 200 OK\r$/gm)?.length, 2, text);
  assert.deepEqual(
    recordsIn(recorder.folder).map(({ failure }) => failure),
    [undefined, undefined],
  );
});

for (const status of [200, 400]) {
  test(`an answer of ${status} that a sender does not wait for is kept`, async () => {
    const tenant = await holding();
    const statuses: (number | undefined)[] = [];
    const recorder = await forwarding(tenant.url, { onRecord: ({ status }) => statuses.push(status) });
    const { hostname, port } = new URL(recorder.url);
    const headers = { 'content-type': 'application/json', token };
    const request = httpRequest({ hostname, port, path, method: 'POST', headers });
    request.on('error', () => {});
    request.end(bodyOf('NA entry'));
    await until(() => tenant.held.length === 1);
    request.destroy();
    await new Promise((resolve) => request.once('close', resolve));
    tenant.held[0]!.writeHead(status).end('{"code":400,"message":"no"}');
    await until(() => textIn(recorder.folder) !== '');
    const [record] = recordsIn(recorder.folder);
    assert.match(record!.failure!.message, /the sender closed the connection/);
    assert.equal((status === 400 ? record!.answer : record!.unheard)?.status, status);
    assert.deepEqual(statuses, [undefined], 'no sender got a status');
    // A refused event changed nothing; after any other answer, sending it again is a retry.
    const again = sent(recorder.url + path, { headers: json, body: bodyOf('NA entry') });
    await until(() => tenant.held.length === 2);
    tenant.held[1]!.end('OK');
    await again;
    const { totals } = await recorder.stop();
    assert.deepEqual([totals.refused, totals.retries], status === 400 ? [1, 0] : [0, 1]);
    assert.deepEqual((await checked(recorder.folder)).totals, totals);
  });
}

test('when it stops, the recorder waits for requests in flight', async () => {
  const tenant = await holding();
  const recorder = await forwarding(tenant.url);
  const sending = sent(recorder.url + path, { headers: json, body: bodyOf('NA entry') });
  await until(() => tenant.held.length === 1);
  assert.equal(recorder.inFlight(), 1);
  const stopped = recorder.stop();
  await sleep(50);
  tenant.held[0]!.end('OK');
  assert.equal((await sending).status, 200);
  assert.equal((await stopped).totals.requests, 1);
});

test('a request that takes too long then is broken off, and recorded and answered as such', async () => {
  const tenant = await holding();
  const recorder = await forwarding(tenant.url, { graceMs: 50 });
  const sending = sent(recorder.url + path, { headers: json, body: bodyOf('NA entry') });
  await until(() => tenant.held.length === 1);
  await recorder.stop();
  const answer = await sending;
  assert.equal(answer.status, 503);
  assert.match(answer.body.toString(), /the recorder was stopped before the tenant answered/);
  const [record] = recordsIn(recorder.folder);
  assert.match(record!.failure!.message, /the recorder was stopped/);
});

test('each request has a later time than the one before', () => {
  const order = new RequestOrder();
  const times = Array.from({ length: 5000 }, () => order.time());
  assert.equal(new Set(times).size, times.length);
  assert.deepEqual(
    times,
    times.toSorted((one, other) => one - other),
  );
  assert.ok(Math.abs(times.at(-1)! - Date.now()) < 10_000);
});
