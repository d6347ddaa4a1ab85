// Before the first scenario the set-up is judged: the tenant has to accept one plain NA entry, and to read the same time.
// If it does not, all scenarios would fail for one reason, which may not be the tenant's: the run is inconclusive.
import { clockDiagnosis } from '../doctor/answer-checks.ts';
import { tenantChecks } from '../doctor/checks.ts';
import { isEntryAccepted } from '../doctor/entry-check.ts';
import { type Answered, Examination, NoAnswer } from '../doctor/examination.ts';
import { examine } from '../doctor/examine.ts';
import { CodedError } from '../errors/coded-error.ts';
import type { Env } from '../system/env.ts';

/**
 * CONFORMANCE_GATE=off skips it: a proof is about what the scenarios find, also of a tenant that refuses every event.
 * @throws CodedError when no tenant can be judged at TENANT_URL with these settings; it says what to change
 */
export async function gate(env: Env): Promise<void> {
  if (env.CONFORMANCE_GATE === 'off') return;
  const examination = await Examination.begin(env);
  try {
    const exchange = await entered(examination);
    if (isEntryAccepted(exchange.answer) && clockDiagnosis(exchange).mark !== 'fix') return;
    const wrong = await diagnosis(examination);
    if (wrong.length === 0) return;
    throw new CodedError(
      'SETUP_REFUSED',
      [exchange.request.url, ...wrong].map((line) => examination.redact(line)).join('\n  '),
    );
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    throw new CodedError(
      'TENANT_UNREACHABLE',
      `${examination.hooksUrl}\n  ${examination.redact(error.message)}`,
    );
  } finally {
    await examination.close();
  }
}

/** Asks once more when no answer came: on a connection that loses requests, a run can still judge most scenarios. */
async function entered(examination: Examination): Promise<Answered> {
  try {
    return await examination.ask({ body: 'NA entry' });
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return examination.ask({ body: 'NA entry', attempt: 2 });
  }
}

/** What has to be fixed, in the doctor's words. */
async function diagnosis(examination: Examination): Promise<string[]> {
  const results = await examine(examination, () => {}, tenantChecks);
  return results
    .filter(({ mark }) => mark === 'fix')
    .flatMap(({ check, found, todo }) => [`${check}: ${found}`, ...todo.map((one) => `  → ${one}`)]);
}
