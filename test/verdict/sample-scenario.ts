// A scenario's log, made by hand.
import assert, { AssertionError } from 'node:assert/strict';
import type { RequirementId } from '../../src/protocol/catalogue.ts';
import { finding } from '../../src/protocol/finding.ts';
import type { Exchange } from '../../src/tenant/exchange.ts';
import { ScenarioLog } from '../../src/verdict/scenario.ts';
import type { JudgingContext, Sent } from '../../src/verdict/scenario-record.ts';

export const must: RequirementId = 'HOOKS-RESP-01';
export const otherMust: RequirementId = 'HOOKS-RESP-02';
export const should: RequirementId = 'HOOKS-ERR-02';
export const may: RequirementId = 'HOOKS-ENV-06';

export const secret = 'hunter2';
export const redact = (text: string) => text.replaceAll(secret, '<client secret>');

export function logOf(
  claims: RequirementId[],
  failOn: 'must' | 'should' = 'must',
  known: Partial<JudgingContext> = {},
): ScenarioLog {
  return new ScenarioLog(claims, { failOn, redact, deviations: [], observed: [], ...known });
}

export function exchangeOf(token: string, failure?: string): Exchange {
  return {
    request: { method: 'POST', url: 'http://tenant/hooks/st-1', headers: { token }, body: '{"a":1}' },
    startedAt: 1,
    durationMs: 2,
    attempts: 1,
    ...(failure
      ? { failure: { kind: 'reset' as const, code: 'TRANSPORT_RESET' as const, message: failure } }
      : { answer: { status: 200, headers: {}, body: 'OK' } }),
  };
}

export function sentOf(label: string, failure?: string): Sent {
  return {
    label,
    raw: exchangeOf('the real token', failure),
    shown: exchangeOf('$TENANT_JWT', failure),
    judged: false,
  };
}

export const found = (id: RequirementId, message = 'the tenant answered 202') =>
  finding(id, message, 'HTTP 200', '202 {"STATUS":"QUEUED"}');

/** The error of a decision that has to fail. */
export function failing(act: () => void): AssertionError {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof AssertionError, `an AssertionError, not ${error}`);
    return error;
  }
  return assert.fail('nothing was thrown');
}

export const verdicts = (log: ScenarioLog, threw = false) =>
  Object.fromEntries(log.record(threw).checks.map((check) => [check.requirement, check.verdict]));
