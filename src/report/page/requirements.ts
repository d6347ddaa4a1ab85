// All requirements by area, as rows that can be opened and filtered.

import { basisInWords, bindsSenderOnly } from '../../protocol/catalogue.ts';
import { counted } from '../../text/count.ts';
import type { ConformanceReport, RequirementReport, ScenarioReference } from '../../verdict/report-types.ts';
import { verdictLabel } from '../../verdict/verdict-label.ts';
import { historyById } from '../history-in-words.ts';
import { shareInWords } from '../share-in-words.ts';
import { messageOf, type PlacedGroup, verdictOf } from './findings.ts';
import { type Content, html, inward, type Markup } from './html.ts';
import { badge, rank, tally } from './words.ts';

export function requirementsSection(report: ConformanceReport, groups: readonly PlacedGroup[]): Markup {
  const { requirements } = report;
  const own = requirements.filter((one) => !bindsSenderOnly(one));
  const history = historyById(report);
  const areas = Map.groupBy(own, ({ area }) => area);
  return html`<section id="requirements" aria-labelledby="requirements-title">
<h2 id="requirements-title">Requirements that bind the tenant <span class="count">${own.length}</span></h2>
${filter(own)}
${[...areas].map(([area, all]) => areaOf(area, all, { groups, history }))}
${senders(requirements.filter(bindsSenderOnly))}
</section>`;
}

/** What no answer of a tenant shows. */
function senders(requirements: readonly RequirementReport[]): Content {
  if (requirements.length === 0) return undefined;
  return html`<details class="recorded senders"><summary>${counted(requirements.length, 'requirement binds', 'requirements bind')} only who sends the events: <code>npm run check</code> judges the sender by a log</summary>
<ul>${requirements.map(({ id, level, title }) => html`<li id="${id}"><code>${id}</code> <span class="level">${level}</span> ${title}</li>`)}</ul></details>`;
}

/** Hidden until the script of the page runs. */
function filter(requirements: readonly RequirementReport[]): Markup {
  const verdicts = tally(requirements.map(({ verdict }) => verdict));
  const levels = ['must', 'should', 'may'].map((level): [string, number] => [
    level,
    requirements.filter((one) => one.level === level).length,
  ]);
  return html`<form id="filter" role="search" aria-label="Filter the requirements" hidden>
<fieldset><legend>Verdict</legend>${verdicts.map((one) => checkbox('verdict', one))}</fieldset>
<fieldset><legend>Level</legend>${levels.map((one) => checkbox('level', one))}</fieldset>
<p class="words"><label for="filter-text">Text</label>
<input type="search" id="filter-text" placeholder="id, words of the title, reason" autocomplete="off" spellcheck="false">
<button type="reset">Show all</button></p>
<p role="status" id="filter-status"></p>
</form>`;
}

function checkbox(name: string, [value, count]: [string, number]): Markup {
  return html`<label class="chip ${value}"><input type="checkbox" name="${name}" value="${value}"><span>${verdictLabel(value)} <small>${count}</small></span></label>`;
}

interface Context {
  groups: readonly PlacedGroup[];
  /** Since when it is broken, in words, by the id of the requirement. */
  history: ReadonlyMap<string, string>;
}

function areaOf(area: string, all: readonly RequirementReport[], context: Context): Markup {
  const verdicts = tally(all.map(({ verdict }) => verdict)).map(
    ([verdict, count]) => `${count} ${verdictLabel(verdict)}`,
  );
  return html`<div class="area"><h3>${area} <span class="quiet">${verdicts.join(', ')}</span></h3>
${all.map((one) => row(one, context))}</div>`;
}

function row(requirement: RequirementReport, { groups, history }: Context): Markup {
  const { id, level, title, verdict, scenarios, reason } = requirement;
  const own = groups.filter((group) => group.requirement.id === id);
  const past = history.get(id);
  return html`<details class="requirement" id="${id}" data-verdict="${verdict}" data-level="${level}">
<summary><code>${id}</code> <span class="level">${level}</span> <span class="title">${title}${
    reason && html`<small class="why">${reason}</small>`
  }${past && html`<small class="why">${past}</small>`}</span> ${badge(verdict)} <span class="quiet">${shareInWords(requirement) || counted(scenarios.length, 'scenario')}</span></summary>
<div class="inside">
<p class="quiet">${source(requirement)}</p>
${own.length > 0 && html`<p>Findings</p><ul>${own.map(findingLink)}</ul>`}
${scenarioList(scenarios)}
</div></details>`;
}

function source({ basis, source, ambiguity }: RequirementReport): string {
  const depends = ambiguity.length > 0 ? `. It depends on ${ambiguity.join(', ')}` : '';
  return basisInWords(basis, source) + depends;
}

function findingLink(group: PlacedGroup): Markup {
  return html`<li>${badge(verdictOf(group))} ${inward(group.id, messageOf(group))}</li>`;
}

function scenarioList(scenarios: readonly ScenarioReference[]): Content {
  if (scenarios.length === 0) return html`<p>No scenario of this run says anything of it.</p>`;
  const sorted = scenarios.toSorted((a, b) => rank(a.verdict) - rank(b.verdict));
  return html`<p>Scenarios that say something of it, each with its own verdict</p><ul class="long" tabindex="0" aria-label="Scenarios">${sorted.map(
    ({ name, uri, line, verdict }) => html`<li>${badge(verdict)} ${inward(`${uri}:${line}`, name)}</li>`,
  )}</ul>`;
}
