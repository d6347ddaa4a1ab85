// A HAR: the requests to the hooks and to assign-conversation are picked out of all other calls.
import assert from 'node:assert/strict';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { suite, test } from 'node:test';
import { createGzip, gzipSync } from 'node:zlib';
import { readLog } from '../../src/logs/read-log.ts';
import { all, fileOf, folder, foundIn, inShort, requestsIn, skippedIn } from './logs.ts';

const hooks = 'https://tenant.example/agentassist/api/v1/hooks/st-1';
const body = { conversationId: 'c-1', botId: 'st-1', query: 'Grüße 🙂' };
const headers = [
  { name: ':authority', value: 'tenant.example' },
  { name: 'Content-Type', value: 'application/json' },
  { name: 'Via', value: 'a' },
  { name: 'via', value: 'b' },
];
const request = {
  method: 'POST',
  url: hooks,
  httpVersion: 'h2',
  headers,
  postData: { text: JSON.stringify(body) },
};
const entry = {
  _resourceType: 'fetch',
  startedDateTime: '2026-11-21T15:00:00.250Z',
  request,
  response: { status: 200 },
};
const page = { ...entry, request: { method: 'GET', url: 'https://tenant.example/desk', headers: [] } };

function har(...entries: unknown[]) {
  return { log: { version: '1.2', creator: { name: 'a browser' }, entries } };
}

const read = {
  method: 'POST',
  url: hooks,
  headers: { ':authority': 'tenant.example', 'content-type': 'application/json', via: 'a, b' },
  body,
  time: Date.UTC(2026, 10, 21, 15, 0, 0, 250),
  status: 200,
};

suite('A HAR', () => {
  for (const [what, text] of [
    ['on one line', JSON.stringify(har(page, entry))],
    ['on many lines', JSON.stringify(har(page, entry), null, 2)],
    ['with a byte order mark', `\ufeff\r\n${JSON.stringify(har(page, entry), null, '\t')}`],
    ['with members before its log', JSON.stringify({ comment: 'c', _n: 1.5, ...har(page, entry) })],
    ['with its entries first', JSON.stringify({ log: { entries: [page, entry], version: '1.2' } })],
    ['in a gzip', gzipSync(JSON.stringify(har(page, entry)))],
  ] as const) {
    test(what, async () => {
      const found = await foundIn(text);
      assert.deepEqual(inShort(found), ['other', '2 request']);
      assert.deepEqual(requestsIn(found), [read]);
    });
  }

  test('with a hooks request to a wrong path, and bodies of other services', async () => {
    const sent = (url: string, of: object) => ({
      ...entry,
      request: { ...request, url, postData: { text: JSON.stringify(of) } },
    });
    const [wrong, elsewhere] = [
      'https://tenant.example/api/v1/events/st-1',
      'https://tenant.example/presence',
    ];
    const found = await foundIn(
      JSON.stringify(
        har(
          sent(wrong, { ...body, author: { type: 'USER' } }),
          sent(elsewhere, body),
          sent(elsewhere, { agent: 1 }),
          { ...entry, request: { ...request, url: elsewhere, postData: { text: '{"conversationId' } } },
        ),
      ),
    );
    assert.deepEqual(inShort(found), ['1 request', 'other', 'other', 'other']);
  });

  test('whose time cannot be read', async () => {
    const [{ time, timeUnread }] = requestsIn(
      await foundIn(JSON.stringify(har({ ...entry, startedDateTime: '21.11.2026' }))),
    ) as [ReturnType<typeof requestsIn>[number]];
    assert.deepEqual([time, timeUnread], [undefined, true]);
  });

  test('calls onHar before its first entry', async () => {
    const log = fileOf(JSON.stringify(har(entry)));
    let calls = 0;
    for await (const _ of readLog(log, { onHar: () => (calls += 1) })) assert.equal(calls, 1);
    await all(readLog(fileOf('{"query":"x"}'), { onHar: () => assert.fail() }));
    assert.equal(calls, 1);
  });

  test('of more entries than one batch', async () => {
    const entries = Array.from({ length: 2500 }, (_, n) => (n === 2400 ? entry : page));
    const found = await foundIn(JSON.stringify(har(...entries)));
    assert.equal(found.length, 2500);
    assert.equal(inShort(found)[2400], '2401 request');
  });

  for (const response of [
    { status: 0 },
    { status: -1, _failureText: 'net::ERR_EMPTY_RESPONSE' },
    { status: -999 },
    { status: 99 },
    { status: null },
    { status: '' },
    { statusText: '' },
    {},
    null,
    undefined,
  ]) {
    test(`whose answer did not come: ${JSON.stringify(response)}`, async () => {
      const [found] = requestsIn(await foundIn(JSON.stringify(har({ ...entry, response }))));
      assert.equal(found!.status, 0);
    });
  }

  test('with a body in base64', async () => {
    const postData = { text: Buffer.from(JSON.stringify(body)).toString('base64'), encoding: 'base64' };
    const found = await foundIn(JSON.stringify(har({ ...entry, request: { ...request, postData } })));
    assert.deepEqual(requestsIn(found), [read]);
  });

  test('with a preflight of the browser, a call without its body, and a value that is not an entry', async () => {
    const { postData: _, ...bare } = request;
    const preflight = { ...entry, request: { ...bare, method: 'OPTIONS' } };
    const found = await foundIn(JSON.stringify(har(preflight, { ...entry, request: bare }, null, {})));
    assert.deepEqual(inShort(found), [
      'other',
      '2 skipped no body was recorded',
      '3 skipped the entry has no request',
      '4 skipped the entry has no request',
    ]);
  });

  test('without entries', async () => {
    assert.deepEqual(inShort(await foundIn('{"log":{"version":"1.2"}}')), [
      '1 skipped the HAR has no log.entries',
    ]);
    assert.deepEqual(await foundIn(JSON.stringify(har())), []);
  });

  test('that was cut off', async () => {
    const text = JSON.stringify(har(page, entry), null, 2);
    const cut = inShort(await foundIn(text.slice(0, -20)));
    assert.equal(cut.length, 1);
    assert.match(
      cut[0]!,
      /^1 skipped the HAR is not JSON: .+ at position \d+; nothing of it could be judged$/,
    );
    assert.deepEqual(inShort(await foundIn(gzipSync(text).subarray(0, -20))), [
      '1 skipped nothing of the HAR could be judged: the gzip is truncated here',
    ]);
  });

  test('that was cut off anywhere, compressed or not, is distinguished from a damaged one', async () => {
    const damageOf = async (log: string | Buffer) => skippedIn(await foundIn(log))[0]?.damage;
    const text = JSON.stringify(har(entry));
    // From there on it is known to be a HAR.
    for (let at = '{"log":{"version":'.length; at < text.length; at += 1) {
      assert.equal(await damageOf(text.slice(0, at)), 'cut', `cut at ${at}`);
    }
    assert.equal(await damageOf(gzipSync(text).subarray(0, -20)), 'cut');
    assert.equal(await damageOf(text.replace(':', '=')), undefined);
    assert.equal(await damageOf(text.replace('"entries":', '"entries"')), undefined);
    const wrong = gzipSync(text);
    wrong[wrong.length - 8]! ^= 1;
    assert.equal(await damageOf(wrong), 'corrupt');
  });

  test('that is not UTF-8', async () => {
    const text = Buffer.from(JSON.stringify(har(entry)));
    const at = text.indexOf('Gr');
    text[at] = 0xff;
    assert.deepEqual(inShort(await foundIn(text)), [
      `1 skipped the HAR is not UTF-8: byte ${at + 1} is invalid; nothing of it could be judged`,
    ]);
  });

  test('of more than 512 MB', async () => {
    const file = path.join(folder, 'long.har.gz');
    const gzip = createGzip({ level: 1 });
    const written = finished(gzip.pipe(createWriteStream(file)));
    gzip.write('{"log":{"version":"1.2","entries":[');
    const spaces = Buffer.alloc(8_000_000, ' ');
    for (let n = 0; n < 64; n++) gzip.write(spaces);
    gzip.end(']}}');
    await written;
    assert.deepEqual(inShort(await all(readLog(file))), [
      '1 skipped the HAR is longer than 512 MB, so it was not read',
    ]);
  });
});

test('A log whose lines have a log member of another kind is not a HAR', async () => {
  const lines = ['{"log":"{}","stream":"stdout"}', '{"log":{"level":"info"},"query":"x"}'];
  assert.deepEqual(inShort(await foundIn(`${lines[1]}\n${lines[0]}\n`)), ['1 request', 'other']);
});
