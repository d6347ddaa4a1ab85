// docs/errors.md: the table of the codes, for people.
import { errorSections } from './error-codes.ts';
import type { ErrorEntry } from './error-entry.ts';

/** @param banner first line */
export function errorsPage(banner: string): string {
  return [
    banner,
    '# Error codes',
    'A message that ends a command begins with one of these codes; they stay the same from version to version. A code of',
    'the connection also stands in the reports, and in `evidence.ndjson` as `failure.code`. The exit code is 2, or 3 where',
    'that is mentioned. Only an option that a command does not know is named without a code.\n',
    ...Object.entries(errorSections).map(([title, codes]) => section(title, codes)),
  ].join('\n');
}

function section(title: string, codes: Record<string, ErrorEntry>): string {
  const rows = Object.entries(codes).map(([code, { means, todo, exitCode }]) => {
    const exit = exitCode === 3 ? '; exit code 3' : '';
    return `| \`${code}\` | ${means}${exit} | ${todo} |`;
  });
  return `## ${title}\n\n| code | means | to do |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
}
