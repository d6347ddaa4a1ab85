// The URL in a line of text ends where the botId does, whatever the format of the log puts behind it.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { callIn } from '../../src/logs/url-in-text.ts';
import { defaultSenderProfile, hooksFindings } from '../../src/protocol/sent-request.ts';

const url = 'https://tenant.example/agentassist/api/v1/hooks/st-1a2b';
const path = '/agentassist/api/v1/hooks/st-1a2b';

suite('The URL of a text', () => {
  for (const behind of [
    ...[
      ' 200',
      ';200;',
      '|200|',
      ',200',
      ': {',
      '. Body {',
      '} body=',
      '<- {',
      '> {',
      '] {',
      ') {',
      '"',
      "'",
      '`',
    ],
    ...['\\"', '→ {', ' -> {', '=> {', '-> {', '!', '&quot; 200', '%22 200', '[200]'],
  ]) {
    test(`followed by ${behind}`, () => {
      assert.equal(callIn(`12:00 sent to ${url}${behind}`).url, url);
      assert.deepEqual(callIn(`12:00 POST ${url}${behind}`), { method: 'POST', url });
      assert.deepEqual(callIn(`12:00 "POST ${path}${behind}`), { method: 'POST', url: path });
    });
  }

  test('behind a separator', () => {
    for (const one of [';', '|', '"', '={', '=<', '=`', ': '])
      assert.equal(callIn(`12:00 url${one}${url} 200`).url, url, one);
    for (const one of [';', '|', ', '])
      assert.deepEqual(callIn(`1${one}POST${one}${url}`), { method: 'POST', url });
  });

  test('with a query', () => {
    assert.equal(callIn(`POST ${url}?a=b&c=d 200`).url, `${url}?a=b&c=d`);
  });

  test('with a name or a mask in place of the botId', () => {
    for (const mask of [
      ':botId',
      '{botId}',
      '{bot-id}',
      '<botId>',
      '***',
      'st-****',
      'st-1a2b…',
      'st-1a...',
    ]) {
      const masked = url.replace('st-1a2b', mask);
      assert.equal(callIn(`12:00 POST ${masked} 200`).url, masked);
    }
  });
});

suite('A botId of the path', () => {
  const found = (botId: string) =>
    hooksFindings(
      { url: url.replace('st-1a2b', botId), body: { conversationId: 'c-1', botId: 'st-1a2b', events: [] } },
      defaultSenderProfile,
    ).some(({ requirement }) => requirement === 'HOOKS-ENV-04');

  test('that was not recorded is not compared with that of the body', () => {
    for (const one of [
      ...[':botId', '{botId}', '%7BbotId%7D', '<botId>', '$botId', '***', 'st-****', 'st-1a2b…', 'st-1a...'],
      ...['[REDACTED]', 'MASKED', 'st-1a2b', 'st-redacted', 'st-[hidden]', '(removed)', '%BOT_ID%'],
    ]) {
      assert.equal(found(one), false, one);
    }
  });

  test('of another bot is', () => {
    for (const one of [
      ...['st-1a2c', 'st-1a2b-2', '1a2b', 'st-XXXX', '(st-1)'],
      ...['st-unmasked-1', 'st-other-removed-bot', 'st-hidden-agent', 'Filtered-2'],
    ]) {
      assert.equal(found(one), true, one);
    }
  });
});
