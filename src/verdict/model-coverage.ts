// How much of the model of a conversation a run has gone through: the same count as that of an exploration.
import { isAccepted, parseJson } from '../protocol/answers.ts';
import { TransitionCount, type TransitionCoverage } from '../protocol/lifecycle/transitions.ts';
import { isObject } from '../protocol/requests.ts';
import type { ScenarioResult } from './collector.ts';
import { allExchanges } from './left-open.ts';

/** Only what the tenant has accepted counts. */
export function modelCoverage(results: readonly ScenarioResult[]): TransitionCoverage {
  const count = new TransitionCount();
  for (const { request, answer, failure } of results.flatMap(allExchanges)) {
    if (failure || !answer || !isAccepted(answer)) continue;
    const body = parseJson(request.body ?? '');
    if (!isObject(body) || typeof body.conversationId !== 'string') continue;
    if (body.events !== undefined || body.query !== undefined) count.take(body.conversationId, body);
  }
  return count.coverage;
}

/** "18 of 18 transitions of the model of a conversation, and 60 of 74 pairs of them, were taken" */
export function modelCoverageInWords({ transitions, pairs }: TransitionCoverage): string {
  return `${transitions.taken} of ${transitions.possible} transitions of the model of a conversation, and ${pairs.taken} of ${pairs.possible} pairs of them, were taken`;
}
