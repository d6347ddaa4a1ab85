// Findings made when the scenarios were over. Each becomes a check of the scenario that sent the request which it is about,
// so that every report names scenario, request and session, as for any other finding.

import { curl } from '../evidence/curl.ts';
import { parseJson } from '../protocol/answers.ts';
import type { Finding } from '../protocol/finding.ts';
import { isObject } from '../protocol/requests.ts';
import { keyOf, rootKey } from '../tenant/callback-path.ts';
import type { ScenarioResult } from './collector.ts';
import { isExpired, type KnownDeviation, matches } from './deviations.ts';
import { scenarioVerdict, verdictOf, worst } from './policy.ts';
import { findingBlock } from './scenario.ts';
import type { Check, FindingRecord } from './scenario-record.ts';

export interface LateFinding extends Finding {
  /** A text that only the request which it is about contains: the key of its callbackUrl. */
  key: string;
  /** Its scenario has left it open whether this is a finding. */
  wasWithheld?: boolean;
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
      const mine = byResult.get(result);
      const checks = mine?.map(({ found, place }) => checkOf(found, place!, judging));
      const settled = mine?.some(({ found }) => found.wasWithheld) ? settledBy(result, checks!) : result;
      return checks ? withChecks(settled, checks) : result;
    }),
    unplaced: places.filter(({ place }) => !place).map(({ found }) => found),
  };
}

interface Place {
  result: ScenarioResult;
  /** Index of the exchange in the record of the scenario. */
  exchange: number;
}

/** An address without a path has the empty key, which any text contains. */
export function hasKey(request: AssignRequest, key: string): boolean {
  if (key !== rootKey) return `${request.url} ${request.body ?? ''}`.includes(key);
  const address = parameterOf(request, 'callbackUrl');
  return address !== undefined && URL.canParse(address) && keyOf(new URL(address).pathname) === rootKey;
}

/** The request comes before what was posted for it, which has the key too. */
function placeOf({ key }: LateFinding, results: readonly ScenarioResult[]): Place | undefined {
  for (const result of results) {
    const exchanges = result.record?.exchanges ?? [];
    const exchange = exchanges.findIndex(({ request }) => hasKey(request, key));
    if (exchange >= 0) return { result, exchange };
  }
  return undefined;
}

function checkOf(
  { key, wasWithheld: _, ...found }: LateFinding,
  { result, exchange }: Place,
  judging: Judging,
): Check {
  const { label, request } = result.record!.exchanges[exchange]!;
  const session = parameterOf(request, 'botSessionId');
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

interface AssignRequest {
  url: string;
  body?: string;
}

/** The parameters of a transfer are in its body or in its query. */
function parameterOf({ url, body }: AssignRequest, name: string): string | undefined {
  const parameters = parseJson(body ?? '');
  const named = isObject(parameters) ? parameters[name] : undefined;
  return typeof named === 'string' ? named : (new URL(url).searchParams.get(name) ?? undefined);
}

/** What the scenario has left open is a finding now; what else it has left open for that was not reached. */
function settledBy(result: ScenarioResult, late: readonly Check[]): ScenarioResult {
  const decided = new Set(late.map(({ requirement }) => requirement));
  const checks = result.record!.checks.flatMap((check): Check[] => {
    if (check.outcome !== 'transport failed') return [check];
    return decided.has(check.requirement) ? [] : [{ ...check, outcome: 'not reached' }];
  });
  const observed = result.record!.observations.map(({ verdict }) => verdict);
  const verdict =
    result.verdict === 'inconclusive' ? scenarioVerdict([...checks, ...late], observed) : result.verdict;
  const { reason: _, ...rest } = result;
  return { ...rest, verdict, record: { ...result.record!, checks } };
}

/** A scenario that did not run to its end still has no verdict. */
function withChecks(result: ScenarioResult, late: Check[]): ScenarioResult {
  const { verdict: before, record } = result;
  const verdict = before && worst([before, ...late.map((check) => check.verdict)]);
  const decisive = late.find((check) => check.verdict === verdict);
  const isNew = verdict !== before || result.reason === undefined;
  const reason = isNew && decisive?.finding ? { reason: findingBlock(decisive.finding) } : {};
  return {
    ...result,
    ...reason,
    verdict,
    late,
    record: { ...record!, checks: [...record!.checks, ...late] },
  };
}
