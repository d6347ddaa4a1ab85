// Which bad tokens come with which request of a conversation: a row of the table is a token, and how often it is sent.
import type { DataTable } from '@cucumber/cucumber';
import { type TokenKind, tokenKinds } from '../src/tenant/tokens.ts';
import type { Wrong } from './attempts.ts';
import { cell } from './event-tables.ts';

const every = 'every request';
const inTurn = 'in turn';

/**
 * Those that come in turn are shared out so that each of them comes with one request at least, and each request has as many.
 * @param deep all of them come with every request
 * @returns the defects of the request at a place of a conversation with so many
 * @throws Error when a cell has a word that its column does not allow
 */
export function tokensByPlace(table: DataTable, deep: boolean): (place: number, places: number) => Wrong[] {
  const rows = table.hashes().map((row) => ({
    wrong: withToken(cell(row, 'token', tokenKinds) as TokenKind),
    isAlways: cell(row, 'with', [every, inTurn]) === every || deep,
  }));
  const always = rows.filter(({ isAlways }) => isAlways).map(({ wrong }) => wrong);
  const others = rows.filter(({ isAlways }) => !isAlways).map(({ wrong }) => wrong);
  return (place, places) => {
    const atATime = Math.ceil(others.length / places);
    const turn = Array.from(
      { length: atATime },
      (_, index) => others[(place * atATime + index) % others.length]!,
    );
    return [...always, ...turn];
  };
}

function withToken(token: TokenKind): Wrong {
  return ({ request }) => ({ wrong: `it is sent with ${token}`, request: { ...request, token } });
}
