// Calls that a log names, and of which no request can be taken: they are not passed over.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { brotliCompressSync, deflateSync } from 'node:zlib';
import { asLines, foundIn, inShort, requestsIn, skippedIn } from './logs.ts';

const path = '/agentassist/api/v1/hooks/st-1';
const url = `https://tenant.example${path}`;
const bodyOf = (name: string) => ({
  conversationId: 'c-1',
  botId: 'st-1',
  events: [{ name, participant: { identity: 'a-1' } }],
});
const [entry, end] = [bodyOf('INTERNAL_TRANSFER_EVENT'), bodyOf('END_OF_CONVERSATION')];
const text = JSON.stringify(end);

const kinds = async (...lines: string[]) =>
  (await foundIn(`${lines.join('\n')}\n`)).map(({ kind }) => kind).join(' ');
const sent = (body: object) => `12:00 INFO sent ${JSON.stringify(body)}`;

suite('A body in a form that is not read', () => {
  for (const [what, line] of [
    ['as Java writes an object', 'HookRequest(conversationId=c-1, botId=st-1, query=Hello)'],
    ['as Java writes an event', 'Event{transition=exit, transfertype=NA} of INTERNAL_TRANSFER_EVENT'],
    ['as Python writes an object', "HookRequest(conversation_id='c-1', bot_id='st-1')"],
    ['one member to a line', '    [conversationId] => c-1'],
    ['an event, one member to a line', '    [name] => END_OF_CONVERSATION'],
    ['as XML', '<conversationId>c-1</conversationId><botId>st-1</botId>'],
    ['in a URL', encodeURIComponent(text)],
    ['as hexadecimal digits', Buffer.from(text).toString('hex')],
    ['in base64, behind something', `x${Buffer.from(`"${text}`).toString('base64')}`],
    ['behind JSON', `{"id":1} HookRequest(conversationId=c-1, botId=st-1)`],
  ] as const) {
    test(what, async () => {
      const behind = `12:00 INFO sent ${line}`;
      for (const one of [line, ...(what.startsWith('one member') ? [] : [behind])]) {
        assert.equal(await kinds(sent(entry), one), 'request skipped', one);
      }
      const inJson = JSON.stringify({ level: 'info', msg: line });
      assert.equal(await kinds(sent(entry), inJson), 'request skipped');
      assert.equal(
        await kinds(
          JSON.stringify([
            { at: 1, body: entry },
            { at: 2, msg: line },
          ]),
        ),
        'request skipped',
      );
    });
  }

  test('an event in a text that is cut', async () => {
    const msg = `sent ${JSON.stringify({ events: entry.events }).slice(0, 50)}… (truncated)`;
    assert.equal(await kinds(sent(entry), JSON.stringify({ level: 'info', msg })), 'request skipped');
  });

  test('a body that is cut, behind other JSON', async () => {
    assert.equal(await kinds(sent(entry), `12:00 {"id":1} sent ${text.slice(0, -9)}`), 'request skipped');
  });

  test('a body that is packed in another way', async () => {
    const payload = brotliCompressSync(text).toString('base64');
    const record = { level: 'info', event: 'hook.sent', payload };
    assert.equal(await kinds(sent(entry), JSON.stringify(record)), 'request skipped');
    const elsewhere = JSON.stringify({ ...record, event: 'upload' });
    assert.equal(await kinds(sent(entry), elsewhere), 'request other');
  });

  test('is not what only has to do with a conversation', async () => {
    for (const line of [
      '12:00 [conversationId=c-1] INFO call began',
      '[conversationId=c-1] call began',
      JSON.stringify({ level: 'info', conversationId: 'c-1', msg: 'call began' }),
    ]) {
      assert.equal(await kinds(sent(entry), line, sent(end)), 'request other request', line);
    }
  });
});

suite('A body that is packed is read', () => {
  test('as zlib in base64', async () => {
    for (const level of [1, 5, 6, 9]) {
      const payload = deflateSync(text, { level }).toString('base64');
      const [record] = requestsIn(await foundIn(asLines({ level: 'info', payload })));
      assert.deepEqual(record?.body, end);
    }
  });

  test('as a line of base64 that is a record', async () => {
    const line = Buffer.from(JSON.stringify({ status: 200, body: end })).toString('base64');
    assert.deepEqual(requestsIn(await foundIn(`${line}\n`)), [{ status: 200, body: end }]);
  });
});

suite('A call without its body', () => {
  const access = (body: string, status = 200) =>
    `10.0.0.1 - - [04/May/2026:09:30:00 +0000] "POST ${path} HTTP/1.1" ${status} 15 "-" "axios" ${body}`;

  test('is not read where other lines have theirs, wherever it is', async () => {
    const whole = access(text);
    for (const lost of [access('"-"'), access('-'), access(''), access('""')]) {
      assert.equal(await kinds(whole, lost, whole), 'request skipped request');
      assert.equal(await kinds(lost, whole, whole), 'skipped request request');
      assert.equal(await kinds(whole, whole, lost), 'request request skipped');
    }
    const refused = skippedIn(await foundIn([whole, access('"-"', 400)].join('\n')));
    assert.deepEqual(
      refused.map(({ reason, wasRefused }) => ({ reason, wasRefused })),
      [{ reason: 'no body was recorded', wasRefused: true }],
    );
  });

  test('in a record, likewise', async () => {
    const record = { level: 30, req: { method: 'POST', url }, res: { statusCode: 200 } };
    const found = await foundIn(asLines({ ...record, sent: end }, record));
    assert.deepEqual(inShort(found), ['1 request', '2 skipped no body was recorded']);
  });

  test('is a second line of its request where each request has as many', async () => {
    const before = `12:00 POST ${url}`;
    const after = `12:00 <-- 200 ${url} (20 ms)`;
    for (const each of [
      [before, sent(end)],
      [sent(end), after],
      [before, sent(end), after, after],
    ]) {
      assert.doesNotMatch(await kinds(...each, ...each, ...each), /skipped/, each.join('\n'));
    }
  });

  test('leaves it open which request had no success', async () => {
    const one = (status: number) => `12:00 POST ${url} ${status}`;
    assert.equal(await kinds(sent(entry), one(200), sent(end), one(204)), 'request other request other');
    for (const status of [302, 400, 503]) {
      const lines = [sent(entry), one(200), sent(end), one(status)];
      const why = skippedIn(await foundIn(lines.join('\n'))).map(({ reason }) => reason);
      assert.match(
        why.join(),
        new RegExp(`^it says that a call was answered with ${status}, without its body`),
      );
      assert.equal(
        await kinds(one(200), sent(entry), one(status), sent(end)),
        'other request skipped request',
      );
    }
    for (const line of [
      `POST ${url} HTTP/1.1" 400 15`,
      `POST ${url} -> 400`,
      `<-- 400 ${url}`,
      `POST ${url} timed out`,
    ])
      assert.equal(await kinds(sent(entry), `12:00 ${line}`), 'request skipped', line);
    for (const line of [
      `POST ${url} 512 bytes`,
      `POST ${url} 400ms`,
      `POST ${url} 200 512`,
      `POST ${url} 400.5`,
    ])
      assert.equal(await kinds(sent(entry), `12:00 ${line}`), 'request other', line);
    const record = { level: 30, msg: 'sent', req: { method: 'POST', url }, res: { statusCode: 400 } };
    assert.equal(await kinds(sent(entry), JSON.stringify(record)), 'request skipped');
  });

  test('but with the id of a request leaves its success open likewise', async () => {
    const request = { level: 30, requestId: 'r-1', msg: 'sending', requestBody: end };
    const answer = { level: 30, requestId: 'r-1', msg: 'answered', statusCode: 400 };
    const others = [
      { ...answer, statusCode: 200 },
      { ...answer, requestId: 'r-2' },
      { ...answer, req: { url: '/calls/77' } },
      { ...answer, url: 'https://crm.example/calls' },
    ];
    assert.match(inShort(await foundIn(asLines(request, answer)))[1]!, /^2 skipped it says that a call was/);
    for (const one of others)
      assert.deepEqual(
        inShort(await foundIn(asLines(request, one))),
        ['1 request', 'other'],
        JSON.stringify(one),
      );
    const known = { ...request, statusCode: 200 };
    assert.deepEqual(inShort(await foundIn(asLines(known, answer))), ['1 request', 'other']);
  });

  test('may be a request of its own otherwise', async () => {
    const line = `12:00 POST ${url} 200`;
    const record = JSON.stringify({ level: 30, msg: 'sent', req: { method: 'POST', url } });
    for (const one of [line, record]) {
      for (const lines of [
        [sent(end), sent(end), one],
        [one, sent(end), sent(end)],
        [sent(end), one, sent(end), one, sent(end), one, one],
        [one, one, sent(end), sent(end)],
        [sent(end), one, sent(end), sent(end), one],
      ]) {
        const [skipped, ...others] = skippedIn(await foundIn(lines.join('\n')));
        assert.match(skipped?.reason ?? '', /^it names a call without its body/, lines.join('\n'));
        assert.deepEqual(others, []);
      }
    }
  });

  test('is told of where it is, as far as can be seen there', async () => {
    const one = `12:00 POST ${url} 200`;
    assert.equal(await kinds(sent(entry), sent(end), one, sent(entry)), 'request request skipped request');
    assert.equal(
      await kinds(sent(entry), one, sent(end), one, one, sent(entry), one),
      'request other request other skipped request other',
    );
  });

  test('is not one with another method, or of another service', async () => {
    const others = [
      `12:00 OPTIONS ${url} 204`,
      `12:00 GET ${url} 200`,
      '12:00 POST https://a.example/hooks/1 200',
    ];
    for (const one of others)
      assert.equal(await kinds(sent(end), sent(end), one), 'request request other', one);
  });
});

suite('An event that is named in words', () => {
  const words = '12:00 INFO sending END_OF_CONVERSATION of c-1';

  test('is that of the request beside it', async () => {
    assert.equal(await kinds(sent(entry), words, sent(end)), 'request other request');
    assert.equal(await kinds(sent(entry), sent(end), words), 'request request other');
  });

  test('may be one of its own otherwise', async () => {
    for (const lines of [
      [sent(entry), words, sent(entry)],
      [sent(entry), words],
      [JSON.stringify({ level: 'info', msg: words }), sent(entry)],
    ]) {
      assert.match(await kinds(...lines), /skipped$/, lines.join('\n'));
    }
  });
});

test('An answer that is whole, behind the prefix of a logger, is not half of a body', async () => {
  const body = { conversationId: 'c-1', botId: 'st-1', events: [{ name: 'TRIGGER_SUMMARY_EVENT' }] };
  const log = [
    `D/OkHttp: ${JSON.stringify(body)}`,
    'D/OkHttp: {"STATUS":"OK"}',
    'D/OkHttp: "STATUS":"OK"}',
    '',
  ];
  const kinds = (await foundIn(log.join('\n'))).map(({ kind }) => kind);
  assert.deepEqual(kinds, ['request', 'other', 'skipped']);
});
