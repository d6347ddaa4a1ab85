// proof.md: the kill matrix for people, with the problems first.

import type { Proof } from '../protocol/generated/schema-types.ts';
import { folded, text } from '../text/markdown.ts';
import { formatDuration, formatInstant } from '../text/time.ts';
import { verdictLabel } from '../verdict/verdict-label.ts';
import type { FaultResult, VariationResult } from './outcome.ts';
import { blameText, totalsText } from './words.ts';

/** Worst first. */
const order: readonly FaultResult['outcome'][] = ['survived', 'killed by another', 'not judged', 'killed'];
const marks: Record<FaultResult['outcome'] | VariationResult['outcome'], string> = {
  survived: '❌',
  'killed by another': '❌',
  'false alarm': '❌',
  'not judged': '❓',
  killed: '✅',
  green: '✅',
};
const maxLength = 200;

export function proofMarkdown(proof: Proof): string {
  const { totals, unfaulted, startedAt, durationMs, form, selection, problems } = proof;
  const parts = [
    `## ${proof.proven ? '✅' : '❌'} The suite is ${proof.proven ? 'proven' : 'not proven'}`,
    [
      `- **faults** ${totalsText(totals)}`,
      `- **blame** ${blameText(proof)}`,
      `- **variations** ${totals.variations} conformant ones, ${totals.falseAlarms} not green`,
      `- **the sandbox without a fault** ${unfaulted.outcome}, ${unfaulted.scenarios} scenarios`,
      `- **when** ${text(formatInstant(startedAt))}, ${formatDuration(durationMs)}, ${form} form`,
      ...(selection ? [`- **only** ${text(selection.join(', '), 1000)}`] : []),
    ].join('\n'),
    ...(problems.length > 0
      ? ['### Problems', problems.map((one) => `- ${text(one, maxLength)}`).join('\n')]
      : []),
    '### Faults',
    faultTable(proof.faults.filter(({ outcome }) => outcome !== 'killed')),
    ...byRequirement(proof.faults.filter(({ outcome }) => outcome === 'killed')),
    '### Conformant variations',
    variationTable(proof.variations),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function byRequirement(faults: readonly FaultResult[]): string[] {
  const areas = Map.groupBy(faults, ({ breaks }) => breaks.replace(/-\d+$/, ''));
  return [...areas].map(([area, some]) => folded(`${area}: ${some.length} killed`, faultTable(some)));
}

function faultTable(faults: readonly FaultResult[]): string {
  if (faults.length === 0) return '';
  const sorted = faults.toSorted(
    (one, other) =>
      order.indexOf(one.outcome) - order.indexOf(other.outcome) || one.breaks.localeCompare(other.breaks),
  );
  return [
    '| fault | breaks | outcome | message of the run | other broken requirements | unrelated scenarios that failed | seconds |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...sorted.map(faultRow),
  ].join('\n');
}

function faultRow(fault: FaultResult): string {
  const cells = [
    `${text(fault.name)}<br>${text(fault.says, maxLength)}`,
    `${text(fault.breaks)} (${fault.level})`,
    `${marks[fault.outcome]} ${fault.outcome}`,
    text(fault.trouble ?? fault.message ?? '', maxLength),
    fault.others.map(({ requirement }) => text(requirement)).join(' '),
    `${fault.unrelatedDown} of ${fault.scenarios}`,
    String(fault.seconds),
  ];
  return `| ${cells.join(' | ')} |`;
}

function variationTable(variations: readonly VariationResult[]): string {
  if (variations.length === 0) return '';
  const rows = variations.map(({ name, says, outcome, alarms, trouble, scenarios, seconds }) => {
    const alarm = alarms.map(
      ({ requirement, verdict, message }) => `${requirement} ${verdictLabel(verdict)}: ${message}`,
    );
    const why = text([...alarm, ...(trouble ? [trouble] : [])].join('; '), maxLength);
    return `| ${text(name)}<br>${text(says, maxLength)} | ${marks[outcome]} ${outcome} | ${why} | ${scenarios} | ${seconds} |`;
  });
  return [
    '| variation | outcome | message of the run | scenarios | seconds |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
