// Forms of the answer to a transfer, and times at which its outcome may be posted.
import {
  type AssignReply,
  documentedAssignChecks,
  documentedOutcome,
  jsonPost,
} from '../assign-conversation.ts';
import { CallbackDelivery } from '../callback-delivery.ts';
import { isUnattainable, parametersOf } from '../faults/requests.ts';
import { refusal } from '../refusal.ts';
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
    name: 'posts-progress-before-the-outcome',
    description: 'Before the outcome of a transfer, two messages about its progress are posted.',
    seenBy,
    behaviour: () => ({
      callbacks: (outcome) => [
        jsonPost({ ...outcome, status: 'pending' }),
        { ...jsonPost({ ...outcome, status: 'ringing' }), delayMs: 20 },
        { ...jsonPost(outcome), delayMs: 200 },
      ],
    }),
  },
  {
    name: 'tries-the-callbackUrl-before-it-posts',
    description: 'Before the outcome of a transfer is posted, its callbackUrl is asked for with HEAD.',
    seenBy,
    behaviour: () => ({
      callbacks: (outcome) => [{ ...jsonPost(outcome), method: 'HEAD' }, jsonPost(outcome)],
    }),
  },
  {
    name: 'puts-the-posted-outcome-into-a-member',
    description: 'What is posted holds the outcome in its member data, beside the name of the message.',
    seenBy,
    behaviour: () => ({
      callbacks: (outcome) => [jsonPost({ event: 'transfer.ended', data: outcome })],
    }),
  },
  {
    name: 'posts-the-success-in-another-word',
    description: 'The status of what is posted is SUCCESS, not transferred as in the answer.',
    seenBy,
    behaviour: () => ({ callbacks: (outcome) => [jsonPost({ ...outcome, status: 'SUCCESS' })] }),
  },
  {
    name: 'posts-a-message-under-the-names-of-the-request',
    description: 'What is posted has botSessionId, aId or queueId, and a message instead of a status.',
    seenBy,
    behaviour: () => ({
      callbacks: (outcome) => {
        const { sessionId, agentId, queueId } = outcome as Record<string, unknown>;
        const message = 'The conversation was transferred';
        return [jsonPost({ botSessionId: sessionId, aId: agentId, queueId, message })];
      },
    }),
  },
  {
    name: 'takes-transfers-only-as-the-samples-print-them',
    description:
      'A transfer without the header accountid, or with its parameters in the query, is refused (X-22, X-24).',
    seenBy: ['ASSIGN-AUTH-01', 'ASSIGN-REQ-07'],
    behaviour: () => ({
      assignChecks: {
        ...documentedAssignChecks,
        parameters: (request) =>
          request.headers.accountid === undefined
            ? refusal(400, 'The header accountid is missing')
            : documentedAssignChecks.parameters({ ...request, query: {} }),
      },
    }),
  },
  {
    name: 'posts-a-failure-of-what-cannot-succeed',
    description:
      'A transfer to an unknown agent or queue, or of an unknown session, is accepted, and its failure is posted.',
    seenBy: [...seenBy, 'ASSIGN-CB-02', 'ASSIGN-CB-03'],
    behaviour: () => ({
      callbacks: (outcome, parameters) => [
        jsonPost(isUnattainable(parameters) ? { ...outcome, status: 'failed' } : outcome),
      ],
    }),
  },
  {
    name: 'refuses-what-cannot-succeed-and-posts-that',
    description:
      'What cannot succeed or is not authorised is refused with a 4xx, and a failure is posted for it.',
    seenBy: [...seenBy, 'ASSIGN-AUTH-01', 'ASSIGN-CB-02', 'ASSIGN-CB-03'],
    behaviour: () => ({
      aroundAssign: async (request, reply) => {
        const parameters = parametersOf(request);
        const given = await reply();
        const answer = isUnattainable(parameters)
          ? refusal(404, 'The target could not be found')
          : given.answer;
        if (answer.status === 200 || typeof parameters.callbackUrl !== 'string') return { ...given, answer };
        const failure = { sessionId: parameters.botSessionId, status: 'failed', reason: 'refused' };
        return { answer, callback: { url: parameters.callbackUrl, posts: [jsonPost(failure)] } };
      },
    }),
  },
  {
    name: 'echoes-its-own-ids',
    description:
      'The answer to a transfer has ids of the tenant for session, agent and queue, and so has the posted outcome.',
    seenBy,
    warned: ['ASSIGN-RESP-03', 'ASSIGN-CB-02'],
    behaviour: () => ({
      outcome: (parameters, now) => {
        const own = Object.entries(documentedOutcome(parameters, now)).map(([name, value]) => [
          name,
          /Id$/.test(name) ? `own-${value}` : value,
        ]);
        return Object.fromEntries(own);
      },
    }),
  },
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
