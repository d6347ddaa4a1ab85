// Faults in the outcome that is posted to the callbackUrl: ASSIGN-CB-01.
import { documentedCallbacks, jsonPost, type Post } from '../assign-conversation.ts';
import type { Behaviour } from '../behaviour.ts';
import type { Fault } from './fault.ts';
import { isUnattainable, parametersOf } from './requests.ts';

const breaks = 'ASSIGN-CB-01';

type Outcome = Record<string, unknown>;

export const callbackFaults: readonly Fault[] = [
  {
    name: 'does-not-post-an-outcome',
    breaks,
    description: 'A transfer is answered, but nothing is posted to its callbackUrl.',
    behaviour: () => ({ callbacks: () => [] }),
  },
  {
    name: 'does-not-post-the-outcome-of-a-queue',
    breaks,
    description: 'The outcome of a transfer to an agent is posted, but not that of a transfer to a queue.',
    behaviour: () => ({
      callbacks: (outcome) => ('queueId' in outcome ? [] : documentedCallbacks(outcome)),
    }),
  },
  {
    name: 'posts-an-outcome-twice',
    breaks: 'ASSIGN-CB-02',
    description: 'The outcome is posted a second time, as if the first had not arrived.',
    behaviour: () => ({ callbacks: (outcome) => [jsonPost(outcome), jsonPost(outcome)] }),
  },
  {
    name: 'posts-an-outcome-again-later',
    breaks: 'ASSIGN-CB-02',
    description: 'The outcome is posted a second time after a while.',
    behaviour: () => ({
      callbacks: (outcome) => [jsonPost(outcome), { ...jsonPost(outcome), delayMs: 1500 }],
    }),
  },
  {
    name: 'posts-only-the-progress-of-a-transfer',
    breaks: 'ASSIGN-CB-02',
    description: 'It is posted that a transfer is pending, and nothing after that.',
    behaviour: () => posting((outcome) => ({ ...outcome, status: 'pending' })),
  },
  {
    name: 'posts-nothing-about-a-transfer-that-fails',
    breaks: 'ASSIGN-CB-03',
    description:
      'A transfer to an unknown agent or queue, or of an unknown session, is accepted, and nothing is posted.',
    behaviour: () => ({
      callbacks: (outcome, parameters) => (isUnattainable(parameters) ? [] : documentedCallbacks(outcome)),
    }),
  },
  {
    name: 'posts-a-failure-to-a-path-of-its-own',
    breaks: 'ASSIGN-CB-03',
    description: 'That a transfer has failed is posted to another path than that of the callbackUrl.',
    behaviour: () => ({
      callbacks: (outcome, parameters) =>
        isUnattainable(parameters)
          ? [{ ...jsonPost({ ...outcome, status: 'failed' }), url: `${parameters.callbackUrl}/error` }]
          : documentedCallbacks(outcome),
    }),
  },
  {
    name: 'posts-every-outcome-to-the-first-callbackUrl',
    breaks,
    description: 'Every outcome is posted to the callbackUrl of the first transfer.',
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
    name: 'posts-only-to-the-host-of-the-callbackUrl',
    breaks,
    description: 'The outcome is posted to the host of the callbackUrl, without its path.',
    behaviour: () => ({
      callbacks: (outcome, { callbackUrl }) => [
        { ...jsonPost(outcome), url: new URL('/', callbackUrl).href },
      ],
    }),
  },
  {
    name: 'posts-the-outcome-of-another-session',
    breaks: 'ASSIGN-CB-02',
    description: 'The posted outcome names a session that was not transferred.',
    behaviour: () => posting((outcome) => ({ ...outcome, sessionId: '5a4db0c50000000000000000' })),
  },
  {
    name: 'posts-the-outcome-of-the-previous-transfer',
    breaks: 'ASSIGN-CB-02',
    description: 'The posted outcome is that of the previous transfer.',
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
    breaks: 'ASSIGN-CB-02',
    description: 'The posted outcome does not name the session.',
    behaviour: () => posting(({ sessionId: _, ...outcome }) => outcome),
  },
  {
    name: 'posts-an-outcome-without-the-queue',
    breaks: 'ASSIGN-CB-02',
    description: 'The posted outcome of a transfer to a queue does not name the queue.',
    behaviour: () => posting(({ queueId: _, ...outcome }) => outcome),
  },
  {
    name: 'posts-a-failure-after-a-success',
    breaks: 'ASSIGN-CB-02',
    description: 'The status is transferred in the answer and failed in the posted outcome.',
    behaviour: () => posting((outcome) => ({ ...outcome, status: 'failed' })),
  },
  {
    name: 'posts-the-outcome-as-a-form',
    breaks: 'ASSIGN-CB-02',
    description: 'The outcome is posted as a form instead of JSON.',
    behaviour: () =>
      postingWith((outcome) => ({
        body: new URLSearchParams(outcome as Record<string, string>).toString(),
        contentType: 'application/x-www-form-urlencoded',
      })),
  },
  {
    name: 'posts-JSON-as-a-text',
    breaks: 'ASSIGN-CB-02',
    description: 'The posted outcome is JSON with the content type text/plain.',
    behaviour: () => postingWith((outcome) => ({ ...jsonPost(outcome), contentType: 'text/plain' })),
  },
  {
    name: 'posts-JSON-that-is-cut-off',
    breaks: 'ASSIGN-CB-02',
    description: 'The last character of the posted outcome is missing.',
    behaviour: () =>
      postingWith((outcome) => ({ ...jsonPost(outcome), body: JSON.stringify(outcome).slice(0, -1) })),
  },
  {
    name: 'posts-JSON-within-a-string',
    breaks: 'ASSIGN-CB-02',
    description: 'The outcome is encoded as JSON twice, so a string is posted.',
    behaviour: () =>
      postingWith((outcome) => ({ ...jsonPost(outcome), body: JSON.stringify(JSON.stringify(outcome)) })),
  },
  {
    name: 'posts-the-outcome-of-a-refused-transfer',
    breaks: 'ASSIGN-AUTH-01',
    description: 'A transfer without a valid token is refused, but carried out.',
    behaviour: () => carryingOut(401),
  },
  {
    name: 'carries-out-what-it-refuses-for-a-parameter',
    breaks: 'ASSIGN-CB-02',
    seenBy: ['ASSIGN-ERR-01'],
    description:
      'A transfer that lacks a parameter, or names both agent and queue, is refused, but carried out.',
    behaviour: () => carryingOut(400),
  },
];

function posting(change: (outcome: Outcome) => object) {
  return postingWith((outcome) => jsonPost(change(outcome)));
}

function postingWith(post: (outcome: Outcome) => Post) {
  return { callbacks: (outcome: object) => [post(outcome as Outcome)] };
}

/** Carries out what it refuses with a status. */
function carryingOut(status: number): Partial<Behaviour> {
  return {
    aroundAssign: async (request, reply) => {
      const documented = await reply();
      const { callbackUrl, botSessionId: sessionId, aId: agentId, queueId } = parametersOf(request);
      if (documented.answer.status !== status || !callbackUrl) return documented;
      const outcome = { sessionId, agentId, queueId, status: 'transferred', requestCompletedAt: Date.now() };
      return { ...documented, callback: { url: String(callbackUrl), posts: [jsonPost(outcome)] } };
    },
  };
}
