// A check on the terminal: first the verdict and its reasons, then each broken rule, the worst first, then the figures.

import { styleText } from 'node:util';
import type { Skipped } from '../../logs/log-entry.ts';
import { requirement } from '../../protocol/catalogue.ts';
import { counted, grouped } from '../../text/count.ts';
import { oneLine } from '../../text/one-line.ts';
import { withoutCommands } from '../../text/terminal.ts';
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

export interface Terminal {
  color: boolean;
  /** Characters in a line; unlimited by default. */
  columns?: number;
}

type Options = Terminal & Partial<Pick<ReportContext, 'failOn' | 'only'>>;

const colours: Partial<Record<Verdict | CheckVerdict, 'red' | 'yellow' | 'green' | 'dim'>> = {
  fail: 'red',
  warning: 'yellow',
  recorded: 'dim',
  conformant: 'green',
  'non-conformant': 'red',
  inconclusive: 'yellow',
};

const maxSkipped = 10;
/** The most characters of an id, a position and a message. */
const maxLengths = { id: 80, place: 200, text: 400 };

export function words(summary: CheckSummary, { failOn = 'must', only, ...terminal }: Options): string {
  const { verdict, rules, totals } = summary;
  const context = { failOn, ...(only ? { only } : {}) };
  const description = describeVerdict(summary, context);
  const head = [
    verdictRow(description, verdict, terminal),
    ...furtherReasons(summary, context).map((reason, index) =>
      wrapped(`${(index === 0 ? 'why' : '').padEnd(14)}${line(reason)}`, 14, terminal),
    ),
    ...(only ? [wrapped(`only          ${line([...only].join(', '))}`, 14, terminal)] : []),
  ];
  const parts = [
    head.join('\n'),
    ...rules.map((rule) => block(rule, failOn, terminal)),
    ...skippedBlock(summary, terminal),
    ...refusedBlock(summary, terminal),
    [
      ...summary.read.map((text, index): [string, string] => [index === 0 ? 'read' : '', line(text)]),
      ['rules', describeCoverage(summary)] as [string, string],
      ...figures(totals),
    ]
      .map(([name, text]) => wrapped(`${name.padEnd(14)}${text}`, 14, terminal))
      .join('\n'),
  ];
  return `\n${parts.join('\n\n')}\n`;
}

function verdictRow(description: string, verdict: CheckVerdict, terminal: Terminal): string {
  const label = 'verdict'.padEnd(14);
  return label + coloured(wrapped(label + description, 14, terminal).slice(label.length), verdict, terminal);
}

function block(rule: BrokenRequirement, failOn: 'must' | 'should', terminal: Terminal): string {
  const { requirement: id, level, examples, count } = rule;
  const verdict = ruleVerdict(rule, { failOn });
  const head = wrapped(`${verdict}  ${id} (${level})  ${requirement(id).title}`, 2, terminal);
  return [
    coloured(head, verdict, terminal),
    wrapped(`  basis      ${basisOf(rule)}`, 13, terminal),
    wrapped(`  found      ${seen(rule)}${count > examples.length ? '; for example' : ''}`, 13, terminal),
    ...examples.map((one) => example(one, terminal)),
  ].join('\n');
}

function example({ finding, conversation }: Example, terminal: Terminal): string {
  const where = [
    line(describePosition(finding), maxLengths.place),
    conversation && `conversation ${line(conversation.conversationId, maxLengths.id)}`,
    line(describePart(finding), maxLengths.id),
  ];
  return [
    wrapped(`  ${where.filter(Boolean).join('  ')}`, 4, terminal),
    wrapped(`    ${line(finding.message)}`, 4, terminal),
  ].join('\n');
}

function skippedBlock({ skipped, totals }: CheckSummary, terminal: Terminal): string[] {
  if (totals.skipped === 0) return [];
  const shown = skipped.slice(0, maxSkipped);
  const left = totals.skipped - shown.length;
  const head = `not judged  ${counted(totals.skipped, 'line')} that could not be read`;
  return [
    [
      coloured(head, 'inconclusive', terminal, 'not judged'),
      ...shown.map((one) => wrapped(`  ${skippedLine(one)}`, 4, terminal)),
      ...(left > 0 ? [`  … and ${grouped(left)} more`] : []),
    ].join('\n'),
  ];
}

const maxRefusals = 10;

function refusedBlock({ refusals, totals }: CheckSummary, terminal: Terminal): string[] {
  if (refusals.length === 0) return [];
  const shown = refusals.slice(0, maxRefusals);
  const left = totals.refused - shown.reduce((sum, { count }) => sum + count, 0);
  return [
    [
      `refused     ${counted(totals.refused, 'request')}`,
      ...shown.map((one) => {
        const place = line(describePosition(one), maxLengths.place);
        return wrapped(`  ${place}  ${line(describeRefusal(one))}`, 4, terminal);
      }),
      ...(left > 0 ? [`  … and ${grouped(left)} more`] : []),
    ].join('\n'),
  ];
}

function skippedLine(skipped: Skipped): string {
  return `${line(describePosition(skipped), maxLengths.place)}  ${line(skipped.reason)}`;
}

/** A text that begins with a verdict, with the verdict in its colour. */
function coloured(
  text: string,
  verdict: Verdict | CheckVerdict,
  { color }: Terminal,
  lead: string = verdict,
): string {
  const colour = colours[verdict];
  if (!color || !colour) return text;
  return styleText(colour, text.slice(0, lead.length), { validateStream: false }) + text.slice(lead.length);
}

function line(text: string, limit: number = maxLengths.text): string {
  return oneLine(text, limit);
}

/** Wraps a line between words to the width of the terminal; indents the continued lines. */
function wrapped(text: string, indent: number, { columns }: Terminal): string {
  if (columns === undefined || text.length <= columns) return text;
  const lines = [''];
  // Spaces stay with the word before them; leading spaces stay with the first word.
  for (const word of text.match(/^\s*\S+\s*|\S+\s*/g) ?? []) {
    const room = columns - (lines.length > 1 ? indent : 0);
    if (lines.at(-1) !== '' && lines.at(-1)!.length + word.trimEnd().length > room) lines.push('');
    lines[lines.length - 1] += word;
  }
  // A word that is harmless within a line may be a command to a CI where one begins.
  return withoutCommands(lines.map((one) => one.trimEnd()).join(`\n${' '.repeat(indent)}`));
}
