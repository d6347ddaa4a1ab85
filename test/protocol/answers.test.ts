// What counts as a success, as a refusal and as the error for an unknown bot, row by row.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  brief,
  judgeAccepted,
  judgeRefused,
  judgeRefusedWithReason,
  judgeUnknownBot,
} from '../../src/protocol/answers.ts';
import type { RequirementId } from '../../src/protocol/catalogue.ts';
import { refusalCheck } from '../../src/protocol/refusals.ts';
import { answer, expectBroken, expectHolds } from './expect.ts';

const claim = 'HOOKS-SEQ-04';
const named = (body: unknown) => JSON.stringify(body).slice(0, 60);

suite('A success (HOOKS-RESP-01, HOOKS-RESP-02, X-14)', () => {
  const accepted: [body: unknown, contentType?: string][] = [
    [''],
    ['', 'text/plain'],
    ['  \r\n'],
    ['OK', 'text/plain'],
    ['OK', 'text/html'],
    [' OK\n'],
    ['\ufeffOK'],
    ['{"STATUS":"OK"}'],
    ['{"STATUS":"OK"}', 'text/plain'],
    ['\n{ "STATUS": "OK" }\n'],
    [{ STATUS: 'OK', requestId: 7, details: { events: 1 } }],
    [{ STATUS: 'OK', code: 200, message: 'taken', error: null, errors: [] }],
    [{ STATUS: 'OK', code: 'E0', error: '' }],
  ];
  for (const [body, contentType] of accepted) {
    test(`is 200 ${named(body)}${contentType ? ` as ${contentType}` : ''}`, () => {
      const judgement = judgeAccepted(answer(200, body, contentType), claim, 'NA entry');
      expectHolds(judgement, claim, 'HOOKS-RESP-01', 'HOOKS-RESP-02');
    });
  }

  const otherBodies: [body: string, wording: RegExp][] = [
    ['{"STATUS":"OK"', /neither empty, nor OK, nor JSON/],
    ['<html><body>OK</body></html>', /neither empty, nor OK, nor JSON/],
    ['OKAY', /neither/],
    ['ok', /neither/],
    ['200 OK', /neither/],
    ['{"STATUS":"ok"}', /STATUS is "ok", it must be "OK"/],
    ['{"STATUS":true}', /STATUS is true, it must be "OK"/],
    ['{"STATUS":["OK"]}', /STATUS is \["OK"\]/],
    ['{"STATUS":"QUEUED"}', /STATUS is "QUEUED"/],
    ['{"STATUS":"OK","code":500,"message":"no"}', /says OK, and has an error/],
    ['{"STATUS":"OK","error":"could not be processed"}', /says OK, and has an error/],
    ['{"STATUS":"OK","error":{"code":400,"message":"no"}}', /says OK, and has an error/],
    ['{"status":"OK"}', /STATUS is missing/],
    ['{"code":400,"message":"no"}', /STATUS is missing/],
    ['{}', /STATUS is missing/],
    ['[]', /it is \[\], it must be an object/],
    ['[{"STATUS":"OK"}]', /it must be an object/],
    ['"OK"', /it is "OK", it must be an object/],
    ['null', /it is null, it must be an object/],
    ['200', /it is 200, it must be an object/],
  ];
  for (const [body, wording] of otherBodies) {
    test(`is not 200 ${body}`, () => {
      const judgement = judgeAccepted(answer(200, body), claim, 'NA entry');
      expectBroken(judgement, { requirement: 'HOOKS-RESP-02', wording, holds: ['HOOKS-RESP-01'] });
    });
  }

  for (const status of [201, 202, 204, 206, 299]) {
    test(`is not ${status}`, () => {
      const body = status === 204 ? '' : '{"STATUS":"OK"}';
      const wording = new RegExp(`success is HTTP 200, the tenant answered ${status}`);
      const judgement = judgeAccepted(answer(status, body), claim, 'NA entry');
      expectBroken(judgement, { requirement: 'HOOKS-RESP-01', wording, holds: ['HOOKS-RESP-02'] });
    });
  }

  for (const status of [100, 302, 304, 400, 401, 404, 500, 503]) {
    test(`is not ${status}: that breaks what the scenario claims`, () => {
      const how = status >= 400 && status < 500 ? 'refused' : 'answered';
      const wording = new RegExp(`^${how} with ${status}: NA entry of a chat$`);
      expectBroken(judgeAccepted(answer(status, '{"STATUS":"OK"}'), claim, 'NA entry of a chat'), {
        requirement: claim,
        wording,
      });
    });
  }

  test('with a wrong status and a wrong body has two findings: a known one must not hide the other', () => {
    const { findings } = judgeAccepted(answer(202, 'garbage'), claim, 'NA entry');
    assert.deepEqual(
      findings.map((one) => one.requirement),
      ['HOOKS-RESP-01', 'HOOKS-RESP-02'],
    );
  });

  test('is listed once, even when the scenario claims it', () => {
    expectHolds(judgeAccepted(answer(200), 'HOOKS-RESP-01', 'NA entry'), 'HOOKS-RESP-01', 'HOOKS-RESP-02');
  });
});

suite('A refusal is a 4xx', () => {
  const ids: RequirementId[] = ['HOOKS-AUTH-01', 'HOOKS-AUTH-03', 'ASSIGN-AUTH-01'];
  for (const id of ids) {
    for (const status of [400, 401, 403, 404, 422, 499]) {
      test(`${id}: ${status}, whatever the body`, () => {
        for (const body of ['', '<html></html>', '{}'])
          expectHolds(judgeRefused(answer(status, body), id, 'it is sent with no token'), id);
      });
    }
    for (const status of [200, 202, 204, 302, 399, 500, 503]) {
      test(`${id}: not ${status}`, () => {
        const wording = new RegExp(`answered ${status} although it is sent with no token$`);
        expectBroken(judgeRefused(answer(status), id, 'it is sent with no token'), {
          requirement: id,
          wording,
        });
      });
    }
  }
});

suite('A refusal with its reason (HOOKS-ERR-02, ASSIGN-ERR-01)', () => {
  const wrong = 'END_OF_CONVERSATION: reason is missing';
  const explained: unknown[] = [
    { code: 400, message: 'reason is required' },
    { message: 'reason is required' },
    { errors: [{ msg: 'reason is required', code: 4002 }] },
    { errors: [{ message: 'reason is required' }, { msg: 'language is required' }] },
    { message: 'two problems', errors: [] },
  ];
  const unexplained: unknown[] = [
    '',
    'reason is required',
    '<html><body>Bad Request</body></html>',
    '{"message":"rea',
    'null',
    [],
    [{ message: 'reason is required' }],
    '"reason is required"',
    {},
    { code: 400 },
    { message: '' },
    { message: null },
    { message: { text: 'reason' } },
    { Message: 'reason is required' },
    { errors: [] },
    { errors: ['reason is required'] },
    { errors: [{ code: 4002 }] },
    { errors: [{ msg: '' }] },
  ];
  for (const id of ['HOOKS-ERR-02', 'ASSIGN-ERR-01'] as const) {
    for (const body of explained) {
      test(`${id}: ${named(body)}`, () => {
        for (const status of [400, 404, 405, 415, 422]) {
          expectHolds(judgeRefusedWithReason(answer(status, body), id, wrong), id);
        }
      });
    }
    for (const body of unexplained) {
      test(`${id}: not ${named(body)}`, () => {
        const wording = /is not a JSON error with a message \(END_OF_CONVERSATION: reason is missing\)/;
        expectBroken(judgeRefusedWithReason(answer(400, body), id, wrong), { requirement: id, wording });
      });
    }
    for (const status of [200, 204, 302, 500, 502]) {
      test(`${id}: not ${status}`, () => {
        const wording = new RegExp(`answered ${status} although END_OF_CONVERSATION: reason is missing`);
        const judgement = judgeRefusedWithReason(answer(status, { message: 'no' }), id, wrong);
        expectBroken(judgement, { requirement: id, wording });
      });
    }
  }
});

suite('The error for an unknown bot (HOOKS-ERR-01, X-15)', () => {
  const documented = 'Linked bot details could not be found.';
  const messages = [
    `${documented} Please verify that the botId provided in the request body is correct.`,
    "Linked bot details couldn't be found.",
    'Linked bot details couldn’t be found',
    'Bot not found.',
    'BOT NOT FOUND',
    'The bot cannot be found',
    'No bot was found for st-0000',
    'No linked bot found',
    'We could not find the bot.',
    'botId st-0000 was not found',
    'Bad request. The bot details\ncould not be found!',
  ];
  for (const text of messages) {
    test(`may say ${named(text)}`, () => {
      const judgement = judgeUnknownBot(answer(400, { code: 400, message: text, traceId: 'x' }));
      expectHolds(judgement, 'HOOKS-ERR-01', 'HOOKS-ERR-03');
    });
  }

  const unrelated = [
    'Bad request',
    'The bot was found',
    'Conversation could not be found. Please verify the botId.',
    'Resource not found',
    'The bottle could not be found',
    'Robot not found',
    'No queue was found for this bot',
    'The bot is not active',
    'foundation of the bot is knotty',
  ];
  for (const text of unrelated) {
    test(`may not say ${named(text)}`, () => {
      const judgement = judgeUnknownBot(answer(400, { code: 400, message: text }));
      expectBroken(judgement, {
        requirement: 'HOOKS-ERR-01',
        wording: /not that the bot could not be found/,
        holds: ['HOOKS-ERR-03'],
      });
    });
  }

  const broken: [status: number, body: unknown, wording: RegExp][] = [
    [200, { code: 400, message: documented }, /answered 200 to an unknown botId/],
    [500, { code: 400, message: documented }, /answered 500/],
    [400, { code: '400', message: documented }, /code is "400", it must be a number/],
    [400, { code: 404, message: documented }, /code is 404, it must be 400/],
    [400, { code: null, message: documented }, /code is null/],
    [400, { message: documented }, /code is missing/],
    [400, { code: 400 }, /message is missing/],
    [400, { code: 400, message: '' }, /message is empty/],
    [400, { code: 400, message: ['Bot not found.'] }, /message is .*must be a string/],
    [400, { errors: [{ msg: documented, code: 400 }] }, /code is missing/],
    [400, documented, /not a JSON object/],
    [400, '', /not a JSON object/],
    [400, [{ code: 400, message: documented }], /not a JSON object/],
    [400, '{"code":400,"message":"Bot not', /not a JSON object/],
  ];
  for (const [status, body, wording] of broken) {
    test(`may not be ${status} ${named(body)}`, () => {
      const holds: RequirementId[] = status === 400 ? ['HOOKS-ERR-03'] : [];
      expectBroken(judgeUnknownBot(answer(status, body)), { requirement: 'HOOKS-ERR-01', wording, holds });
    });
  }

  test('should have HTTP 400, which is no must', () => {
    expectBroken(judgeUnknownBot(answer(404, { code: 400, message: documented })), {
      requirement: 'HOOKS-ERR-03',
      wording: /answered 404 to an unknown botId; the documented error has the code 400/,
      holds: ['HOOKS-ERR-01'],
    });
  });
});

suite('The claims of a scenario choose the check of a refusal', () => {
  test('the first claim that asks for a refusal counts', () => {
    assert.equal(refusalCheck(['HOOKS-EOC-02', 'HOOKS-ERR-02']).id, 'HOOKS-ERR-02');
    const { id, check } = refusalCheck(['HOOKS-ERR-01']);
    const { onceItsTwinIsAccepted } = check(answer(500), '');
    expectBroken(onceItsTwinIsAccepted, { requirement: id, wording: /unknown botId/ });
  });

  test('a claim without one is a mistake of the scenario', () => {
    assert.throws(
      () => refusalCheck(['HOOKS-EOC-02']),
      /tagged with one of .*HOOKS-ERR-02.*, not with HOOKS-EOC-02/,
    );
    assert.throws(() => refusalCheck([]), /tagged with one of/);
  });
});

suite('An answer in one line', () => {
  test('has its status and body', () => {
    assert.equal(brief(answer(400, '{\n  "code": 400\n}')), '400 { "code": 400 }');
    assert.equal(brief(answer(204, ' \n')), '204 with an empty body');
  });

  test('is cut, and says so', () => {
    assert.match(brief(answer(500, 'x'.repeat(5000))), /^500 x{300}… \(5000 characters\)$/);
  });

  test('has nothing that a terminal would obey', () => {
    assert.equal(brief(answer(500, 'a\u001b[2Jb\u0007c\u009b1m')), '500 a\ufffd[2Jb\ufffdc\ufffd1m');
  });
});
