// The parts of the top of a page: cards with one statement each, and a bar of verdicts.
import { verdictLabel } from '../../verdict/verdict-label.ts';
import { type Content, html, type Markup } from './html.ts';
import { badge } from './words.ts';

export interface Card {
  title: string;
  /** The verdict that gives the card its colour and sign. */
  like: string;
  head: string;
  more: Content;
}

export function card({ title, like, head, more }: Card): Markup {
  return html`<div class="card"><h3>${title}</h3><p class="head">${badge(like, head)}</p><p>${more}</p></div>`;
}

/** How often each verdict was given, as shares of a bar. */
export function bar(parts: readonly [verdict: string, count: number][]): Markup {
  const words = parts.map(([verdict, count]) => `${count} ${verdictLabel(verdict)}`).join(', ');
  return html`<div class="bar" role="img" aria-label="${words}">${parts.map(
    ([verdict, count]) => html`<span class="${verdict}" style="flex-grow:${count}"></span>`,
  )}</div>`;
}
