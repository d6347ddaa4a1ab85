// Makes the report of a run from its results. Every reader of a verdict gets this one object.

import { catalogue, type Requirement, type RequirementId, whyUntestable } from '../protocol/catalogue.ts';
import type { Finding } from '../protocol/finding.ts';
import { isOfVersion } from '../protocol/since.ts';
import { probableCauses } from './causes/probable-causes.ts';
import { checksByRequirement } from './checks-by-requirement.ts';
import type { RunCollector, ScenarioResult } from './collector.ts';
import { type DeviationStatus, whatToDo } from './deviation-status.ts';
import { allExchanges, leftOpenInWords } from './left-open.ts';
import { lostRequests } from './lost-requests.ts';
import { modelCoverage } from './model-coverage.ts';
import { nextStep } from './next-step.ts';
import { runVerdict, type Verdict } from './policy.ts';
import { rateLimitInWords } from './rate-limit.ts';
import type { ConformanceReport, RequirementReport } from './report-types.ts';
import { placeOf, requirementReport } from './requirement-report.ts';
import { lateFindings, unexpectedPasses } from './run-findings.ts';
import { verdictLabel } from './verdict-label.ts';

/** What the report needs besides the results. */
export interface RunContext extends Pick<ConformanceReport, 'suite' | 'tenant' | 'selection'> {
  /** Epoch milliseconds. */
  startedAt: number;
  endedAt: number;
  failOn: 'must' | 'should';
  deviations: readonly DeviationStatus[];
  /** Findings made after the last scenario that belong to none. */
  late: readonly Finding[];
  /** Why the run stopped on purpose before its end. */
  stoppedBecause?: 'the run was interrupted' | 'of --fail-fast';
  /** Why no scenario ran. */
  trouble?: string;
  /** Parts of the selection of which nothing, or not the end, is there; a sentence each. */
  missing?: readonly string[];
  /** The version of the suite whose requirements are judged; left out for those of now. */
  requirements?: string;
  /** How many scenarios of the suite each requirement has; left out when all of them were selected. */
  scenariosOf?: (id: RequirementId) => number;
  /** Whether the list of known deviations is brought up to date by what the run has shown. */
  updatesDeviations?: boolean;
  /** Scenarios that were run again, and how they had ended before. */
  again?: readonly { uri: string; line: number; name: string; was: string; at: string }[];
  /** How many runs share what the tenant takes in a minute. */
  rateShares?: number;
  /** Where else requests to the tenant went: the embedded sandbox has an address of its own in each run. */
  otherUrls?: readonly string[];
}

/** What a run has come to. */
export type RunResults = Pick<RunCollector, 'results' | 'selected' | 'exception'>;

export function assess(run: RunResults, context: RunContext): ConformanceReport {
  const { results } = run;
  const { deviations, failOn, late, missing = [], otherUrls = [] } = context;
  const checks = checksByRequirement(results);
  const after = [...lateFindings(late, deviations, failOn), ...unexpectedPasses(deviations, failOn)];
  const lost = lostRequests(results);
  const entries = catalogue.filter((entry) => isOfVersion(entry, context.requirements));
  const requirements = entries.map((entry) =>
    requirementReport(entry, checks.get(entry.id) ?? [], {
      all: after,
      lost,
      of: context.scenariosOf?.(entry.id),
    }),
  );
  const notRun = run.selected - results.filter((result) => result.verdict).length;
  const report = {
    verdict: runVerdict({
      scenarios: results.flatMap((result) => result.verdict ?? []),
      requirements: requirements.flatMap(decidedVerdict),
      whole: context.selection.whole,
      notRun,
      missing: missing.length > 0,
      stoppedOnPurpose: context.stoppedBecause !== undefined,
      error: run.exception !== undefined,
      usedWrongly: deviations.some(({ status }) => status.startsWith('expired')),
    }),
    reasons: [
      ...(context.trouble ? [context.trouble] : []),
      ...missing,
      ...(run.exception ? [`The harness failed: ${run.exception}`] : []),
      ...(notRun > 0 ? [notRunInWords(notRun, run.selected, context.stoppedBecause)] : []),
      ...rateLimitInWords(results, context.rateShares),
      ...leftOpenInWords(results),
      ...results.flatMap(retriedInWords),
      ...deviations.flatMap((status) => whatToDo(status) ?? []),
    ],
    causes: probableCauses(results),
    suite: context.suite,
    tenant: context.tenant,
    startedAt: new Date(context.startedAt).toISOString(),
    durationMs: Math.round(context.endedAt - context.startedAt),
    requests: requestsTo([context.tenant.url, ...otherUrls], results),
    selection: context.selection,
    requirements,
    observations: observationsOf(results),
    scenarios: countsOf(run, notRun),
    coverage: { ...coverageOf(requirements, entries), model: modelCoverage(results) },
    lostRequests: lost,
    comparison: null,
    history: null,
    again: againIn(results, context.again),
  };
  return { ...report, next: nextStep(report, context.updatesDeviations) };
}

function decidedVerdict({ verdict }: RequirementReport): Verdict[] {
  return verdict === 'not-tested' ? [] : [verdict];
}

function notRunInWords(notRun: number, selected: number, because: RunContext['stoppedBecause']): string {
  return `${notRun} of ${selected} scenarios did not run to their end${because ? `, because ${because}` : ''}.`;
}

/** A scenario whose verdict changed when it was retried is always reported. */
function retriedInWords({ before, verdict, name, uri, line }: ScenarioResult): string[] {
  if (!before || before === verdict) return [];
  return [
    `"${name}" (${uri}:${line}) came to ${verdict ? verdictLabel(verdict) : 'no end'} when it was run again, and to ${verdictLabel(before)} before.`,
  ];
}

/** Requests that the harness received are evidence too, but are not requests to the tenant. */
function requestsTo(urls: readonly string[], results: readonly ScenarioResult[]): number {
  const sent = results.flatMap(allExchanges);
  return sent
    .filter(({ request }) => urls.some((url) => request.url.startsWith(url)))
    .reduce((sum, { attempts }) => sum + attempts, 0);
}

function againIn(
  results: readonly ScenarioResult[],
  again: RunContext['again'] = [],
): NonNullable<ConformanceReport['again']> {
  const verdicts = new Map(results.map(({ uri, line, verdict }) => [`${uri}:${line}`, verdict]));
  return again.map((one) => ({ ...one, is: verdicts.get(`${one.uri}:${one.line}`) ?? 'not-run' }));
}

function observationsOf(results: readonly ScenarioResult[]): ConformanceReport['observations'] {
  return results.flatMap((result) =>
    (result.record?.observations ?? []).map(({ ambiguity, question, answer, was }) => ({
      ambiguity,
      question,
      answer,
      was: was ?? null,
      scenario: placeOf(result),
    })),
  );
}

function countsOf(run: RunResults, notRun: number): ConformanceReport['scenarios'] {
  const count = (verdict: Verdict) => run.results.filter((result) => result.verdict === verdict).length;
  return {
    total: run.selected,
    passed: count('pass'),
    failed: count('fail') + count('unexpected-pass'),
    warnings: count('warning'),
    inconclusive: count('inconclusive'),
    notApplicable: count('not-applicable'),
    knownDeviations: count('known-deviation'),
    recorded: count('recorded'),
    harnessErrors: count('harness-error'),
    notRun,
  };
}

/** A requirement counts as tested once the run has decided on it. */
function coverageOf(
  requirements: readonly RequirementReport[],
  entries: readonly Requirement[],
): ConformanceReport['coverage'] {
  const undecided = ['inconclusive', 'not-applicable', 'not-tested'];
  return {
    requirements: requirements.length,
    tested: requirements.filter(({ verdict }) => !undecided.includes(verdict)).length,
    untestable: entries.flatMap((entry) => {
      const reason = whyUntestable(entry);
      return reason ? [{ id: entry.id, reason }] : [];
    }),
  };
}
