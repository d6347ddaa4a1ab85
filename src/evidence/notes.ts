// What stands below a picture: why what was not accepted was not, and what there was no room for.
import { grouped } from '../text/count.ts';
import { plain, startOf } from './picture-text.ts';
import type { Moment } from './timeline.ts';

const maxNotes = 3;

/** Letters that fit into a note: in a line of it, and in all of it. */
const noteRoom = 76;
const maxLetters = 140;

/** Neighbours that share a request: their first and last place, and one of them. */
export interface Run {
  first: number;
  last: number;
  of: Moment;
}

export function requestsIn(moments: Moment[]): Run[] {
  const runs: Run[] = [];
  for (const [index, moment] of moments.entries()) {
    const run = runs.at(-1);
    if (run?.of.request === moment.request) run.last = index;
    else runs.push({ first: index, last: index, of: moment });
  }
  return runs;
}

/** A line below the picture. */
export interface Note {
  /** What it is about, in the colour of what went wrong. */
  lead: string;
  text: string;
}

/**
 * @param from index of the first moment that there was room for
 * @param shown how many there was room for
 */
export function notesOf(moments: Moment[], from: number, shown: number): Note[] {
  const bad = requestsIn(moments).filter(({ of }) => of.request.result !== 'accepted');
  const alike = [
    ...Map.groupBy(bad, ({ of }) => `${of.request.result}: ${plain(of.request.reason, maxLetters)}`),
  ];
  const notes = alike.slice(0, maxNotes).flatMap(([said, of]) => reason(said, of));
  const unsaid = alike.slice(maxNotes).reduce((count, [, of]) => count + of.length, 0);
  const left = moments.length - shown;
  const more = [
    unsaid > 0 ? `… and ${grouped(unsaid)} more that ${unsaid === 1 ? 'was' : 'were'} not accepted` : '',
    left > 0
      ? `${from > 0 ? `${from + 1} to ${from + shown}` : `the first ${shown}`} are shown, ${grouped(left)} more are left out`
      : '',
  ];
  return [...notes, ...more.filter(Boolean).map((text) => ({ lead: '', text }))];
}

/** @param said "refused: it is sent with no token" */
function reason(said: string, of: Run[]): Note[] {
  const numbers = of.slice(0, 8).map(({ first }) => first + 1);
  const result = said.slice(0, said.indexOf(':') + 1);
  const lead = `${numbers.join(', ')}${of.length > numbers.length ? ', …' : ''} ${result}`;
  const text = said.slice(result.length + 1);
  const start = startOf(text, noteRoom - lead.length);
  if (start === text) return [{ lead, text }];
  const line = start.includes(' ') ? start.slice(0, start.lastIndexOf(' ')) : start;
  return [
    { lead, text: line },
    { lead: '', text: plain(text.slice(line.length), noteRoom) },
  ];
}
