// The broken rules on the page of a check, each with its examples and their pictures.
import { style } from '../../evidence/drawing.ts';
import { picture } from '../../evidence/picture.ts';
import { requirement } from '../../protocol/catalogue.ts';
import { describeStep } from '../../protocol/lifecycle/step.ts';
import { type Content, html, Markup } from '../../report/page/html.ts';
import { badge } from '../../report/page/words.ts';
import type {
  BrokenRequirement,
  CheckedConversation,
  CheckSummary,
  Example,
  PlacedFinding,
} from '../result.ts';
import type { ReportContext } from './report.ts';
import { sentTimeline, stepsOfFinding } from './sent-timeline.ts';
import { basisOf, describePart, describePosition, ruleVerdict, seen } from './wording.ts';

export function rulesSection({ rules }: CheckSummary, context: ReportContext): Markup {
  return html`<section id="rules" aria-labelledby="rules-title">
<h2 id="rules-title">Broken rules <span class="count">${rules.length}</span></h2>
${new Markup(style)}
${rules.length === 0 && html`<p>None: nothing that was judged breaks a rule.</p>`}
${rules.map((rule) => ruleArticle(rule, context))}
</section>`;
}

function ruleArticle(rule: BrokenRequirement, context: ReportContext): Markup {
  const { requirement: id, level, examples, count } = rule;
  const rows: [string, Content][] = [
    ['Basis', basisOf(rule)],
    ['Found', seen(rule)],
  ];
  return html`<article class="finding" id="${id}-${level}">
<p class="marks">${badge(ruleVerdict(rule, context))} <code>${id}</code> <span class="quiet">${level}</span></p>
<h3>${requirement(id).title}</h3>
<dl>${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${count > examples.length && html`<p class="quiet">The first ${examples.length}:</p>`}
<ol class="examples">${examples.map(example)}</ol>
</article>`;
}

function example({ finding, conversation }: Example): Markup {
  const part = describePart(finding);
  return html`<li><h4>${finding.message}</h4>
<p class="quiet">${describePosition(finding)}${part && `, ${part}`}${!conversation && ', of no conversation'}</p>
${conversation && figure(conversation, finding)}</li>`;
}

function figure(conversation: CheckedConversation, finding: PlacedFinding): Content {
  if (conversation.steps.length === 0) return undefined;
  const { title, svg } = picture(conversation.conversationId, sentTimeline(conversation, finding));
  return html`<figure><figcaption>${title}<br>${describeMarkedSteps(conversation, finding)}</figcaption>
<div class="picture" tabindex="0">${new Markup(svg.replace(style, ''))}</div></figure>`;
}

const maxNamed = 3;

/** "Marked: step 4, cold entry of Agent 2 (line 12)" */
function describeMarkedSteps({ steps }: CheckedConversation, finding: PlacedFinding): Content {
  const indices = stepsOfFinding(steps, finding);
  if (indices.length === 0) return undefined;
  const named = indices
    .slice(0, maxNamed)
    .map((index) => html`<b>step ${index + 1}</b>, ${describeStep(steps[index]!.step)}`);
  const left = indices.length - named.length;
  return html`Marked: ${named.map((one, index) => [index > 0 && '; ', one])}${left > 0 && ` and ${left} more`} (line ${finding.line})`;
}
