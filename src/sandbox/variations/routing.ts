// Forms of the answer to a transfer, and times at which its outcome may be posted.
import { type AssignReply, documentedOutcome, jsonPost } from '../assign-conversation.ts';
import { CallbackDelivery } from '../callback-delivery.ts';
import type { Variation } from './variation.ts';

const seenBy = ['ASSIGN-RESP-01', 'ASSIGN-RESP-02', 'ASSIGN-RESP-03', 'ASSIGN-CB-01'] as const;

/** Posts the outcome before it returns the answer. */
async function postFirst({ answer, callback }: AssignReply): Promise<AssignReply> {
  const delivery = new CallbackDelivery(() => {});
  for (const post of callback?.posts ?? []) await delivery.post(post.url ?? callback!.url, post);
  await delivery.close();
  return { answer };
}

export const routing: readonly Variation[] = [
  {
    name: 'posts-the-outcome-before-the-answer',
    description: 'The outcome of a transfer is posted before the request is answered.',
    seenBy,
    behaviour: () => ({ aroundAssign: async (_, reply) => postFirst(await reply()) }),
  },
  {
    name: 'posts-the-outcome-later',
    description: 'The outcome of a transfer is posted 400 ms after the answer.',
    seenBy,
    behaviour: () => ({ callbacks: (outcome) => [{ ...jsonPost(outcome), delayMs: 400 }] }),
  },
  {
    name: 'says-more-in-an-outcome',
    description: 'The outcome has other members too, both in the answer and in what is posted.',
    seenBy,
    behaviour: () => ({
      outcome: (parameters, now) => ({
        conversationId: 'c-1',
        ...documentedOutcome(parameters, now),
        agent: { name: 'A' },
        reasons: [],
      }),
    }),
  },
  {
    name: 'names-the-character-set-of-an-outcome',
    description: 'The content type of the posted outcome is application/json with a charset.',
    seenBy,
    behaviour: () => ({
      callbacks: (outcome) => [{ ...jsonPost(outcome), contentType: 'Application/JSON;charset=UTF-8' }],
    }),
  },
];
