// How verdicts and times look on the page.

import { instantInWords } from '../../text/time.ts';
import { severity } from '../../verdict/policy.ts';
import { html, type Markup } from './html.ts';

/** Worst first, as the policy has it. Scenarios and requirements are named alike here, with blanks. */
const worstFirst: readonly string[] = [
  ...severity.flatMap((verdict) => (verdict === 'recorded' ? ['not run', verdict] : [verdict])),
  'not tested',
];

export function verdictLabel(verdict: string): string {
  return verdict.replaceAll('-', ' ');
}

/** Small is bad. */
export function rank(verdict: string): number {
  return worstFirst.indexOf(verdictLabel(verdict));
}

/** The name of a verdict in its colour, with its sign. */
export function badge(verdict: string, text: string = verdictLabel(verdict)): Markup {
  return html`<b class="verdict ${verdictLabel(verdict).replaceAll(' ', '-')}">${text}</b>`;
}

/** How often each verdict was given, worst first. */
export function tally(verdicts: readonly string[]): [verdict: string, count: number][] {
  const words = verdicts.map(verdictLabel);
  return worstFirst
    .map((verdict): [string, number] => [verdict, words.filter((word) => word === verdict).length])
    .filter(([, count]) => count > 0);
}

/** "2026-05-12 07:04 UTC". */
export function moment(iso: string): Markup {
  return html`<time datetime="${iso}">${instantInWords(iso)}</time>`;
}
