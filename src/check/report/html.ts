// A check as a self-contained HTML page: each broken rule, the worst first, with pictures of
// conversations that break it.

import manifest from '../../../package.json' with { type: 'json' };
import { bar, card } from '../../report/page/card.ts';
import { contentsOf, pageOf } from '../../report/page/document.ts';
import { type Content, type Markup, html as page } from '../../report/page/html.ts';
import { badge, moment } from '../../report/page/words.ts';
import { counted, grouped } from '../../text/count.ts';
import type { CheckSummary, CheckVerdict } from '../result.ts';
import { rulesSection } from './html-rules.ts';
import type { ReportContext } from './report.ts';
import {
  conversationVerdicts,
  describeCoverage,
  describePosition,
  describeRefusal,
  figures,
  furtherReasons,
  ruleVerdict,
} from './wording.ts';

const verdictWords: Record<CheckVerdict, string> = {
  conformant: 'Conformant',
  'non-conformant': 'Non-conformant',
  inconclusive: 'Inconclusive',
};

export function html(summary: CheckSummary, context: ReportContext): string {
  const names = fileNames(context);
  return pageOf({
    title: `${verdictWords[summary.verdict]}: ${names}`,
    top: top(summary, context),
    contents: contentsOf([
      ['glance', 'At a glance'],
      ['rules', 'Broken rules'],
      ...(summary.totals.skipped > 0 ? ([['skipped', 'Not read']] as [string, string][]) : []),
      ...(summary.refusals.length > 0 ? ([['refused', 'Refused']] as [string, string][]) : []),
    ]),
    main: [
      glance(summary, context),
      rulesSection(summary, context),
      skippedSection(summary),
      refusedSection(summary),
    ],
    foot: page`${manifest.name} ${manifest.version}, ${moment(context.at.toISOString())}. npm run check -- --format json lists all findings.`,
  });
}

const maxFiles = 10;

function fileNames({ files }: ReportContext): string {
  const names = files.slice(0, maxFiles).map((file) => (file === '-' ? 'standard input' : file));
  const left = files.length - names.length;
  return names.join(', ') + (left > 0 ? ` and ${left} more` : '');
}

function top(summary: CheckSummary, context: ReportContext): Markup {
  const { verdict, totals } = summary;
  const reasons = furtherReasons(summary, context);
  const facts: [string, Content][] = [
    ['Log', fileNames(context)],
    ['Checked', moment(context.at.toISOString())],
    ...summary.read.map((found): [string, Content] => ['Read', found]),
    ['Rules', describeCoverage(summary)],
    // The conversations come below, in their own section.
    ...figures(totals)
      .filter(([name]) => name !== 'conversations')
      .map(([name, text]): [string, Content] => [name[0]!.toUpperCase() + name.slice(1), text]),
  ];
  return page`<header class="top ${verdict}">
<p class="suite">Agent AI conformance of the sender</p>
<h1><span class="word">${verdictWords[verdict]}</span></h1>
<p class="lead">${meaning(summary, context)}</p>
${context.only && page`<p class="note">Only these requirements were judged: ${[...context.only].join(', ')}</p>`}
${reasons.length > 0 && page`<ul class="reasons">${reasons.map((reason) => page`<li>${reason}</li>`)}</ul>`}
<dl class="facts">${facts.map(([name, value]) => page`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</header>`;
}

function meaning(summary: CheckSummary, context: ReportContext): string {
  const { broken, warned } = brokenRequirements(summary, context);
  if (summary.totals.requests === 0) return 'Nothing was judged: this says nothing about the sender.';
  if (broken > 0) return `The sender breaks ${counted(broken, 'requirement')}.`;
  if (summary.verdict === 'inconclusive') {
    return 'Some of the log could not be judged, so it is not known whether the sender conforms.';
  }
  return `The sender keeps to the documents${warned > 0 ? `, with ${counted(warned, 'warning')}` : ''}.`;
}

function brokenRequirements({ rules }: CheckSummary, context: ReportContext) {
  const idsOf = (verdict: string) =>
    new Set(rules.filter((rule) => ruleVerdict(rule, context) === verdict).map((rule) => rule.requirement));
  const broken = idsOf('fail');
  return { broken: broken.size, warned: idsOf('warning').difference(broken).size };
}

function glance(summary: CheckSummary, context: ReportContext): Markup {
  const { totals } = summary;
  const shares = conversationVerdicts(totals)
    .filter(([count]) => count > 0)
    .map(([count, verdict]): [string, number] => [verdict, count]);
  return page`<section id="glance" aria-labelledby="glance-title">
<h2 id="glance-title" class="first">At a glance</h2>
<div class="cards">${[conversationsCard(summary), rulesCard(summary, context), logCard(summary)]}</div>
${shares.length > 0 && conversationBar(shares, totals.conversations)}
</section>`;
}

function conversationBar(shares: readonly [verdict: string, count: number][], all: number): Markup {
  return page`<h3 class="glance">${counted(all, 'conversation')}</h3>
${bar(shares)}
<ul class="figures">${shares.map(
    ([verdict, count]) => page`<li>${badge(verdict, `${grouped(count)} ${verdict}`)}</li>`,
  )}</ul>`;
}

function conversationsCard({ totals: { conversations, failed, warned, passed } }: CheckSummary): Markup {
  const title = 'The conversations';
  const more = `of ${grouped(conversations)}`;
  if (conversations === 0)
    return card({ title, like: 'inconclusive', head: 'None', more: 'No conversation was seen.' });
  if (failed > 0) return card({ title, like: 'fail', head: `${grouped(failed)} wrong`, more });
  if (warned > 0) return card({ title, like: 'warning', head: counted(warned, 'warning'), more });
  return card({ title, like: 'pass', head: 'All in order', more: `${grouped(passed)} of them` });
}

function rulesCard(summary: CheckSummary, context: ReportContext): Markup {
  const title = 'The rules';
  const { broken, warned } = brokenRequirements(summary, context);
  const more = warned > 0 ? counted(warned, 'warning') : 'No warning';
  if (broken > 0) return card({ title, like: 'fail', head: `${broken} broken`, more });
  if (warned > 0) return card({ title, like: 'warning', head: more, more: 'None is broken.' });
  if (summary.totals.requests === 0) {
    return card({ title, like: 'not-tested', head: 'Nothing decided', more: 'No request was judged.' });
  }
  return card({ title, like: 'pass', head: 'None broken', more });
}

function logCard({ totals: { lines, requests, others, skipped } }: CheckSummary): Markup {
  const title = 'The log';
  const also = others > 0 ? `, ${counted(others, 'other call')}` : '';
  const more = `${counted(lines, 'line')}: ${counted(requests, 'request')}${also}`;
  return skipped > 0
    ? card({ title, like: 'inconclusive', head: `${counted(skipped, 'line')} not read`, more })
    : card({ title, like: 'pass', head: 'All of it was read', more });
}

const maxRefusals = 50;

function refusedSection({ refusals, totals }: CheckSummary): Content {
  if (refusals.length === 0) return undefined;
  const shown = refusals.slice(0, maxRefusals);
  const left = totals.refused - shown.reduce((sum, { count }) => sum + count, 0);
  return page`<section id="refused" aria-labelledby="refused-title">
<h2 id="refused-title">What was refused <span class="count">${grouped(totals.refused)}</span></h2>
<div class="table"><table>
<thead><tr><th scope="col">Line</th><th scope="col">What</th></tr></thead>
<tbody>${shown.map((one) => page`<tr><th scope="row">${describePosition(one)}</th><td>${describeRefusal(one)}</td></tr>`)}</tbody></table></div>
${left > 0 && page`<p class="quiet">… and ${grouped(left)} more</p>`}
</section>`;
}

const maxSkipped = 50;

function skippedSection({ skipped, totals }: CheckSummary): Content {
  if (totals.skipped === 0) return undefined;
  const shown = skipped.slice(0, maxSkipped);
  const left = totals.skipped - shown.length;
  return page`<section id="skipped" aria-labelledby="skipped-title">
<h2 id="skipped-title">What could not be read <span class="count">${grouped(totals.skipped)}</span></h2>
<div class="table"><table>
<thead><tr><th scope="col">Line</th><th scope="col">Why</th></tr></thead>
<tbody>${shown.map((one) => page`<tr><th scope="row">${describePosition(one)}</th><td>${one.reason}</td></tr>`)}</tbody></table></div>
${left > 0 && page`<p class="quiet">… and ${grouped(left)} more</p>`}
</section>`;
}
