// The overview for a terminal, and as Markdown.
import { counted } from '../../text/count.ts';
import { text } from '../../text/markdown.ts';
import { oneLine } from '../../text/one-line.ts';
import { verdictLabel } from '../../verdict/verdict-label.ts';
import { marks } from '../markdown.ts';
import type { Cell, Overview, TenantSummary } from './overview.ts';

/** How many requirements and observations a terminal shows. */
const maxRows = 20;

export function overviewInWords({ tenants, requirements, observations }: Overview): string {
  const width = Math.max(...tenants.map(({ name }) => name.length));
  const lines = tenants.flatMap((tenant) => [
    `${tenant.name.padEnd(width)}  ${tenant.verdict}: ${tenantInBrief(tenant)}`,
    ...detailsOf(tenant).map((detail) => `${' '.repeat(width)}  ${oneLine(detail, 200)}`),
  ]);
  const rows = requirements.map(({ id, verdicts, history }) => {
    const those = tenants.flatMap(({ name }, column) =>
      (verdicts[column] === 'pass' && !history[column]) || !verdicts[column]
        ? []
        : [`${name} ${verdictLabel(verdicts[column])}${history[column] ? ` (${history[column]})` : ''}`],
    );
    return `${id.padEnd(15)} ${those.join(', ')}`;
  });
  const questions = observations.map(
    ({ ambiguity, question, answers }) =>
      `${ambiguity} ${question}: ${tenants.flatMap(({ name }, column) => (answers[column] === null ? [] : [`${name} ${answers[column]}`])).join('; ')}`,
  );
  return [
    lines.join('\n'),
    ...part('Requirements that do not pass everywhere, or come and go', rows),
    ...part('Read differently', questions),
  ].join('\n\n');
}

function part(heading: string, rows: readonly string[]): string[] {
  if (rows.length === 0) return [];
  const left = rows.length - maxRows;
  const shown = rows.slice(0, maxRows).map((row) => `  ${oneLine(row, 300)}`);
  return [[heading, ...shown, ...(left > 0 ? [`  … and ${left} more`] : [])].join('\n')];
}

/** "3 fail, 73 pass" */
export function tenantInBrief({ counts }: TenantSummary): string {
  return Object.entries(counts)
    .map(([verdict, count]) => `${count} ${verdictLabel(verdict)}`)
    .sort()
    .join(', ');
}

/** The cause, the reasons, and what is new. */
export function detailsOf({ cause, reasons, news }: TenantSummary): string[] {
  return [
    ...(cause ? [`probably: ${cause}`] : []),
    ...reasons,
    ...(news && news.newlyFailing.length > 0 ? [`new: ${news.newlyFailing.join(', ')}`] : []),
    ...(news && news.newToSuite.length > 0 ? [`new to the suite: ${news.newToSuite.join(', ')}`] : []),
    ...(news && news.newlyPassing.length > 0 ? [`passes again: ${news.newlyPassing.join(', ')}`] : []),
  ];
}

export function overviewMarkdown({ tenants, areas, requirements, observations }: Overview): string {
  const names = tenants.map(({ name }) => text(name));
  const head = (...before: string[]) =>
    row([...before, ...names]) + row([...before, ...names].map(() => '---'));
  const bad = tenants.filter(({ verdict }) => verdict !== 'conformant').length;
  return [
    `## Agent AI conformance: ${counted(tenants.length, 'tenant')}, ${bad === 0 ? 'all well' : `${bad} not conformant, or not decided as a whole`}\n`,
    tenants
      .map((one) => {
        const details = detailsOf(one).map((detail) => `  - ${text(detail, 300)}\n`);
        return `- **${text(one.name)}** ${one.verdict}: ${tenantInBrief(one)} ([report](${link(one, 'conformance.html')}))\n${details.join('')}`;
      })
      .join(''),
    `### Areas\n\n${head('area')}${areas.map(({ area, verdicts }) => row([text(area), ...verdicts.map(mark)])).join('')}`,
    ...(requirements.length > 0
      ? [
          `### Requirements that do not pass everywhere, or come and go\n\n${head('requirement', 'level')}${requirements
            .map(({ id, level, verdicts, history }) =>
              row([
                id,
                level,
                ...verdicts.map(
                  (one, column) => mark(one) + (history[column] ? `<br>${text(history[column])}` : ''),
                ),
              ]),
            )
            .join('')}`,
        ]
      : []),
    ...(observations.length > 0
      ? [
          `### Read differently\n\n${head('question')}${observations
            .map(({ ambiguity, question, answers }) =>
              row([`${ambiguity} ${text(question)}`, ...answers.map((one) => text(one ?? 'not asked', 200))]),
            )
            .join('')}`,
        ]
      : []),
  ].join('\n');
}

/** To a file of the reports of a tenant. */
export function link({ folder }: TenantSummary, file: string): string {
  return [...folder.split('/').map(encoded), file].join('/');
}

/** Parentheses would end a link in Markdown. */
function encoded(name: string): string {
  return encodeURIComponent(name).replaceAll('(', '%28').replaceAll(')', '%29');
}

function mark(verdict: Cell): string {
  return verdict ? `${marks[verdict]} ${verdictLabel(verdict)}` : '–';
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}
