// The time of a request, under the names and in the forms that logs have.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { asLines, foundIn, requestOf, requestsIn } from './logs.ts';

const body = { conversationId: 'c-1', botId: 'st-1', events: [{ name: 'TRIGGER_SUMMARY_EVENT' }] };
const iso = '2026-11-24T16:00:29.968Z';
const early = '2026-11-24T15:00:00Z';
const ms = Date.parse(iso);
const inSeconds = Date.parse('2026-11-24T16:00:29Z');

suite('A time', () => {
  for (const [given, time] of [
    [{ '@t': iso }, ms],
    [{ timestamp_ms: ms }, ms],
    [{ timestampUtc: iso }, ms],
    [{ 'TimeGenerated [UTC]': iso }, ms],
    [{ times: { start: iso, end: '2026-11-24T16:00:30Z' } }, ms],
    [{ Attributes: { SentTimestamp: String(ms) } }, ms],
    [{ publishTime: iso }, ms],
    [{ started: iso }, ms],
    [{ timestamp: [iso] }, ms],
    [{ timestamp: [2026, 11, 24, 16, 0, 29, 968_000_000] }, ms],
    [{ timestamp: [2026, 11, 24, 16, 0, 29] }, inSeconds],
    [{ Timestamp: `/Date(${ms})/` }, ms],
    [{ Timestamp: `/Date(${ms}+0100)/` }, ms],
    [{ time: '24.11.2026 16:00:29' }, inSeconds],
    [{ time: '24.11.2026, 16:00:29,968' }, ms],
    [{ time: '11/24/2026 04:00:29 PM' }, inSeconds],
    [{ time: '11/24/2026, 4:00:29 p.m.' }, inSeconds],
    [{ time: '24/11/2026 16:00:29' }, inSeconds],
    [{ time: '2026-11-24 17:00:29 CET' }, inSeconds],
    [{ time: '24 Nov 2026 18:00:29 EET' }, inSeconds],
    [{ date: '2026-11-24', time: '16:00:29.968' }, ms],
    [{ Datum: '24.11.2026', Uhrzeit: '16:00:29' }, inSeconds],
    [
      { date: '2026-11-24T00:00:00', time: '16:00:29.968', process: { startTime: '2026-11-24T10:00:00Z' } },
      ms,
    ],
    [{ time: 'Tue Nov 24 17:00:29 CET 2026' }, inSeconds],
    [{ time: 'Tue Nov 24 2026 17:00:29 GMT+0100 (Central European Standard Time)' }, inSeconds],
    [{ time: '2026-11-24 16:00:29.968 +0000 UTC' }, ms],
    [{ time: '2026-11-24 17:00:29.968 +0100 CET m=+0.018' }, ms],
    [{ time: '2026-11-24 4:00:29.968 PM' }, ms],
    [{ time: '11/24/2026, 4:00:29\u202fPM' }, inSeconds],
    [{ time: '2026-11-24  16:00:29' }, inSeconds],
    [{ time: '2026-11-24T15:00:29\u221201:00' }, inSeconds],
    [{ time: '[24/Nov/2026:16:00:29 +0000]' }, inSeconds],
    [{ time: '24 November 2026 at 16:00:29' }, inSeconds],
    [{ sentAt: { date: '2026-11-24 17:00:29.968000', timezone_type: 1, timezone: '+01:00' } }, ms],
    [{ sentAt: { S: iso } }, ms],
    [{ sentAt: { long: ms } }, ms],
    [{ at: { $date: { $numberLong: String(ms) } } }, ms],
    [{ delivered_at: iso }, ms],
    // An outbox delivers in another order than that in which it was filled.
    [{ created_at: early, delivered_at: iso }, ms],
    [{ queued_at: early, dispatchedAt: iso }, ms],
    [{ created: early, occurred_at: early, eventTime: early, published: iso }, ms],
    [{ created_at: iso, delivered_at: null }, ms],
    [{ timeStarted: iso }, ms],
    [{ accept_date: '24/Nov/2026:16:00:29.968' }, ms],
    [{ EnqueuedTimeUtc: iso }, ms],
    [{ recorded_at: 'Tue, 24 Nov 2026 16:00:29 GMT' }, inSeconds],
    [{ 'frame.time_epoch': String(ms / 1000) }, ms],
    // What is beside the body began earlier: the request's own time says more.
    [{ client: { timestamp_start: 1_700_000_000 }, req: { body, timestamp_start: ms / 1000 } }, ms],
    [{ 'customer.created_at': '2020-01-01T00:00:00Z', delivered_at: iso }, ms],
    // The month may be the day, and the zone is that of nobody.
    [{ time: '05/04/2026 16:00:29' }, undefined],
    [{ time: '2026-11-24 16:00:29 XYZ' }, undefined],
    [{ time: '13/24/2026 04:00:29 PM' }, undefined],
    [{ time: '2026-13-24 4:00:29 PM' }, undefined],
    [{ durationMs: [2026, 11] }, undefined],
  ] as const) {
    test(JSON.stringify(given), async () => {
      const { timeUnread: _, ...read } = await requestOf({ level: 'info', req: { body }, ...given });
      assert.equal(read.time, time);
    });
  }
});

suite('A record that is a list of its members', () => {
  const text = JSON.stringify(body);
  const read = { body, time: ms, status: 401 };

  test('OpenTelemetry: the body among the attributes', async () => {
    const attributes = [
      { key: 'http.request.body', value: { stringValue: text } },
      { key: 'http.response.status_code', value: { intValue: '401' } },
    ];
    const record = { timeUnixNano: `${ms}000000`, body: { stringValue: 'hook' }, attributes };
    const log = { resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] };
    assert.deepEqual(requestsIn(await foundIn(asLines(log))), [read]);
  });

  const members = {
    '@timestamp': iso,
    '@message': JSON.stringify({ msg: 'hook', payload: body, status: 401 }),
  };
  const row = Object.entries(members).map(([field, value]) => ({ field, value }));

  test('CloudWatch Insights', async () => {
    for (const log of [{ results: [row], status: 'Complete' }, [row]]) {
      for (const content of [asLines(log), JSON.stringify(log, undefined, 2)]) {
        assert.deepEqual(requestsIn(await foundIn(content)), [read]);
      }
    }
  });

  test('a table of Azure', async () => {
    const names = ['timestamp', 'resultCode', 'customDimensions'];
    const rows = [[iso, '401', JSON.stringify({ RequestBody: text })]];
    for (const log of [
      { tables: [{ name: 'PrimaryResult', columns: names.map((name) => ({ name, type: 'string' })), rows }] },
      { Tables: [{ Columns: names.map((ColumnName) => ({ ColumnName })), Rows: rows }] },
    ]) {
      for (const content of [asLines(log), JSON.stringify(log, undefined, 2)]) {
        assert.deepEqual(requestsIn(await foundIn(content)), [read]);
      }
    }
  });

  test('a search of Elastic, with each value in a list', async () => {
    const fields = {
      '@timestamp': [iso],
      'http.request.body.content': [text],
      'http.response.status_code': [401],
    };
    assert.deepEqual(requestsIn(await foundIn(asLines({ fields }))), [read]);
  });
});

suite('Digits in the text before a body', () => {
  const seconds = `${Math.floor(ms / 1000)}`;
  for (const [prefix, time] of [
    [`${seconds} INFO sent`, true],
    [`[${seconds}.968] sent`, true],
    ['[Tue Nov 24 16:00:29.968000 2026] [dumpio:trace7]', true],
    ['Tue Nov 24 17:00:29 CET 2026 sent', true],
    [`level=info ts=${seconds} msg=sent`, true],
    [`level=info "time": "${ms}" sent`, true],
    [`level=info timestamp = ${seconds} sent`, true],
    ['May  4 09:30:00 host adapter[77]: line 1812345678 sent', false],
    ['24.11.2026 16:00:29,968 sent', true],
    ['11/24/2026 04:00:29 PM sent', true],
    ['24-Nov-2026 16:00:29.968 sent', true],
    ['Tue, 24 Nov 2026 16:00:29 GMT sent', true],
    ['Tue Nov 24 2026 16:00:29 GMT+0000 (UTC) sent', true],
    ['agent=1512345678 sent', false],
    ['contacts=1712345678 sent', false],
    ['call 1612345678901 began, sent', false],
  ] as const) {
    test(`are ${time ? 'a time' : 'none'}: ${prefix}`, async () => {
      const [read] = requestsIn(await foundIn(`${prefix} ${JSON.stringify(body)}\n`));
      assert.equal(read?.time !== undefined, time);
    });
  }
});
