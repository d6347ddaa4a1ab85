// How verdicts and times look on the page.

import { formatInstant } from '../../text/time.ts';
import { severity } from '../../verdict/policy.ts';
import { verdictLabel } from '../../verdict/verdict-label.ts';
import { html, type Markup } from './html.ts';

/** The verdicts of scenarios and requirements, in the order of the policy: worst first. */
const worstFirst: readonly string[] = [
  ...severity.flatMap((verdict) => (verdict === 'recorded' ? ['not-run', verdict] : [verdict])),
  'not-tested',
];

/** The worst verdict has the lowest rank. */
export function rank(verdict: string): number {
  return worstFirst.indexOf(verdict);
}

/** The name of a verdict in its colour, with its sign. */
export function badge(verdict: string, text: string = verdictLabel(verdict)): Markup {
  return html`<b class="verdict ${verdict}">${text}</b>`;
}

/** How often each verdict was given, worst first. */
export function tally(verdicts: readonly string[]): [verdict: string, count: number][] {
  return worstFirst
    .map((verdict): [string, number] => [verdict, verdicts.filter((one) => one === verdict).length])
    .filter(([, count]) => count > 0);
}

/** "2026-05-12 07:04 UTC". */
export function moment(iso: string): Markup {
  return html`<time datetime="${iso}">${formatInstant(iso)}</time>`;
}
