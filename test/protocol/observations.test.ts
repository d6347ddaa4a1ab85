// What is kept of an answer is the same from one night to the next, and can be read by people.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Answer } from '../../src/protocol/answers.ts';
import { answerInBrief } from '../../src/protocol/observations.ts';

const answer = (status: number, body: string | object = '', contentType = ''): Answer => ({
  status,
  headers: { 'content-type': contentType },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

const described = (message: string) => answerInBrief(answer(409, { code: 409, message }));

suite('An answer is its status and what kind of body it has', () => {
  const cases: [Answer, string][] = [
    [answer(200), '200 with an empty body'],
    [answer(204, ' \r\n'), '204 with an empty body'],
    [answer(200, 'OK'), '200 with the text OK'],
    [answer(200, ' OK\n'), '200 with the text OK'],
    [answer(200, { STATUS: 'OK' }), '200 with {"STATUS":"OK"}'],
    [answer(200, { id: 'x', STATUS: 'OK', at: 1 }), '200 with {"STATUS":"OK"}'],
    [answer(200, { sessionId: 's', status: 'transferred' }), '200 with {"status":"transferred"}'],
    [answer(202, { queued: true }), '202 with a JSON object'],
    [answer(200, { code: 400, message: 'no bot' }), '200 with {"code":400,"message":"no bot"}'],
    [answer(200, [1]), '200 with JSON that is not an object'],
    [answer(200, '"OK"'), '200 with JSON that is not an object'],
    [answer(200, 'null'), '200 with JSON that is not an object'],
    [answer(200, 'accepted'), '200 with a text'],
    [answer(404, 'Cannot POST /', 'text/plain'), '404 with a text'],
    [answer(200, '<p>Hello', 'text/html; charset=utf-8'), '200 with a text'],
    [answer(403, ' <!DOCTYPE html><html>'), '403 with an HTML page'],
    [answer(401), '401 with an empty body'],
    [answer(401, { error: true }), '401 without a message'],
    [answer(401, { message: ' ' }), '401 without a message'],
    [answer(401, { code: 401, message: 'No JWT' }), '401 "No JWT"'],
    [answer(401, { code: '401', message: 'No JWT' }), '401 "No JWT"'],
    [answer(401, { code: 4002, message: 'No JWT' }), '401 "No JWT", code 4002'],
    [answer(401, { errors: [{ msg: 'Authorization failed', code: 41 }] }), '401 "Authorization failed"'],
    [answer(401, { errors: [{ message: 'No' }, { message: 'Nor this' }] }), '401 "No"'],
    [answer(401, { errors: ['x'] }), '401 without a message'],
    [answer(400, { message: 'the field "reason"' }), `400 "the field 'reason'"`],
    [answer(400, { message: { text: 'x' } }), '400 without a message'],
  ];
  for (const [given, expected] of cases) {
    test(`${given.status} ${given.body} is: ${expected}`, () => assert.equal(answerInBrief(given), expected));
  }
});

suite('What would differ tomorrow is left out', () => {
  const cases: Record<string, [tonight: string, tomorrow: string]> = {
    'a UUID': [
      'request 0f3b1c52-8a0e-4c8e-9d1f-0a1b2c3d4e5f failed',
      'request 7c9e6679-7425-40de-944b-e07fc1f90ae7 failed',
    ],
    'the id of the conversation': [
      'conformance-3f2a1b-observed-0-7 has ended',
      'conformance-99e0cc-observed-1-12 has ended',
    ],
    'the same with a prefix of its own': [
      'qa.night-3f2a1b-observed-0-7 has ended',
      'qa.night-123456-observed-0-9 has ended',
    ],
    'a trace id': ['trace=4bf92f3577b34da6a3ce929d0e0e4736', 'trace=00067aa0ba902b7a0af7651916cd43dd'],
    'a short hexadecimal id': ['no session 5a4db0c5', 'no session 0017ff23'],
    'a long number': ['no account 10482', 'no account 9934821'],
    'a moment in ISO form': ['at 2026-03-01T10:00:00.123Z: no', 'at 2027-12-31T23:59:59Z: no'],
    'a date and a time': ['since 2026-03-01 10:00', 'since 2026-04-17 09:41'],
    'a moment in HTTP form': ['Sun, 01 Mar 2026 10:00:00 GMT', 'Mon, 02 Mar 2026 23:11:01 GMT'],
    'a moment as a script prints it': [
      'Sun Mar 01 2026 10:00:00 GMT+0000 (UTC)',
      'Mon Mar 02 2026 9:11:01 GMT+0000 (UTC)',
    ],
    'epoch milliseconds': ['expired at 1767225600000', 'expired at 1798761600123'],
    'how long it took': ['gave up after 12 ms', 'gave up after 3.5 seconds'],
    'where it ran': ['10.0.3.17:41233 refused', '10.0.12.4:9999 refused'],
    'the name of a pod': ['hooks-7f9c6d5b8-x2kqz refused', 'hooks-66d4fc7b9-0abcd refused'],
    'several ids in a row': ['[2026-03-01 10:00, 12 ms] no', '[2026-03-02 11:30, 9 ms] no'],
  };
  for (const [what, [tonight, tomorrow]] of Object.entries(cases)) {
    test(what, () => {
      assert.equal(described(tonight), described(tomorrow));
      assert.match(described(tonight), /…/);
    });
  }

  test('and nothing else is', () => {
    const lasting = [
      'the conversation has ended already; its end is sent exactly once (HOOKS-EOC-01, HOOKS-SEQ-03)',
      "END_OF_CONVERSATION (number 1 of the request): NA entry of 'agent-1'",
      'INTERNAL_TRANSFER_EVENT needs isExtAD, events[0].participant.identity and 2 more',
      'HTTP 400: the decade was a façade, deadbeef and all',
    ];
    for (const message of lasting) assert.equal(described(message), `409 "${message}"`);
  });
});

suite('The message of a tenant can be shown anywhere', () => {
  test('in one line, without what a terminal or a page would obey', () => {
    const nasty = 'a\u001b[31mb\r\n\tc\u0000d\u202ee\u2066f\ud800g';
    assert.equal(described(nasty), '409 "a[31mb cdefg"');
  });

  test('at a bounded length, without cutting a character in two', () => {
    for (const filler of ['word ', '🙂', '"', '\n']) {
      const shown = described(filler.repeat(100_000));
      assert.ok([...shown].length <= 160, shown);
      assert.ok(shown.isWellFormed());
    }
    assert.match(described('🙂'.repeat(500)), /🙂…"$/u);
    const wide = answer(200, { STATUS: 'S'.repeat(500), status: 's'.repeat(500), message: 'm '.repeat(500) });
    assert.ok([...answerInBrief(wide)].length <= 160);
  });

  test('in no time, whatever it is', () => {
    const slow = ['a'.repeat(100_000), '1-'.repeat(50_000), '…:'.repeat(50_000), '1.'.repeat(50_000)];
    const start = performance.now();
    for (const text of slow) described(text);
    assert.ok(performance.now() - start < 1000);
  });
});
