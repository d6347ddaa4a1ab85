// A check as one page of Markdown, for a pull request or the summary of a CI job on GitHub.
import { requirement } from '../../protocol/catalogue.ts';
import { grouped } from '../../text/count.ts';
import { folded, text } from '../../text/markdown.ts';
import { formatInstant } from '../../text/time.ts';
import type { Verdict } from '../../verdict/policy.ts';
import type { BrokenRequirement, CheckSummary, CheckVerdict, Example } from '../result.ts';
import type { ReportContext } from './report.ts';
import {
  basisOf,
  describeCoverage,
  describePart,
  describePosition,
  describeRefusal,
  describeVerdict,
  figures,
  furtherReasons,
  ruleVerdict,
  seen,
} from './wording.ts';

const marks: Record<CheckVerdict, string> = { conformant: '✅', 'non-conformant': '❌', inconclusive: '❓' };
const ruleMarks: Partial<Record<Verdict, string>> = { fail: '❌', warning: '⚠️', recorded: '➖' };

/** The most entries of each list: the summary of a job on GitHub holds one megabyte. */
const limits = { reasons: 20, files: 10, skipped: 10, explained: 20 };
/** How many rules are unfolded at first. */
const maxOpen = 3;

export function markdown(summary: CheckSummary, context: ReportContext): string {
  const { verdict, rules } = summary;
  const reasons = furtherReasons(summary, context);
  const parts = [
    `## ${marks[verdict]} Agent AI conformance of the sender: ${describeVerdict(summary, context)}`,
    list(facts(summary, context)),
    section('Why', list(cut(reasons, limits.reasons).map((reason) => text(reason, 500)))),
    section('Broken rules', rules.length > 0 ? ruleTable(rules, context) : ''),
    ...rules.slice(0, limits.explained).map((rule, index) => examples(rule, index < maxOpen)),
    rules.length > limits.explained
      ? `… examples of ${rules.length - limits.explained} more rules: \`--format json\`.`
      : '',
    section('What could not be read', skippedTable(summary)),
    section('What was refused', refusedTable(summary)),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function facts(summary: CheckSummary, { files, at, only }: ReportContext): string[] {
  const names = cut(
    files.map((file) => (file === '-' ? 'standard input' : file)),
    limits.files,
  );
  return [
    `**log** ${names.map((name) => text(name)).join(', ')}`,
    `**checked** ${text(formatInstant(at.toISOString()))}`,
    ...(only ? [`**only** ${text([...only].join(', '), 1000)}`] : []),
    ...summary.read.map((found) => `**read** ${text(found, 400)}`),
    `**rules** ${describeCoverage(summary)}`,
    ...figures(summary.totals).map(([name, value]) => `**${name}** ${value}`),
  ];
}

function section(heading: string, content: string): string {
  return content === '' ? '' : `### ${heading}\n\n${content}`;
}

/** @param items Markdown, one line each */
function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function cut(items: readonly string[], limit: number): string[] {
  const left = items.length - limit;
  return [...items.slice(0, limit), ...(left > 0 ? [`… and ${grouped(left)} more`] : [])];
}

function ruleTable(rules: readonly BrokenRequirement[], context: ReportContext): string {
  const rows = rules.map((rule) => {
    const { requirement: id, level, count, conversations } = rule;
    const verdict = ruleVerdict(rule, context);
    const title = text(requirement(id).title, 200);
    return `| ${text(id)} | ${level} | ${ruleMarks[verdict] ?? ''} ${verdict} | ${title} | ${count} | ${conversations} |`;
  });
  return table(['requirement', 'level', 'verdict', 'what it says', 'findings', 'conversations'], rows);
}

function examples(rule: BrokenRequirement, isOpen: boolean): string {
  const { requirement: id, level } = rule;
  const rows = rule.examples.map(({ finding, conversation }: Example) => {
    const cells = [
      text(describePosition(finding), 200),
      text(conversation?.conversationId ?? '', 80),
      text(describePart(finding), 80),
      text(finding.message, 400),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return folded(
    `${id} (${level}), found ${seen(rule)}`,
    `${text(basisOf(rule))}.\n\n${table(['line', 'conversation', 'part', 'what is wrong'], rows)}`,
    isOpen,
  );
}

function skippedTable({ skipped, totals }: CheckSummary): string {
  if (totals.skipped === 0) return '';
  const shown = skipped.slice(0, limits.skipped);
  const rows = shown.map((one) => `| ${text(describePosition(one), 200)} | ${text(one.reason)} |`);
  const left = totals.skipped - shown.length;
  return table(['line', 'why'], rows) + (left > 0 ? `\n\n… and ${grouped(left)} more.` : '');
}

function refusedTable({ refusals, totals }: CheckSummary): string {
  const shown = refusals.slice(0, limits.skipped);
  if (shown.length === 0) return '';
  const rows = shown.map(
    (one) => `| ${text(describePosition(one), 200)} | ${text(describeRefusal(one), 400)} |`,
  );
  const left = totals.refused - shown.reduce((sum, { count }) => sum + count, 0);
  return table(['line', 'what'], rows) + (left > 0 ? `\n\n… and ${grouped(left)} more.` : '');
}

function table(head: readonly string[], rows: readonly string[]): string {
  return [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...rows].join('\n');
}
