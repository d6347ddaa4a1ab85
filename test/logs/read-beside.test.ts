// What lies beside a body, and is about something else: the time of a process, the headers of an answer, another request.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fieldPath } from '../../src/logs/where.ts';
import { asLines, foundIn, inShort, requestOf } from './logs.ts';

const body = { conversationId: 'c-1', botId: 'st-1', events: [{ name: 'TRIGGER_SUMMARY_EVENT' }] };
const [early, late] = ['2026-05-04T09:00:00.000Z', '2026-05-04T09:30:00.000Z'];

suite('The time of a request', () => {
  for (const record of [
    { timestamp: late, call: { startedAt: early }, payload: body },
    { '@timestamp': late, process: { startTime: early, pid: 1 }, payload: body },
    { ts: late, session: { createdAt: early }, payload: body },
    { time: late, payload: body, job: { created: early } },
    // Of something around the body as well.
    { timestamp: late, entry: { process: { startTime: early }, payload: body } },
    // That of a request is when it was sent; the record may be written later.
    { request: { startedAt: late, url: '/agentassist/api/v1/hooks/st-1' }, payload: body },
    // Where there is nothing else, even that is better than nothing.
    { call: { startedAt: late }, payload: body },
  ]) {
    test(JSON.stringify(record).replace(JSON.stringify(body), '{…}'), async () => {
      assert.equal((await requestOf({ level: 'info', ...record })).time, Date.parse(late));
    });
  }
});

suite('A request to another service beside the call', () => {
  const other = { method: 'PUT', url: '/calls/77/state', headers: { 'content-type': 'text/xml' } };
  const hooks = `https://tenant.example/agentassist/api/v1/hooks/${body.botId}`;

  for (const record of [
    { req: other, payload: body },
    { req: { ...other, method: 'HEAD' }, payload: body },
    { req: { ...other, url: '/webhooks/cti' }, payload: body },
    { req: other, res: { statusCode: 200 }, hook: { payload: body } },
    { request: { ...other, url: 'https://cti.example/calls' }, data: { payload: body } },
    { ...other, hook: { payload: body } },
    { ...other, msg: `sending ${JSON.stringify(body)}` },
    {
      url: { path: '/calls' },
      http: { request: { method: 'PUT' }, response: { status_code: 404 } },
      payload: body,
    },
  ]) {
    test(`says nothing of it: ${JSON.stringify(record).replace(JSON.stringify(body), '{…}')}`, async () => {
      assert.deepEqual(await requestOf({ level: 30, ...record }), { body });
    });
  }

  test('is the call itself where it holds the body', async () => {
    for (const record of [
      { request: { ...other, body } },
      { req: { ...other, payload: body }, res: { statusCode: 200 } },
      { config: { ...other, data: JSON.stringify(body) } },
      { http: { ...other, body: JSON.stringify(body) } },
      { ...other, requestBody: body, statusCode: 200 },
      { ...other, req_body: JSON.stringify(body) },
    ]) {
      const read = await requestOf({ level: 30, ...record });
      assert.deepEqual([read.method, read.headers], ['PUT', other.headers], JSON.stringify(record));
    }
  });

  test('may be the call where the body lies right beside it', async () => {
    const reason =
      '1 skipped a request to another URL lies beside its body: it is not known whether it is this call; name the URL of the call: --url .path';
    for (const record of [
      { ...other, payload: body },
      { ...other, event: JSON.stringify(body) },
      { http: other, body },
      { req: other, res: { statusCode: 200 }, requestBody: JSON.stringify(body) },
    ]) {
      assert.deepEqual(inShort(await foundIn(asLines({ level: 30, ...record }))), [reason]);
    }
    const named = { where: { url: fieldPath('.url')! } };
    const read = await requestOf({ level: 30, ...other, payload: body }, named);
    assert.equal(read.url, other.url);
  });

  test('is none when it goes to the hooks, or to what may be a wrong path of them', async () => {
    for (const url of [hooks, '/agentassist/api/v1/hooks/st-1', '/hooks', '/st-1', 'send']) {
      const read = await requestOf({
        level: 30,
        req: { ...other, url },
        res: { statusCode: 200 },
        payload: body,
      });
      assert.deepEqual([read.method, read.headers, read.status], ['PUT', other.headers, 200], url);
    }
  });

  test('leaves it open whose answer it is that was no success', async () => {
    const record = { level: 30, req: other, res: { statusCode: 401 }, hook: { payload: body } };
    assert.deepEqual(inShort(await foundIn(asLines(record))), [
      '1 skipped the status 401 lies beside a request to another URL: it is not known whether it is that of this call; name the status of the call: --status .path',
    ]);
    assert.equal((await requestOf({ ...record, hook: { payload: body, status: 200 } })).status, 200);
    assert.equal((await requestOf(record, { where: { status: fieldPath('.res.statusCode')! } })).status, 401);
  });
});

test('The headers of an answer are not those of the request', async () => {
  const headers = { 'content-type': 'text/html' };
  const request = { url: `https://tenant.example/agentassist/api/v1/hooks/${body.botId}`, body };
  for (const answer of [
    { response: { status: 200, headers } },
    { res: { statusCode: 200, headers } },
    { reply: { http: { status: 200 }, headers } },
  ]) {
    const { headers: found } = await requestOf({ level: 30, request, ...answer });
    assert.equal(found, undefined, JSON.stringify(answer));
  }
});
