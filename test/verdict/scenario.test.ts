// The record of a scenario: its findings can be acted on, and no claim passes without a check.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { RequirementId } from '../../src/protocol/catalogue.ts';
import { broken, type Finding, holds } from '../../src/protocol/finding.ts';
import { findingBlock, Inconclusive } from '../../src/verdict/scenario.ts';

import {
  exchangeOf,
  failing,
  found,
  logOf,
  may,
  must,
  otherMust,
  secret,
  sentOf,
  should,
  verdicts,
} from './sample-scenario.ts';

suite('What holds', () => {
  test('passes, and counts for every requirement that was decided', () => {
    const log = logOf([must]);
    log.decide([{ judgement: holds(must, otherMust, should, may) }]);
    assert.deepEqual(verdicts(log), { [must]: 'pass', [otherMust]: 'pass', [should]: 'pass', [may]: 'pass' });
    assert.equal(log.unprovenClaim(), undefined);
    assert.equal(log.record(false).reason, undefined);
  });
});

suite('What is broken', () => {
  test('fails the scenario with an AssertionError that says what, where, and how to repeat it', () => {
    const log = logOf([must]);
    log.keep({ ...sentOf('ENTRY, 1st of c-1'), judged: true });
    const sent = log.keep(sentOf('SUMMARY, 2nd of c-1'));
    const error = failing(() => log.decide([{ judgement: broken(found(must)), sent }]));
    const repeat = `curl -i -X POST 'http://tenant/hooks/st-1' -H "token: $TENANT_JWT" -H 'content-type:' --data-raw '{"a":1}'`;
    assert.equal(
      error.message,
      [
        'HOOKS-RESP-01 (must)  the tenant answered 202',
        '  event     SUMMARY, 2nd of c-1',
        '  expected  HTTP 200',
        '  answer    202 {"STATUS":"QUEUED"}',
        `  repeat    ${repeat}`,
      ].join('\n'),
    );
    assert.ok(!error.stack?.includes('.ts:'), 'no line of the harness');
    const [check, ...others] = log.record(true).checks;
    assert.deepEqual(others, []);
    assert.deepEqual(check, {
      requirement: must,
      outcome: 'broken',
      verdict: 'fail',
      finding: { ...found(must), exchange: 1, event: 'SUMMARY, 2nd of c-1', repeat },
    });
    assert.equal(log.record(true).reason, 'the tenant answered 202');
  });

  test('a should is a warning, and the scenario goes on', () => {
    const log = logOf([should]);
    const sent = log.keep(sentOf('ENTRY'));
    log.decide([{ judgement: broken(found(should)), sent }]);
    const [check] = log.record(false).checks;
    assert.equal(check?.verdict, 'warning');
    assert.equal(check.finding?.event, 'ENTRY', 'with all that is needed to act on it');
    assert.equal(log.unprovenClaim(), undefined);
  });

  test('a should fails with FAIL_ON=should', () => {
    const log = logOf([should], 'should');
    const error = failing(() => log.decide([{ judgement: broken(found(should)) }]));
    assert.match(error.message, /^HOOKS-ERR-02 \(should\)/);
    assert.deepEqual(verdicts(log, true), { [should]: 'fail' });
  });

  test('a may is recorded, even with FAIL_ON=should', () => {
    const log = logOf([may], 'should');
    log.decide([{ judgement: broken(found(may)) }]);
    assert.deepEqual(verdicts(log), { [may]: 'recorded' });
  });

  test('the same judgement can also show what holds', () => {
    const log = logOf([must]);
    failing(() => log.decide([{ judgement: broken(found(otherMust), must) }]));
    assert.deepEqual(verdicts(log, true), { [must]: 'pass', [otherMust]: 'fail' });
  });

  test('counts even if the judgement does not list its requirement as checked', () => {
    const log = logOf([must]);
    failing(() => log.decide([{ judgement: { checked: [], findings: [found(must)] } }]));
    assert.deepEqual(verdicts(log, true), { [must]: 'fail' });
  });

  test('every judgement is recorded before the scenario fails; the error shows three findings and counts the others', () => {
    const log = logOf([must]);
    const sents = [1, 2, 3, 4, 5].map((number) => log.keep(sentOf(`event ${number}`)));
    const judgements = sents.map((sent) => ({ sent, judgement: broken(found(must)) }));
    const error = failing(() =>
      log.decide([...judgements.slice(0, 4), { sent: sents[4]!, judgement: holds(must) }]),
    );
    assert.deepEqual(error.message.match(/event \d/g), ['event 1', 'event 2', 'event 3']);
    assert.match(error.message, /… and 1 more$/);
    assert.deepEqual(
      log.record(true).checks.map((check) => check.verdict),
      ['fail', 'fail', 'fail', 'fail', 'pass'],
    );
    assert.ok(sents.every((sent) => sent.judged));
  });

  test('later claims were not reached: they are inconclusive, not passed', () => {
    const log = logOf([must, otherMust, should]);
    failing(() => log.decide([{ judgement: broken(found(must)) }]));
    assert.deepEqual(verdicts(log, true), {
      [must]: 'fail',
      [otherMust]: 'inconclusive',
      [should]: 'inconclusive',
    });
  });
});

suite('A transport failure', () => {
  test('ends the scenario at once, and none of its claims is decided', () => {
    const log = logOf([must, should]);
    assert.throws(
      () => log.keep(sentOf('ENTRY, 1st of c-1', 'socket hang up: the tenant closed it')),
      (error: Error) => {
        assert.ok(error instanceof Inconclusive);
        assert.equal(error.name, 'Inconclusive');
        assert.equal(error.message, 'inconclusive: ENTRY, 1st of c-1: socket hang up: the tenant closed it');
        assert.ok(!error.stack?.includes('.ts:'), 'no line of the harness');
        return true;
      },
    );
    const record = log.record(true);
    assert.deepEqual(
      record.checks.map(({ outcome, verdict }) => [outcome, verdict]),
      [
        ['transport failed', 'inconclusive'],
        ['transport failed', 'inconclusive'],
      ],
    );
    assert.equal(record.reason, 'ENTRY, 1st of c-1: socket hang up: the tenant closed it');
    assert.equal(record.exchanges.length, 1, 'the exchange is evidence all the same');
  });

  test('an answer of 503 is kept, but decides nothing', () => {
    const log = logOf([must]);
    const busy = { ...exchangeOf('$TENANT_JWT', 'busy'), answer: { status: 503, headers: {}, body: '' } };
    assert.throws(() => log.keep({ label: 'ENTRY', raw: busy, shown: busy, judged: false }), Inconclusive);
    assert.deepEqual(verdicts(log, true), { [must]: 'inconclusive' });
  });

  test('what was decided before it stays decided', () => {
    const log = logOf([must, otherMust]);
    log.decide([{ judgement: holds(must) }]);
    assert.throws(() => log.keep(sentOf('END', 'reset')), Inconclusive);
    assert.deepEqual(verdicts(log, true), { [must]: 'pass', [otherMust]: 'inconclusive' });
  });
});

suite('What cannot be judged', () => {
  test('a twin that was not accepted', () => {
    const log = logOf([must]);
    assert.throws(() => log.giveUp('the answer shows nothing', 'so is the same request put right'), {
      name: 'Inconclusive',
      message: 'inconclusive: so is the same request put right',
    });
    const { reason, checks } = log.record(true);
    assert.equal(reason, 'so is the same request put right');
    assert.deepEqual(checks, [
      { requirement: must, outcome: 'the answer shows nothing', verdict: 'inconclusive' },
    ]);
  });

  test('a profile that does not declare what is needed: not applicable, with the names of the settings', () => {
    const log = logOf([must, should]);
    log.notDeclared(['TENANT_ORG_ID', 'TENANT_QUEUE_ID']);
    assert.deepEqual(verdicts(log), { [must]: 'not-applicable', [should]: 'not-applicable' });
    assert.equal(log.record(false).reason, 'not set: TENANT_ORG_ID, TENANT_QUEUE_ID');
  });

  test('an error of the harness, whatever the tenant answered', () => {
    const log = logOf([must, should]);
    log.decide([{ judgement: holds(must) }]);
    assert.deepEqual(verdicts(log, true), { [must]: 'pass', [should]: 'harness-error' });
  });

  test('a scenario that was interrupted: claims not reached are inconclusive', () => {
    const log = logOf([must]);
    assert.deepEqual(verdicts(log), { [must]: 'inconclusive' });
  });
});

suite('An unproven claim', () => {
  test('is a request whose answer was not judged', () => {
    const log = logOf([must]);
    const first = log.keep(sentOf('ENTRY'));
    log.keep(sentOf('SUMMARY'));
    log.decide([{ judgement: holds(must), sent: first }]);
    assert.match(log.unprovenClaim() ?? '', /nothing was expected of the answer to: SUMMARY/);
  });

  test('is a tag that none of the steps checks', () => {
    const log = logOf([must, should]);
    const sent = log.keep(sentOf('ENTRY'));
    log.decide([{ judgement: holds(must), sent }]);
    assert.match(log.unprovenClaim() ?? '', /tagged HOOKS-ERR-02/);
  });

  test('is a scenario that checks nothing at all', () => {
    assert.match(logOf([]).unprovenClaim() ?? '', /checks/);
    const log = logOf([]);
    log.keep({ ...sentOf('ENTRY'), judged: true });
    assert.match(log.unprovenClaim() ?? '', /checks/);
  });

  test('is not an observation', () => {
    const log = logOf([]);
    log.keep({ ...sentOf('ENTRY'), judged: true });
    log.observe({ ambiguity: 'X-16', question: 'a second entry', answer: '200 OK' });
    assert.equal(log.unprovenClaim(), undefined);
    assert.deepEqual(log.record(false).observations, [
      { ambiguity: 'X-16', question: 'a second entry', answer: '200 OK', verdict: 'recorded' },
    ]);
    assert.deepEqual(log.record(false).checks, []);
  });
});

suite('The record', () => {
  test('holds the exchanges as they may be shown, never as they were', () => {
    const log = logOf([must]);
    const sent = log.keep(sentOf('ENTRY'));
    log.decide([{ judgement: holds(must), sent }]);
    const record = log.record(false);
    assert.deepEqual(record.exchanges, [{ label: 'ENTRY', ...exchangeOf('$TENANT_JWT') }]);
    assert.ok(!JSON.stringify(record).includes('the real token'));
  });

  test('quotes no secret of an answer: not in a finding, not in the error, not in an observation', () => {
    const log = logOf([must, should]);
    const sent = log.keep(sentOf('ENTRY'));
    const leaky = (id: RequirementId): Finding => ({
      ...found(id, `the tenant says ${secret}`),
      expected: `not ${secret}`,
      actual: `200 ${secret}`,
    });
    log.observe({ ambiguity: 'X-16', question: 'which?', answer: `400 ${secret}` });
    log.decide([{ judgement: broken(leaky(should)), sent }]);
    const error = failing(() => log.decide([{ judgement: broken(leaky(must)), sent }]));
    const record = JSON.stringify(log.record(true));
    for (const text of [error.message, record]) {
      assert.match(text, /the tenant says <client secret>/);
      assert.ok(!text.includes(secret), text);
    }
    assert.ok(!error.stack?.includes(secret));
    assert.match(record, /400 <client secret>/);
  });
});

test('a finding without an exchange is shown without it', () => {
  assert.equal(
    findingBlock({ ...found(must), actual: '' }),
    'HOOKS-RESP-01 (must)  the tenant answered 202\n  expected  HTTP 200',
  );
});
