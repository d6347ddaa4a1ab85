// Every check accepts any answer, and describes it in text that is safe for a terminal.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { brief, isAccepted, judgeAccepted, judgeUnknownBot } from '../../src/protocol/answers.ts';
import { type Assignment, judgeAssigned } from '../../src/protocol/assignment.ts';
import { judgeCallback } from '../../src/protocol/callback.ts';
import type { RequirementId } from '../../src/protocol/catalogue.ts';
import type { Finding } from '../../src/protocol/finding.ts';
import { answerInBrief } from '../../src/protocol/observations.ts';
import { refusalCheck } from '../../src/protocol/refusals.ts';
import { bodies } from './hostile-bodies.ts';

const asked: Assignment = {
  callbackUrl: 'http://127.0.0.1/callbacks/key',
  orgId: 'o-1',
  botSessionId: 's-1',
  target: { aId: 'a-1' },
};
const refusals: RequirementId[] = [
  'HOOKS-AUTH-01',
  'HOOKS-ERR-01',
  'HOOKS-ERR-02',
  'ASSIGN-AUTH-01',
  'ASSIGN-ERR-01',
];

suite('Hostile answers', () => {
  for (const body of bodies) {
    test(JSON.stringify(body).slice(1, 50), () => {
      const texts: string[] = [];
      const read = ({ findings }: { findings: readonly Finding[] }) =>
        texts.push(...findings.flatMap(({ message, expected, actual }) => [message, expected, actual]));
      for (const status of [200, 202, 302, 400, 401, 500]) {
        const answer = { status, headers: { 'content-type': 'text/html' }, body };
        read(judgeAccepted(answer, 'HOOKS-EP-01', 'NA entry'));
        read(judgeUnknownBot(answer));
        read(judgeAssigned(answer, asked, 'ASSIGN-REQ-01'));
        for (const id of refusals)
          read(refusalCheck([id]).check(answer, 'it is wrong').onceItsTwinIsAccepted);
        texts.push(brief(answer), answerInBrief(answer), String(isAccepted(answer)));
      }
      const post = { method: 'POST', path: '/callbacks/key', contentType: 'application/json', body };
      read(judgeCallback([post], asked, 1));
      read(judgeCallback([{ ...post, contentType: body }], asked, 1));
      read(judgeCallback([{ ...post, path: `/callbacks/key/${body}` }], asked, 1));
      assert.ok(texts.length > 30);
      for (const text of texts) {
        assert.doesNotMatch(text, /\p{Cc}|[\u2028\u2029]|\p{Bidi_Control}/u);
        assert.ok(text.length < 1000, text.slice(0, 2000));
      }
    });
  }

  test('a key of the prototype is ignored', () => {
    const body = '{"__proto__":{"STATUS":"OK","status":"transferred"}}';
    const { findings } = judgeAccepted({ status: 200, headers: {}, body }, 'HOOKS-EP-01', 'NA entry');
    assert.deepEqual(
      findings.map(({ requirement }) => requirement),
      ['HOOKS-RESP-02'],
    );
  });

  test('a long message without the words does not take minutes to search', () => {
    const message = `bot ${'not '.repeat(1_000_000)}`;
    const body = JSON.stringify({ code: 400, message });
    const started = performance.now();
    const { findings } = judgeUnknownBot({ status: 400, headers: {}, body });
    assert.ok(performance.now() - started < 60_000);
    assert.match(findings[0]?.message ?? '', /not that the bot could not be found/);
  });

  test('an outcome that is posted a thousand times is not quoted a thousand times', () => {
    const post = { method: 'POST', path: '/callbacks/key', contentType: 'application/json' };
    const delivery = { ...post, body: '{"sessionId":"s-1"}' };
    const [found] = judgeCallback(Array(1000).fill(delivery), asked, 1).findings;
    assert.equal(found?.message, 'the outcome was posted 1000 times');
    assert.ok(found.actual.length < 1000);
  });
});
