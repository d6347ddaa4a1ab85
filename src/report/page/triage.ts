// Where to look first: at the tenant, at the connection to it, at the harness, or at what has changed.

import { bindsSenderOnly } from '../../protocol/catalogue.ts';
import { counted } from '../../text/count.ts';
import { isNoLongerKnown } from '../../verdict/comparison.ts';
import { lostInWords } from '../../verdict/lost-requests.ts';
import type { Comparison, ConformanceReport, LostRequests } from '../../verdict/report-types.ts';
import { verdictLabel } from '../../verdict/verdict-label.ts';
import { newInWords } from '../comparison.ts';
import { bar, card } from './card.ts';
import { anyChange, changes } from './changes.ts';
import { type Content, html, inward, type Markup } from './html.ts';
import { nightsPart } from './nights.ts';
import { badge, moment, tally } from './words.ts';

export function triageSection(report: ConformanceReport): Markup {
  return html`<section id="triage" aria-labelledby="triage-title">
<h2 id="triage-title" class="first">At a glance</h2>
<div class="cards">${[tenantCard(report), connectionCard(report), harnessCard(report), changeCard(report)]}</div>
${verdictBar(report)}
${lostSection(report.lostRequests)}
${report.comparison && anyChange(report.comparison) && changes(report.comparison)}
${againPart(report)}
${nightsPart(report)}
</section>`;
}

function againPart({ again = [] }: ConformanceReport): Content {
  if (again.length === 0) return undefined;
  return html`<h3 class="glance" id="again">Run again</h3>
<ul class="nights">${again.map(
    ({ uri, line, name, was, is, at }) =>
      html`<li>${badge(was)} → ${badge(is)} ${inward(`${uri}:${line}`, name)} <span class="quiet">${moment(at)}</span></li>`,
  )}</ul>`;
}

function tenantCard({ requirements, coverage }: ConformanceReport): Markup {
  const count = (verdict: string) => requirements.filter((one) => one.verdict === verdict).length;
  const more = [
    `of ${coverage.tested} decided on`,
    ...['unexpected-pass', 'inconclusive', 'warning', 'known-deviation']
      .filter((verdict) => count(verdict) > 0)
      .map((verdict) => `${count(verdict)} ${verdictLabel(verdict)}`),
  ].join(', ');
  const title = 'The tenant';
  if (coverage.tested === 0) return card({ title, like: 'inconclusive', head: 'Nothing decided', more });
  const broken = count('fail');
  if (broken > 0)
    return card({ title, like: 'fail', head: `${counted(broken, 'requirement')} broken`, more });
  const like = ['unexpected-pass', 'inconclusive', 'warning'].find((verdict) => count(verdict) > 0) ?? 'pass';
  return card({ title, like, head: 'No requirement broken', more });
}

function connectionCard({ lostRequests, requests }: ConformanceReport): Markup {
  const lost = lostRequests.reduce((sum, entry) => sum + entry.lost, 0);
  const title = 'The connection to the tenant';
  if (lost === 0) {
    const like = requests > 0 ? 'pass' : 'not-tested';
    const head = requests > 0 ? 'Nothing got lost' : 'Nothing was sent';
    return card({ title, like, head, more: `${counted(requests, 'request')} sent` });
  }
  const head = `${counted(lost, 'request')} lost`;
  return card({ title, like: 'inconclusive', head, more: whereItPoints(lostRequests) });
}

/** From this share on, the losses are blamed on the kind of request. */
const nearlyAll = 0.75;

/** What the pattern of the losses says about their cause. */
function whereItPoints(losses: readonly LostRequests[]): string {
  const kinds = [...Map.groupBy(losses, ({ event }) => event).values()].map((of) => ({
    share: of.reduce((sum, { lost }) => sum + lost, 0) / of[0]!.sent,
    othersAnswered: of[0]!.othersAnswered,
  }));
  if (kinds.every(({ share, othersAnswered }) => share === 1 && othersAnswered === 0))
    return 'Nothing was answered: the tenant cannot be reached, or is down.';
  if (kinds.every(({ share }) => share >= nearlyAll))
    return 'Of these kinds nearly all, while others get through: rather the tenant, or something before it, than the network.';
  return 'Others of the same kinds got through: rather the network, or a tenant under load.';
}

function harnessCard({ scenarios, verdict }: ConformanceReport): Markup {
  const { harnessErrors, notRun, total } = scenarios;
  const title = 'The harness';
  const more = `${total - notRun} of ${counted(total, 'scenario')} ran to the end`;
  if (harnessErrors > 0)
    return card({ title, like: 'harness-error', head: counted(harnessErrors, 'error'), more });
  if (verdict === 'error')
    return card({
      title,
      like: 'harness-error',
      head: 'Something to fix',
      more: `${more}; see the reasons above`,
    });
  if (notRun > 0) return card({ title, like: 'inconclusive', head: `${notRun} not run`, more });
  return card({ title, like: 'pass', head: 'No error', more });
}

function changeCard({ comparison }: ConformanceReport): Markup {
  const title = 'Since the last run';
  if (!comparison) {
    const more = 'There is none of this tenant and selection.';
    return card({ title, like: 'not-tested', head: 'Nothing to compare', more });
  }
  const {
    newlyFailing,
    newlyPassing,
    stillFailing,
    otherChanges,
    observations,
    newToSuite = [],
  } = comparison;
  const changed = newToSuite.length + newlyPassing.length + otherChanges.length + observations.length;
  const more = html`${stillFailing.length} still failing, ${newlyPassing.length} newly passing.${newToSuite.length > 0 && ` ${newInWords(newToSuite)}.`} ${suiteChange(comparison)}`;
  if (newlyFailing.length > 0)
    return card({ title, like: 'fail', head: `${newlyFailing.length} newly failing`, more });
  const lost = otherChanges.filter(isNoLongerKnown).length;
  if (lost > 0) return card({ title, like: 'inconclusive', head: `${lost} no longer known`, more });
  const head = changed > 0 ? 'Nothing newly failing' : 'Nothing changed';
  return card({ title, like: 'pass', head, more });
}

/** Whether the suite itself may explain the changes. */
function suiteChange({ old, new: now }: Comparison): string {
  if (!old.commit || !now.commit) return '';
  return old.commit === now.commit
    ? 'The suite is the same.'
    : `The suite is another one: ${old.commit.slice(0, 9)}, now ${now.commit.slice(0, 9)}.`;
}

/** All requirements by verdict, as a bar and in figures; a figure links to its requirements. */
function verdictBar({ requirements }: ConformanceReport): Markup {
  const own = requirements.filter((one) => !bindsSenderOnly(one));
  const parts = tally(own.map(({ verdict }) => verdict));
  return html`<h3 class="glance">${counted(own.length, 'requirement binds', 'requirements bind')} the tenant</h3>
${bar(parts)}
<ul class="figures">${parts.map(
    ([verdict, count]) =>
      html`<li><a href="#requirements" data-only="${verdict}">${badge(verdict, `${count} ${verdictLabel(verdict)}`)}</a></li>`,
  )}</ul>`;
}

function lostSection(losses: readonly LostRequests[]): Content {
  if (losses.length === 0) return undefined;
  return html`<h3 class="glance" id="lost">Lost requests</h3>
<ul class="lost">${losses.map((lost) => html`<li><b>${lostInWords(lost)}</b><br>${lost.tried}</li>`)}</ul>`;
}
