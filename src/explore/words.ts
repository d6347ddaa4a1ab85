// The report of an exploration for the terminal: what failed, how to repeat it, and how much of the model was gone through.
import { curl } from '../evidence/curl.ts';
import { stepKind } from '../protocol/lifecycle/step.ts';
import { counted, grouped } from '../text/count.ts';
import { formatDuration } from '../text/time.ts';
import { verdictLabel } from '../verdict/verdict-label.ts';
import type { ExplorationFinding, ExplorationReport } from './report.ts';
import { type Script, type ScriptedMove, stepOfMove } from './script.ts';

/** The JSON file has all of them. */
const maxNeverTaken = 12;

export function explorationInWords(report: ExplorationReport): string {
  const { tenant, seed, requests, excursions, durationMs, concurrency, findings, reasons } = report;
  const more =
    requests.toMakeSmaller > 0 ? `, ${grouped(requests.toMakeSmaller)} of them to make failures smaller` : '';
  const where = tenant.embedded ? 'the embedded sandbox' : tenant.url;
  const lines = [
    ...findings.flatMap((finding) => [...findingInWords(finding), '']),
    `tenant       ${where}`,
    `sent         ${counted(requests.inAll, 'request')} in ${counted(excursions, 'excursion')}${more}; ${formatDuration(durationMs)}, ${concurrency} at a time`,
    ...coverageInWords(report.coverage),
    `seed         ${seed}`,
    `to repeat    ${report.command}`,
    ...reasons.map((reason) => `note         ${reason}`),
    '',
    verdictInWords(report),
  ];
  return lines.join('\n');
}

function verdictInWords({ verdict, findings }: ExplorationReport): string {
  const count = (one: string) => findings.filter((finding) => finding.verdict === one).length;
  const warnings = count('warning') > 0 ? `, ${counted(count('warning'), 'warning')}` : '';
  if (verdict === 'non-conformant')
    return `non-conformant: ${counted(count('fail'), 'finding fails', 'findings fail')}${warnings}`;
  if (verdict === 'inconclusive') return `inconclusive${warnings}`;
  return `nothing that fails was found on these ways${warnings}`;
}

function findingInWords(finding: ExplorationFinding): string[] {
  const { requirement, level, verdict, message, why, times, feature, knownBecause } = finding;
  const often = times > 1 ? `, ${grouped(times)} times` : '';
  return [
    `${requirement} (${level}), ${verdictLabel(verdict)}: ${message}`,
    ...(why === '' ? [] : [`  shown by   ${why}`]),
    ...(knownBecause === null ? [] : [`  known      ${knownBecause}`]),
    `  seen       in excursion ${finding.excursion}${often}${repetitionInWords(finding)}`,
    ...conversationInWords(finding.conversation).map(
      (line, index) => `  ${index === 0 ? 'sent  ' : '      '}     ${line}`,
    ),
    `  repeat     ${feature === null ? curl(finding.exchange.request) : `npm test -- ${feature}`}`,
  ];
}

function repetitionInWords({ repeatable, repeated }: ExplorationFinding): string {
  if (repeatable) return '';
  return repeated ? ', and not again when it was repeated' : '; it could not be repeated before the end';
}

/** A line for each request. */
function conversationInWords({ requests, conversations, together }: Script): string[] {
  const several = conversations.length > 1;
  const lines = requests.map(({ conversation, moves, isMistake }) => {
    const place = several ? `conversation ${conversation + 1}: ` : '';
    return `${place}${moves.map(moveInWords).join(' + ')}${isMistake ? ', out of order' : ''}`;
  });
  return together > 1 ? [`${together} times at the same time:`, ...lines] : lines;
}

function moveInWords(move: ScriptedMove): string {
  if (move.type === 'message') return `${move.author === 'USER' ? 'user' : 'agent'} message`;
  const kind = stepKind(stepOfMove(move));
  return 'agent' in move ? `${kind} of Agent ${move.agent}` : kind;
}

function coverageInWords({ transitions, pairs, neverTaken }: ExplorationReport['coverage']): string[] {
  const more = neverTaken.length - maxNeverTaken;
  return [
    `transitions  ${transitions.taken} of ${transitions.possible} of the model, ${pairs.taken} of ${pairs.possible} pairs`,
    ...neverTaken.slice(0, maxNeverTaken).map((one) => `  never      ${one}`),
    ...(more > 0 ? [`  never      … and ${more} more`] : []),
  ];
}
