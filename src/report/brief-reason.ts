// Why a scenario came to its verdict, in a few words that are the same for the same trouble: reports that group by message
// would otherwise make a group of each scenario.
import { truncate } from '../text/truncate.ts';
import type { ScenarioResult } from '../verdict/collector.ts';
import { findingKind } from '../verdict/finding-kind.ts';

const maxLength = 120;

/** "the tenant answered 404 to what must be accepted" */
export function briefReason({ verdict, reason = '', record }: ScenarioResult): string {
  const found = record?.checks.find((check) => check.finding && check.verdict === verdict)?.finding;
  if (found) return brief(found.message);
  const failure = record?.exchanges.at(-1)?.failure;
  if (verdict === 'inconclusive' && failure) return `no answer that can be judged (${failure.kind})`;
  return brief(reason.split('\n')[0]!);
}

/** What comes after the status of an answer says which request it was. */
export function brief(message: string): string {
  const kind = findingKind(message);
  const [upToStatus] = /^[^:]*\b[1-5]\d\d\b[^:]*(?=: )/.exec(kind) ?? [kind];
  return truncate(upToStatus, maxLength);
}
