// The verdict of a run on a few lines, for a screen that somebody glances at: what is wrong, each in one line.
import { styleText } from 'node:util';
import { counted } from '../text/count.ts';
import { oneLine } from '../text/one-line.ts';
import { harmless } from '../text/terminal.ts';
import { leadingFinding } from '../verdict/causes.ts';
import type { EndedRun } from '../verdict/ended-run.ts';
import { severity, type Verdict } from '../verdict/policy.ts';
import { verdictLabel } from '../verdict/verdict-label.ts';
import { runColours, verdictColours } from './colours.ts';
import { verdictInWords } from './verdict-in-words.ts';

const maxRows = 8;
const maxLength = 160;
const shown: readonly Verdict[] = ['harness-error', 'fail', 'unexpected-pass', 'inconclusive', 'warning'];

export function brief({ report, results }: EndedRun, folder: string): string {
  const counts = severity.flatMap((verdict) => {
    const { length } = results.filter((result) => result.verdict === verdict);
    return length > 0 ? [`${length} ${verdictLabel(verdict)}`] : [];
  });
  const rows = shown.flatMap((verdict) => rowsOf(verdict, { report, results }));
  const left = rows.length - maxRows;
  return [
    styleText(runColours[report.verdict], verdictInWords(report)),
    `${counted(report.scenarios.total, 'scenario')}${counts.length > 0 ? `: ${counts.join(', ')}` : ''}`,
    ...rows.slice(0, maxRows),
    ...(left > 0 ? [`… and ${left} more`] : []),
    ...report.reasons.map(harmless),
    `details      ${harmless(folder)}/conformance.html`,
  ].join('\n');
}

function rowsOf(verdict: Verdict, { report, results }: Pick<EndedRun, 'report' | 'results'>): string[] {
  const label = styleText(verdictColours[verdict], verdictLabel(verdict));
  if (verdict === 'harness-error')
    return results
      .filter((result) => result.verdict === verdict)
      .map(({ uri, line, reason = '' }) => `${label}  ${oneLine(`${uri}:${line}  ${reason}`, maxLength)}`);
  return report.requirements
    .filter((entry) => entry.verdict === verdict)
    .map((entry) => {
      const { message, scenario } = leadingFinding(entry) ?? { message: entry.reason ?? '', scenario: null };
      const at = scenario ? `  ${oneLine(scenario, maxLength)}` : '';
      return `${label}  ${entry.id}  ${oneLine(message, maxLength)}${at}`;
    });
}
