// What changed since the last run of the same tenant and selection; newly failing requirements first.

import { formatDuration } from '../../text/time.ts';
import { isForAnotherCause, isForTheList, isNoLongerKnown } from '../../verdict/comparison.ts';
import type { ChangedRequirement, Comparison } from '../../verdict/report-types.ts';
import { type Content, html, inward, type Markup } from './html.ts';
import { badge, moment } from './words.ts';

export function anyChange({ newlyFailing, newlyPassing, stillFailing, ...other }: Comparison): boolean {
  const lists = [
    newlyFailing,
    other.newToSuite ?? [],
    newlyPassing,
    stillFailing,
    other.otherChanges,
    other.observations,
  ];
  return lists.some((list) => list.length > 0);
}

export function changes(comparison: Comparison): Markup {
  const { old, durationMs, otherChanges } = comparison;
  const others = otherChanges.filter((change) => !isNoLongerKnown(change) && !isForTheList(change));
  return html`<h3 class="glance" id="changes">What changed since ${moment(old.startedAt)}</h3>
<p class="quiet">The run before took ${formatDuration(durationMs.was)}, this one ${formatDuration(durationMs.is)}.</p>
${list('Newly failing', comparison.newlyFailing.map(requirementItem))}
${list('New to the suite', (comparison.newToSuite ?? []).map(requirementItem))}
${list('Newly passing', comparison.newlyPassing.map(requirementItem))}
${list('No longer known', otherChanges.filter(isNoLongerKnown).map(requirementItem))}
${list('Known deviations no longer needed', otherChanges.filter(isForTheList).map(requirementItem))}
${list('Other changes', others.map(requirementItem))}
${list('Readings of the documents', comparison.observations.map(readingItem))}
${list('Still failing, for another cause', comparison.stillFailing.filter(isForAnotherCause).map(requirementItem))}
${list('Still failing', comparison.stillFailing.filter((change) => !isForAnotherCause(change)).map(requirementItem), 'folded')}`;
}

function list(name: string, items: readonly Markup[], state: 'open' | 'folded' = 'open'): Content {
  if (items.length === 0) return undefined;
  return html`<details class="changes"${state === 'open' && html` open`}>
<summary>${name} <span class="quiet">${items.length}</span></summary>
<ul>${items}</ul></details>`;
}

function requirementItem({ id, title, was, is, message, before }: ChangedRequirement): Markup {
  return html`<li>${badge(was)} → ${badge(is)} ${inward(id, id)} ${title}${message && html`<br><span class="quiet">${message}</span>`}${before && html`<br><span class="quiet">before: ${before}</span>`}</li>`;
}

function readingItem({ ambiguity, question, was, answer }: Comparison['observations'][number]): Markup {
  return html`<li>${ambiguity}, ${question}: ${was ?? 'not asked'} → ${answer ?? 'not asked'}</li>`;
}
