// A request and its answer in full, and the command that sends it again.

import { parseJson } from '../../protocol/answers.ts';
import { truncateWithNote } from '../../text/truncate.ts';
import type { ExchangeReport } from '../../verdict/report-types.ts';
import { html, type Markup } from './html.ts';

/** A longer body is cut; evidence.ndjson holds more of it. */
const maxBody = 4000;

export function exchangeDetails(exchange: ExchangeReport): Markup {
  const { request, answer, failure, durationMs, attempts } = exchange;
  const times = attempts > 1 ? `, sent ${attempts} times` : '';
  const outcome = answer ? `answered ${answer.status}` : 'no answer';
  return html`<details class="exchange" data-on-paper>
<summary>Request and answer <span class="quiet">${outcome} in ${Math.round(durationMs)} ms${times}</span></summary>
${failure && html`<p class="failure">${failure}</p>`}
<div class="wire">
<div><h4>Request</h4>${block(`${request.method} ${request.url}`, request.headers, request.body)}</div>
<div><h4>Answer</h4>${answer ? block(`HTTP ${answer.status}`, answer.headers, answer.body) : html`<p>None arrived.</p>`}</div>
</div>
</details>`;
}

function block(first: string, headers: Record<string, string>, body: string | undefined): Markup {
  const lines = Object.entries(headers).map(([name, value]) => html`<i>${name}:</i> ${value}\n`);
  const content = body ? html`\n${readable(body)}` : html`\n<i>(no body)</i>`;
  return html`<pre tabindex="0">${first}\n${lines}${content}</pre>`;
}

function readable(body: string): string {
  if (body.length > maxBody) {
    const note = `\n(the first ${maxBody} characters; evidence.ndjson has more of it)`;
    return truncateWithNote(body, maxBody, note);
  }
  const pretty = JSON.stringify(parseJson(body), null, 2) ?? body;
  // A body that nests a thousand levels deep would become a thousand times as long, mostly by blanks.
  if (pretty.length > 4 * maxBody) return body;
  // Only the layout may change: numbers too long for JavaScript, or duplicate keys, are shown as they came.
  return withoutBlanks(pretty) === withoutBlanks(body) ? pretty : body;
}

function withoutBlanks(text: string): string {
  return text.replace(/\s/g, '');
}

/** The command for a shell. The script of the page shows the copy button. */
export function repeatLine({ repeat }: ExchangeReport): Markup {
  return html`<div class="repeat"><pre tabindex="0" aria-label="Command that sends the request again">${repeat}</pre>
<button type="button" class="copy" hidden>Copy curl</button></div>`;
}
