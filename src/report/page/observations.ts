// How the tenant reads what the documents leave open, and how much of the documents was tested.
import { counted } from '../../text/count.ts';
import { modelCoverageInWords } from '../../verdict/model-coverage.ts';
import type { ConformanceReport, ObservationReport } from '../../verdict/report-types.ts';
import { html, inward, type Markup } from './html.ts';

export function observationsSection({ observations }: ConformanceReport): Markup {
  const changedFirst = observations.toSorted((a, b) => Number(b.was !== null) - Number(a.was !== null));
  return html`<section id="observations" aria-labelledby="observations-title">
<h2 id="observations-title">How this tenant reads the documents <span class="count">${observations.length}</span></h2>
${
  observations.length === 0
    ? html`<p>This run asked for nothing that the documents leave open.</p>`
    : html`<p class="quiet">What the documents leave open is observed, not judged.</p>
<div class="table"><table>
<thead><tr><th scope="col">Entry</th><th scope="col">Question</th><th scope="col">Answer of the tenant</th></tr></thead>
<tbody>${changedFirst.map(observationRow)}</tbody></table></div>`
}
</section>`;
}

function observationRow({ ambiguity, question, answer, was, scenario }: ObservationReport): Markup {
  return html`<tr${was !== null && html` class="changed"`}><th scope="row">${inward(scenario, ambiguity)}</th><td>${question}</td>
<td>${answer}${was !== null && html`<br><b class="verdict warning">changed</b> it used to be: ${was}`}</td></tr>`;
}

export function coverageSection({ coverage }: ConformanceReport): Markup {
  const { requirements, tested, untestable, model } = coverage;
  const byReason = Map.groupBy(untestable, ({ reason }) => reason);
  // What binds the sender only is listed below, and is not missing.
  const left = requirements - tested - untestable.length;
  return html`<section id="coverage" aria-labelledby="coverage-title">
<h2 id="coverage-title">Coverage</h2>
<p>${tested} of the ${counted(requirements, 'requirement')} of the documents were decided on in this run${
    left > 0 && `; ${left} were not`
  }.</p>
${model && html`<p>${modelCoverageInWords(model)}.</p>`}
${
  untestable.length > 0 &&
  html`<p>${counted(untestable.length, 'requirement')} cannot be tested against a tenant:</p>
<dl class="untestable">${[...byReason].map(
    ([reason, all]) =>
      html`<div><dt>${reason}</dt><dd>${all.map(({ id }) => html`${inward(id, id)} `)}</dd></div>`,
  )}</dl>`
}
</section>`;
}
