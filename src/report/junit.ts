// junit.xml with the harness's own verdicts. Cucumber's formatter does not distinguish a tenant that breaks a requirement
// from one that could not be reached.
import type { ScenarioResult } from '../verdict/collector.ts';
import type { EndedRun } from '../verdict/ended-run.ts';
import { type Case, junitOf } from './junit-cases.ts';
import { probableCauseRows } from './probable-cause.ts';
import { runAsAWhole, runCases } from './run-as-a-whole.ts';
import { verdictInWords } from './verdict-in-words.ts';

export function junit(run: EndedRun): string {
  const suites = new Map<string, Case[]>();
  const whole = runCases(run).map((one) => ({ ...one, classname: runAsAWhole, seconds: 0, place: '' }));
  if (whole.length > 0) suites.set(runAsAWhole, whole);
  for (const result of run.results) {
    suites.set(result.feature, [...(suites.get(result.feature) ?? []), caseOf(result)]);
  }
  const { next, startedAt } = run.report;
  const cause = probableCauseRows(run.report)[0]?.[1];
  return junitOf('Agent AI conformance', suites, startedAt, {
    verdict: verdictInWords(run.report),
    ...(cause ? { 'probable cause': cause } : {}),
    ...(next ? { 'what to do next': [next.do, next.copy ?? ''].join('\n').trim() } : {}),
  });
}

function caseOf({ name, feature, rule, uri, line, verdict, reason, durationMs }: ScenarioResult): Case {
  return {
    name: `${name} (line ${line})`,
    classname: rule ? `${feature}: ${rule}` : feature,
    seconds: durationMs / 1000,
    verdict: verdict ?? 'not-run',
    reason: reason ?? '',
    place: `${uri}:${line}`,
  };
}
