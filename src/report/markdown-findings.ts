// The worst findings of a run as Markdown, each with what it takes to repeat it.
import type {
  ConformanceReport,
  FindingReport,
  RequirementReport,
  RequirementVerdict,
} from '../verdict/report-types.ts';
import { code, fence, folded, text } from './markdown-text.ts';

const shown = 5;
const maxCurl = 4_000;

/** What somebody has to look at, the worst first. */
const worstFirst: readonly RequirementVerdict[] = ['fail', 'unexpected-pass', 'inconclusive', 'warning'];
const levels = ['must', 'should', 'may'];

/** A requirement each: one that fails in forty scenarios must not hide the other four. Empty: there is none. */
export function worstFindings({ requirements }: ConformanceReport): string {
  const bad = requirements.filter(({ verdict }) => worstFirst.includes(verdict)).sort(byBadness);
  const blocks = bad.slice(0, shown).map(block);
  if (bad.length > shown) blocks.push(`… and ${bad.length - shown} more, in the table below.`);
  return blocks.join('\n\n');
}

function byBadness(one: RequirementReport, other: RequirementReport): number {
  return (
    worstFirst.indexOf(one.verdict) - worstFirst.indexOf(other.verdict) ||
    levels.indexOf(one.level) - levels.indexOf(other.level)
  );
}

function block(requirement: RequirementReport, index: number): string {
  const { id, level, title, verdict, findings, reason } = requirement;
  const about = findings.filter((found) => found.verdict === verdict);
  const found = about[0];
  const head = `#### ${index + 1}. ${text(id)} (${level}): ${verdict.replaceAll('-', ' ')}`;
  const rows: [string, string | null | undefined][] = [
    ['requirement', text(title)],
    ['finding', found && text(found.message)],
    ['reason', reason && text(reason, 500)],
    ['event', found?.exchange && code(found.exchange.event)],
    ['expected', found && text(found.expected)],
    ['answer', found && code(found.actual)],
    ['scenario', found?.scenario && code(found.scenario)],
    ['and', about.length > 1 ? `${about.length - 1} more of this requirement` : undefined],
  ];
  const list = rows.flatMap(([name, value]) => (value ? [`- **${name}** ${value}`] : [])).join('\n');
  return [head, list, ...repeat(found)].join('\n\n');
}

function repeat(found: FindingReport | undefined): string[] {
  if (!found?.exchange) return [];
  return [folded('Repeat it with curl', fence(found.exchange.repeat, 'sh', maxCurl))];
}
