// What the answer to a refused transfer says by itself.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { controlByWords, namedByTheAnswer } from '../../../src/protocol/controls/assignment-charge.ts';
import { answer } from '../expect.ts';

suite('The status of a refusal', () => {
  const rows: [status: number, none: string | undefined, others: string | undefined][] = [
    [401, 'ASSIGN-AUTH-04', 'ASSIGN-AUTH-04'],
    [415, 'ASSIGN-REQ-01', 'ASSIGN-REQ-01'],
    [405, 'ASSIGN-REQ-01', undefined],
    [307, 'ASSIGN-REQ-01', undefined],
    [404, undefined, undefined],
    [410, undefined, undefined],
    [403, undefined, undefined],
    [400, undefined, undefined],
    [500, undefined, undefined],
  ];
  for (const [status, none, others] of rows) {
    test(`${status}: ${none ?? 'nothing'}; when others are accepted: ${others ?? 'nothing'}`, () => {
      assert.equal(namedByTheAnswer(answer(status, ''), false), none);
      assert.equal(namedByTheAnswer(answer(status, ''), true), others);
    });
  }
});

suite('The words of a refusal name a parameter', () => {
  const parameters = { callbackUrl: 'https://callbacks.example.com', orgId: 'o-1', aId: 'a-1' };
  const rows: [body: string, words: string | undefined][] = [
    ['{"code":400,"message":"orgId is not known"}', 'without orgId'],
    ['{"errors":[{"field":"orgId","code":"unknown"}]}', 'without orgId'],
    ['orgId is not known', 'without orgId'],
    ['{"message":"not found","orgId":"o-1"}', undefined],
    ['{"message":"orgId or aId is not known"}', undefined],
    ['{"message":"botSessionId is missing"}', undefined],
    ['', undefined],
  ];
  for (const [body, words] of rows) {
    test(`${body || 'an empty body'}: ${words ?? 'none'}`, () => {
      assert.equal(controlByWords(answer(400, body), parameters)?.words, words);
    });
  }

  test('only where it is a refusal', () => {
    assert.equal(controlByWords(answer(500, 'orgId is not known'), parameters), undefined);
  });
});
