// What to do about the result, below the verdict and its cause.
import type { ConformanceReport } from '../../verdict/report-types.ts';
import { type Content, html } from './html.ts';

/** The script of the page shows the copy button. */
export function nextSection({ next }: ConformanceReport): Content {
  if (next === null) return undefined;
  return html`<section class="next" aria-labelledby="next-title">
<h2 id="next-title">What to do next</h2>
<p>${next.do}</p>
${
  next.copy !== null &&
  html`<div class="repeat"><pre tabindex="0" aria-label="To copy">${next.copy}</pre>
<button type="button" class="copy" hidden>Copy</button></div>`
}
</section>`;
}
