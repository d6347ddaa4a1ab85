// The findings, worst first: a line for each requirement, with all of its kinds of findings in it.
import { basisInWords } from '../../protocol/catalogue.ts';
import { counted } from '../../text/count.ts';
import { type FindingGroup, findingGroups, type KindOfFinding } from '../../verdict/finding-groups.ts';
import type { ConformanceReport, FindingReport, RequirementReport } from '../../verdict/report-types.ts';
import { historyById } from '../history-in-words.ts';
import { exchangeDetails, repeatLine } from './exchange.ts';
import { type Content, html, inward, type Markup, outward } from './html.ts';
import { badge, rank } from './words.ts';

/** So many lines fit before the requirements; the others are folded. */
const shownAtOnce = 8;
/** So many kinds are listed, each with its first exchange in full. */
const shownKinds = 12;
/** So many scenarios are named for each kind. */
const shownExamples = 30;
/** So many groups are printed in full; of the others the line. */
const worst = 5;
/** Exchanges in full: so many in the first group, and one in each of so many groups. A page stays small, however much fails. */
const exchanges = { ofTheFirst: 10, groups: 30 };

export interface PlacedGroup extends FindingGroup {
  /** Its id on the page. */
  id: string;
  /** Whether the requirement did not fail in the last run. */
  isNew: boolean;
  /** Since when its requirement is broken, in words. */
  history: string | undefined;
  /** How many of its findings are shown with their exchange. */
  inFull: number;
  /** Whether it is one of the few that are looked at first. */
  isWorst: boolean;
}

const levels = ['must', 'should', 'may'];

/** Worst first, then by level; new and frequent ones first among equals. */
export function placedGroups(report: ConformanceReport): PlacedGroup[] {
  const { requirements, comparison } = report;
  const history = historyById(report);
  const newlyFailing = new Set(comparison?.newlyFailing.map(({ id }) => id));
  return findingGroups(requirements)
    .map((group) => ({
      ...group,
      isNew: newlyFailing.has(group.requirement.id) && verdictOf(group) === 'fail',
      history: verdictOf(group) === 'recorded' ? undefined : history.get(group.requirement.id),
    }))
    .sort(
      (a, b) =>
        rank(verdictOf(a)) - rank(verdictOf(b)) ||
        levels.indexOf(a.requirement.level) - levels.indexOf(b.requirement.level) ||
        Number(b.isNew) - Number(a.isNew) ||
        b.findings.length - a.findings.length,
    )
    .map((group, index) => ({
      ...group,
      id: `finding-${index + 1}`,
      inFull: index === 0 ? exchanges.ofTheFirst : Number(index < exchanges.groups),
      isWorst: index < worst,
    }));
}

export function verdictOf({ findings }: FindingGroup): FindingReport['verdict'] {
  return findings[0]!.verdict;
}

/** The message of the most frequent kind. */
export function messageOf({ kinds }: FindingGroup): string {
  return kinds[0]!.findings[0].message;
}

export function findingsSection(groups: readonly PlacedGroup[]): Markup {
  const counting = groups.filter((group) => verdictOf(group) !== 'recorded');
  const recorded = groups.filter((group) => !counting.includes(group));
  const [first, later] = [counting.slice(0, shownAtOnce), counting.slice(shownAtOnce)];
  return html`<section id="findings" aria-labelledby="findings-title">
<h2 id="findings-title">Findings <span class="count">${counting.length}</span></h2>
${counting.length === 0 && html`<p>None: nothing that was judged is broken.</p>`}
${first.map((group, index) => findingDetails(group, index === 0 && (verdictOf(group) === 'fail' || counting.length === 1)))}
${
  later.length > 0 &&
  html`<details class="recorded" data-on-paper><summary>and ${counted(later.length, 'more finding')}</summary>
${later.map((group) => findingDetails(group))}</details>`
}
${
  recorded.length > 0 &&
  html`<details class="recorded"><summary>${counted(recorded.length, 'optional behaviour')} that the tenant does without</summary>
${recorded.map((group) => findingDetails(group))}</details>`
}
</section>`;
}

function findingDetails(group: PlacedGroup, open = false): Markup {
  const { id, requirement, findings, kinds, isNew, isWorst, history } = group;
  const seen = [
    findings.length > 1 && `seen ${findings.length} times`,
    kinds.length > 1 && `${kinds.length} kinds`,
  ].filter(Boolean);
  return html`<details class="finding" id="${id}"${isWorst && html` data-on-paper`}${open && html` open`}>
<summary><span class="marks">${badge(verdictOf(group))}${isNew && html` <b class="new">new</b>`} <code>${requirement.id}</code></span>
<h3>${messageOf(group)}</h3> <span class="quiet">${seen.join(', ')}</span>${history && html` <span class="past quiet">${history}</span>`}</summary>
<div class="inside">
${about(group)}
${kinds.length === 1 ? examples(group, kinds[0]!) : kindsTable(group)}
</div></details>`;
}

function about({ requirement, likewise, kinds }: PlacedGroup): Markup {
  const [first] = kinds[0]!.findings;
  const { exchange, deviation } = first;
  const rows: [string, Content][] = [
    [
      'Requirement',
      html`${inward(requirement.id, requirement.id)} (${requirement.level}) ${requirement.title}`,
    ],
    ['Likewise', likewise.length > 0 && likewise.map(({ id: other }) => html`${inward(other, other)} `)],
    ['Basis', basisInWords(requirement.basis, requirement.source)],
    ['Depends on', requirement.ambiguity.join(', ')],
    ['Event', exchange?.event],
    ['Expected', first.expected],
    ['Actual', first.actual],
    ['Known', deviation && html`${deviation.reason} ${deviation.link && outward(deviation.link)}`],
    ['Scenario', scenarioLink(first, requirement)],
  ];
  return html`<dl>${rows.filter(([, value]) => value).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** All findings of the only kind. */
function examples({ requirement, inFull }: PlacedGroup, { findings }: KindOfFinding): Content {
  const [first, ...others] = findings;
  return [
    first.exchange && inFull > 0 && [exchangeDetails(first.exchange), repeatLine(first.exchange)],
    others.length > 0 &&
      html`<details class="others"><summary>Seen ${counted(others.length, 'more time')}</summary>
${scenarioList(others, requirement, inFull - 1)}</details>`,
  ];
}

/** Each kind with its number, its first example in full and the names of some more. */
function kindsTable({ kinds, requirement, inFull }: PlacedGroup): Markup {
  const shown = kinds.slice(0, shownKinds);
  const rest = kinds.slice(shownKinds).reduce((sum, { findings }) => sum + findings.length, 0);
  return html`<ul class="kinds">${shown.map(({ findings }, index) => {
    const [first, ...others] = findings;
    return html`<li><details${index === 0 && html` data-on-paper`}><summary><b>${findings.length} ×</b> ${first.message}</summary>
${first.exchange && index < inFull && [exchangeDetails(first.exchange), repeatLine(first.exchange)]}
<p class="quiet">${scenarioLink(first, requirement)}</p>
${others.length > 0 && scenarioList(others, requirement)}</details></li>`;
  })}${rest > 0 && html`<li class="quiet">${rest} × of ${counted(kinds.length - shown.length, 'more kind')}</li>`}</ul>`;
}

/** @param full how many of them have their exchange */
function scenarioList(findings: readonly FindingReport[], requirement: RequirementReport, full = 0): Markup {
  const left = findings.length - shownExamples;
  return html`<ol>${findings.slice(0, shownExamples).map(
    (finding, index) =>
      html`<li>${scenarioLink(finding, requirement)} <span class="quiet">${finding.exchange?.event}</span>
${index < full && finding.exchange && [exchangeDetails(finding.exchange), repeatLine(finding.exchange)]}</li>`,
  )}</ol>${left > 0 && html`<p class="quiet">and ${left} more, in conformance.json</p>`}`;
}

function scenarioLink({ scenario: place }: FindingReport, { scenarios }: RequirementReport): Content {
  if (!place) return 'none: it was seen when the scenarios were over';
  const named = scenarios.find(({ uri, line }) => `${uri}:${line}` === place);
  return html`${inward(place, named?.name ?? place)} ${named && html`<span class="quiet">${place}</span>`}`;
}
