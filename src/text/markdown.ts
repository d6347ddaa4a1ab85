// Untrusted text in GitHub-flavoured Markdown: it is shown literally, without markup, links or mentions.
import { escapeXml } from './escape-xml.ts';
import { oneLine } from './one-line.ts';
import { harmless, visible } from './terminal.ts';

const markup = /[\\`*<>&|~[\]]|(?<![a-z0-9])_|_(?![a-z0-9])/gi;
/** The start of what GitHub turns into a link, a mention or an emoji, even without markup. */
const reference = /@|#(?=\d)|\bGH-(?=\d)|\bwww(?=\.)|:(?=\/\/)|:(?=[\w+-]+:)/gi;
const zeroWidthSpace = '&#8203;';

/** A line of prose: for a paragraph, an item of a list or a cell of a table. */
export function text(value: string, limit = 300): string {
  return oneLine(value, limit)
    .replace(markup, '\\$&')
    .replace(reference, `$&${zeroWidthSpace}`)
    .replaceAll('$', '<span>$$</span>') // a pair of them would be a formula
    .replace(/^[#+=-]/, '\\$&')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2');
}

/** Our own Markdown in a cell of a table, where a pipe would end it. */
export function cell(markdown: string): string {
  return markdown.replaceAll('|', '\\|');
}

/** A line in a code span. Not for a cell of a table, where code cannot contain a pipe. */
export function code(value: string, limit = 500): string {
  const line = oneLine(value, limit);
  if (line === '') return '(empty)';
  const ticks = '`'.repeat(longestRun(line) + 1);
  return line.startsWith('`') || line.endsWith('`') ? `${ticks} ${line} ${ticks}` : `${ticks}${line}${ticks}`;
}

/** A block of code, with its line breaks. */
export function fence(value: string, language: string, limit: number): string {
  const lines = harmless(value.replace(/\r\n?/g, '\n'));
  const ticks = '`'.repeat(Math.max(3, longestRun(lines.slice(0, limit)) + 1));
  if (lines.length <= limit) return `${ticks}${language}\n${lines}\n${ticks}`;
  return [
    `The first ${limit} of ${lines.length} characters; conformance.json has them all.`,
    '',
    `${ticks}${language}\n${lines.slice(0, limit)}\n${ticks}`,
  ].join('\n');
}

/** A line between HTML tags, where Markdown is not interpreted. */
export function html(value: string, limit = 300): string {
  return escapeXml(oneLine(value, limit)).replace(reference, (found, at: number, line: string) =>
    found === '#' && line[at - 1] === '&' ? found : found + zeroWidthSpace,
  );
}

/** A link, if the value is an http or https address; otherwise text. */
export function link(value: string): string {
  return /^https?:\/\/[^\s<>|\\`]+$/.test(value) && visible(value) === value ? `<${value}>` : text(value);
}

/** A title, and content that unfolds on a click. */
export function folded(summary: string, content: string, open = false): string {
  return `<details${open ? ' open' : ''}><summary>${html(summary)}</summary>\n\n${content}\n\n</details>`;
}

function longestRun(value: string): number {
  return Math.max(0, ...(value.match(/`+/g) ?? []).map((run) => run.length));
}
