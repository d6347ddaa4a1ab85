// What happened in each scenario, by feature and rule, with a picture of each of its conversations.

import { style } from '../../evidence/drawing.ts';
import { pictures } from '../../evidence/picture.ts';
import { counted } from '../../text/count.ts';
import type { ScenarioResult } from '../../verdict/collector.ts';
import { placeOf } from '../../verdict/requirement-report.ts';
import type { ScenarioRecord } from '../../verdict/scenario-record.ts';
import { verdictLabel } from '../../verdict/verdict-label.ts';
import { messageOf, type PlacedGroup, verdictOf } from './findings.ts';
import { type Content, html, inward, Markup } from './html.ts';
import { badge, rank, tally } from './words.ts';

/** How many failing scenarios are open from the start: a page with three hundred open pictures is not readable. */
const openFromTheStart = 5;

/** What the other parts of the page contribute to a scenario. */
interface Context {
  opened: ReadonlySet<ScenarioResult>;
  findingsAt: ReadonlyMap<string, PlacedGroup[]>;
  requirementIds: ReadonlySet<string>;
  /** What those had come to before that were run again, by uri:line. */
  before: ReadonlyMap<string, string>;
}

export function scenariosSection(
  scenarios: readonly ScenarioResult[],
  groups: readonly PlacedGroup[],
  { ids, before }: { ids: ReadonlySet<string>; before: ReadonlyMap<string, string> },
): Markup {
  const inOrder = scenarios.toSorted((a, b) => compare(a.uri, b.uri) || a.line - b.line);
  const failing = inOrder.filter(({ verdict }) => verdict && rank(verdict) <= rank('fail'));
  const context = {
    opened: new Set(failing.slice(0, openFromTheStart)),
    findingsAt: byScenario(groups),
    requirementIds: ids,
    before,
  };
  const features = Map.groupBy(inOrder, ({ uri }) => uri);
  return html`<section id="scenarios" aria-labelledby="scenarios-title">
<h2 id="scenarios-title">Scenarios <span class="count">${scenarios.length}</span></h2>
${new Markup(style)}
${[...features.values()].map((all) => featureDetails(all, context))}
</section>`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function byScenario(groups: readonly PlacedGroup[]): Map<string, PlacedGroup[]> {
  const found = new Map<string, PlacedGroup[]>();
  for (const group of groups) {
    for (const place of new Set(group.findings.flatMap(({ scenario }) => scenario ?? []))) {
      const known = found.get(place);
      if (known) known.push(group);
      else found.set(place, [group]);
    }
  }
  return found;
}

function featureDetails(all: readonly ScenarioResult[], context: Context): Markup {
  const [first] = all as [ScenarioResult];
  const verdicts = tally(all.map(({ verdict }) => verdict ?? 'not-run'));
  const rules = Map.groupBy(all, ({ rule }) => rule ?? '');
  return html`<details class="feature"${all.some((one) => context.opened.has(one)) && html` open`}>
<summary><h3>${first.feature}</h3> <span class="badges">${verdicts.map(([verdict, count]) => badge(verdict, `${count} ${verdictLabel(verdict)}`))}</span></summary>
<p class="quiet">${first.uri}</p>
${[...rules].map(([rule, examples]) => [
  rule && html`<h4>${rule}</h4>`,
  examples.map((scenario) => scenarioDetails(scenario, context)),
])}
</details>`;
}

function scenarioDetails(scenario: ScenarioResult, context: Context): Markup {
  const { name, verdict = 'not-run', durationMs, record, tags } = scenario;
  const place = placeOf(scenario);
  const found = context.findingsAt.get(place) ?? [];
  const before = context.before.get(place);
  const claimed = tags.map((tag) => tag.slice(1)).filter((tag) => context.requirementIds.has(tag));
  return html`<details class="scenario" id="${place}"${context.opened.has(scenario) && html` open`}>
<summary>${badge(verdict)} <span class="title">${name}</span> <span class="quiet">${before && `run again, before: ${before} · `}${`${Math.round(durationMs)} ms`}</span></summary>
<div class="inside">
<p class="quiet">${place}${claimed.length > 0 && html` · shows ${claimed.map((id) => [' ', inward(id, id)])}`}</p>
${why(scenario, found)}
${record && [conversationPictures(record), exchangeList(record)]}
</div></details>`;
}

function why({ reason }: ScenarioResult, found: readonly PlacedGroup[]): Content {
  const links = found.map(
    (group) =>
      html`<li>${badge(verdictOf(group))} ${inward(group.id, `${group.requirement.id}: ${messageOf(group)}`)}</li>`,
  );
  // The finding gives the reason in full, if it is the one that the line of its requirement shows.
  const inFinding = found.some((group) => reason?.includes(messageOf(group)));
  return [
    links.length > 0 && html`<ul>${links}</ul>`,
    reason && !inFinding && html`<p class="failure">${reason}</p>`,
  ];
}

function conversationPictures({ exchanges }: ScenarioRecord): Content {
  return pictures(exchanges).map(
    ({ title, svg }) =>
      html`<figure><figcaption>${title}</figcaption><div class="picture" tabindex="0">${new Markup(svg.replace(style, ''))}</div></figure>`,
  );
}

function exchangeList({ exchanges }: ScenarioRecord): Content {
  if (exchanges.length === 0) return html`<p class="quiet">Nothing was sent.</p>`;
  return html`<details class="sent"><summary>${counted(exchanges.length, 'request')}</summary><ol>${exchanges.map(
    ({ label, answer, failure }) =>
      html`<li>${label} <span class="quiet">→ ${failure ? failure.kind : (answer?.status ?? 'no answer')}</span></li>`,
  )}</ol></details>`;
}
