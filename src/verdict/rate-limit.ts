// What a run says of a tenant that limits the rate.
import type { ScenarioResult } from './collector.ts';
import { allExchanges } from './left-open.ts';

const minuteMs = 60_000;

/**
 * One sentence with the setting that keeps a run below the limit; none when no request was answered 429.
 * @param shares how many runs, this one among them, take part of what the setting allows
 */
export function rateLimitInWords(results: readonly ScenarioResult[], shares = 1): string[] {
  const sent = results.flatMap(allExchanges);
  const limited = sent.filter(({ rateLimited }) => rateLimited !== undefined);
  if (limited.length === 0) return [];
  const times = limited.reduce((sum, { rateLimited }) => sum + rateLimited!, 0);
  const answered = sent
    .filter(({ failure }) => !failure)
    .map(({ startedAt, durationMs }) => startedAt + durationMs);
  const own = rateOf(answered, Math.min(...limited.map(({ startedAt }) => startedAt)));
  const perMinute = own * shares;
  const advice =
    perMinute > 0
      ? ` About ${perMinute} a minute get through: MAX_REQUESTS_PER_MINUTE=${perMinute} keeps a run below the limit.`
      : ' MAX_REQUESTS_PER_MINUTE keeps a run below a limit.';
  return [`The tenant limits the rate: it answered 429 ${times === 1 ? 'once' : `${times} times`}.${advice}`];
}

/** Answers a minute after the first refusal, or in the minute before it when the run was over soon. */
function rateOf(answered: readonly number[], limitedAt: number): number {
  const lastedMs = Math.max(...answered, limitedAt) - limitedAt;
  if (lastedMs < minuteMs) {
    return answered.filter((at) => at > limitedAt - minuteMs && at <= limitedAt).length;
  }
  return Math.floor((answered.filter((at) => at > limitedAt).length * minuteMs) / lastedMs);
}
