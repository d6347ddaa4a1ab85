// Outcomes of transfers that arrived when no scenario waited for them: known only when the run is over.
import { type Finding, finding } from '../protocol/finding.ts';
import type { PublishedDeliveries } from '../tenant/callback-inbox.ts';
import type { CallbackListener } from '../tenant/callback-listener.ts';

/** Counts the deliveries of each key. @returns what to call when the run is over: it says what is wrong with them */
export function watchOutcomes(
  listener: CallbackListener,
  published: Pick<PublishedDeliveries, 'ofRefused'>,
): () => Finding[] {
  const counts = new Map<string, number>();
  listener.onDelivery(({ key }) => counts.set(key, (counts.get(key) ?? 0) + 1));
  return () => [
    ...listener
      .unexpected()
      .filter(({ issued }) => issued)
      .map(({ key, method }) =>
        late(
          'a second outcome, or the outcome of a transfer that was refused, was posted',
          `${method} to .../${key}`,
        ),
      ),
    ...published
      .ofRefused()
      .map((key) => late('the outcome of a transfer that was refused was posted', `POST to .../${key}`)),
    ...[...counts]
      .filter(([, count]) => count > 1)
      .map(([key, count]) => late(`an outcome was posted ${count} times`, `.../${key}`)),
  ];
}

function late(message: string, actual: string): Finding {
  return finding('ASSIGN-CB-01', message, 'one POST for each transfer that was carried out', actual);
}
