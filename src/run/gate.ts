// Before the first scenario the set-up is judged: the tenant has to accept one plain NA entry, and to read the same time.
// If it does not, all scenarios would fail for one reason, which may not be the tenant's: the run is inconclusive.
import { setTimeout as sleep } from 'node:timers/promises';
import { clockDiagnosis } from '../doctor/answer-checks.ts';
import { tenantChecks } from '../doctor/checks.ts';
import { isEntryAccepted } from '../doctor/entry-check.ts';
import { type Answered, Examination, NoAnswer } from '../doctor/examination.ts';
import { examine } from '../doctor/examine.ts';
import { CodedError } from '../errors/coded-error.ts';
import { isAccepted } from '../protocol/answers.ts';
import type { Env } from '../system/env.ts';
import { retryAfterMs } from '../tenant/transport-failures.ts';

/** It is there. Behind a 502 or 504 there is no tenant. */
const busy = new Set<number | undefined>([429, 503]);
/** A tenant that asks for longer pauses than this, one after the other, is not waited for. */
const patienceMs = 120_000;
/** A tenant that asks for no pause at all gets one. */
const leastPauseMs = 1000;
/** Whoever waits so long is told why nothing is seen. */
const silentMs = 3000;

export interface FirstImpression {
  /** How long the tenant took for its quickest answer. */
  latencyMs: number | undefined;
  /** Whether it accepted an empty object as well: then it will accept most of what it should refuse. */
  takesAnything: boolean;
}

/**
 * CONFORMANCE_GATE=off skips it: a proof is about what the scenarios find, also of a tenant that refuses every event.
 * @param say what a person should know who waits
 * @returns undefined when the tenant was not asked
 * @throws CodedError when no tenant can be judged at TENANT_URL with these settings; it says what to change
 */
export async function gate(
  env: Env,
  say: (text: string) => void = () => {},
): Promise<FirstImpression | undefined> {
  if (env.CONFORMANCE_GATE === 'off') return undefined;
  const examination = await Examination.begin(env);
  const notice = setTimeout(() => say('Sending a first event to the tenant …'), silentMs);
  try {
    const exchange = await entered(examination);
    if (isEntryAccepted(exchange.answer) && clockDiagnosis(exchange).mark !== 'fix')
      return await impressionOf(examination);
    const wrong = await diagnosis(examination);
    if (wrong.length === 0) return await impressionOf(examination);
    throw new CodedError(
      'SETUP_REFUSED',
      [exchange.request.url, ...wrong].map((line) => examination.redact(line)).join('\n  '),
    );
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    throw new CodedError(
      busy.has(error.exchange.answer?.status) ? 'TENANT_BUSY' : 'TENANT_UNREACHABLE',
      `${examination.hooksUrl}\n  ${examination.redact(error.message)}`,
    );
  } finally {
    clearTimeout(notice);
    await examination.close();
  }
}

/**
 * Asks once more when no answer came: on a connection that loses requests, a run can still judge most scenarios. A tenant
 * that asks for a pause, as one that is starting, is asked again after it. (The transport waits for shorter ones itself.)
 */
async function entered(examination: Examination): Promise<Answered> {
  const until = Date.now() + Math.min(patienceMs, examination.settings.maxRetryWaitMs);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await examination.ask({ body: 'NA entry', attempt });
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      const { answer } = error.exchange;
      const pause = answer?.status === 503 ? retryAfterMs(answer, Date.now()) : undefined;
      const isWaitedFor = pause !== undefined && Date.now() + pause < until;
      if (!isWaitedFor && attempt > 1) throw error;
      if (isWaitedFor) await sleep(Math.max(pause, leastPauseMs));
    }
  }
}

async function impressionOf(examination: Examination): Promise<FirstImpression> {
  // It decides nothing, so it need not be answered.
  const answered = await examination.ask({ body: 'empty object' }).catch(() => undefined);
  const takesAnything = answered !== undefined && isAccepted(answered.answer);
  return { latencyMs: examination.latencyMs, takesAnything };
}

/** What has to be fixed, in the doctor's words. */
async function diagnosis(examination: Examination): Promise<string[]> {
  const results = await examine(examination, () => {}, tenantChecks);
  return results
    .filter(({ mark }) => mark === 'fix')
    .flatMap(({ check, found, todo }) => [`${check}: ${found}`, ...todo.map((one) => `  → ${one}`)]);
}
