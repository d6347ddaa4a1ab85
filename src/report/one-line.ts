// What a tenant wrote must not steer whoever reads it: not a terminal, not a page, not a list.

import { invisible } from '../protocol/problems.ts';

/** A text as one line of at most `limit` characters. */
export function oneLine(text: string, limit = Number.POSITIVE_INFINITY): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const cut = line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
  return cut.replace(invisible, '\ufffd');
}
