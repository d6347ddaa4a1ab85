// What the history says of a requirement, and of the runs: the same words in every form. Nothing of it is escaped yet.
import { counted, grouped } from '../text/count.ts';
import { formatDay, formatDuration } from '../text/time.ts';
import type { ConformanceReport, History, RequirementHistory } from '../verdict/report-types.ts';

export interface AboutRequirement {
  id: string;
  words: string;
}

/** The requirements that are broken or come and go: those that come and go first, then those that are broken for longest. */
export function historyRows({
  history,
  requirements,
  startedAt,
}: Pick<ConformanceReport, 'history' | 'requirements' | 'startedAt'>): AboutRequirement[] {
  const failing = new Set(requirements.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id));
  const nights = ({ broken }: RequirementHistory) => broken?.nights ?? 0;
  return (history?.requirements ?? [])
    .toSorted(
      (a, b) =>
        Number(failing.has(b.id)) - Number(failing.has(a.id)) ||
        b.changes - a.changes ||
        nights(b) - nights(a),
    )
    .map((one) => ({
      id: one.id,
      words: requirementInWords(one, { isFailing: failing.has(one.id), startedAt }),
    }));
}

/** By the id of the requirement. */
export function historyById(
  report: Pick<ConformanceReport, 'history' | 'requirements' | 'startedAt'>,
): ReadonlyMap<string, string> {
  return new Map(historyRows(report).map(({ id, words }) => [id, words]));
}

function requirementInWords(
  { broken, isNew, changes, within }: RequirementHistory,
  { isFailing, startedAt }: { isFailing: boolean; startedAt: string },
): string {
  const since = broken && formatDay(broken.since, startedAt) + (broken.orEarlier ? ' or earlier' : '');
  const streak =
    broken && `${isFailing ? 'failing' : 'broken'} for ${counted(broken.nights, 'night')}, since ${since}`;
  return [
    isNew ? 'new to the suite' : streak,
    changes > 1 && `${counted(changes, 'change')} in ${counted(within, 'night')}`,
  ]
    .filter(Boolean)
    .join('; ');
}

export interface Trend {
  name: string;
  /** Of the last run. */
  last: string;
  /** Of all that are shown, as in: 18.1 s to 22.0 s in 14 nights. */
  range: string;
  /** One for each night, the oldest first. */
  values: number[];
}

/** None when there is nothing to compare. */
export function trends(runs: History['runs'] = []): Trend[] {
  if (runs.length < 2) return [];
  return [
    trend('Duration', runs, ({ durationMs }) => durationMs, formatDuration),
    trend('Requests', runs, ({ requests }) => requests, grouped),
  ];
}

function trend(
  name: string,
  runs: History['runs'],
  figureOf: (run: History['runs'][number]) => number,
  inWords: (value: number) => string,
): Trend {
  const values = runs.map(figureOf);
  const [least, most] = [Math.min(...values), Math.max(...values)].map(inWords);
  return {
    name,
    last: inWords(values.at(-1)!),
    range: `${least === most ? least : `${least} to ${most}`} in ${counted(values.length, 'night')}`,
    values,
  };
}
