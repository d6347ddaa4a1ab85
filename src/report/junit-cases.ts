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
  /** Left out when the case is not about a place. */
  at?: { file: string; line: number };
  /** What else is to be known of it, for tools that file results by it. */
  properties?: Readonly<Record<string, string>>;
}

/**
 * What the schema of Jenkins' xUnit plugin (junit-10.xsd) knows, and of each case its file, line and properties besides, which
 * Jenkins, GitLab and Xray read.
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
  for (const [name, cases] of suites) {
    const suite = root.ele('testsuite');
    attributes(suite, name, cases);
    suite.att('skipped', countOf('skipped', cases)).att('timestamp', at);
    const about = suites.keys().next().value === name ? Object.entries(properties) : [];
    const list = about.length > 0 ? suite.ele('properties') : undefined;
    for (const [property, value] of about) list?.ele('property', { name: property, value });
    for (const one of withOwnNames(cases)) addCase(suite, one);
  }
  return root.end({ pretty: true });
}

/**
 * A CI follows a case from one night to the next by its name: so a name holds no line, and of several cases with the same one,
 * as the rows of a table, each later one has its number.
 */
function withOwnNames(cases: readonly Case[]): Case[] {
  const seen = new Map<string, number>();
  return cases.map((one) => {
    const key = JSON.stringify([one.classname, one.name]);
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? one : { ...one, name: `${one.name} (${count})` };
  });
}

function attributes(element: XMLElement, name: string, cases: readonly Case[]): void {
  element
    .att('name', name)
    .att('tests', cases.length)
    .att('failures', countOf('failure', cases))
    .att('errors', countOf('error', cases))
    .att('time', cases.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3));
}

function addCase(suite: XMLElement, one: Case): void {
  const { name, classname, seconds, verdict, reason, at, properties } = one;
  const label = verdictLabel(verdict);
  const element = suite.ele('testcase', { classname, name, time: seconds.toFixed(3) });
  if (at) element.att('file', at.file).att('line', at.line);
  const list = element.ele('properties');
  for (const [property, value] of Object.entries({ verdict: label, ...properties })) {
    list.ele('property', { name: property, value });
  }
  const kind = kindOf({ verdict });
  const [message = ''] = reason.split('\n');
  if (kind === 'skipped') element.ele('skipped', { message });
  else if (kind !== 'passed') element.ele(kind, { type: label, message }, reason);
  else if (reason) element.ele('system-out', {}, `${label}: ${reason}`);
}

function countOf(kind: Kind, cases: readonly Case[]): number {
  return cases.filter((one) => kindOf(one) === kind).length;
}

function kindOf({ verdict }: Pick<Case, 'verdict'>): Kind {
  return verdict === 'not-run' ? 'error' : kinds[verdict];
}
