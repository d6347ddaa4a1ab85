// What changed between two runs, for a terminal and as Markdown. Both have the same content.

import { styleText } from 'node:util';
import { counted } from '../text/count.ts';
import { text } from '../text/markdown.ts';
import { oneLine } from '../text/one-line.ts';
import { formatDuration, formatInstant } from '../text/time.ts';
import { explainedBy, isForAnotherCause, isForTheList, isNoLongerKnown } from '../verdict/comparison.ts';
import type { ChangedRequirement, Comparison } from '../verdict/report-types.ts';
import { verdictLabel } from '../verdict/verdict-label.ts';

interface Part {
  heading: string;
  colour: 'red' | 'yellow' | 'green' | 'dim';
  items: Item[];
}

/** Not escaped yet: each format escapes it. */
export interface Item {
  id: string;
  title: string;
  change: string;
}

const maxDetail = 300;

/** What every form says; nothing of it is escaped yet. */
export interface ComparisonParts {
  headline: string;
  notes: string[];
  sides: string[];
  parts: readonly Pick<Part, 'heading' | 'items'>[];
}

/** @param history of the later run, in words, by the id of the requirement */
export function contentOf(
  comparison: Comparison,
  history: ReadonlyMap<string, string> = new Map(),
): ComparisonParts {
  const parts = partsOf(comparison).map((part) => ({
    ...part,
    items: part.items.map((item) => ({
      ...item,
      // First: a long message is cut.
      change: history.has(item.id) ? `${history.get(item.id)}; ${item.change}` : item.change,
    })),
  }));
  const headlineText = headline(comparison, parts);
  return { headline: headlineText, notes: notes(comparison), sides: sides(comparison), parts };
}

/** For a terminal. */
export function comparisonInWords(comparison: Comparison): string {
  const parts = partsOf(comparison);
  const duration = durationSentence(comparison);
  return [
    [...notes(comparison), headline(comparison, parts), ...sides(comparison)]
      .map((line) => oneLine(line))
      .join('\n'),
    ...parts.map(partInWords),
    ...(duration ? [duration] : []),
  ].join('\n\n');
}

/** In a few lines, for the end of a run: what changed, with the ids of the requirements. */
export function comparisonInBrief(comparison: Comparison): string {
  const { newlyFailing, newlyPassing, newToSuite = [] } = comparison;
  const names: [string, readonly ChangedRequirement[]][] = [
    ['newly failing', newlyFailing],
    ['new to the suite', newToSuite],
    ['no longer known', comparison.otherChanges.filter(isNoLongerKnown).sort(failedFirst)],
    ['another cause', [...comparison.stillFailing, ...comparison.otherChanges].filter(isForAnotherCause)],
    ['newly passing', newlyPassing],
    ['known deviation no longer needed', comparison.otherChanges.filter(isForTheList)],
  ];
  const lines = names
    .filter(([, changes]) => changes.length > 0)
    .map(([heading, changes]) => `${heading}: ${idsOf(changes)}`);
  const head = `${headline(comparison, partsOf(comparison))} Before: ${formatInstant(comparison.old.startedAt)}`;
  return [head, ...lines].map((line) => oneLine(line)).join('\n');
}

/** The summary of a run shows only so many. */
const maxIds = 8;

function idsOf(changes: readonly ChangedRequirement[]): string {
  const shown = changes.slice(0, maxIds).map(({ id }) => id);
  const more = changes.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** For a pull request or the summary of a CI job. Has no heading: the caller adds one of the right level. */
export function comparisonAsMarkdown(comparison: Comparison): string {
  const parts = partsOf(comparison);
  const duration = durationSentence(comparison);
  return [
    ...notes(comparison).map((note) => text(note, 600)),
    `**${headline(comparison, parts)}**`,
    sides(comparison)
      .map((side) => `- ${text(side)}`)
      .join('\n'),
    ...parts.map(partAsMarkdown),
    ...(duration ? [duration] : []),
  ].join('\n\n');
}

/** What the reader has to know before the figures. */
function notes({ old, new: now, testedByBoth }: Comparison): string[] {
  return [
    ...(old.tenant === now.tenant ? [] : [`Not the same tenant: before ${old.tenant}; now ${now.tenant}.`]),
    ...(old.selection === now.selection
      ? []
      : [
          `Not the same selection: before ${old.selection}; now ${now.selection}.${testedByBothInWords(testedByBoth)} What only one of the two tested is left out, unless it fails now.`,
        ]),
    ...(old.commit === now.commit
      ? []
      : [`Not the same suite: before ${commitInWords(old.commit)}; now ${commitInWords(now.commit)}.`]),
  ];
}

/** Not known of reports of earlier versions. */
function testedByBothInWords(count: number | undefined): string {
  if (count === undefined) return '';
  return count === 0
    ? ' No requirement was decided in both.'
    : ` ${counted(count, 'requirement was', 'requirements were')} decided in both.`;
}

function commitInWords(commit: string | null): string {
  return commit === null ? 'no commit' : `commit ${commit.slice(0, 12)}`;
}

function sides({ old, new: now }: Comparison): string[] {
  return [
    `before: ${old.verdict}, ${formatInstant(old.startedAt)}`,
    `now: ${now.verdict}, ${formatInstant(now.startedAt)}`,
  ];
}

function headline(comparison: Comparison, parts: readonly Part[]): string {
  const figures = parts.map(({ heading }) => heading).join(', ');
  if (comparison.newlyFailing.length > 0) return `${figures}.`;
  const { newlyPassing, otherChanges, observations, newToSuite = [] } = comparison;
  const another = comparison.stillFailing.filter(isForAnotherCause);
  const nothing = [newlyPassing, another, otherChanges, observations, newToSuite].every(
    (changes) => changes.length === 0,
  )
    ? unchanged(comparison)
    : 'Nothing newly failing';
  return figures === '' ? `${nothing}.` : `${nothing}: ${figures}.`;
}

/** Of two selections, or with another verdict, not everything is as it was. */
function unchanged({ old, new: now, testedByBoth }: Comparison): string {
  const isOther = old.selection !== now.selection || old.tenant !== now.tenant || old.verdict !== now.verdict;
  if (!isOther) return 'Nothing has changed';
  return testedByBoth === 0 ? 'Nothing can be compared' : 'No requirement that both decided has changed';
}

function partsOf(comparison: Comparison): Part[] {
  const {
    newlyFailing,
    newlyPassing,
    stillFailing,
    otherChanges,
    observations,
    newToSuite = [],
  } = comparison;
  const unknown = otherChanges.filter(isNoLongerKnown).sort(failedFirst);
  const listed = otherChanges.filter(isForTheList);
  const others = otherChanges.filter((change) => !isNoLongerKnown(change) && !isForTheList(change));
  const parts: Part[] = [
    { heading: `${newlyFailing.length} newly failing`, colour: 'red', items: newlyFailing.map(itemOf) },
    {
      heading: newInWords(newToSuite),
      colour: newToSuite.some(isFailing) ? 'red' : 'dim',
      items: newToSuite.toSorted((a, b) => Number(isFailing(b)) - Number(isFailing(a))).map(newItem),
    },
    { heading: `${unknown.length} no longer known`, colour: 'yellow', items: unknown.map(itemOf) },
    { heading: stillFailingInWords(stillFailing), colour: 'red', items: stillFailing.map(itemOf) },
    { heading: `${newlyPassing.length} newly passing`, colour: 'green', items: newlyPassing.map(itemOf) },
    {
      heading: `${counted(listed.length, 'known deviation')} no longer needed`,
      colour: 'yellow',
      items: listed.map(itemOf),
    },
    { heading: counted(others.length, 'other change'), colour: 'dim', items: others.map(itemOf) },
    {
      heading: counted(observations.length, 'changed observation'),
      colour: 'yellow',
      items: observations.map(observationItem),
    },
  ];
  return parts.filter(({ items }) => items.length > 0);
}

/** "3 requirements new to the suite (1 fails)" */
export function newInWords(changes: readonly ChangedRequirement[]): string {
  const failing = changes.filter(isFailing).length;
  const those = `${counted(changes.length, 'requirement')} new to the suite`;
  return failing === 0 ? those : `${those} (${failing} ${failing === 1 ? 'fails' : 'fail'})`;
}

function isFailing({ is }: ChangedRequirement): boolean {
  return is === 'fail';
}

function newItem({ id, title, is, message }: ChangedRequirement): Item {
  return { id, title, change: `new to the suite: ${verdictLabel(is)}${message ? `: ${message}` : ''}` };
}

function stillFailingInWords(changes: readonly ChangedRequirement[]): string {
  const others = changes.filter(isForAnotherCause).length;
  return `${changes.length} still failing${others > 0 ? ` (${others} for another cause)` : ''}`;
}

/** Requirements that failed before are listed before those that passed. */
function failedFirst(one: ChangedRequirement, other: ChangedRequirement): number {
  const failed = ({ was }: ChangedRequirement) => Number(was === 'fail');
  return failed(other) - failed(one);
}

function itemOf(change: ChangedRequirement): Item {
  const { id, title, message } = change;
  const [was, is] = [verdictLabel(change.was), verdictLabel(change.is)];
  const why = message ? `: ${message}` : '';
  if (isForAnotherCause(change))
    return { id, title, change: `still ${is}, for another cause${why}; before: ${change.before}` };
  if (was === is) return { id, title, change: `still ${is}${why}` };
  if (isNoLongerKnown(change)) return { id, title, change: `was ${was}, no longer known (${is})${why}` };
  if (why !== '' && explainedBy(change) === 'old')
    return { id, title, change: `was ${was}${why}; now ${is}` };
  return { id, title, change: `was ${was}, now ${is}${why}` };
}

function observationItem({ ambiguity, question, was, answer }: Comparison['observations'][number]): Item {
  const change =
    was === null
      ? `not asked before, now: ${answer}`
      : answer === null
        ? `no longer asked, was: ${was}`
        : `was: ${was}; now: ${answer}`;
  return { id: ambiguity, title: question, change };
}

function partInWords({ heading, colour, items }: Part): string {
  const width = Math.max(...items.map(({ id }) => id.length));
  const lines = items.flatMap(({ id, title, change }) => [
    `  ${oneLine(id).padEnd(width)}  ${oneLine(title, maxDetail)}`,
    `  ${' '.repeat(width)}  ${oneLine(change, maxDetail)}`,
  ]);
  return [styleText(colour, heading), ...lines].join('\n');
}

/** A step's summary on GitHub holds one megabyte, so lists are cut and say how much they leave out. */
const maxItems = 20;

function partAsMarkdown({ heading, items }: Part): string {
  const lines = items
    .slice(0, maxItems)
    .map(({ id, title, change }) => `- **${text(id)}** ${text(title, 150)}<br>${text(change, 150)}`);
  if (items.length > maxItems) lines.push(`- … and ${items.length - maxItems} more`);
  return [`**${heading}**`, '', ...lines].join('\n');
}

/** The durations of two runs can be compared only if their selections are the same. */
function durationSentence({ old, new: now, durationMs: { was, is } }: Comparison): string | undefined {
  if (old.selection !== now.selection || was === is) return undefined;
  return `The run took ${formatDuration(is)}, before ${formatDuration(was)}${ratioInWords(was, is)}.`;
}

function ratioInWords(was: number, is: number): string {
  if (was <= 0 || is <= 0) return '';
  const ratio = is / was;
  if (ratio > 0.9 && ratio < 1.1) return ': about as long';
  return ratio > 1 ? `: ${ratio.toFixed(1)} times as long` : `: ${(1 / ratio).toFixed(1)} times as fast`;
}
