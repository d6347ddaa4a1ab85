// What a transfer may be answered with, and when its outcome may be posted.
import { type AssignReply, documentedOutcome, jsonPost } from '../assign-conversation.ts';
import { CallbackDelivery } from '../callback-delivery.ts';
import type { Variation } from './variation.ts';

const seenBy = ['ASSIGN-RESP-01', 'ASSIGN-RESP-02', 'ASSIGN-RESP-03', 'ASSIGN-CB-01'] as const;

/** Posts the outcome, then lets the answer go. */
async function postFirst({ answer, callback }: AssignReply): Promise<AssignReply> {
  const delivery = new CallbackDelivery(() => {});
  for (const post of callback?.posts ?? []) await delivery.post(post.url ?? callback!.url, post);
  await delivery.close();
  return { answer };
}

export const routing: readonly Variation[] = [
  {
    name: 'posts-the-outcome-before-the-answer',
    says: 'The outcome of a transfer is at its callbackUrl before the request is answered.',
    seenBy,
    behaviour: () => ({ aroundAssign: async (_, reply) => postFirst(await reply()) }),
  },
  {
    name: 'posts-the-outcome-later',
    says: 'The outcome of a transfer is posted 400 ms after the answer.',
    seenBy,
    behaviour: () => ({ callbacks: (outcome) => [{ ...jsonPost(outcome), delayMs: 400 }] }),
  },
  {
    name: 'says-more-in-an-outcome',
    says: 'The outcome has further members, in the answer and in what is posted.',
    seenBy,
    behaviour: () => ({
      outcome: (asked, now) => ({
        conversationId: 'c-1',
        ...documentedOutcome(asked, now),
        agent: { name: 'A' },
        reasons: [],
      }),
    }),
  },
  {
    name: 'names-the-character-set-of-an-outcome',
    says: 'What is posted is of the type application/json with a charset.',
    seenBy,
    behaviour: () => ({
      callbacks: (outcome) => [{ ...jsonPost(outcome), contentType: 'Application/JSON;charset=UTF-8' }],
    }),
  },
];
