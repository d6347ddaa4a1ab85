// How results are shown: one line each, what to do below it, and what it all comes to.

import { styleText } from 'node:util';
import { counted } from '../text/count.ts';
import { checks } from './checks.ts';
import type { Mark } from './diagnosis.ts';
import type { Result } from './examine.ts';

/** Makes a text from elsewhere fit for a line: no secrets, nothing that a terminal would obey. */
export type Clean = (text: string) => string;

const marks: Record<Mark, string> = {
  ok: styleText('green', '✓'),
  note: styleText('yellow', '!'),
  fix: styleText('red', '✗'),
  skipped: styleText('gray', '–'),
};

const width = Math.max(...checks.map(({ name }) => name.length));

export function linesOf({ mark, check, found, todo }: Result, clean: Clean): string {
  const indent = ' '.repeat(width + 4);
  const steps = todo.map((step) => `${indent}→ ${clean(step)}`);
  return [`${marks[mark]} ${check.padEnd(width)}  ${clean(found)}`, ...steps].join('\n');
}

/** @param profile that the tenant was named by */
export function conclusion(results: Result[], profile: string | undefined, clean: Clean): string {
  const toFix = results.filter(({ mark }) => mark === 'fix');
  const [first] = toFix;
  if (first) {
    return `${counted(toFix.length, 'thing')} to fix, first: ${first.check} (${clean(first.found)})`;
  }
  const notes = results.filter(({ mark }) => mark === 'note').length;
  const known = notes === 0 ? '' : ` (${notes === 1 ? 'one line' : `${notes} lines`} above worth knowing)`;
  return `Ready: npm test${profile ? ` -- --tenant ${profile}` : ''}${known}`;
}
