// The notes below a picture: why requests were not accepted, and how much was left out.
import { grouped } from '../text/count.ts';
import { plain, startOf } from './picture-text.ts';
import type { Moment, RequestOutcome } from './timeline.ts';

const maxNotes = 3;

/** Characters of a line, and of a reason. */
const maxLineLength = 76;
const maxReasonLength = 140;

/** Adjacent moments of one request. */
export interface Run {
  /** Indices of the first and the last moment. */
  first: number;
  last: number;
  request: RequestOutcome;
}

export function requestsIn(moments: Moment[]): Run[] {
  const runs: Run[] = [];
  for (const [index, moment] of moments.entries()) {
    const run = runs.at(-1);
    if (run?.request === moment.request) run.last = index;
    else runs.push({ first: index, last: index, request: moment.request });
  }
  return runs;
}

/** A line below the picture. */
export interface Note {
  /** The numbers of its moments and the result, in the colour of a failure; may be empty. */
  lead: string;
  text: string;
}

/**
 * @param from index of the first moment in the picture
 * @param shown how many moments are in the picture
 */
export function notesOf(moments: Moment[], from: number, shown: number): Note[] {
  const failed = requestsIn(moments).filter(({ request }) => request.result !== 'accepted');
  const byReason = [
    ...Map.groupBy(failed, ({ request }) => `${request.result}: ${plain(request.reason, maxReasonLength)}`),
  ];
  const notes = byReason.slice(0, maxNotes).flatMap(([reason, runs]) => notesOfReason(reason, runs));
  const omitted = byReason.slice(maxNotes).reduce((count, [, runs]) => count + runs.length, 0);
  const left = moments.length - shown;
  const more = [
    omitted > 0 ? `… and ${grouped(omitted)} more that ${omitted === 1 ? 'was' : 'were'} not accepted` : '',
    left > 0
      ? `${from > 0 ? `${from + 1} to ${from + shown}` : `the first ${shown}`} are shown, ${grouped(left)} more are left out`
      : '',
  ];
  return [...notes, ...more.filter(Boolean).map((text) => ({ lead: '', text }))];
}

/** @param reason "refused: it is sent with no token" */
function notesOfReason(reason: string, runs: Run[]): Note[] {
  const numbers = runs.slice(0, 8).map(({ first }) => first + 1);
  const result = reason.slice(0, reason.indexOf(':') + 1);
  const lead = `${numbers.join(', ')}${runs.length > numbers.length ? ', …' : ''} ${result}`;
  const text = reason.slice(result.length + 1);
  const start = startOf(text, maxLineLength - lead.length);
  if (start === text) return [{ lead, text }];
  const line = start.includes(' ') ? start.slice(0, start.lastIndexOf(' ')) : start;
  return [
    { lead, text: line },
    { lead: '', text: plain(text.slice(line.length), maxLineLength) },
  ];
}
