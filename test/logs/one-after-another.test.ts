// Records that do not stand one to a line.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readLog } from '../../src/logs/read-log.ts';
import { all, fileOf, foundIn, inShort, requestsIn, skippedIn } from './logs.ts';

const body = { conversationId: 'c-1', botId: 'st-1', query: 'Say "Hello"' };
const time = '2026-05-04T09:30:00.000Z';
const record = JSON.stringify({ time, body, status: 200 });

suite('Records on one line', () => {
  for (const between of ['', ' ', ',', ', ']) {
    test(`with ${JSON.stringify(between)} between them`, async () => {
      const line = [record, record, record].join(between);
      assert.deepEqual(inShort(await foundIn(`${record}\n${line}\n`)), [
        '1 request',
        ...['2 request', '2 request', '2 request'],
      ]);
    });
  }

  test('one of which cannot be read', async () => {
    for (const line of [`${record}${record.slice(0, -3)}`, `${record}x${record}`, `${record}${record},`]) {
      assert.match(
        inShort(await foundIn(`${record}\n${line}\n`)).join(),
        /^1 request,2 skipped not JSON/,
        line,
      );
    }
  });
});

suite('What to do is said', () => {
  const reasonOf = async (...lines: string[]) =>
    skippedIn(await foundIn(`${[record, ...lines].join('\n')}\n`)).map(({ reason }) => reason);

  test('when a comma ends each line', async () => {
    assert.match(
      (await reasonOf(`${record},`))[0]!,
      /sed 's\/,\[\[:space:\]\]\*\$\/\/' FILE \| npm run check -- -$/,
    );
  });

  test('when a record goes on over several lines', async () => {
    const reasons = await reasonOf('12:00 sent', ...JSON.stringify(body, undefined, 2).split('\n'));
    assert.match(reasons.join('\n'), /let the log have each record on a line of its own, as jq -c/);
  });
});

test('a CSV in which a backslash stands before a quotation mark', async () => {
  const field = (text: string) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
  const csv = `"time","body","status"\n"${time}",${field(JSON.stringify(body))},"200"\n`;
  assert.deepEqual(requestsIn(await foundIn(csv)), [{ time: Date.parse(time), body, status: 200 }]);
});

test('entries of a HAR, one to a line, are named as what was read', async () => {
  const entry = {
    startedDateTime: time,
    request: {
      method: 'POST',
      url: '/agentassist/api/v1/hooks/st-1',
      postData: { text: JSON.stringify(body) },
    },
    response: { status: 200 },
  };
  for (const [log, at] of [
    [entry, ''],
    [{ type: 'resource-snapshot', snapshot: entry }, '.snapshot'],
  ] as const) {
    const forms: string[] = [];
    await all(readLog(fileOf(`${JSON.stringify(log)}\n`), { onForms: (found) => forms.push(...found) }));
    assert.deepEqual(forms, [
      `bodies in ${at}.request.postData.text, order by ${at}.startedDateTime, status in ${at}.response.status`,
    ]);
  }
});
