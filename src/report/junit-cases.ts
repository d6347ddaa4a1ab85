// Makes JUnit XML of test cases with the harness's own verdicts.

import { create, type XMLElement } from 'xmlbuilder';
import type { Verdict } from '../verdict/policy.ts';
import { verdictLabel } from '../verdict/verdict-label.ts';

type Kind = 'failure' | 'error' | 'skipped' | 'passed';

const kinds: Record<Verdict, Kind> = {
  'harness-error': 'error',
  fail: 'failure',
  'unexpected-pass': 'error',
  inconclusive: 'error',
  warning: 'passed',
  'known-deviation': 'passed',
  recorded: 'passed',
  pass: 'passed',
  'not-applicable': 'skipped',
};

export interface Case {
  name: string;
  classname: string;
  seconds: number;
  verdict: Verdict | 'not-run';
  reason: string;
  /** uri:line; empty when the case is not a scenario. */
  place: string;
}

/**
 * @param at ISO 8601
 * @param properties what is to be known of the whole; the format has a place for it in a suite only, so the first one has it
 */
export function junitOf(
  title: string,
  suites: ReadonlyMap<string, readonly Case[]>,
  at: string,
  properties: Readonly<Record<string, string>> = {},
): string {
  const root = create('testsuites', { encoding: 'UTF-8' }, undefined, { invalidCharReplacement: '\ufffd' });
  attributes(root, title, [...suites.values()].flat());
  root.att('timestamp', at);
  for (const [name, cases] of suites) {
    const suite = root.ele('testsuite');
    attributes(suite, name, cases);
    const about = suites.keys().next().value === name ? Object.entries(properties) : [];
    const list = about.length > 0 ? suite.ele('properties') : undefined;
    for (const [property, value] of about) list?.ele('property', { name: property, value });
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
  const label = verdictLabel(verdict);
  const element = suite.ele('testcase', { classname, name, time: seconds.toFixed(3) });
  if (place) element.att('file', place);
  element.ele('properties').ele('property', { name: 'verdict', value: label });
  const kind = kindOf({ verdict });
  const [message = ''] = reason.split('\n');
  if (kind === 'skipped') element.ele('skipped', { message });
  else if (kind !== 'passed') element.ele(kind, { type: label, message }, reason);
  else if (reason) element.ele('system-out', {}, `${label}: ${reason}`);
}

function kindOf({ verdict }: Pick<Case, 'verdict'>): Kind {
  return verdict === 'not-run' ? 'error' : kinds[verdict];
}
