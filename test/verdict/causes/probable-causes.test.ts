// The probable cause of what went wrong in a run, from its exchanges.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { RequirementId } from '../../../src/protocol/catalogue.ts';
import type { OutgoingRequest } from '../../../src/protocol/conversation.ts';
import { probableCauses } from '../../../src/verdict/causes/probable-causes.ts';
import { leftOver } from '../../../src/verdict/causes.ts';
import type { ScenarioResult } from '../../../src/verdict/collector.ts';
import type { SentExchange } from '../../../src/verdict/scenario-record.ts';
import { sampleReport, sampleRequirement } from '../../report/sample-report.ts';
import { agent, conversation, type Form, scenario, sent } from './sample-scenarios.ts';

/** A conversation with a cold exit, which the tenant accepts in lower case only. */
function coldExit(id: RequirementId, form: Form): ScenarioResult {
  const one = conversation(form);
  const upper = form.transferTypeCase !== 'lower';
  return scenario(
    id,
    upper ? 'fail' : 'pass',
    sent(one.transfer('NA', 'entry', agent), 200),
    sent(one.transfer('cold', 'exit', agent), upper ? 400 : 200),
  );
}

suite('The probable cause', () => {
  test('is what the refused requests have in common, with counts, the first of them and what it explains', () => {
    const results = [
      coldExit('HOOKS-SEQ-13', {}),
      coldExit('HOOKS-XFER-05', { transferTypeCase: 'lower' }),
      coldExit('HOOKS-XFER-10', { customFields: 'sent', experience: 'chat' }),
      scenario('HOOKS-EOC-02', 'warning', sent(conversation().end(), 500)),
    ];
    const [cause, ...others] = probableCauses(results);
    assert.deepEqual(others, []);
    assert.equal(
      cause?.message,
      'all 2 requests with the transfer type in upper case were refused (400 "no such thing"); of the 5 others, 1',
    );
    assert.equal(cause?.requests, 2);
    assert.match(cause?.first.event ?? '', /^COLD exit of Agent 1, 2nd request/);
    assert.equal(cause?.first.scenario, `features/a.feature:${results[0]!.line}`);
    assert.match(cause?.first.repeat ?? '', /^curl /);
    assert.deepEqual(cause?.requirements, ['HOOKS-XFER-10', 'HOOKS-SEQ-13']);
  });

  test('leaves out what the tenant has posted', () => {
    const one = conversation();
    const outcome = { body: { sessionId: 's-1', agentId: 'a-1' }, label: 'outcome of the transfer' };
    const { due: _, ...exchange } = sent(outcome as unknown as OutgoingRequest, 200, { isCallback: true });
    const posted = scenario('ASSIGN-CB-01', 'pass', exchange);
    const results = [1, 2, 3].map(() =>
      scenario('HOOKS-MSG-01', 'fail', sent(one.message({ text: 'Hi', author: 'USER' }), 404)),
    );
    const entered = scenario('HOOKS-SEQ-04', 'pass', sent(one.transfer('NA', 'entry', agent), 200));
    assert.deepEqual(
      probableCauses([...results, posted, entered]).map(({ message }) => message),
      ['all 3 requests with a message were refused (404 "no such thing"); the other one was not'],
    );
  });

  test('is the time from which on nothing is accepted', () => {
    const at = (minute: number) => ({ startedAt: Date.UTC(2026, 0, 1, 10, minute) });
    const kinds = ['NA', 'cold', 'warm'] as const;
    const results = Array.from({ length: 36 }, (_, minute) => {
      const isBad = minute >= 24;
      const one = conversation({ experience: minute % 2 === 0 ? 'chat' : 'voice' });
      const request = one.transfer(kinds[minute % 3]!, 'entry', agent);
      return scenario('HOOKS-SEQ-04', isBad ? 'fail' : 'pass', sent(request, isBad ? 500 : 200, at(minute)));
    });
    assert.deepEqual(
      probableCauses(results).map(({ message }) => message),
      [
        'all 12 requests sent from 10:24:00 UTC on were refused (500 "no such thing"); of the 24 others, none',
      ],
    );
  });

  const each: Record<string, () => ScenarioResult[]> = {
    'requests with a language other than English were': () =>
      ['fr', 'it', 'en', 'en'].map((language) =>
        scenario(
          'HOOKS-XFER-06',
          language === 'en' ? 'pass' : 'fail',
          sent(conversation().transfer('NA', 'entry', agent, language), language === 'en' ? 200 : 400),
        ),
      ),
    'requests of a chat were': () =>
      (['chat', 'chat', 'voice'] as const).map((experience) =>
        scenario(
          'HOOKS-XFER-07',
          experience === 'chat' ? 'fail' : 'pass',
          sent(
            conversation({ experience }).transfer('NA', 'entry', agent),
            experience === 'chat' ? 400 : 200,
          ),
        ),
      ),
    'requests with a token with nothing but the appId were': () =>
      [true, true, false].map((bare) =>
        scenario(
          'HOOKS-AUTH-02',
          bare ? 'fail' : 'pass',
          sent(
            conversation().transfer('NA', 'entry', agent),
            bare ? 401 : 200,
            bare ? { token: 'a token with nothing but the appId' } : {},
          ),
        ),
      ),
    'requests with a redial entry after a cold transfer were': () =>
      [2, 2, 1, 1].map((number) => {
        const one = conversation();
        const second =
          number === 2
            ? [
                sent(one.transfer('cold', 'exit', agent), 200),
                sent(one.transfer('cold', 'entry', { number }), 200),
              ]
            : [];
        return scenario(
          'HOOKS-RDL-01',
          number === 2 ? 'fail' : 'pass',
          sent(one.transfer('NA', 'entry', agent), 200),
          ...second,
          sent(one.transfer('NA', 'exit', { number }), 200),
          sent(one.transfer('redial', 'entry', { number }), number === 2 ? 400 : 200),
        );
      }),
  };
  Object.assign(each, {
    'requests with both flags false were': () =>
      [true, true, false, false].map((isNone) => {
        const { body, label } = conversation().message({ author: 'USER', text: 'Hello' });
        const flags = isNone ? { sendUserMessage: false } : {};
        return scenario(
          'HOOKS-MSG-06',
          isNone ? 'fail' : 'pass',
          sent({ body: { ...body, ...flags }, label }, isNone ? 400 : 200),
        );
      }),
    'requests with an empty list of events were': () =>
      [true, true, false].map((isEmpty) => {
        const { body, label } = conversation().message({ author: 'USER', text: 'Hello' });
        const whole = isEmpty ? { ...body, events: [] as unknown as NonNullable<typeof body.events> } : body;
        return scenario(
          'HOOKS-ENV-05',
          isEmpty ? 'fail' : 'pass',
          sent({ body: whole, label }, isEmpty ? 400 : 200),
        );
      }),
    'requests with TRIGGER_SUMMARY_EVENT of a chat were': () =>
      (['chat', 'chat', 'voice'] as const).map((experience) => {
        const one = conversation({ experience });
        return scenario(
          'HOOKS-SUM-01',
          experience === 'chat' ? 'fail' : 'pass',
          sent(one.transfer('NA', 'entry', agent), 200),
          sent(one.transfer('NA', 'exit', agent), 200),
          sent(one.summary(), experience === 'chat' ? 400 : 200),
        );
      }),
  } satisfies typeof each);
  for (const [words, results] of Object.entries(each)) {
    test(`all 2 ${words} refused`, () => {
      assert.match(probableCauses(results())[0]?.message ?? '', new RegExp(`^all 2 ${words} refused`));
    });
  }

  test('is the field that the tenant names, when others explain as much', () => {
    const summary = (locale: string, answered: string) => {
      const request = conversation().summary(locale === 'en' ? 'English' : 'Portuguese', locale);
      if (locale === 'en') return scenario('HOOKS-SUM-02', 'pass', sent(request, 200));
      const answer = { status: 400, headers: {}, body: JSON.stringify({ message: answered }) };
      return scenario('HOOKS-SUM-02', 'fail', sent(request, 400, { answer }));
    };
    for (const field of ['locale', 'language']) {
      const results = ['pt-BR', 'pt-BR', 'en'].map((locale) => summary(locale, `data.${field} is unknown`));
      const end = scenario('HOOKS-XFER-06', 'pass', sent(conversation().end({ language: 'pt-BR' }), 200));
      assert.match(
        probableCauses([...results, end])[0]?.message ?? '',
        new RegExp(`^all 2 requests with ${field} "`),
      );
    }
  });

  test('is that everything is refused', () => {
    const results = [1, 2, 3].map(() =>
      scenario('HOOKS-SEQ-04', 'fail', sent(conversation().transfer('NA', 'entry', agent), 404)),
    );
    assert.equal(probableCauses(results)[0]?.message, 'all 3 requests were refused (404 "no such thing")');
  });

  test('is that what is wrong on purpose is accepted', () => {
    const faulty = (token: string, status: number) =>
      scenario(
        'HOOKS-AUTH-01',
        status === 200 ? 'fail' : 'pass',
        sent(conversation().transfer('NA', 'entry', agent), status, {
          due: 'refusal',
          token,
          wrong: `it is sent with ${token}`,
        }),
      );
    const results = [
      faulty('an unsigned token', 200),
      faulty('a token signed with another secret', 200),
      faulty('a token that brings its own secret', 200),
      faulty('another secret as a password', 200),
      faulty('an expired token', 401),
    ];
    assert.match(
      probableCauses(results)[0]?.message ?? '',
      /^all 4 requests that are wrong on purpose without a token whose signature verifies were accepted/,
    );
  });

  test('is a kind of event that gets no answer', () => {
    const failure = {
      kind: 'time-out',
      code: 'TENANT_TIMEOUT',
      message: 'none in 5 s',
    } as unknown as NonNullable<SentExchange['failure']>;
    const results = [1, 2, 3].flatMap(() => [
      scenario('HOOKS-SUM-01', 'inconclusive', sent(conversation().summary(), 200, { failure })),
      scenario('HOOKS-SEQ-04', 'pass', sent(conversation().transfer('NA', 'entry', agent), 200)),
    ]);
    assert.match(
      probableCauses(results)[0]?.message ?? '',
      /^all 3 requests with TRIGGER_SUMMARY_EVENT got no answer that could be judged \(time-out\)/,
    );
  });
});

suite('Nothing is said', () => {
  test('of a single failure, of none, and of a run without requests', () => {
    assert.deepEqual(
      probableCauses([coldExit('HOOKS-SEQ-13', {}), coldExit('HOOKS-SEQ-13', { transferTypeCase: 'lower' })]),
      [],
    );
    assert.deepEqual(probableCauses([]), []);
  });

  test('of what is tolerated: known deviations, and what may be refused', () => {
    const results = [1, 2].map(() =>
      scenario('HOOKS-SEQ-13', 'known-deviation', sent(conversation().transfer('NA', 'entry', agent), 400)),
    );
    assert.deepEqual(probableCauses(results), []);
  });

  test('of what followed a refusal, or may be answered in any way', () => {
    const one = conversation();
    const followers = [1, 2, 3].map(() => sent(one.transfer('NA', 'exit', agent), 400));
    const open = [1, 2].map(() => {
      const { due: _, ...any } = sent(conversation().end(), 400);
      return any;
    });
    const result = scenario(
      'HOOKS-SEQ-04',
      'fail',
      sent(one.transfer('NA', 'entry', agent), 400),
      ...followers,
      ...open,
    );
    assert.deepEqual(probableCauses([result]), []);
  });
});

test('what no cause explains is left over', () => {
  const report = sampleReport({
    requirements: [
      sampleRequirement('HOOKS-SEQ-13', 'fail'),
      sampleRequirement('HOOKS-EOC-07', 'warning'),
      sampleRequirement('HOOKS-EOC-02', 'pass'),
    ],
    causes: [
      {
        message: '',
        requests: 2,
        first: { event: '', scenario: '', repeat: '' },
        requirements: ['HOOKS-SEQ-13'],
      },
    ],
  });
  assert.deepEqual(
    leftOver(report).map(({ id }) => id),
    ['HOOKS-EOC-07'],
  );
});
