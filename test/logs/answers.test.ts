// Which bodies beside an answer are requests, and which are that answer, or the same request told again.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { asLines, foundIn, inShort, requestsIn } from './logs.ts';

const event = { name: 'TRIGGER_SUMMARY_EVENT' };
const body = JSON.stringify({ conversationId: 'c-1', botId: 'st-1', events: [event] });
const another = JSON.stringify({ conversationId: 'c-1', botId: 'st-1', query: 'Hello' });

const kinds = async (...lines: string[]) =>
  (await foundIn(`${lines.join('\n')}\n`)).map(({ kind }) => kind).join(' ');
const inJson = (msg: string) => JSON.stringify({ level: 'info', msg });

suite('An answer that is spoken of before a body does not hide the request', () => {
  for (const words of [
    'sent, response time=812ms',
    'reply=200 payload=',
    'answer: OK, sent:',
    'Got response 200 for request',
    'no reply yet, sending again:',
    'slow response (4812 ms) to',
    '<-- 200 (20 ms)',
  ]) {
    test(words, async () => {
      assert.equal(await kinds(`12:00 ${words} ${body}`), 'request');
      assert.equal(await kinds(inJson(`${words} ${body}`)), 'request');
    });

    test(`${words}, after the request itself`, async () => {
      assert.equal(await kinds(`sent ${body}`, `${words} ${body}`), 'request other');
      assert.equal(await kinds(`sent ${body}`, inJson(`${words} ${body}`)), 'request other');
    });

    test(`${words}, twice`, async () => {
      assert.equal(await kinds(`${words} ${body}`, `${words} ${body}`), 'request request');
      assert.equal(
        await kinds(`sent ${body}`, `${words} ${body}`, `${words} ${body}`),
        'request other request',
      );
    });
  }

  test('the newest line first: the request comes after its answer', async () => {
    const at = (second: number, text: string) => `2026-05-04T09:30:0${second}.000Z ${text} ${body}`;
    assert.equal(await kinds(at(3, 'response 200 for'), at(2, 'sent')), 'request other');
    assert.equal(
      await kinds(at(3, 'response 200 for'), at(2, 'sent'), at(1, 'sent')),
      'request other request',
    );
    assert.equal(await kinds(at(3, 'response 200 for'), at(4, 'sent')), 'request request');
  });

  test('what came with its own answer is not told again', async () => {
    assert.equal(
      await kinds(`sent ${body} status=200`, `sent, response time=8ms ${body} status=200`),
      'request request',
    );
  });
});

suite('A body that comes with an answer, at another time than the request', () => {
  const at = (time: string, words: string) => `2026-05-04T09:${time}Z ${words} ${body}`;
  const sent = at('30:00.000', 'sent');

  for (const words of ['Got response 200 for request', '<-- 200 (20 ms)']) {
    test(`is told again: ${words}`, async () => {
      assert.equal(await kinds(sent, at('30:00.250', words)), 'request other');
    });
  }

  for (const [time, words] of [
    ['30:00.250', 'sent, response time=812ms'],
    ['30:02.000', 'posting event after reply'],
    ['30:02.000', 'the tenant answered:'],
    ['30:02.000', 'response 200, sending event'],
    ['30:02.000', 'no reply yet, trying again:'],
    ['30:31.000', 'Got response 200 for request'],
    ['30:00.250', 'Got response 404 for request'],
    ['30:00.000', 'Got response 404 for request'],
    ['29:59.000', 'Got response 200 for request'],
  ] as const) {
    test(`may have been sent again: ${time} ${words}`, async () => {
      const found = inShort(await foundIn([sent, at(time, words)].join('\n')));
      assert.match(found.join('\n'), /^1 request\n2 skipped it has the body of a request before it/);
    });
  }

  for (const words of [
    'survey answered, sending event',
    'agent replied late, sending',
    'answering, sending',
  ]) {
    test(`was sent when people answered: ${words}`, async () => {
      assert.equal(await kinds(sent, at('30:05.000', words)), 'request request');
      assert.equal(await kinds(at('29:59.000', words), sent), 'request request');
    });
  }

  test('before the request, at the same time, may be the request itself', async () => {
    const found = inShort(await foundIn([at('30:00.000', 'response 200 for'), sent].join('\n')));
    assert.match(found.join('\n'), /^1 request\n2 skipped it has the body of a request before it/);
  });
});

suite('A body that is called an answer', () => {
  for (const words of [
    'response:',
    'Response body =',
    'response_body=',
    'reply ->',
    'answer payload:',
    'Method response body after transformations:',
    'Endpoint request body after transformations:',
  ]) {
    test(`is none of a request: ${words}`, async () => {
      assert.equal(await kinds(`sent ${body} status=200`, `${words} ${body}`), 'request other');
      assert.equal(await kinds(`sent ${body}`, `${words} {"received":${body}}`), 'request other');
    });

    test(`is not read when no request is like it: ${words}`, async () => {
      const found = await foundIn(`sent ${another}\n${words} ${body}\n`);
      assert.match(inShort(found)[1]!, /^2 skipped its body is called an answer, and no request before it/);
    });
  }

  test('has lost nothing when it has no event', async () => {
    assert.equal(
      await kinds(`sent ${another}`, 'response: {"conversationId":"c-1","events":[]}'),
      'request other',
    );
  });
});

const url = 'https://tenant.example/agentassist/api/v1/hooks/st-1';

suite('A request that a client keeps in its answer', () => {
  const time = '2026-05-04T09:30:00.000Z';
  for (const [what, record] of [
    [
      'axios',
      { response: { status: 200, config: { method: 'post', url, data: body }, data: { STATUS: 'OK' } } },
    ],
    [
      'axios, in an error',
      { err: { response: { status: 200, config: { method: 'post', url, data: body } } } },
    ],
    ['requests', { resp: { status_code: 200, request: { method: 'POST', url, body } } }],
    ['got', { response: { statusCode: 200, request: { method: 'POST', options: { url, body } } } }],
    ['superagent', { res: { statusCode: 200, req: { method: 'POST', url, _data: JSON.parse(body) } } }],
    ['a part of its own', { reply: { status: 200, method: 'POST', url, requestBody: body } }],
  ] as const) {
    test(what, async () => {
      const found = await foundIn(asLines({ time, ...record }));
      assert.deepEqual(inShort(found), ['1 request']);
      const [read] = requestsIn(found);
      assert.deepEqual(read?.body, JSON.parse(body));
      assert.equal(read?.status, 200);
      assert.equal(read?.time, Date.parse(time));
    });
  }

  test('no answer came to one in an error', async () => {
    const config = { method: 'post', url, data: body };
    const [read] = requestsIn(await foundIn(asLines({ err: { message: 'timeout', config } })));
    assert.equal(read?.status, 0);
  });

  test('is not passed over when its body is cut', async () => {
    const found = await foundIn(asLines({ response: { config: { data: body.slice(0, -9) } } }));
    assert.match(inShort(found)[0]!, /^1 skipped the JSON of a body in it is not complete/);
  });

  test('is the one that is beside the answer', async () => {
    const record = { req: { body }, res: { statusCode: 200, request: { body } } };
    assert.deepEqual(inShort(await foundIn(asLines(record))), ['1 request']);
    const differs = { req: { body }, res: { statusCode: 200, request: { body: another } } };
    assert.match(inShort(await foundIn(asLines(differs)))[0]!, /^1 skipped it holds 2 different bodies/);
  });

  test('as an example, in a collection of requests, was not sent', async () => {
    const item = (raw: string) => ({
      request: { method: 'POST', url, body: { raw } },
      response: [{ originalRequest: { method: 'POST', url, body: { raw: another } }, body: another }],
    });
    const found = await foundIn(JSON.stringify({ info: {}, item: [item(body), item(body)] }, undefined, 1));
    assert.deepEqual(inShort(found), ['1 request', '2 request']);
  });
});

suite('A body in an answer', () => {
  const echo = { level: 'info', res: { statusCode: 200, body } };

  test('is none of a request', async () => {
    const lines = asLines({ req: { body }, ...echo }, { level: 'info', sent: body }, echo);
    assert.deepEqual(inShort(await foundIn(lines)), ['1 request', '2 request', 'other']);
  });

  test('is not read when no request is like it', async () => {
    assert.match(inShort(await foundIn(asLines(echo)))[0]!, /^1 skipped its body is called an answer/);
  });
});
