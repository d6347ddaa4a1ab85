// Outcomes of transfers that arrived when no scenario waited for them: known only when the run is over.
import type { CallbackListener } from '../tenant/callback-listener.ts';

/** What the run has to answer for at its end, beside its scenarios; a sentence each. */
export const lateOutcomes: string[] = [];

/** Counts the deliveries of each key. @returns what to call when the run is over */
export function watchOutcomes(listener: CallbackListener): () => void {
  const counts = new Map<string, number>();
  listener.onDelivery(({ key }) => counts.set(key, (counts.get(key) ?? 0) + 1));
  return () => {
    for (const { key, issued, method } of listener.unexpected()) {
      if (!issued) continue;
      lateOutcomes.push(
        `${method} to .../${key}: a second outcome, or the outcome of a transfer that was refused, was posted`,
      );
    }
    for (const [key, count] of counts) {
      if (count > 1) lateOutcomes.push(`the outcome for .../${key} was posted ${count} times`);
    }
  };
}
