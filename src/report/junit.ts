// junit.xml with the harness's own verdicts. Cucumber's formatter knows no difference between a tenant that breaks a
// requirement and one that could not be reached.
import { create, type XMLElement } from 'xmlbuilder';
import type { ScenarioResult } from '../verdict/collector.ts';
import type { EndedRun } from '../verdict/ended-run.ts';
import type { Verdict } from '../verdict/policy.ts';
import { runAsAWhole, runCases } from './run-as-a-whole.ts';

type Kind = 'failure' | 'error' | 'skipped' | 'passed';

const kinds: Record<Verdict, Kind> = {
  'harness error': 'error',
  fail: 'failure',
  'unexpected pass': 'failure',
  inconclusive: 'error',
  warning: 'passed',
  'known deviation': 'passed',
  recorded: 'passed',
  pass: 'passed',
  'not applicable': 'skipped',
};

interface Case {
  name: string;
  classname: string;
  seconds: number;
  verdict: Verdict | 'not run';
  reason: string;
  /** uri:line. */
  place: string;
}

export function junit(run: EndedRun): string {
  const suites = new Map<string, Case[]>();
  for (const result of run.results) {
    suites.set(result.feature, [...(suites.get(result.feature) ?? []), caseOf(result)]);
  }
  const whole = runCases(run).map((one) => ({ ...one, classname: runAsAWhole, seconds: 0, place: '' }));
  if (whole.length > 0) suites.set(runAsAWhole, whole);
  const all = [...suites.values()].flat();
  const root = create('testsuites', { encoding: 'UTF-8' }, undefined, { invalidCharReplacement: '\ufffd' });
  attributes(root, 'Agent AI conformance', all);
  root.att('timestamp', run.report.startedAt);
  for (const [name, cases] of suites) {
    const suite = root.ele('testsuite');
    attributes(suite, name, cases);
    for (const one of cases) addCase(suite, one);
  }
  return root.end({ pretty: true });
}

function attributes(element: XMLElement, name: string, cases: readonly Case[]): void {
  const count = (kind: Kind) => cases.filter((one) => kindOf(one) === kind).length;
  element
    .att('name', name)
    .att('tests', cases.length)
    .att('failures', count('failure'))
    .att('errors', count('error'))
    .att('skipped', count('skipped'))
    .att('time', cases.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3));
}

function addCase(suite: XMLElement, { name, classname, seconds, verdict, reason, place }: Case): void {
  const element = suite.ele('testcase', { classname, name, time: seconds.toFixed(3) });
  if (place) element.att('file', place);
  element.ele('properties').ele('property', { name: 'verdict', value: verdict });
  const kind = kindOf({ verdict });
  const [message = ''] = reason.split('\n');
  if (kind === 'skipped') element.ele('skipped', { message });
  else if (kind !== 'passed') element.ele(kind, { type: verdict, message }, reason);
  else if (reason) element.ele('system-out', {}, `${verdict}: ${reason}`);
}

function kindOf({ verdict }: Pick<Case, 'verdict'>): Kind {
  return verdict === 'not run' ? 'error' : kinds[verdict];
}

function caseOf({ name, feature, rule, uri, line, verdict, reason, durationMs }: ScenarioResult): Case {
  return {
    name: `${name} (line ${line})`,
    classname: rule ? `${feature}: ${rule}` : feature,
    seconds: durationMs / 1000,
    verdict: verdict ?? 'not run',
    reason: reason ?? '',
    place: `${uri}:${line}`,
  };
}
