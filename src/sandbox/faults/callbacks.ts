// Faults of the outcome that is posted to the callbackUrl: ASSIGN-CB-01.
import { documentedCallbacks, jsonPost, type Post } from '../assign-conversation.ts';
import type { Fault } from './fault.ts';
import { parametersOf } from './requests.ts';

const breaks = 'ASSIGN-CB-01';

type Outcome = Record<string, unknown>;

export const callbackFaults: readonly Fault[] = [
  {
    name: 'posts-no-outcome',
    breaks,
    says: 'A transfer is answered, and nothing posted to its callbackUrl.',
    behaviour: () => ({ callbacks: () => [] }),
  },
  {
    name: 'posts-no-outcome-of-a-queue',
    breaks,
    says: 'Only the outcome of a transfer to an agent is posted.',
    behaviour: () => ({
      callbacks: (outcome) => ('queueId' in outcome ? [] : documentedCallbacks(outcome)),
    }),
  },
  {
    name: 'posts-an-outcome-twice',
    breaks,
    says: 'The outcome is posted a second time, as if the first had not arrived.',
    behaviour: () => ({ callbacks: (outcome) => [jsonPost(outcome), jsonPost(outcome)] }),
  },
  {
    name: 'posts-an-outcome-again-later',
    breaks,
    says: 'The outcome is posted a second time when nobody waits for one any more.',
    behaviour: () => ({
      callbacks: (outcome) => [jsonPost(outcome), { ...jsonPost(outcome), delayMs: 1500 }],
    }),
  },
  {
    name: 'posts-the-progress-of-a-transfer',
    breaks,
    says: 'That the transfer is pending is posted before its outcome.',
    behaviour: () => ({
      callbacks: (outcome) => [jsonPost({ ...outcome, status: 'pending' }), jsonPost(outcome)],
    }),
  },
  {
    name: 'posts-every-outcome-to-the-first-callbackUrl',
    breaks,
    says: 'The callbackUrl of the first transfer is kept, and those of later ones are not used.',
    behaviour: () => {
      let first: string | undefined;
      return {
        callbacks: (outcome, { callbackUrl }) => {
          first ??= callbackUrl;
          return [{ ...jsonPost(outcome), url: first }];
        },
      };
    },
  },
  {
    name: 'posts-to-the-host-of-the-callbackUrl-only',
    breaks,
    says: 'The outcome is posted to the host of the callbackUrl, without its path.',
    behaviour: () => ({
      callbacks: (outcome, { callbackUrl }) => [
        { ...jsonPost(outcome), url: new URL('/', callbackUrl).href },
      ],
    }),
  },
  {
    name: 'posts-the-outcome-of-another-session',
    breaks,
    says: 'The posted outcome names another session than the one that was transferred.',
    behaviour: () => posting((outcome) => ({ ...outcome, sessionId: '5a4db0c50000000000000000' })),
  },
  {
    name: 'posts-the-outcome-of-the-transfer-before',
    breaks,
    says: 'What is posted is the outcome of the transfer before.',
    behaviour: () => {
      let before: Outcome | undefined;
      return posting((outcome) => {
        const posted = before ?? outcome;
        before = outcome;
        return posted;
      });
    },
  },
  {
    name: 'posts-an-outcome-without-a-session',
    breaks,
    says: 'The posted outcome does not name the session.',
    behaviour: () => posting(({ sessionId: _, ...outcome }) => outcome),
  },
  {
    name: 'posts-a-failure-of-what-succeeded',
    breaks,
    says: 'The answer says transferred, and the posted outcome failed.',
    behaviour: () => posting((outcome) => ({ ...outcome, status: 'failed' })),
  },
  {
    name: 'posts-the-outcome-as-a-form',
    breaks,
    says: 'The outcome is posted as a form in place of JSON.',
    behaviour: () =>
      postingWith((outcome) => ({
        body: new URLSearchParams(outcome as Record<string, string>).toString(),
        contentType: 'application/x-www-form-urlencoded',
      })),
  },
  {
    name: 'posts-JSON-as-a-text',
    breaks,
    says: 'The posted outcome is JSON, and text/plain its content type.',
    behaviour: () => postingWith((outcome) => ({ ...jsonPost(outcome), contentType: 'text/plain' })),
  },
  {
    name: 'posts-JSON-that-is-cut-off',
    breaks,
    says: 'The last character of the posted outcome is missing.',
    behaviour: () =>
      postingWith((outcome) => ({ ...jsonPost(outcome), body: JSON.stringify(outcome).slice(0, -1) })),
  },
  {
    name: 'posts-JSON-within-a-string',
    breaks,
    says: 'The outcome is written as JSON twice, so that a string is posted.',
    behaviour: () =>
      postingWith((outcome) => ({ ...jsonPost(outcome), body: JSON.stringify(JSON.stringify(outcome)) })),
  },
  {
    name: 'posts-an-outcome-of-what-it-refused',
    breaks,
    says: 'A transfer without a valid token is refused, and carried out all the same.',
    behaviour: () => ({
      aroundAssign: async (request, reply) => {
        const documented = await reply();
        const { callbackUrl, botSessionId: sessionId, aId: agentId, queueId } = parametersOf(request);
        if (documented.answer.status !== 401) return documented;
        const outcome = {
          sessionId,
          agentId,
          queueId,
          status: 'transferred',
          requestCompletedAt: Date.now(),
        };
        return { ...documented, callback: { url: String(callbackUrl), posts: [jsonPost(outcome)] } };
      },
    }),
  },
];

function posting(change: (outcome: Outcome) => object) {
  return postingWith((outcome) => jsonPost(change(outcome)));
}

function postingWith(post: (outcome: Outcome) => Post) {
  return { callbacks: (outcome: object) => [post(outcome as Outcome)] };
}
