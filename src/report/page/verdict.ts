// The top of the page: the verdict, and what it applies to.
import { counted } from '../../text/count.ts';
import { formatDuration } from '../../text/time.ts';
import { lostInWords } from '../../verdict/lost-requests.ts';
import type { ConformanceReport } from '../../verdict/report-types.ts';
import { againInWords } from '../again-in-words.ts';
import { partInWords } from '../verdict-in-words.ts';
import { causesSection } from './causes.ts';
import { type Content, html, inward, type Markup } from './html.ts';
import { nextSection } from './next.ts';
import { moment } from './words.ts';

export const verdictWords: Record<ConformanceReport['verdict'], string> = {
  conformant: 'Conformant',
  partial: 'Partial',
  'non-conformant': 'Non-conformant',
  'list-needs-tidying': 'The list of known deviations needs tidying',
  inconclusive: 'Inconclusive',
  error: 'Error',
};

export function verdictSection(report: ConformanceReport): Markup {
  const { tenant, selection, again = [] } = report;
  const reasons = ownReasons(report);
  return html`<header class="top ${report.verdict}">
<p class="suite">Agent AI conformance</p>
<h1><span class="word">${verdictWords[report.verdict]}</span></h1>
<p class="lead">${meaning(report)}</p>
${causesSection(report)}
${nextSection(report)}
${tenant.embedded && html`<p class="note">Only the embedded sandbox, the harness's own reference tenant, was tested: TENANT_URL is not set.</p>`}
${!selection.whole && html`<p class="note">Only part of the suite was selected: <code>${selection.words}</code></p>`}
${again.length > 0 && html`<p class="note">A part was run again, and what it showed then has replaced what it showed before: ${inward('again', againInWords(again))}</p>`}
${reasons.length > 0 && html`<ul class="reasons">${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`}
<dl class="facts">${facts(report).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</header>`;
}

function meaning(report: ConformanceReport): string {
  const { verdict, requirements } = report;
  const count = (wanted: string) => requirements.filter((one) => one.verdict === wanted).length;
  if (verdict === 'error') {
    const { harnessErrors, notRun } = report.scenarios;
    return harnessErrors + notRun > 0
      ? 'The run itself went wrong, so its findings about the tenant are incomplete.'
      : 'The run has no verdict until something it was given, or has left behind, is corrected.';
  }
  if (verdict === 'inconclusive')
    return 'Part of the run could not be judged, so it shows neither that the tenant conforms nor that it does not.';
  if (verdict === 'non-conformant') return `The tenant breaks ${counted(count('fail'), 'requirement')}.`;
  if (verdict === 'list-needs-tidying') {
    const unexpectedPasses = count('unexpected-pass');
    return `The tenant breaks nothing new. It no longer shows ${counted(unexpectedPasses, 'known deviation')}: correct the list, not the tenant.`;
  }
  const known = count('known-deviation');
  const warnings = count('warning');
  const besides = [
    ...(known > 0 ? [counted(known, 'known deviation')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
  ].join(' and ');
  if (verdict === 'partial')
    return `${partInWords(report).replace(/^n/, 'N')}${besides && `, with ${besides}`}.`;
  return `The tenant conforms in everything that was tested${besides && `, with ${besides}`}.`;
}

/** The reasons without the lost requests, which the page lists elsewhere. */
function ownReasons({ reasons, lostRequests }: ConformanceReport): string[] {
  const lost = lostRequests.map(lostInWords);
  return reasons.filter((reason) => !lost.some((one) => reason.startsWith(one)));
}

function facts(report: ConformanceReport): [name: string, value: Content][] {
  const { tenant, suite, selection, scenarios } = report;
  return [
    ['Tenant', tenant.url],
    ['Bot', tenant.botId],
    ['Profile', tenant.profile ?? 'none'],
    ['Started', moment(report.startedAt)],
    ['Took', `${formatDuration(report.durationMs)}, ${counted(report.requests, 'request')}`],
    [
      'Selected',
      `${selection.whole ? 'the whole suite' : selection.words}, ${counted(scenarios.total, 'scenario')}`,
    ],
    ['Suite', `${suite.name} ${suite.version}${suite.commit ? `, commit ${suite.commit.slice(0, 12)}` : ''}`],
    ['Values', suite.seed === null ? 'plain' : `chosen by seed ${suite.seed}`],
  ];
}
