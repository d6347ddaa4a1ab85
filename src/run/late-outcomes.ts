// Outcomes of transfers that arrived when no scenario waited for them: known only when the run is over.
import { postedKind } from '../protocol/callback.ts';
import type { RequirementId } from '../protocol/catalogue.ts';
import { finding } from '../protocol/finding.ts';
import type { PublishedDeliveries } from '../tenant/callback-inbox.ts';
import type { CallbackListener } from '../tenant/callback-listener.ts';
import { counted } from '../text/count.ts';
import type { LateFinding } from '../verdict/late-findings.ts';

type Posted = ReturnType<typeof postedKind>;

/** Notes what each key gets. @returns what to call when the run is over: it says what is wrong with the deliveries */
export function watchOutcomes(
  listener: Pick<CallbackListener, 'onDelivery'>,
  published: Pick<PublishedDeliveries, 'refusedUnder' | 'isIgnored' | 'noLongerWithheld'>,
): () => LateFinding[] {
  const posted = new Map<string, Posted[]>();
  listener.onDelivery(({ key, body }) => {
    const kinds = posted.get(key) ?? [];
    posted.set(key, [...kinds, postedKind(body.toString('utf8'))]);
  });
  return () => [
    ...[...posted].flatMap(([key, kinds]) =>
      published.isIgnored(key) ? [] : (tooMany(key, kinds, published.refusedUnder(key)) ?? []),
    ),
    ...published.noLongerWithheld().map(({ key, finding }) => ({ ...finding, key, wasWithheld: true })),
  ];
}

/** A message about the failure of a transfer that was refused is no breach; nor is progress. */
function tooMany(
  key: string,
  kinds: readonly Posted[],
  refusedUnder: RequirementId | undefined,
): LateFinding | undefined {
  if (refusedUnder) {
    return kinds.includes('success')
      ? late(
          'the outcome of a transfer that was refused was posted, as if it had been carried out',
          key,
          refusedUnder,
        )
      : undefined;
  }
  const outcomes = kinds.filter((kind) => kind !== 'progress').length;
  return outcomes > 1
    ? late(`an outcome was posted ${counted(outcomes, 'time')}`, key, 'ASSIGN-CB-02')
    : undefined;
}

function late(message: string, key: string, requirement: RequirementId): LateFinding {
  const expected = 'one outcome for each transfer that was carried out';
  return { ...finding(requirement, message, expected, `POST to .../${key}`), key };
}
