// One conversation on the page: its picture, and what was found in it.
import { sentTimeline } from '../../check/report/sent-timeline.ts';
import { describePart } from '../../check/report/wording.ts';
import type { PlacedFinding } from '../../check/result.ts';
import { style } from '../../evidence/drawing.ts';
import { picture } from '../../evidence/picture.ts';
import { requirement } from '../../protocol/catalogue.ts';
import { html, Markup } from '../../report/page/html.ts';
import { badge } from '../../report/page/words.ts';
import { counted } from '../../text/count.ts';
import type { LiveConversation } from '../live/live-check.ts';

/** Steps that are drawn: more can neither be read nor drawn at once. */
const maxDrawn = 300;

/** HTML to be placed in the page. */
export function detail(conversation: LiveConversation | undefined): string {
  if (!conversation)
    return html`<p>The recorder does not know this conversation any more: the oldest that have ended are forgotten. Its records are in the folder.</p>`
      .text;
  const { checked, withdrawn } = conversation;
  const { findings, further } = checked;
  const more = further.reduce((sum, { count }) => sum + count, 0);
  return html`${drawn(conversation)}
${findings.length === 0 && html`<p>Nothing was found${conversation.open && ' so far'}.</p>`}
<ol class="found">${findings.map(found)}</ol>
${more > 0 && html`<p class="quiet">and ${counted(more, 'further finding')} of these rules</p>`}
${withdrawn.length > 0 && html`<p class="quiet">Withdrawn, since an earlier request became known later: ${withdrawn.map(({ message }) => message).join('; ')}</p>`}`
    .text;
}

function drawn({ checked }: LiveConversation): Markup | undefined {
  const { steps, findings, conversationId } = checked;
  if (steps.length === 0) return undefined;
  const shown = { ...checked, steps: steps.slice(-maxDrawn) };
  const { title, svg } = picture(conversationId, sentTimeline(shown, ...findings));
  const left = steps.length - shown.steps.length;
  return html`<figure><figcaption>${title}${left > 0 && `; the ${left} before are not drawn`}</figcaption>
<div class="picture" tabindex="0">${new Markup(svg.replace(style, ''))}</div></figure>`;
}

function found(finding: PlacedFinding): Markup {
  const { requirement: id, level, message, line } = finding;
  const part = describePart(finding);
  return html`<li>${badge(level === 'must' ? 'fail' : 'warning', level)} <code>${id}</code> <span class="quiet">line ${line}${part && `, ${part}`}</span>
<p>${message}</p><p class="quiet">${requirement(id).title}</p></li>`;
}
