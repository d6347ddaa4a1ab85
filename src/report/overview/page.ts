// overview.html: several tenants on one page.
import { verdictLabel } from '../../verdict/verdict-label.ts';
import { contentsOf, ownFile, pageOf } from '../page/document.ts';
import { type Content, html, type Markup } from '../page/html.ts';
import { charts } from '../page/nights.ts';
import { verdictWords } from '../page/verdict.ts';
import { moment } from '../page/words.ts';
import type { Cell, Overview, TenantSummary } from './overview.ts';
import { detailsOf, link, tenantInBrief } from './words.ts';

export function overviewPage(overview: Overview): string {
  const { tenants, areas, requirements, observations } = overview;
  const worst = tenants[0]!;
  const heads = tenants.map(
    (one) => html`<th scope="col"><a href="${link(one, 'conformance.html')}">${one.name}</a></th>`,
  );
  // A narrow page has a cell below the other, without a head.
  const nameOf = (column: number) => html`<span class="of">${tenants[column]!.name}</span>`;
  const cellOf = (verdict: Cell, column: number, history?: string | null) =>
    verdict
      ? html`<td class="${verdict}">${nameOf(column)}<span class="sign">${verdictLabel(verdict)}</span>${history && html` <small>${history}</small>`}</td>`
      : html`<td>${nameOf(column)}–</td>`;
  return pageOf({
    title: `${verdictWords[worst.verdict]}: ${worst.name}, first of ${tenants.length}`,
    top: html`<header class="top ${worst.verdict}">
<p class="suite">Agent AI conformance, several tenants</p>
<h1><span class="word">${verdictWords[worst.verdict]}</span></h1>
<p class="lead">${worst.name} is the worst of ${tenants.length}.</p>
</header>`,
    contents: contentsOf([
      ['tenants', 'Tenants'],
      ['areas', 'Areas'],
      ['differences', 'Requirements'],
      ['readings', 'Readings'],
    ]),
    main: [
      html`<section id="tenants"><h2>Tenants</h2><ul class="tenants">${tenants.map(tenantCard)}</ul></section>`,
      html`<section id="areas"><h2>Areas</h2><p>The worst verdict of each.</p>${grid(
        html`<th scope="col">Area</th>${heads}`,
        areas.map(
          ({ area, verdicts }) =>
            html`<tr><th scope="row">${area}</th>${verdicts.map((one, column) => cellOf(one, column))}</tr>`,
        ),
      )}</section>`,
      html`<section id="differences"><h2>Requirements that do not pass everywhere, or come and go</h2>${
        requirements.length === 0
          ? html`<p>All pass everywhere.</p>`
          : grid(
              html`<th scope="col">Requirement</th>${heads}`,
              requirements.map(
                ({ id, level, title, verdicts, history }) =>
                  html`<tr><th scope="row">${id} <small>${level}</small><br><span>${title}</span></th>${verdicts.map((one, column) => cellOf(one, column, history[column]))}</tr>`,
              ),
            )
      }</section>`,
      html`<section id="readings"><h2>Read differently</h2>${
        observations.length === 0
          ? html`<p>The tenants answer all open questions alike.</p>`
          : grid(
              html`<th scope="col">Question</th>${heads}`,
              observations.map(
                ({ ambiguity, question, answers }) =>
                  html`<tr><th scope="row">${ambiguity} <span>${question}</span></th>${answers.map((one, column) => html`<td>${nameOf(column)}${one ?? 'not asked'}</td>`)}</tr>`,
              ),
            )
      }</section>`,
    ],
    foot: html`Each tenant's own page has the findings. overview.json beside this page has the same for programs.`,
    style: ownFile('style/overview.css'),
  });
}

function tenantCard(tenant: TenantSummary): Markup {
  const { name, verdict, startedAt, runs } = tenant;
  return html`<li class="${verdict}"><h3><a href="${link(tenant, 'conformance.html')}">${name}</a></h3>
<p class="sign">${verdictWords[verdict]}</p>
<p>${tenantInBrief(tenant)}; ${moment(startedAt)}</p>
<ul>${detailsOf(tenant).map((detail) => html`<li>${detail}</li>`)}</ul>
${runs && charts(runs)}</li>`;
}

function grid(head: Content, rows: Content): Markup {
  return html`<div class="wide"><table class="grid"><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
