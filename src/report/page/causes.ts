// The probable cause, above all findings.
import type { ConformanceReport } from '../../verdict/report-types.ts';
import { probableCauseRows } from '../probable-cause.ts';
import { type Content, html, inward } from './html.ts';

/** undefined when nothing explains several findings. */
export function causesSection(report: ConformanceReport): Content {
  const rows = probableCauseRows(report);
  if (rows.length === 0) return undefined;
  const [, cause] = rows[0]!;
  return html`<section class="cause" aria-labelledby="cause-title">
<h2 id="cause-title">Probable cause</h2>
<p>Probably ${cause}</p>
<dl>${rows
    .slice(1)
    // The command is in the words for the tenant's team, below.
    .filter(([name]) => name !== 'repeat')
    .map(([name, text]) => html`<div><dt>${name}</dt><dd>${shownAs(name, text)}</dd></div>`)}</dl>
</section>`;
}

function shownAs(name: string, text: string): Content {
  return name === 'scenario' ? inward(text, text) : text;
}
