// What lies beside a body, and is about something else: the time of a process, the headers of an answer, another request.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { requestOf } from './logs.ts';

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
