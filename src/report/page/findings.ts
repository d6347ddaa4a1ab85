// The findings, worst first. Findings of one requirement with the same message form one group, across all scenarios.
import { basisInWords } from '../../protocol/catalogue.ts';
import { counted } from '../../text/count.ts';
import type {
  ConformanceReport,
  ExchangeReport,
  FindingReport,
  RequirementReport,
} from '../../verdict/report-types.ts';
import { exchangeDetails, repeatLine } from './exchange.ts';
import { type Content, html, inward, type Markup, outward } from './html.ts';
import { badge, rank } from './words.ts';

/** How many findings of a group are shown with their exchange; the others with their scenario and event only. */
const shownInFull = 10;

export interface FindingGroup {
  /** Its id on the page. */
  id: string;
  requirement: RequirementReport;
  /** Other requirements that could not be judged for the same cause. */
  likewise: RequirementReport[];
  /** At least one; they differ in the scenario and the exchange only. */
  findings: FindingReport[];
  /** Whether the requirement did not fail in the last run. */
  isNew: boolean;
}

const levels = ['must', 'should', 'may'];

/** Worst first, then by level; new and frequent ones first among equals. */
export function findingGroups({ requirements, comparison }: ConformanceReport): FindingGroup[] {
  const newlyFailing = new Set(comparison?.newlyFailing.map(({ id }) => id));
  const found = requirements.flatMap((requirement) =>
    requirement.findings.map((finding) => ({ requirement, finding })),
  );
  // Lost requests form one group, even if they keep many requirements from being judged.
  const byMessage = Map.groupBy(found, ({ requirement, finding: { verdict, message } }) =>
    verdict === 'inconclusive' ? message : `${requirement.id} ${verdict} ${message}`,
  );
  const groups = [...byMessage.values()].map((same) => {
    const [first, ...others] = new Set(
      same.map(({ requirement }) => requirement),
    ) as Iterable<RequirementReport>;
    return {
      requirement: first!,
      likewise: others,
      findings: same.map(({ finding }) => finding),
      isNew: newlyFailing.has(first!.id) && same[0]!.finding.verdict === 'fail',
    };
  });
  groups.sort(
    (a, b) =>
      rank(a.findings[0]!.verdict) - rank(b.findings[0]!.verdict) ||
      levels.indexOf(a.requirement.level) - levels.indexOf(b.requirement.level) ||
      Number(b.isNew) - Number(a.isNew) ||
      b.findings.length - a.findings.length,
  );
  return groups.map((group, index) => ({ ...group, id: `finding-${index + 1}` }));
}

export function findingsSection(groups: readonly FindingGroup[]): Markup {
  const counting = groups.filter(({ findings }) => findings[0]!.verdict !== 'recorded');
  const recorded = groups.filter((group) => !counting.includes(group));
  return html`<section id="findings" aria-labelledby="findings-title">
<h2 id="findings-title">Findings <span class="count">${counting.length}</span></h2>
${counting.length === 0 && html`<p>None: nothing that was judged is broken.</p>`}
${counting.map((group) => findingArticle(group))}
${
  recorded.length > 0 &&
  html`<details class="recorded"><summary>${counted(recorded.length, 'optional behaviour')} that the tenant does without</summary>
${recorded.map((group) => findingArticle(group))}</details>`
}
</section>`;
}

function findingArticle({ id, requirement, likewise, findings, isNew }: FindingGroup): Markup {
  const [first] = findings as [FindingReport];
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
  return html`<article class="finding" id="${id}">
<p class="marks">${badge(first.verdict)}${isNew && html` <b class="new">new</b>`} <code>${requirement.id}</code>
<span class="quiet">${findings.length > 1 && `seen ${findings.length} times`}</span></p>
<h3>${first.message}</h3>
<dl>${rows.filter(([, value]) => value).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${exchange && [exchangeDetails(exchange), repeatLine(exchange)]}
${findings.length > 1 && others(findings.slice(1), requirement)}
</article>`;
}

function others(findings: readonly FindingReport[], requirement: RequirementReport): Markup {
  return html`<details class="others"><summary>Seen ${counted(findings.length, 'more time')}</summary>
<ol>${findings.map(
    (
      finding,
      index,
    ) => html`<li>${scenarioLink(finding, requirement)} <span class="quiet">${finding.exchange?.event}</span>
${index < shownInFull - 1 && finding.exchange && inFull(finding.exchange)}</li>`,
  )}</ol></details>`;
}

function inFull(exchange: ExchangeReport): Markup {
  return html`${exchangeDetails(exchange)}${repeatLine(exchange)}`;
}

function scenarioLink({ scenario: place }: FindingReport, { scenarios }: RequirementReport): Content {
  if (!place) return 'none: it was seen when the scenarios were over';
  const named = scenarios.find(({ uri, line }) => `${uri}:${line}` === place);
  return html`${inward(place, named?.name ?? place)} ${named && html`<span class="quiet">${place}</span>`}`;
}
