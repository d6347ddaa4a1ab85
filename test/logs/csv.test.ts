// A CSV with a header: each row is a record.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { asLines, foundIn, inShort, requestsIn, skippedIn } from './logs.ts';

const body = { conversationId: 'c-1', botId: 'st-1', query: 'a "quoted", text', events: [] };
const time = Date.parse('2026-05-04T09:30:00.000Z');
const iso = '2026-05-04T09:30:00.000Z';
const url = '/agentassist/api/v1/hooks/st-1';

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

const pretty = quoted(JSON.stringify(body, null, 2));

suite('A CSV', () => {
  for (const [name, delimiter] of Object.entries({ comma: ',', semicolon: ';', tab: '\t', pipe: '|' })) {
    test(`separated by ${name} has its parts in columns, and rows of several lines`, async () => {
      const header = ['@timestamp', 'http.response.status_code', 'url', 'message'].join(delimiter);
      const rows = [
        [iso, '200', url, pretty],
        [iso, '401', '', quoted(`sent ${JSON.stringify(body)}`)],
        [iso, '', '', 'started'],
      ];
      const csv = [header, ...rows.map((row) => row.join(delimiter))].join('\r\n');
      const found = await foundIn(`\ufeff${csv}\r\n`);
      assert.deepEqual(requestsIn(found), [
        { body, time, url, status: 200 },
        { body, time, status: 401 },
      ]);
      assert.equal(found[2]?.kind, 'other');
    });
  }

  for (const before of ['sep=;', '#TYPE Selected.System.Management.Automation.PSCustomObject']) {
    test(`may have a line before its header: ${before}`, async () => {
      const rows = ['time;body;status', `${iso};${quoted(JSON.stringify(body))};503`];
      const [found] = await foundIn(`\ufeff${[before, ...rows].join('\r\n')}\r\n`);
      assert.equal(found?.kind, 'request');
      assert.deepEqual([found.record.line, found.record.time, found.record.status], [3, time, 503]);
    });
  }

  test('that ends in a row loses nothing before it', async () => {
    const csv = `time,body\n${iso},${quoted(JSON.stringify(body))}\n${iso},"{""conversationId"":""c-1`;
    const found = await foundIn(csv);
    assert.equal(inShort(found)[0], '2 request');
    const [skipped] = skippedIn(found);
    assert.match(skipped!.reason, /^the CSV cannot be read from here on: Quote Not Closed/);
    assert.equal(skipped!.damage, 'cut');
  });

  test('is only what has a header: other lines with commas are lines', async () => {
    for (const log of [
      `started, now\nsent, ${JSON.stringify(body)}\n`,
      `2026-05-04 09:30:00, time, ${JSON.stringify(body)}\n`.repeat(2),
      asLines(body, body),
      `time,message\n`,
    ]) {
      const requests = requestsIn(await foundIn(log)).length;
      assert.equal(requests, log.split('\n').filter((line) => line.includes('{')).length, log);
    }
  });
});
