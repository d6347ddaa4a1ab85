// Night after night: how long runs take and how much they send, as charts without a network, and what is broken since when.
import { counted } from '../../text/count.ts';
import { formatDay, formatDuration, formatInstant } from '../../text/time.ts';
import type { ConformanceReport, History } from '../../verdict/report-types.ts';
import { historyRows, type Trend, trends } from '../history-in-words.ts';
import { type Content, html, inward, type Markup } from './html.ts';
import { moment } from './words.ts';

/** Nights whose figures are listed. */
const listed = 14;

/** Nothing on the first night. */
export function nightsPart(report: ConformanceReport): Content {
  const { history, startedAt } = report;
  if (!history || history.nights < 2) return undefined;
  const rows = historyRows(report);
  const first = formatDay(history.runs[0]!.startedAt, startedAt);
  return html`<h3 class="glance" id="nights">Night after night <span class="quiet">${
    history.nights > history.runs.length
      ? `the last ${history.runs.length} of ${counted(history.nights, 'night')}`
      : counted(history.nights, 'night')
  }, since ${first}</span></h3>
${charts(history.runs)}
${rows.length > 0 && html`<ul class="nights">${rows.map(({ id, words }) => html`<li>${inward(id, id)} ${words}</li>`)}</ul>`}
${figures(history)}`;
}

/** Bars from zero, one for each night in the colour of its verdict, with the figures in words beside them. */
export function charts(runs: History['runs']): Content {
  const all = trends(runs);
  if (all.length === 0) return undefined;
  return html`<div class="trends">${all.map((one) => chart(one, runs))}</div>`;
}

const width = 240;
const height = 40;
/** Of a night, when there are few. */
const widest = 20;

function chart({ name, last, range, values }: Trend, runs: History['runs']): Markup {
  const most = Math.max(...values, 1);
  const step = Math.min(width / values.length, widest);
  const bars = values.map((value, index) => {
    const { startedAt, verdict } = runs[index]!;
    const tall = Math.max((value / most) * height, 1);
    const [x, y, wide] = [index * step, height - tall, step * 0.8].map((one) => one.toFixed(2));
    return html`<rect class="${verdict}" x="${x}" y="${y}" width="${wide}" height="${tall.toFixed(2)}"><title>${formatInstant(startedAt)}: ${verdict}</title></rect>`;
  });
  return html`<figure class="trend"><figcaption>${name} <b>${last}</b> <span class="quiet">${range}</span></figcaption>
<svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" aria-hidden="true">${bars}</svg></figure>`;
}

/** The charts in figures, for who cannot see them. */
function figures({ runs }: History): Markup {
  const last = runs.slice(-listed).reverse();
  return html`<details class="recorded"><summary>The last ${counted(last.length, 'night')} in figures</summary>
<table class="figures-of-nights"><thead><tr><th scope="col">Began</th><th scope="col">Verdict</th><th scope="col">Duration</th><th scope="col">Requests</th></tr></thead>
<tbody>${last.map(
    ({ startedAt, verdict, durationMs, requests }) =>
      html`<tr><th scope="row">${moment(startedAt)}</th><td>${verdict}</td><td>${formatDuration(durationMs)}</td><td>${counted(requests, 'request')}</td></tr>`,
  )}</tbody></table></details>`;
}
