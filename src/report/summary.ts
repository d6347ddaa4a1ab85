// The summary at the end of a run, for the terminal: problems first, then the figures, and last what to do.

import { styleText } from 'node:util';
import { bindsSenderOnly } from '../protocol/catalogue.ts';
import { counted } from '../text/count.ts';
import { harmless } from '../text/terminal.ts';
import { explaining, inconclusiveCauses, leadingFinding } from '../verdict/causes.ts';
import { changeOf, type ScenarioResult } from '../verdict/collector.ts';
import type { EndedRun } from '../verdict/ended-run.ts';
import { kindsOf } from '../verdict/finding-groups.ts';
import { lostInWords } from '../verdict/lost-requests.ts';
import { severity } from '../verdict/policy.ts';
import type { ConformanceReport, FindingReport, RequirementReport } from '../verdict/report-types.ts';
import { notSet } from '../verdict/scenario.ts';
import { verdictLabel } from '../verdict/verdict-label.ts';
import { againInWords } from './again-in-words.ts';
import { runColours, verdictColours } from './colours.ts';
import { comparisonInBrief } from './comparison.ts';
import { historyRows } from './history-in-words.ts';
import { lastWords } from './last-words.ts';
import { verdictInWords } from './verdict-in-words.ts';

/** The summary shows only so many of a kind; the reports have them all. */
const limits = { fail: 10, other: 5, kinds: 5 };

/** @param unwritten the reports that could not be written, each with the reason */
export function summary(run: EndedRun, reportsDir: string, unwritten: ReadonlyMap<string, string>): string {
  const { report, results } = run;
  const parts = [
    ...unjudged(report),
    ...blocks(report, 'known-deviation', limits.other),
    ...blocks(report, 'warning', limits.other),
    ...blocks(report, 'unexpected-pass', limits.other),
    ...blocks(report, 'fail', limits.fail),
    ...harnessErrors(results),
    figures(run, reportsDir, unwritten),
    ...report.reasons.map(harmless),
    ...lastWords(report),
  ];
  return `\n${parts.join('\n\n')}\n`;
}

function figures(
  { report, results }: EndedRun,
  reportsDir: string,
  unwritten: ReadonlyMap<string, string>,
): string {
  const { scenarios, tenant, lostRequests, comparison, durationMs, requests } = report;
  const counts = severity
    .map((verdict) => [verdict, results.filter((result) => result.verdict === verdict).length] as const)
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => styleText(verdictColours[verdict], `${count} ${verdictLabel(verdict)}`));
  if (scenarios.notRun > 0) counts.push(styleText('yellow', `${scenarios.notRun} not run`));
  const binding = report.requirements.filter((one) => !bindsSenderOnly(one)).length;
  const changed = report.observations.filter((one) => one.was !== null);
  const rows = [
    ['verdict', styleText(runColours[report.verdict], verdictInWords(report))],
    ['tenant', tenant.embedded ? 'the embedded sandbox (TENANT_URL is not set)' : harmless(tenant.url)],
    ['scenarios', `${scenarios.total}: ${counts.join(', ')}`],
    [
      'requirements',
      `${report.coverage.tested} of the ${binding} that bind the tenant were tested${partly(report)}`,
    ],
    ...skippedRows(results),
    ['values', valuesInWords(report.suite.seed)],
    ['requests', `${requests} in ${(durationMs / 1000).toFixed(1)} s`],
    ...lostRequests
      .slice(0, limits.other)
      .map((lost) => ['lost', styleText('yellow', harmless(`${lostInWords(lost)}: ${lost.tried}`))]),
    ...changed.map((one) => ['observed', styleText('yellow', harmless(changeOf({ ...one, was: one.was! })))]),
    ...againRow(report),
    ...(comparison
      ? [['last run', comparisonInBrief(comparison).replaceAll('\n', `\n${' '.repeat(13)}`)]]
      : []),
    ...historyRows(report)
      .slice(0, limits.other)
      .map(({ id, words }) => ['nights', `${id}: ${words}`]),
    ['reports', reportsInWords(harmless(reportsDir), unwritten)],
  ];
  return rows.map(([name, text]) => `${name!.padEnd(13)}${text}`).join('\n');
}

function againRow({ again = [] }: ConformanceReport): string[][] {
  return again.length > 0 ? [['run again', againInWords(again)]] : [];
}

function valuesInWords(seed: number | null): string {
  return seed === null ? 'plain ones' : `chosen by seed ${seed}; --plain-values sends plain ones`;
}

const reportNames = [
  'conformance.html',
  'conformance.md',
  'conformance.json',
  'cucumber.html',
  'junit.xml',
  'evidence.ndjson',
];

function reportsInWords(folder: string, unwritten: ReadonlyMap<string, string>): string {
  const written = reportNames.filter((name) => !unwritten.has(name)).join(', ');
  const brief = written.replace('html, conformance.md, conformance.json', 'html, .md and .json');
  const missing = [...unwritten].map(([name, why]) => styleText('red', `${name} not written: ${why}`));
  return [`${folder}: ${brief}`, ...missing, 'Allure with npm run report'].join('; ');
}

/** Why scenarios are not applicable, most often for a setting that the profile does not declare, and how many. */
function skippedRows(results: readonly ScenarioResult[]): string[][] {
  const skipped = results.filter((result) => result.verdict === 'not-applicable');
  const byReason = Map.groupBy(skipped, ({ reason = '' }) => reason);
  return [...byReason].map(([reason, { length }]) => {
    const count = counted(length, 'scenario is', 'scenarios are');
    return [
      reason.startsWith(notSet) ? 'settings' : 'skipped',
      harmless(`${reason} (${count} not applicable)`),
    ];
  });
}

function harnessErrors(results: readonly ScenarioResult[]): string[] {
  const bad = results.filter((result) => result.verdict === 'harness-error');
  const shown = bad.slice(0, limits.fail).map(({ name, uri, line, reason }) => {
    const text = harmless(`${name}  ${uri}:${line}\n${indented(reason ?? '')}`);
    return `${styleText('red', verdictLabel('harness-error'))}  ${text}`;
  });
  return [...shown, ...andMore(bad.length - shown.length)];
}

/** Of what the probable cause explains, the first; of the rest, as many as the limit allows. */
function blocks(report: ConformanceReport, is: RequirementReport['verdict'], at: number): string[] {
  const explained = explainedIds(report);
  const all = report.requirements.filter(({ verdict }) => verdict === is);
  const alike = all.filter(({ id }) => explained.has(id)).slice(1);
  const own = all.filter((entry) => !alike.includes(entry));
  return [...own.slice(0, at).map(block), ...andMore(own.length - at), ...explainedBelow(is, alike.length)];
}

function unjudged(report: ConformanceReport): string[] {
  const { requirements } = report;
  const explained = explainedIds(report);
  const causes = inconclusiveCauses(requirements.filter(({ id }) => !explained.has(id)));
  const alike = requirements.filter(
    ({ id, verdict }) => verdict === 'inconclusive' && explained.has(id),
  ).length;
  const shown = causes.slice(0, limits.other).map(({ requirements: [first, ...others] }) => {
    const likewise = others.length > 0 ? `\n  likewise  ${others.map(({ id }) => id).join(', ')}` : '';
    return block(first) + likewise;
  });
  return [...shown, ...andMore(causes.length - shown.length), ...explainedBelow('inconclusive', alike)];
}

/** That a requirement passes counts only as far as its scenarios were selected. */
function partly({ requirements }: ConformanceReport): string {
  const count = requirements.filter(({ part }) => part).length;
  return count > 0 ? `, ${count} of them by a part of their scenarios` : '';
}

function explainedIds(report: ConformanceReport): ReadonlySet<string> {
  return new Set(explaining(report).flatMap(({ requirements }) => requirements));
}

function explainedBelow(verdict: RequirementReport['verdict'], count: number): string[] {
  if (count === 0) return [];
  const who = counted(count, 'requirement');
  return [
    `${styleText(verdictColours[verdict], verdictLabel(verdict))}  ${who}, explained by the probable cause below`,
  ];
}

function andMore(count: number): string[] {
  return count > 0 ? [`… and ${count} more: see the reports`] : [];
}

/** One requirement: its verdict and its first finding. */
function block(entry: RequirementReport): string {
  const { id, level, verdict, findings, reason, scenarios } = entry;
  const about = findings.filter((found) => found.verdict === verdict);
  const first = leadingFinding(entry);
  const head = `${styleText(verdictColours[verdict], verdictLabel(verdict))}  ${id} (${level})  ${harmless(first?.message ?? reason ?? '')}`;
  if (!first) return head;
  const name = scenarios.find(({ uri, line }) => `${uri}:${line}` === first.scenario)?.name;
  const rows = [
    ['event', first.exchange?.event],
    ['expected', first.expected],
    ['answer', first.actual],
    ['known', knownAs(first)],
    ['repeat', first.exchange?.repeat],
    ['scenario', first.scenario && `${name}  ${first.scenario}`],
    ['and', about.length > 1 ? `${about.length - 1} more: conformance.html#${id}` : undefined],
    ...kindRows(about),
  ];
  const lines = rows.flatMap(([label, value]) => (value ? [`  ${label!.padEnd(9)} ${harmless(value)}`] : []));
  return [head, ...lines].join('\n');
}

/** How often each kind was found, when there are several. */
function kindRows(findings: readonly FindingReport[]): [string, string][] {
  const kinds = kindsOf(findings);
  if (kinds.length < 2) return [];
  const shown = kinds
    .slice(0, limits.kinds)
    .map(({ kind, findings: same }): [string, string] => ['', `${same.length} × ${kind}`]);
  const left = kinds.length - shown.length;
  return left > 0 ? [...shown, ['', `… and ${counted(left, 'more kind')}`]] : shown;
}

function knownAs({ deviation }: FindingReport): string | undefined {
  return deviation ? `${deviation.reason}${deviation.link ? ` (${deviation.link})` : ''}` : undefined;
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
