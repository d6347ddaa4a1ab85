// A log in which the parts of a call have other names: somebody says where they are.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ReadOptions } from '../../src/logs/read-log.ts';
import { fieldPath, type Part, type Where } from '../../src/logs/where.ts';
import { asLines, foundIn, inShort, requestsIn } from './logs.ts';

const body = { conversationId: 'c-1', botId: 'st-1', events: [{ name: 'END_OF_CONVERSATION' }] };
const iso = '2026-05-04T09:30:00.000Z';
const time = Date.parse(iso);

function where(places: Partial<Record<Part, string>>): Where {
  return Object.fromEntries(Object.entries(places).map(([part, text]) => [part, fieldPath(text)!]));
}

async function read(content: string, places: Partial<Record<Part, string>>) {
  let words: string[] = [];
  const options: ReadOptions = {
    where: where(places),
    onForms: (forms) => {
      words = forms;
    },
  };
  const found = await foundIn(content, options);
  return { found, requests: requestsIn(found), words };
}

suite('Where a log has the parts of a call', () => {
  const record = {
    a: { 'b.c': JSON.stringify(body) },
    when: [iso],
    outcome: { n: '401' },
    to: '/x',
    how: 'PUT',
  };
  const places = {
    ...{ body: '.a.b\\.c', time: '.when[0]', status: '.outcome.n', url: '.to', method: '.how' },
  };

  test('is said with paths, for lines, for JSON behind a prefix and for a list', async () => {
    const lines = asLines(record);
    for (const content of [
      lines,
      `INFO x - ${lines}`,
      JSON.stringify([record]),
      `${JSON.stringify([record], null, 2)}\n`,
    ]) {
      const { requests, words } = await read(content, { ...places, url: '.elsewhere' });
      assert.deepEqual(requests, [{ body, time, status: 401, method: 'PUT' }]);
      assert.deepEqual(words, [
        'bodies in .a.b\\.c, order by .when[0], status in .outcome.n',
        'no url at .elsewhere in any record',
      ]);
    }
  });

  test('may be in each member of a list, with what is beside it', async () => {
    const events = [200, 500].map((code, index) => ({
      text: `sent ${JSON.stringify(body)}`,
      at: time + index,
      code,
    }));
    const { requests } = await read(asLines({ app: { events }, day: iso }), {
      ...{ body: '.app.events[].text', time: '.app.events[].at', status: '.app.events[].code' },
    });
    assert.deepEqual(requests, [
      { body, time, status: 200 },
      { body, time: time + 1, status: 500 },
    ]);
    const daily = await read(asLines({ app: { events }, day: iso }), {
      body: '.app.events[].text',
      time: '.day',
    });
    assert.deepEqual(
      daily.requests.map((one) => one.time),
      [time, time],
    );
  });

  test('counts before what would be found, and the body is still found without a path', async () => {
    const lines = asLines({ time: 'yesterday', sentAt: iso, status: 200, final: 409, body });
    const { requests, words } = await read(lines, { time: '.sentAt', status: '.final' });
    assert.deepEqual(requests, [{ body, time, status: 409 }]);
    assert.deepEqual(words, ['bodies in .body, order by .sentAt, status in .final']);
    const har = {
      log: {
        version: '1.2',
        entries: [
          {
            startedDateTime: 'x',
            my: iso,
            request: { postData: { text: JSON.stringify(body) } },
            response: {},
          },
        ],
      },
    };
    assert.deepEqual((await read(JSON.stringify(har), { time: '.my' })).requests[0]?.time, time);
  });

  test('says what is at the place and is not a body', async () => {
    const { found } = await read(
      asLines(
        { b: '{"conversationId":"c-1","ev' },
        { b: { note: 1 } },
        { b: 'started' },
        { other: 1 },
        { b: null },
      ),
      { body: '.b' },
    );
    assert.deepEqual(inShort(found), [
      '1 skipped the body is not JSON: Unterminated string at position 27',
      '2 skipped JSON, but not a hooks request: it has none of conversationId, botId, events and query',
      ...['other', 'other', 'other'],
    ]);
    const { words } = await read('{}\n', { body: '.b' });
    assert.match(words.join('\n'), /^no body at \.b in any record\nno hooks call was found/);
  });

  test('is a path, or none', () => {
    for (const text of ['', 'a', '.a[', '.a..b', '.a[x]', '$.a'])
      assert.equal(fieldPath(text), undefined, text);
    for (const text of ['.', '.a', '.a[0].b', '.[].a', '.@timestamp']) assert.ok(fieldPath(text), text);
  });
});

suite('A body that a logger has cut', () => {
  test('is not passed over, wherever its beginning is', async () => {
    const start = JSON.stringify(body).slice(0, 50);
    const answer = { response: { body: start } };
    const whole = { msg: `state ${JSON.stringify({ conversationId: 'c-1', state: { x: 1 } })}` };
    const found = await foundIn(
      asLines({ msg: `sent ${start}` }, { req: { raw: JSON.stringify(start) } }, answer, whole),
    );
    assert.deepEqual(inShort(found), [
      '1 skipped the JSON of a body in it is not complete',
      '2 skipped the JSON of a body in it is not complete',
      'other',
      'other',
    ]);
  });
});
