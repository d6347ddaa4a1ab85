// The worst findings of a run as Markdown, each with the command that repeats it.

import { basisInWords } from '../protocol/catalogue.ts';
import { counted } from '../text/count.ts';
import { code, fence, folded, text } from '../text/markdown.ts';
import { inconclusiveCauses, leadingFinding } from '../verdict/causes.ts';
import { kindsOf } from '../verdict/finding-groups.ts';
import type {
  ConformanceReport,
  FindingReport,
  RequirementReport,
  RequirementVerdict,
} from '../verdict/report-types.ts';
import { verdictLabel } from '../verdict/verdict-label.ts';

const shown = 5;
const maxCurl = 4_000;

/** The verdicts that somebody has to look at, worst first. */
const worstFirst: readonly RequirementVerdict[] = ['fail', 'unexpected-pass', 'inconclusive', 'warning'];
const levels = ['must', 'should', 'may'];

/**
 * One block for each requirement, so that one that fails in forty scenarios does not hide the others; inconclusive ones
 * share a block for each cause. Empty when there are no such findings.
 */
export function worstFindings({ requirements }: ConformanceReport): string {
  const causes = inconclusiveCauses(requirements);
  const likewise = new Map(causes.map(({ requirements: [first, ...others] }) => [first.id, others]));
  const bad = requirements
    .filter(
      ({ id, verdict }) => worstFirst.includes(verdict) && (verdict !== 'inconclusive' || likewise.has(id)),
    )
    .sort(byBadness);
  const blocks = bad.slice(0, shown).map((entry, index) => block(entry, index, likewise.get(entry.id) ?? []));
  if (bad.length > shown) blocks.push(`… and ${bad.length - shown} more, in the table below.`);
  return blocks.join('\n\n');
}

function byBadness(one: RequirementReport, other: RequirementReport): number {
  return (
    worstFirst.indexOf(one.verdict) - worstFirst.indexOf(other.verdict) ||
    levels.indexOf(one.level) - levels.indexOf(other.level)
  );
}

function block(requirement: RequirementReport, index: number, likewise: RequirementReport[]): string {
  const { id, level, title, verdict, findings, reason } = requirement;
  const about = findings.filter((one) => one.verdict === verdict);
  const found = leadingFinding(requirement);
  const head = `#### ${index + 1}. ${text(id)} (${level}): ${verdictLabel(verdict)}`;
  const rows: [string, string | null | undefined][] = [
    ['requirement', text(title)],
    ['basis', text(basisInWords(requirement.basis, requirement.source), 300)],
    ['depends on', text(requirement.ambiguity.join(', '), 300)],
    ['finding', found && text(found.message)],
    ['reason', reason && !found ? text(reason, 500) : undefined],
    ['likewise', likewise.map((one) => text(one.id)).join(', ')],
    ['event', found?.exchange && code(found.exchange.event)],
    ['expected', found && text(found.expected)],
    ['answer', found && code(found.actual)],
    ['scenario', found?.scenario && code(found.scenario)],
    [
      'and',
      about.length > 1 ? `${about.length - 1} more of this requirement${kindsInWords(about)}` : undefined,
    ],
  ];
  const list = rows.flatMap(([name, value]) => (value ? [`- **${name}** ${value}`] : [])).join('\n');
  return [head, list, ...repeat(found)].join('\n\n');
}

/** How often each kind was found, when there are several. */
function kindsInWords(findings: readonly FindingReport[]): string {
  const kinds = kindsOf(findings);
  if (kinds.length < 2) return '';
  const counts = kinds
    .slice(0, shown)
    .map(({ kind, findings: same }) => text(`${same.length} × ${kind}`, 150));
  const left = kinds.length - counts.length;
  return `: ${counts.join('; ')}${left > 0 ? ` and ${counted(left, 'more kind')}` : ''}`;
}

function repeat(found: FindingReport | undefined): string[] {
  if (!found?.exchange) return [];
  return [folded('Repeat it with curl', fence(found.exchange.repeat, 'sh', maxCurl))];
}
