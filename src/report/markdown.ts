// conformance.md: a run on one page, for a pull request or the summary of a CI job on GitHub.

import { bindsSenderOnly } from '../protocol/catalogue.ts';
import { counted } from '../text/count.ts';
import { code, fence, folded, link, text } from '../text/markdown.ts';
import { formatDuration, formatInstant } from '../text/time.ts';
import { lostInWords } from '../verdict/lost-requests.ts';
import { modelCoverageInWords } from '../verdict/model-coverage.ts';
import type {
  ConformanceReport,
  ObservationReport,
  RequirementReport,
  RequirementVerdict,
} from '../verdict/report-types.ts';
import { verdictLabel } from '../verdict/verdict-label.ts';
import { comparisonAsMarkdown } from './comparison.ts';
import { historyRows, trends } from './history-in-words.ts';
import { worstFindings } from './markdown-findings.ts';
import { probableCauseRows } from './probable-cause.ts';
import { shareInWords } from './share-in-words.ts';
import { verdictInWords } from './verdict-in-words.ts';

export const marks: Record<RequirementVerdict, string> = {
  fail: '❌',
  'unexpected-pass': '🧹',
  inconclusive: '❓',
  warning: '⚠️',
  'known-deviation': '📌',
  pass: '✅',
  'not-applicable': '➖',
  'not-tested': '➖',
};

const runMarks: Record<ConformanceReport['verdict'], string> = {
  conformant: '✅',
  partial: '☑️',
  'non-conformant': '❌',
  'list-needs-tidying': '🧹',
  inconclusive: '❓',
  error: '💥',
};

/** Lists are cut at this length, since the summary of a GitHub job holds one megabyte. */
const maxItems = 20;
const maxObservations = 60;
const maxCopied = 4_000;

export function conformanceMarkdown(report: ConformanceReport): string {
  const parts = [
    `## ${runMarks[report.verdict]} Agent AI conformance: ${verdictInWords(report)}`,
    section('Probable cause', probableCause(report)),
    section('What to do next', nextStep(report)),
    list(facts(report)),
    section('Why', list(report.reasons.map((reason) => text(reason, 500)))),
    section(
      'Lost requests',
      list(report.lostRequests.map((lost) => text(`${lostInWords(lost)}. ${lost.tried}`, 500))),
    ),
    section('Since the last run', report.comparison ? comparisonAsMarkdown(report.comparison) : ''),
    section('Run again', runAgain(report)),
    section('Night after night', nights(report)),
    section('The worst findings', worstFindings(report)),
    section('All requirements', requirementTables(report.requirements)),
    section('How this tenant reads the documents', observationTable(report.observations)),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function section(heading: string, content: string): string {
  return content === '' ? '' : `### ${heading}\n\n${content}`;
}

/** @param items one line of Markdown each */
function list(items: readonly string[]): string {
  const lines = items.slice(0, maxItems).map((item) => `- ${item}`);
  if (items.length > maxItems) lines.push(`- … and ${items.length - maxItems} more`);
  return lines.join('\n');
}

function probableCause(report: ConformanceReport): string {
  return list(
    probableCauseRows(report)
      .filter(([name]) => name !== 'repeat')
      .map(([name, value]) => `**${name}** ${text(value, 600)}`),
  );
}

/** What was shown before is replaced. */
function runAgain({ again = [] }: ConformanceReport): string {
  return list(
    again.map(
      ({ name, uri, line, was, is }) =>
        `${text(name, 200)} (${code(`${uri}:${line}`)}): ${verdictLabel(is)}, before ${verdictLabel(was)}`,
    ),
  );
}

function nights(report: ConformanceReport): string {
  return list([
    ...historyRows(report).map(({ id, words }) => `**${text(id)}** ${text(words)}`),
    ...trends(report.history?.runs).map(
      ({ name, last, range }) => `**${name.toLowerCase()}** ${text(`${last}; ${range}`)}`,
    ),
  ]);
}

function nextStep({ next }: ConformanceReport): string {
  if (next === null) return '';
  return [text(next.do), ...(next.copy === null ? [] : [fence(next.copy, 'text', maxCopied)])].join('\n\n');
}

function facts({
  tenant,
  startedAt,
  durationMs,
  requests,
  selection,
  scenarios,
  coverage,
  suite,
}: ConformanceReport) {
  const { url, botId, profile, embedded } = tenant;
  const ran = scenarios.total - scenarios.notRun;
  const commit = suite.commit === null ? '' : `, commit ${code(suite.commit.slice(0, 12))}`;
  return [
    embedded
      ? '**tenant** the embedded sandbox'
      : `**tenant** ${code(url)}, bot ${code(botId)}${profile === null ? '' : `, profile ${code(profile)}`}`,
    `**when** ${text(formatInstant(startedAt))}, ${requests} requests in ${formatDuration(durationMs)}`,
    `**scenarios** ${ran} of ${scenarios.total} ran to their end (${text(selection.words)})`,
    `**coverage** ${coverage.tested} of the ${coverage.requirements - coverage.untestable.length} requirements that bind the tenant were tested`,
    ...(coverage.model ? [`**model** ${text(modelCoverageInWords(coverage.model))}`] : []),
    `**suite** ${text(suite.name)} ${text(suite.version)}${commit}, values ${suite.seed === null ? 'plain' : `by seed ${suite.seed}`}`,
  ];
}

function requirementTables(requirements: readonly RequirementReport[]): string {
  const own = requirements.filter((one) => !bindsSenderOnly(one));
  const areas = Map.groupBy(own, ({ area }) => area);
  return [...[...areas].map(([area, entries]) => areaTable(area, entries)), ...senders(requirements)].join(
    '\n\n',
  );
}

/** What no answer of a tenant shows. */
function senders(requirements: readonly RequirementReport[]): string[] {
  const all = requirements.filter(bindsSenderOnly);
  if (all.length === 0) return [];
  const items = all.map(({ id, level, title }) => `- ${text(id)} (${level}) ${text(title, 200)}`);
  const head = `${counted(all.length, 'requirement binds', 'requirements bind')} only who sends the events: npm run check judges the sender by a log`;
  return [folded(head, items.join('\n'))];
}

function areaTable(area: string, entries: readonly RequirementReport[]): string {
  const bad = entries.some(({ verdict }) => ['fail', 'unexpected-pass', 'inconclusive'].includes(verdict));
  const table = ['| requirement | level | verdict | what it says | why |', '| --- | --- | --- | --- | --- |'];
  return folded(`${area}: ${counts(entries)}`, [...table, ...entries.map(row)].join('\n'), bad);
}

function counts(entries: readonly RequirementReport[]): string {
  const verdicts = Object.keys(marks) as RequirementVerdict[];
  return verdicts
    .map((verdict) => ({ verdict, count: entries.filter((entry) => entry.verdict === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${marks[verdict]} ${count} ${verdictLabel(verdict)}`)
    .join(', ');
}

function row(entry: RequirementReport): string {
  const { id, level, basis, verdict, title } = entry;
  const part = shareInWords(entry);
  const label = part === '' ? verdictLabel(verdict) : `${verdictLabel(verdict)}, ${part}`;
  return `| ${text(id)} | ${level}, ${basis} | ${marks[verdict]} ${label} | ${text(title, 200)} | ${why(entry)} |`;
}

function why({ verdict, findings, reason }: RequirementReport): string {
  const found = findings.find((one) => one.verdict === verdict);
  if (verdict === 'known-deviation' && found?.deviation) {
    const { deviation } = found;
    return `${text(deviation.reason, 150)}${deviation.link ? ` ${link(deviation.link)}` : ''}`;
  }
  return text(found?.message ?? reason ?? '', 150);
}

function observationTable(observations: readonly ObservationReport[]): string {
  if (observations.length === 0) return '';
  const rows = observations.slice(0, maxObservations).map(({ ambiguity, question, answer, was }) => {
    const before = was === null ? '' : `<br>⚠️ used to be: ${text(was, 150)}`;
    return `| ${text(ambiguity)} | ${text(question, 200)} | ${text(answer, 150)}${before} |`;
  });
  const left = observations.length - rows.length;
  const more = left > 0 ? [`\n… and ${left} more, in conformance.json.`] : [];
  return ['| register | asked | this tenant |', '| --- | --- | --- |', ...rows, ...more].join('\n');
}
