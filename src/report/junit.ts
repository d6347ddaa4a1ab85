// junit.xml with the harness's own verdicts. Cucumber's formatter does not distinguish a tenant that breaks a requirement
// from one that could not be reached.
import { isRequirementId, requirement } from '../protocol/catalogue.ts';
import type { ScenarioResult } from '../verdict/collector.ts';
import type { EndedRun } from '../verdict/ended-run.ts';
import { beforeByPlace } from './again-in-words.ts';
import { type Case, junitOf } from './junit-cases.ts';
import { probableCauseRows } from './probable-cause.ts';
import { runAsAWhole, runCases } from './run-as-a-whole.ts';
import { verdictInWords } from './verdict-in-words.ts';

export function junit(run: EndedRun): string {
  const suites = new Map<string, Case[]>();
  const whole = runCases(run).map((one) => ({ ...one, classname: runAsAWhole, seconds: 0 }));
  if (whole.length > 0) suites.set(runAsAWhole, whole);
  const before = beforeByPlace(run.report);
  for (const [feature, results] of Map.groupBy(run.results, (one) => one.feature)) {
    // In the order of the file, also when scenarios ran at the same time: what is numbered keeps its number.
    suites.set(
      feature,
      results.toSorted(byPlace).map((one) => caseOf(one, before.get(`${one.uri}:${one.line}`))),
    );
  }
  const { next, startedAt, tenant } = run.report;
  const cause = probableCauseRows(run.report)[0]?.[1];
  return junitOf('Agent AI conformance', suites, startedAt, {
    verdict: verdictInWords(run.report),
    tenant: tenant.profile ?? (tenant.embedded ? 'the embedded sandbox' : tenant.url),
    ...(cause ? { 'probable cause': cause } : {}),
    ...(next ? { 'what to do next': [next.do, next.copy ?? ''].join('\n').trim() } : {}),
  });
}

function byPlace(one: ScenarioResult, other: ScenarioResult): number {
  return one.uri.localeCompare(other.uri, 'en') || one.line - other.line;
}

/** @param before what it had come to, if it was run again */
function caseOf(
  { name, feature, rule, uri, line, tags, verdict, reason, durationMs }: ScenarioResult,
  before: string | undefined,
): Case {
  const ids = tags.map((tag) => tag.slice(1)).filter(isRequirementId);
  const levels = [...new Set(ids.map((id) => requirement(id).level))];
  return {
    name,
    classname: rule ? `${feature}: ${rule}` : feature,
    seconds: durationMs / 1000,
    verdict: verdict ?? 'not-run',
    reason: reason ?? '',
    at: { file: uri, line },
    properties: {
      // Several in one, as Xray reads them.
      ...(ids.length > 0 ? { requirements: ids.join(','), level: levels.join(',') } : {}),
      ...(before ? { 'run again, before': before } : {}),
    },
  };
}
