// Which bodies beside an answer are requests, and which are that answer, or the same request told again.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { foundIn, inShort } from './logs.ts';

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

  test('what came with its own answer is not told again', async () => {
    assert.equal(
      await kinds(`sent ${body} status=200`, `sent, response time=8ms ${body} status=200`),
      'request request',
    );
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
