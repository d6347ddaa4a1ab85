// What a run leaves behind at the tenant: conversations that a scenario began, and that could not be ended.
import type { LabelledExchange } from '../evidence/timeline.ts';
import { counted } from '../text/count.ts';
import type { ScenarioResult } from './collector.ts';

/** All that a scenario has sent, and what was sent after it to leave the tenant clean. */
export function allExchanges({ record }: ScenarioResult): LabelledExchange[] {
  return record ? [...record.exchanges, ...(record.tidying ?? [])] : [];
}

const maxNamed = 3;

/** One sentence, for whoever runs the tenant; none when nothing is left open. */
export function leftOpenInWords(results: readonly ScenarioResult[]): string[] {
  const open = results.flatMap(({ record }) => record?.leftOpen ?? []);
  if (open.length === 0) return [];
  const named = open.slice(0, maxNamed).join(', ') + (open.length > maxNamed ? ', …' : '');
  const what = counted(open.length, 'conversation');
  return [
    `${what} could not be ended and ${open.length === 1 ? 'is' : 'are'} still open at the tenant: ${named}`,
  ];
}
