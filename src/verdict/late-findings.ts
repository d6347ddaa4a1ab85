// Findings made when the scenarios were over. Each becomes a check of the scenario that sent the request which it is about,
// so that every report names scenario, request and session, as for any other finding.

import { curl } from '../evidence/curl.ts';
import { parseJson } from '../protocol/answers.ts';
import type { Finding } from '../protocol/finding.ts';
import { isObject } from '../protocol/requests.ts';
import type { ScenarioResult } from './collector.ts';
import { isExpired, type KnownDeviation, matches } from './deviations.ts';
import { verdictOf, worst } from './policy.ts';
import { findingBlock } from './scenario.ts';
import type { Check, FindingRecord } from './scenario-record.ts';

export interface LateFinding extends Finding {
  /** A text that only the request which it is about contains: the key of its callbackUrl. */
  key: string;
}

interface Judging {
  failOn: 'must' | 'should';
  known: readonly KnownDeviation[];
  now: Date;
}

/** @returns the results with the findings in them, and the findings whose request is in no result */
export function withLateFindings(
  results: readonly ScenarioResult[],
  late: readonly LateFinding[],
  judging: Judging,
): { results: readonly ScenarioResult[]; unplaced: Finding[] } {
  const places = late.map((found) => ({ found, place: placeOf(found, results) }));
  const byResult = Map.groupBy(
    places.filter(({ place }) => place),
    ({ place }) => place!.result,
  );
  return {
    results: results.map((result) => {
      const checks = byResult.get(result)?.map(({ found, place }) => checkOf(found, place!, judging));
      return checks ? withChecks(result, checks) : result;
    }),
    unplaced: places.filter(({ place }) => !place).map(({ found }) => found),
  };
}

interface Place {
  result: ScenarioResult;
  /** Index of the exchange in the record of the scenario. */
  exchange: number;
}

/** The request comes before what was posted for it, which has the key too. */
function placeOf({ key }: LateFinding, results: readonly ScenarioResult[]): Place | undefined {
  for (const result of results) {
    const exchanges = result.record?.exchanges ?? [];
    const exchange = exchanges.findIndex(({ request }) =>
      `${request.url} ${request.body ?? ''}`.includes(key),
    );
    if (exchange >= 0) return { result, exchange };
  }
  return undefined;
}

function checkOf({ key, ...found }: LateFinding, { result, exchange }: Place, judging: Judging): Check {
  const { label, request } = result.record!.exchanges[exchange]!;
  const session = sessionOf(request);
  const finding: FindingRecord = {
    ...found,
    actual: session === undefined ? found.actual : `${found.actual}, for session ${session}`,
    exchange,
    event: label,
    repeat: curl(request),
  };
  const deviation = judging.known.find((one) => !isExpired(one, judging.now) && matches(one, found));
  const outcome = deviation ? 'broken, as is known' : 'broken';
  const verdict = verdictOf(outcome, found.level, judging.failOn);
  return {
    requirement: found.requirement,
    outcome,
    verdict,
    finding,
    ...(deviation ? { deviation } : {}),
  };
}

/** The parameters of a transfer are in its body or in its query. */
function sessionOf({ url, body }: { url: string; body?: string }): string | undefined {
  const parameters = parseJson(body ?? '');
  const named = isObject(parameters) ? parameters.botSessionId : undefined;
  return typeof named === 'string' ? named : (new URL(url).searchParams.get('botSessionId') ?? undefined);
}

/** A scenario that did not run to its end still has no verdict. */
function withChecks(result: ScenarioResult, late: Check[]): ScenarioResult {
  const { verdict: before, record } = result;
  const verdict = before && worst([before, ...late.map((check) => check.verdict)]);
  const decisive = late.find((check) => check.verdict === verdict);
  const reason = verdict !== before && decisive?.finding ? { reason: findingBlock(decisive.finding) } : {};
  return {
    ...result,
    ...reason,
    verdict,
    late,
    record: { ...record!, checks: [...record!.checks, ...late] },
  };
}
