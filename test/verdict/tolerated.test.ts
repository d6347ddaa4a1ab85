// What a run tolerates: known deviations, and observations that have changed.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { broken } from '../../src/protocol/finding.ts';

import { failing, found, logOf, must, otherMust, sentOf, verdicts } from './sample-scenario.ts';

suite('A known deviation', () => {
  const known = {
    requirement: must,
    message: 'answered 20\\d',
    reason: 'fixed in May',
    place: 'known-deviations.yaml:1',
  };

  test('is not a fail, and the claims after it are inconclusive', () => {
    const log = logOf([must, otherMust], 'must', { deviations: [known] });
    const sent = log.keep(sentOf('ENTRY'));
    log.decide([{ judgement: broken(found(must)), sent }]);
    assert.equal(log.unprovenClaim(), undefined);
    assert.deepEqual(verdicts(log), { [must]: 'known-deviation', [otherMust]: 'inconclusive' });
    assert.deepEqual(log.record(false).checks[0]?.deviation, known);
  });

  test('covers its own requirement and message only', () => {
    for (const other of [
      { ...known, requirement: otherMust },
      { ...known, message: 'answered 500' },
    ]) {
      const log = logOf([must], 'must', { deviations: [other] });
      failing(() => log.decide([{ judgement: broken(found(must)) }]));
    }
  });

  test('does not count after its last day', () => {
    const log = logOf([must], 'must', { deviations: [{ ...known, expires: '2020-02-29' }] });
    failing(() => log.decide([{ judgement: broken(found(must)) }]));
  });
});

suite('An observation', () => {
  const asked = { ambiguity: 'X-16' as const, question: 'a second entry' };
  const observe = (answer: string, before: string) => {
    const log = logOf([], 'must', { observed: [{ ...asked, answer: before }] });
    log.observe({ ...asked, answer });
    return log.record(false).observations[0];
  };

  test('that has changed is a warning, and says what it was', () => {
    assert.deepEqual(observe('409', '200'), { ...asked, answer: '409', was: '200', verdict: 'warning' });
  });

  test('that is as before, or was never asked before, is only recorded', () => {
    assert.deepEqual(observe('200', '200'), { ...asked, answer: '200', verdict: 'recorded' });
  });
});
