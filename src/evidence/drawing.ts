// A timeline as SVG: a row for each lane, a column for each moment. It has its own colours, light and dark. Several can
// stand in one page: they have no ids, prefixed classes, and one style for all.

import { escapeXml } from '../text/escape-xml.ts';
import { type Note, notesOf, type Run, requestsIn } from './notes.ts';
import { plain } from './picture-text.ts';
import type { Lane, Moment, Shape, Stay, Timeline } from './timeline.ts';

/** Pixels. */
const gutter = 96;
const column = 84;
const margin = 8;
const head = 24;
const laneHeight = 46;
const foot = 30;
const noteHeight = 18;
const minWidthWithNotes = 500;

/** Columns in a row, and in a picture; further moments are only counted. */
const maxColumns = 10;
const maxMoments = 48;

/** Characters that fit into a column, and into the name of a lane. */
const maxCaptionLength = 13;

/** Relative path commands, from the middle of the mark. Each kind has its own outline, so that colour is not needed. */
const outlines: Record<Shape, string> = {
  NA: 'm-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0z',
  cold: 'm-6.5-6.5h13v13h-13z',
  warm: 'm0-9l9 9l-9 9l-9-9z',
  redial: 'm0-9l9 15.5h-18z',
  message: 'm-9-7h18v11h-10l-4 4v-4h-4z',
  summary: 'm-6-8h8l4 4v12h-12zm3 6h6m-6 4h6',
  end: 'm-3.3-8h6.6l4.7 4.7v6.6l-4.7 4.7h-6.6l-4.7-4.7v-6.6z',
  assignment: 'm-8-5h8v-4l9 9l-9 9v-4h-8z',
  outcome: 'm-9-6h18v12h-18zl9 7l9-7',
  other: 'm-5-5h10v10h-10z',
};

const light = '--cv-i:#1f2328;--cv-f:#5b646e;--cv-l:#d0d7de;--cv-b:#fff;--cv-r:#c62828;';
const dark = '--cv-i:#e6edf3;--cv-f:#9aa5b1;--cv-l:#3a434d;--cv-b:#12171d;--cv-r:#ff7b72;';
const lightKinds = '--cv-n:#006b52;--cv-c:#0b5cad;--cv-w:#b86e00;--cv-d:#b8549a';
const darkKinds = '--cv-n:#3ecf9f;--cv-c:#6cb3ff;--cv-w:#f2b544;--cv-d:#f093d0';

/** The same in every picture: a page with many pictures needs it once. In print the colours are light. */
export const style = `<style>.cv{${light}${lightKinds};font:11px system-ui,"Segoe UI",Arial,sans-serif}\
@media screen and (prefers-color-scheme:dark){.cv{${dark}${darkKinds}}}\
.cv text{fill:var(--cv-i);text-anchor:middle}.cv .cv-f{fill:var(--cv-f)}.cv .cv-s{text-anchor:start}\
.cv .cv-r{fill:var(--cv-r);font-weight:600}.cv-l{stroke:var(--cv-l);fill:none}\
.cv-t{fill:var(--cv-r);fill-opacity:.1}.cv-x{stroke:var(--cv-r);stroke-width:2.5;stroke-linecap:round}\
.cv-k{fill:none;stroke:var(--cv-r);stroke-width:1.5}.cv-u{fill:none;stroke:var(--cv-f);stroke-dasharray:4 3}.cv-m{stroke-width:2;stroke:currentColor;fill:currentColor}\
.cv-o{fill:var(--cv-b)}.cv-g{opacity:.5}.cv-y{stroke-width:12;stroke:currentColor;opacity:.28}\
.cv-NA{color:var(--cv-n)}.cv-cold{color:var(--cv-c)}.cv-warm{color:var(--cv-w)}.cv-redial{color:var(--cv-d)}\
.cv-other{color:var(--cv-f)}.cv-ink{color:var(--cv-i)}.cv-b{fill:var(--cv-b)}</style>`;

/** A part of a timeline that is drawn side by side, from y downwards. */
interface Row {
  /** Index of its first moment in the timeline. */
  from: number;
  moments: Moment[];
  /** The lanes in which something happens. */
  lanes: Lane[];
  y: number;
}

/** @param title for screen readers, and for the tooltip */
export function drawing(timeline: Timeline, title: string): string {
  const from = firstShown(timeline.moments);
  const shown = timeline.moments.slice(from, from + maxMoments);
  const rows = rowsOf(timeline.lanes, shown, from);
  const notes = notesOf(timeline.moments, from, shown.length);
  const columns = Math.max(...rows.map((row) => row.moments.length));
  const width = Math.max(gutter + columns * column + margin, notes.length > 0 ? minWidthWithNotes : 0);
  const bottom = endOf(rows.at(-1)!);
  const height = bottom + notes.length * noteHeight + (notes.length > 0 ? margin : 0);
  const start = timeline.moments[0]!.request.startedAt;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="cv" role="img" width="${width}" height="${height}" `,
    `viewBox="0 0 ${width} ${height}"><title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(altText(shown, from))}</desc>${style}`,
    `<rect class="cv-b" width="${width}" height="${height}" rx="6"/>`,
    ...rows.map((row) => rowDrawn(row, width, start)),
    ...notes.map((note, index) => noteDrawn(note, bottom + index * noteHeight)),
    '</svg>',
  ].join('');
}

/** The index of the first moment to draw: a picture of a part has to include the first marked moment. */
function firstShown(moments: Moment[]): number {
  const firstMarked = moments.findIndex(({ marked }) => marked);
  if (firstMarked < maxMoments) return 0;
  return Math.min(firstMarked - maxMoments / 2, moments.length - maxMoments);
}

/** As few rows as possible, of about the same length. */
function rowsOf(lanes: Lane[], shown: Moment[], first: number): Row[] {
  const length = Math.ceil(shown.length / Math.ceil(shown.length / maxColumns));
  const rows: Row[] = [];
  for (let from = first; from < first + shown.length; from += length) {
    const moments = shown.slice(from - first, from - first + length);
    const alive = lanes.filter(
      (lane) =>
        moments.some((moment) => moment.lane === lane) ||
        lane.stays.some((stay) => isIn(stay, from, from + moments.length)),
    );
    const y = rows.length > 0 ? endOf(rows.at(-1)!) : margin;
    rows.push({ from, moments, lanes: alive, y });
  }
  return rows;
}

function endOf({ y, lanes }: Row): number {
  return y + head + lanes.length * laneHeight + foot;
}

/** Whether a stay overlaps the moments from..to (exclusive). */
function isIn(stay: Stay, from: number, to: number): boolean {
  return stay.from < to && (stay.to ?? to) >= from;
}

function rowDrawn(row: Row, width: number, start: number | undefined): string {
  return [
    ...requestsIn(row.moments).map((run) => requestDrawn(run, row)),
    ...row.lanes.map((_, index) => laneDrawn(row, index, width)),
    ...row.moments.map((_, index) => momentDrawn(row, index, start)),
  ].join('');
}

const frames = { accepted: '', refused: 'cv-t', 'no answer': 'cv-u' };
const answerColours = { accepted: 'cv-f', refused: 'cv-r', 'no answer': '' };

/** The answer below the column or columns of a request, with a frame when the request was not accepted. */
function requestDrawn({ first, last, request }: Run, { y, lanes }: Row): string {
  const { result, answer } = request;
  const [left, right] = [x(first) - column / 2 + 2, x(last) + column / 2 - 2];
  const bottom = y + head + lanes.length * laneHeight;
  const size = `x="${left}" y="${y}" width="${right - left}" height="${bottom + 20 - y}" rx="4"`;
  const frame = frames[result] ? `<rect class="${frames[result]}" ${size}/>` : '';
  const bracket = `<path class="cv-l" d="M${left + 6} ${bottom - 4}v4H${right - 6}v-4"/>`;
  const answered = words(
    (left + right) / 2,
    bottom + 14,
    plain(answer, maxCaptionLength),
    answerColours[result],
  );
  return frame + (last > first ? bracket : '') + answered;
}

function laneDrawn({ from, moments, lanes, y: top }: Row, index: number, width: number): string {
  const y = laneY(top, index);
  const { name, stays } = lanes[index]!;
  const to = from + moments.length;
  const bars = stays
    .filter((stay) => isIn(stay, from, to))
    .map((stay) => {
      const start = stay.from < from ? gutter - 4 : x(stay.from - from);
      const end = stay.to === undefined || stay.to >= to ? x(moments.length) - column / 2 : x(stay.to - from);
      return `<path class="cv-y cv-${stay.kind}" d="M${start} ${y}H${end}"/>`;
    });
  const line = `<path class="cv-l" d="M${gutter - 4} ${y}H${width - margin}"/>`;
  return words(margin, y + 4, plain(name, maxCaptionLength), 'cv-s') + line + bars.join('');
}

function momentDrawn({ from, moments, lanes, y: top }: Row, index: number, start?: number): string {
  const { request, lane, shape, caption, description, marked } = moments[index]!;
  const [middle, y] = [x(index), laneY(top, lanes.indexOf(lane))];
  const time = index + from === 0 ? '' : timeSince(start, request.startedAt);
  const cross = `<path class="cv-x" d="M${middle - 9} ${y - 9}l18 18m0-18l-18 18"/>`;
  return [
    marked ? markDrawn(middle, top, lanes.length) : '',
    words(middle, top + 14, `${from + index + 1}${time && ` · ${time}`}`, marked ? 'cv-r' : 'cv-f'),
    `<path class="${look(moments[index]!)}" d="M${middle} ${y}${outlines[shape]}">`,
    `<title>${escapeXml(plain(description, 200))}</title></path>`,
    request.result === 'refused' ? cross : '',
    words(middle, y + 21, plain(caption, maxCaptionLength)),
  ].join('');
}

/** An entry has a full mark, an exit a hollow one; an event that the tenant did not accept is faint or dashed. */
function look({ shape, transition, request }: Moment): string {
  if (request.result === 'no answer') return 'cv-b cv-u';
  const colour = ['NA', 'cold', 'warm', 'redial', 'other'].includes(shape) ? shape : 'ink';
  const hollow = transition !== 'entry' && shape !== 'end';
  const faint = request.result === 'refused';
  return `cv-m cv-${colour}${hollow || faint ? ' cv-o' : ''}${faint ? ' cv-g' : ''}`;
}

/** The frame around a marked moment. */
function markDrawn(middle: number, top: number, lanes: number): string {
  const [width, height] = [column - 4, head + lanes * laneHeight];
  return `<rect class="cv-k" x="${middle - width / 2}" y="${top}" width="${width}" height="${height}" rx="4"/>`;
}

/** "+12 ms", "+3.4 s"; empty when a time is not known. */
function timeSince(start?: number, at?: number): string {
  if (start === undefined || at === undefined) return '';
  const ms = Math.round(at - start);
  const sign = ms < 0 ? '' : '+';
  return sign + (Math.abs(ms) < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`);
}

function noteDrawn({ lead, text }: Note, y: number): string {
  const marked = lead ? `<tspan class="cv-r">${escapeXml(lead)}</tspan> ` : '';
  return `<text class="cv-s" x="${margin}" y="${y + 12}">${marked}${escapeXml(text)}</text>`;
}

/** The picture in words, for screen readers. */
function altText(moments: Moment[], from: number): string {
  return moments
    .map(
      ({ description, request }, index) => `${from + index + 1} ${plain(description, 60)} ${request.answer}`,
    )
    .join(' · ');
}

function x(index: number): number {
  return gutter + index * column + column / 2;
}

function laneY(top: number, lane: number): number {
  return top + head + lane * laneHeight + 14;
}

function words(atX: number, y: number, content: string, kind = ''): string {
  if (content === '') return '';
  return `<text${kind ? ` class="${kind}"` : ''} x="${atX}" y="${y}">${escapeXml(content)}</text>`;
}
