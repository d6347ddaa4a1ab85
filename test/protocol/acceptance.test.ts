// Whether the tenant accepted a request, and how an answer is quoted. Twins and findings rely on both.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  brief,
  decidedByTheAnswer,
  isAccepted,
  isRefusal,
  isSuccess,
  judgeAccepted,
  judgeUnknownBot,
} from '../../src/protocol/answers.ts';
import { answer, expectBroken, expectHolds } from './expect.ts';

suite('A request went through', () => {
  const cases: [what: string, status: number, body: unknown, accepted: boolean][] = [
    ['200 with an empty body', 200, '', true],
    ['200 with OK', 200, 'OK', true],
    ['200 with the documented form', 200, { STATUS: 'OK' }, true],
    ['200 with the outcome of a transfer', 200, { status: 'transferred' }, true],
    ['200 with a page', 200, '<html></html>', true],
    ['200 with a list', 200, [{ message: 'no' }], true],
    ['200 with members that no document names', 200, { id: 7 }, true],
    ['299', 299, '', true],
    ['200 with an error', 200, { code: 400, message: 'reason is missing' }, false],
    ['200 with a list of errors', 200, { errors: [{ msg: 'no', code: 400 }] }, false],
    ['200 with a message besides the documented form', 200, { STATUS: 'OK', message: 'done' }, true],
    ['200 with a message besides the outcome', 200, { status: 'transferred', message: 'done' }, true],
    ['199', 199, '', false],
    ['300', 300, '', false],
    ['400', 400, { STATUS: 'OK' }, false],
    ['500', 500, '', false],
  ];
  for (const [what, status, body, accepted] of cases) {
    test(`${what}: ${accepted ? 'yes' : 'no'}`, () =>
      assert.equal(isAccepted(answer(status, body)), accepted));
  }

  test('success and refusal have their bounds', () => {
    const statuses = [100, 199, 200, 299, 300, 399, 400, 499, 500];
    assert.deepEqual(
      statuses.filter((status) => isSuccess(answer(status))),
      [200, 299],
    );
    assert.deepEqual(
      statuses.filter((status) => isRefusal(answer(status))),
      [400, 499],
    );
  });

  test('the requirements that every success decides', () => {
    const { checked } = judgeAccepted(answer(200), 'HOOKS-SEQ-01', 'NA entry');
    assert.deepEqual(decidedByTheAnswer, [
      ...checked.filter((id) => id !== 'HOOKS-SEQ-01'),
      'ASSIGN-RESP-01',
      'ASSIGN-RESP-02',
      'ASSIGN-RESP-03',
    ]);
  });
});

suite('An answer in a line', () => {
  const quoted: [what: string, body: string, wording: string][] = [
    ['nothing', '', '500 with an empty body'],
    ['nothing but white space', ' \n\t ', '500 with an empty body'],
    ['lines', 'a\n  b\tc\n', '500 a b c'],
    ['what a terminal would obey', 'a\u001b[2Jb', '500 a\ufffd[2Jb'],
    ['as much as fits', 'a'.repeat(300), `500 ${'a'.repeat(300)}`],
    ['more than fits', 'a'.repeat(301), `500 ${'a'.repeat(300)}… (301 characters)`],
  ];
  for (const [what, body, wording] of quoted) {
    test(what, () => assert.equal(brief(answer(500, body)), wording));
  }
});

suite('The error for an unknown bot', () => {
  const judge = (message: unknown) => judgeUnknownBot(answer(400, { code: 400, message }));
  const good = [
    'The request is fine, but bot not found',
    'The request is fine but bot not found',
    'Sorry. The bot could not be found',
    'The bot id cannot be found.',
    'the botids were not found',
  ];
  for (const message of good) {
    test(`may say "${message}"`, () => expectHolds(judge(message), 'HOOKS-ERR-01', 'HOOKS-ERR-03'));
  }
  const bad = [
    'The bot was found. The user could not be found',
    'The bot was found, but the user could not be found',
    'The bot was found but the user could not be found',
    'The robot could not be found',
    'The bottle could not be found',
  ];
  for (const message of bad) {
    test(`may not say "${message}"`, () =>
      expectBroken(judge(message), {
        requirement: 'HOOKS-ERR-01',
        wording: /not that the bot could not be/,
        holds: ['HOOKS-ERR-03'],
      }));
  }
  test('names the object with the wrong field', () =>
    expectBroken(judge(7), {
      requirement: 'HOOKS-ERR-01',
      wording: /^the error for an unknown botId: message/,
      holds: ['HOOKS-ERR-03'],
    }));
  test('as does a success of the wrong form', () => {
    const judged = judgeAccepted(answer(200, { STATUS: 'QUEUED' }), 'HOOKS-SEQ-01', 'NA entry');
    assert.match(judged.findings[0]!.message, /^the body of the success: STATUS is "QUEUED"/);
  });
});
