// Whether a request counts as bad or as good where no check was about its answer.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { probableCauses } from '../../../src/verdict/causes/probable-causes.ts';
import type { ScenarioResult } from '../../../src/verdict/collector.ts';
import type { Verdict } from '../../../src/verdict/policy.ts';
import type { SentExchange } from '../../../src/verdict/scenario-record.ts';
import { agent, conversation, scenario, sent } from './sample-scenarios.ts';

const messages = (results: ScenarioResult[]) => probableCauses(results).map(({ message }) => message);

type Answered = NonNullable<SentExchange['answer']>;

const answered = (body: string, status = 200, type = 'application/json'): Answered => {
  return { status, headers: { 'content-type': type }, body };
};

/** A conversation whose entry is answered like this. Its scenario is about its entry, or about its exit. */
function oddEntry(answer: Answered, verdict: Verdict): ScenarioResult {
  const one = conversation();
  const entry = sent(one.transfer('NA', 'entry', agent), 200, { answer });
  if (verdict !== 'pass') return scenario('HOOKS-RESP-02', verdict, entry);
  return scenario('HOOKS-SEQ-04', 'pass', entry, sent(one.transfer('NA', 'exit', agent), 200));
}

const odd: Record<string, Answered> = {
  '201 with {"STATUS":"OK"}': answered('{"STATUS":"OK"}', 201),
  '202 with an empty body': answered('', 202),
  '200 with {"status":"ok"}': answered('{"status":"ok"}'),
  '200 with {"STATUS":"QUEUED"}': answered('{"STATUS":"QUEUED"}'),
  '200 with a text': answered('{"STATUS":"OK"'),
  '200 with an HTML page': answered('<html>Welcome</html>', 200, 'text/html'),
};

suite('An answer whose form no check was about', () => {
  for (const [words, answer] of Object.entries(odd)) {
    test(`is bad when the same breach was found in another: ${words}`, () => {
      const results = (['fail', 'fail', 'pass', 'pass', 'pass'] as const).map((verdict) =>
        oddEntry(answer, verdict),
      );
      assert.deepEqual(messages(results), [
        `all 5 requests with an NA entry were accepted in another form than documented (${words}); of the 3 others, none`,
      ]);
    });
  }

  test('is neither good nor bad when only another breach was found', () => {
    const results = [
      oddEntry(odd['200 with a text']!, 'fail'),
      oddEntry(odd['200 with a text']!, 'fail'),
      oddEntry(odd['202 with an empty body']!, 'pass'),
    ];
    assert.match(messages(results)[0]!, /^all 2 requests with an NA entry .* the other one was not$/);
  });

  test('is not bad when the breach is tolerated', () => {
    const results = (['known-deviation', 'known-deviation', 'pass', 'pass'] as const).map((verdict) =>
      oddEntry(odd['200 with a text']!, verdict),
    );
    assert.deepEqual(messages(results), []);
  });

  const refused = (wrong: string, verdict: Verdict, body: string) =>
    scenario(
      'HOOKS-ERR-01',
      verdict,
      sent(conversation().end(), 400, {
        due: 'refusal',
        wrong,
        answer: answered(body, 400, 'text/plain'),
      }),
    );

  test('is not good when it looks like a bad one', () => {
    const results = [
      refused('the botId in the path is unknown', 'fail', 'no'),
      refused('the botId in the path and the body is unknown', 'fail', 'no'),
      refused('the botId in the body is unknown', 'pass', 'no'),
      refused('END_OF_CONVERSATION: reason is missing (HOOKS-EOC-02)', 'pass', '{"message":"no reason"}'),
    ];
    assert.deepEqual(messages(results), [
      'all 2 requests that are wrong on purpose with an unknown botId were refused in another form than expected (400 with a text); the other one was not',
    ]);
  });

  test('is not good when the request was accepted although it is wrong', () => {
    const accepted = (verdict: Verdict) =>
      scenario(
        'HOOKS-ERR-02',
        verdict,
        sent(conversation().end(), 200, { due: 'refusal', wrong: 'END_OF_CONVERSATION: reason is missing' }),
      );
    assert.match(
      messages([accepted('fail'), accepted('fail'), accepted('pass')])[0]!,
      /^all 2 requests that are wrong on purpose were accepted/,
    );
  });
});

test('a control that was accepted shows that the tenant does not refuse the whole kind', () => {
  const results = (['chat', 'chat'] as const).map((experience) => {
    const [refused, control] = [conversation({ experience }), conversation()];
    const { due: _, ...accepted } = sent(control.transfer('NA', 'entry', agent), 200);
    return scenario('HOOKS-XFER-07', 'fail', accepted, sent(refused.transfer('NA', 'entry', agent), 400));
  });
  assert.match(messages(results)[0]!, /^all 2 requests of a chat were refused .* of the 2 others, none$/);
});

test('a wrong callback is not blamed on the form of the answer', () => {
  const assigned = (field: 'aId' | 'queueId', verdict: Verdict) => {
    const request = sent(conversation().end(), 200, { answer: answered('{"status":"transferred"}') });
    const url = 'http://t/agentassist/api/v1/public/st-1/assign-conversation';
    return scenario('ASSIGN-CB-02', verdict, {
      ...request,
      request: { ...request.request, url, body: JSON.stringify({ [field]: 'x' }) },
    });
  };
  const results = [
    assigned('queueId', 'fail'),
    assigned('queueId', 'fail'),
    assigned('aId', 'pass'),
    scenario('HOOKS-EOC-02', 'pass', sent(conversation().end(), 200)),
  ];
  assert.deepEqual(messages(results), [
    'all 2 requests for a transfer to a queue were accepted, but the callback was not as documented (ASSIGN-CB-02); the other one was not',
  ]);
});
