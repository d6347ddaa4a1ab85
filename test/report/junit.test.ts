// junit.xml, as a CI follows it from one night to the next: a case keeps its name when lines are added above it, and says where
// it stands, what it is about and how it was judged.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { junit } from '../../src/report/junit.ts';
import type { ScenarioResult } from '../../src/verdict/collector.ts';
import type { Verdict } from '../../src/verdict/policy.ts';
import { xmlProblem } from '../run/xml.ts';
import { must, should } from '../verdict/sample-run.ts';
import { sampleReport } from './sample-report.ts';

function result(
  line: number,
  verdict: Verdict | undefined,
  changes: Partial<ScenarioResult> = {},
): ScenarioResult {
  return {
    name: 'A call is answered',
    uri: 'features/a.feature',
    line,
    tags: [`@${must}`, `@${should}`, '@observe'],
    feature: 'Answers',
    rule: 'Success is 200',
    verdict,
    durationMs: 1500,
    ...changes,
  };
}

function xmlOf(results: ScenarioResult[]): string {
  const xml = junit({ report: sampleReport(), results, deviations: [] });
  assert.equal(xmlProblem(xml), undefined);
  return xml;
}

const namesIn = (xml: string) =>
  [...xml.matchAll(/<testcase [^>]*\bname="([^"]*)"/g)].map(([, name]) => name);

test('a name holds no line; of several alike each has its number, in the order of the file', () => {
  const rows = [result(9, 'pass'), result(7, 'pass'), result(8, 'pass', { rule: 'Another rule' })];
  const names = ['A call is answered', 'A call is answered', 'A call is answered (2)'];
  assert.deepEqual(namesIn(xmlOf(rows)).sort(), names);
  const moved = rows.map((one) => ({ ...one, line: one.line + 3 }));
  assert.deepEqual(namesIn(xmlOf(moved)), namesIn(xmlOf(rows)));
  assert.match(xmlOf(rows), /line="7">[\s\S]*line="8">[\s\S]*\(2\)" [^>]*line="9">/);
});

test('a case says where it stands, and by what tools file it', () => {
  const xml = xmlOf([result(7, 'warning', { reason: 'HOOKS-ERR-02 (should)  refused\n  event  x' })]);
  assert.match(xml, / file="features\/a\.feature" line="7">/);
  for (const [name, value] of [
    ['verdict', 'warning'],
    ['requirements', `${must},${should}`],
    ['level', 'must,should'],
  ]) {
    assert.ok(xml.includes(`<property name="${name}" value="${value}"/>`), `${name} in ${xml}`);
  }
  assert.match(xml, /<testsuite [^>]*>\s*<properties>[\s\S]*<property name="tenant" value="[^"]+"\/>/);
});

test('a fail is a failure, what could not be judged is an error, what is not applicable is skipped', () => {
  const kinds: [Verdict | undefined, RegExp][] = [
    ['fail', /<failure type="fail" message="why">/],
    ['inconclusive', /<error type="inconclusive" message="why">/],
    ['harness-error', /<error type="harness error" message="why">/],
    ['unexpected-pass', /<error type="unexpected pass" message="why">/],
    [undefined, /<error type="not run" message="why">/],
    ['not-applicable', /<skipped message="why"\/>/],
    ['known-deviation', /<system-out>known deviation: why<\/system-out>/],
  ];
  for (const [verdict, shown] of kinds) assert.match(xmlOf([result(7, verdict, { reason: 'why' })]), shown);
});

/** By element: what the schema of Jenkins' xUnit plugin (junit-10.xsd) and, of a case, what GitLab and Xray know besides. */
const known: Readonly<Record<string, readonly string[]>> = {
  testsuites: ['name', 'tests', 'failures', 'errors', 'time'],
  testsuite: ['name', 'tests', 'failures', 'errors', 'skipped', 'time', 'timestamp'],
  testcase: ['name', 'classname', 'time', 'file', 'line'],
  properties: [],
  property: ['name', 'value'],
  failure: ['type', 'message'],
  error: ['type', 'message'],
  skipped: ['type', 'message'],
  'system-out': [],
};

test('only elements and attributes are written that CI systems know, and times as Jenkins takes them', () => {
  const verdicts = ['pass', 'fail', 'warning', 'inconclusive', 'not-applicable', 'harness-error'] as const;
  const xml = xmlOf(verdicts.map((verdict, index) => result(index, verdict, { reason: 'Why\n  so' })));
  const written = new Set<string>();
  for (const [, element, attributes] of xml.matchAll(/<([a-z-]+)((?: [^>]*?)?)\/?>/g)) {
    const names = [...attributes!.matchAll(/ ([a-z]+)="/g)].map(([, name]) => name!);
    const unknown = names.filter((name) => !known[element!]?.includes(name));
    assert.deepEqual([element! in known, unknown], [true, []], `<${element}${attributes}>`);
    written.add(element!);
  }
  assert.deepEqual([...written].sort(), Object.keys(known).sort());
  for (const [, time] of xml.matchAll(/ time="([^"]*)"/g)) assert.match(time!, /^\d+\.\d{3}$/);
});
