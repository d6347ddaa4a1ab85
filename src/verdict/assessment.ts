// The report of a run, made of its results: the one object that every reader of a verdict is shown.

import { catalogue, type Requirement, whyUntestable } from '../protocol/catalogue.ts';
import type { Finding } from '../protocol/finding.ts';
import { checksByRequirement } from './checks-by-requirement.ts';
import type { RunCollector, ScenarioResult } from './collector.ts';
import { type DeviationStatus, whatToDo } from './deviation-status.ts';
import { lostRequests } from './lost-requests.ts';
import { runVerdict, type Verdict } from './policy.ts';
import type { ConformanceReport, RequirementReport } from './report-types.ts';
import { placeOf, requirementReport } from './requirement-report.ts';
import { lateFindings, unexpectedPasses } from './run-findings.ts';
import { verdictLabel } from './verdict-label.ts';

/** What the results do not say themselves. */
export interface RunContext extends Pick<ConformanceReport, 'suite' | 'tenant' | 'selection'> {
  /** Epoch milliseconds. */
  startedAt: number;
  endedAt: number;
  failOn: 'must' | 'should';
  deviations: readonly DeviationStatus[];
  /** What was found when the scenarios were over. */
  late: readonly Finding[];
  /** Why the rest was not run, when that was on purpose. */
  stoppedBecause?: 'the run was interrupted' | 'of --fail-fast';
  /** Why no scenario was run, when that is so. */
  trouble?: string;
}

export function assess(run: RunCollector, context: RunContext): ConformanceReport {
  const { results } = run;
  const { deviations, failOn, late } = context;
  const said = checksByRequirement(results);
  const after = [...lateFindings(late, deviations, failOn), ...unexpectedPasses(deviations, failOn)];
  const lost = lostRequests(results);
  const requirements = catalogue.map((entry) =>
    requirementReport(entry, said.get(entry.id) ?? [], after, lost),
  );
  const notRun = run.selected - results.filter((result) => result.verdict).length;
  return {
    verdict: runVerdict({
      scenarios: results.flatMap((result) => result.verdict ?? []),
      requirements: requirements.flatMap(decidedVerdict),
      notRun,
      stoppedOnPurpose: context.stoppedBecause !== undefined,
      error: run.exception !== undefined,
      usedWrongly: deviations.some(({ status }) => status.startsWith('expired')),
    }),
    reasons: [
      ...(context.trouble ? [context.trouble] : []),
      ...(run.exception ? [`The harness failed: ${run.exception}`] : []),
      ...(notRun > 0 ? [notRunInWords(notRun, run.selected, context.stoppedBecause)] : []),
      ...results.flatMap(retriedInWords),
      ...deviations.flatMap((status) => whatToDo(status) ?? []),
    ],
    suite: context.suite,
    tenant: context.tenant,
    startedAt: new Date(context.startedAt).toISOString(),
    durationMs: Math.round(context.endedAt - context.startedAt),
    requests: requestsTo(context.tenant.url, results),
    selection: context.selection,
    requirements,
    observations: observationsOf(results),
    scenarios: countsOf(run, notRun),
    coverage: coverageOf(requirements),
    lostRequests: lost,
    comparison: null,
  };
}

function decidedVerdict({ verdict }: RequirementReport): Verdict[] {
  return verdict === 'not-tested' ? [] : [verdict];
}

function notRunInWords(notRun: number, selected: number, letGo: RunContext['stoppedBecause']): string {
  return `${notRun} of ${selected} scenarios did not run to their end${letGo ? `, because ${letGo}` : ''}.`;
}

/** A pass that needed a second attempt is never silently one. */
function retriedInWords({ before, verdict, name, uri, line }: ScenarioResult): string[] {
  if (!before || before === verdict) return [];
  return [
    `"${name}" (${uri}:${line}) came to ${verdict ? verdictLabel(verdict) : 'no end'} when it was run again, and to ${verdictLabel(before)} before.`,
  ];
}

/** What was posted to the harness is evidence too, but no request to the tenant. */
function requestsTo(url: string, results: readonly ScenarioResult[]): number {
  const sent = results.flatMap(({ record }) => record?.exchanges ?? []);
  return sent
    .filter(({ request }) => request.url.startsWith(url))
    .reduce((sum, { attempts }) => sum + attempts, 0);
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

function countsOf(run: RunCollector, notRun: number): ConformanceReport['scenarios'] {
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

/** Counted from what the run emitted: inconclusive or not applicable shows nothing of a requirement. */
function coverageOf(requirements: readonly RequirementReport[]): ConformanceReport['coverage'] {
  const untold = ['inconclusive', 'not-applicable', 'not-tested'];
  return {
    requirements: requirements.length,
    tested: requirements.filter(({ verdict }) => !untold.includes(verdict)).length,
    untestable: catalogue.flatMap((entry: Requirement) => {
      const reason = whyUntestable(entry);
      return reason ? [{ id: entry.id, reason }] : [];
    }),
  };
}
