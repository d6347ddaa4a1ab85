// The proof on the terminal: a line for each result, and a summary that ends with the problems.

import { styleText } from 'node:util';
import type { Proof } from '../protocol/generated/schema-types.ts';
import { counted } from '../text/count.ts';
import { oneLine } from '../text/one-line.ts';
import { formatDuration } from '../text/time.ts';
import { verdictLabel } from '../verdict/verdict-label.ts';
import type { ConformantResult, FaultResult, VariationResult } from './outcome.ts';

/** How much of a message is shown; proof.json has all of it. */
const maxLength = 200;
const maxShown = 20;

const colours: Record<FaultResult['outcome'] | VariationResult['outcome'], 'green' | 'yellow' | 'red'> = {
  killed: 'green',
  green: 'green',
  'killed by another': 'red',
  survived: 'red',
  'false alarm': 'red',
  'not judged': 'yellow',
};

export function unfaultedLine(result: ConformantResult): string {
  return line(
    result,
    'the sandbox without a fault',
    `${counted(result.scenarios, 'scenario')}${reason(result)}`,
  );
}

export function variationLine(result: VariationResult): string {
  return line(result, result.name, `${counted(result.scenarios, 'scenario')}${reason(result)}`);
}

export function faultLine(result: FaultResult): string {
  const { breaks, others, unrelatedDown, trouble } = result;
  const also = others.length > 0 ? `, also ${others.map(({ requirement }) => requirement).join(' ')}` : '';
  const failed = unrelatedDown > 0 ? `, ${counted(unrelatedDown, 'unrelated scenario')} failed` : '';
  return line(result, result.name, `${breaks}${also}${failed}${trouble ? `: ${trouble}` : ''}`);
}

function reason({ alarms, trouble }: ConformantResult): string {
  const first = alarms[0];
  if (first) return `: ${first.requirement} ${verdictLabel(first.verdict)}: ${first.message}`;
  return trouble ? `: ${trouble}` : '';
}

function line(
  { outcome, seconds }: Pick<FaultResult | VariationResult, 'outcome' | 'seconds'>,
  name: string,
  text: string,
): string {
  const mark = styleText(colours[outcome], outcome.padEnd(17));
  return `${mark} ${name}  ${oneLine(text, maxLength)} (${seconds} s)`;
}

export function summary(proof: Proof): string {
  const { totals, problems, durationMs, form } = proof;
  const shown = problems.slice(0, maxShown).map((problem) => `  ${oneLine(problem, maxLength)}`);
  if (problems.length > maxShown) shown.push(`  … and ${problems.length - maxShown} more`);
  const verdict = proof.proven ? styleText('green', 'proven') : styleText('red', 'not proven');
  return [
    '',
    `verdict     ${verdict}`,
    `faults      ${totalsText(totals)}`,
    `blame       ${blameText(proof)}`,
    `variations  ${totals.variations}: ${totals.falseAlarms} not green`,
    `form        ${form}, in ${formatDuration(durationMs)}`,
    ...(shown.length > 0 ? ['', ...shown] : []),
  ].join('\n');
}

export function totalsText({
  faults,
  killed,
  killedByAnother,
  survived,
  notJudged,
}: Proof['totals']): string {
  return [
    `${faults}: ${killed} killed by the requirement they break`,
    `${killedByAnother} only by another`,
    `${survived} survived`,
    `${notJudged} not judged`,
  ].join(', ');
}

/** How many requirements the faults take down besides their own. The quick form shows only some of it. */
export function blameText({
  faults,
  form,
}: Pick<Proof, 'form'> & { faults: readonly FaultResult[] }): string {
  const judged = faults.filter(({ outcome }) => outcome !== 'not judged');
  const alone = judged.filter(({ others }) => others.length === 0).length;
  const most = judged.reduce((max, { others }) => Math.max(max, others.length), 0);
  const sum = judged.reduce((total, { others }) => total + others.length, 0);
  const text = `${alone} of ${counted(judged.length, 'fault')} break no requirement besides their own; ${sum} in all, ${most} at most`;
  return form === 'full' ? text : `${text} (in the scenarios that were run)`;
}
