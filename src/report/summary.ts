// The end of a run on the terminal.
import { styleText } from 'node:util';
import { tenantRequirements } from '../protocol/catalogue.ts';
import type { RunCollector, ScenarioResult } from '../verdict/collector.ts';
import { severity, type Verdict } from '../verdict/policy.ts';

const colours: Record<Verdict, 'red' | 'yellow' | 'green' | 'dim'> = {
  'harness error': 'red',
  fail: 'red',
  inconclusive: 'yellow',
  warning: 'yellow',
  recorded: 'dim',
  pass: 'green',
  'not applicable': 'dim',
};

const maxBlocks = 10;

export interface SummaryContext {
  reportsDir: string;
  tenant: string;
  seconds: number;
}

/** What is wrong first, then the figures and where the reports are. */
export function summary(run: RunCollector, context: SummaryContext): string {
  const parts = [problems(run), figures(run, context)].filter((part) => part !== '');
  return `\n${parts.join('\n\n')}\n`;
}

function problems(run: RunCollector): string {
  const bad = severity
    .filter((verdict) => ['harness error', 'fail', 'inconclusive', 'warning'].includes(verdict))
    .flatMap((verdict) => run.results.filter((result) => result.verdict === verdict));
  const blocks = bad.slice(0, maxBlocks).map(block);
  if (bad.length > maxBlocks) blocks.push(`… and ${bad.length - maxBlocks} more: see the reports`);
  if (run.exception) blocks.push(`${paint('harness error', 'harness error')}  ${run.exception}`);
  return blocks.join('\n\n');
}

function block(result: ScenarioResult): string {
  const head = `${paint(result.verdict!, result.verdict!)}  ${result.name}  ${result.uri}:${result.line}`;
  const reason = (result.reason ?? '').split('\n').map((line) => `  ${line}`);
  return [head, ...reason].join('\n').trimEnd();
}

function figures(run: RunCollector, context: SummaryContext): string {
  const counts = severity
    .map((verdict) => [verdict, run.results.filter((result) => result.verdict === verdict).length] as const)
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => paint(verdict, `${count} ${verdict}`));
  const notRun = run.selected - run.results.filter((result) => result.verdict).length;
  if (notRun > 0) counts.push(styleText('yellow', `${notRun} not run`));
  const verdicts = run.requirementVerdicts();
  const covered = tenantRequirements.filter((requirement) => isShown(verdicts.get(requirement.id)));
  const requests = run.results.reduce((sum, result) => sum + (result.record?.exchanges.length ?? 0), 0);
  const rows = [
    ['tenant', context.tenant],
    ['scenarios', `${run.selected}: ${counts.join(', ')}`],
    [
      'requirements',
      `${covered.length} of the ${tenantRequirements.length} that bind the tenant were tested`,
    ],
    ...missingSettings(run).map((text) => ['settings', text]),
    ['requests', `${requests} in ${context.seconds.toFixed(1)} s`],
    [
      'reports',
      `${context.reportsDir}: cucumber.html, junit.xml, evidence.ndjson; Allure with npm run report`,
    ],
  ];
  return rows.map(([name, text]) => `${name!.padEnd(13)}${text}`).join('\n');
}

/** What the profile does not declare, and how much is not applicable for that. */
function missingSettings({ results }: RunCollector): string[] {
  const skipped = results.filter((result) => result.verdict === 'not applicable');
  return [...new Set(skipped.map((result) => result.reason ?? ''))].map((reason) => {
    const count = skipped.filter((result) => (result.reason ?? '') === reason).length;
    return `${reason} (${count === 1 ? '1 scenario is' : `${count} scenarios are`} not applicable)`;
  });
}

/** Inconclusive or not applicable shows nothing about a requirement. */
function isShown(verdict: Verdict | undefined): boolean {
  return verdict !== undefined && !['inconclusive', 'not applicable', 'harness error'].includes(verdict);
}

function paint(verdict: Verdict, text: string): string {
  return styleText(colours[verdict], text);
}
