// Faults in the answers of assign-conversation to transfers that it carries out: ASSIGN-RESP-01 to -03.
import type { Fault } from './fault.ts';
import { cutOff, withPage } from './replies.ts';
import { transferred, transferredWith } from './transfers.ts';

const toAnAgent: Fault[] = [
  {
    name: 'says-Transferred-with-a-capital',
    breaks: 'ASSIGN-RESP-01',
    description: 'The status is Transferred instead of transferred.',
    behaviour: () => transferred((outcome) => ({ ...outcome, status: 'Transferred' }), 'agent'),
  },
  {
    name: 'writes-requestCompletedAt-as-a-string',
    breaks: 'ASSIGN-RESP-01',
    description: 'The time is a string of digits instead of a number.',
    behaviour: () =>
      transferred((outcome) => {
        return { ...outcome, requestCompletedAt: String(outcome.requestCompletedAt) };
      }, 'agent'),
  },
  {
    name: 'writes-requestCompletedAt-in-seconds',
    breaks: 'ASSIGN-RESP-01',
    description: 'The time is in seconds instead of milliseconds.',
    behaviour: () =>
      transferred((outcome) => {
        return { ...outcome, requestCompletedAt: Math.floor(Number(outcome.requestCompletedAt) / 1000) };
      }, 'agent'),
  },
  {
    name: 'writes-requestCompletedAt-in-local-time',
    breaks: 'ASSIGN-RESP-01',
    description: 'The time of a zone 5.5 h ahead is taken for UTC.',
    behaviour: () =>
      transferred((outcome) => {
        return { ...outcome, requestCompletedAt: Number(outcome.requestCompletedAt) + 5.5 * 3_600_000 };
      }, 'agent'),
  },
  {
    name: 'omits-requestCompletedAt',
    breaks: 'ASSIGN-RESP-01',
    description: 'The answer has no time.',
    behaviour: () => transferred(({ requestCompletedAt: _, ...outcome }) => outcome, 'agent'),
  },
  {
    name: 'omits-the-agentId',
    breaks: 'ASSIGN-RESP-01',
    description: 'The answer to a transfer to an agent does not name the agent.',
    behaviour: () => transferred(({ agentId: _, ...outcome }) => outcome, 'agent'),
  },
  {
    name: 'names-the-agent-as-queueId',
    breaks: 'ASSIGN-RESP-01',
    description: 'The answer to a transfer to an agent has queueId instead of agentId.',
    behaviour: () => transferred(({ agentId, ...outcome }) => ({ ...outcome, queueId: agentId }), 'agent'),
  },
  {
    name: 'omits-the-sessionId',
    breaks: 'ASSIGN-RESP-01',
    description: 'The session is called botSessionId in the answer, as in the request.',
    behaviour: () =>
      transferred(({ sessionId, ...outcome }) => ({ ...outcome, botSessionId: sessionId }), 'agent'),
  },
  {
    name: 'answers-a-transfer-with-the-sample',
    breaks: 'ASSIGN-RESP-01',
    description: 'The keys of the answer have no quotes, as in the sample of the documents.',
    behaviour: () =>
      transferredWith(
        ({ body, ...answer }) => ({ ...answer, body: body.replace(/"(\w+)":/g, '$1: ') }),
        'agent',
      ),
  },
  {
    name: 'wraps-the-outcome',
    breaks: 'ASSIGN-RESP-01',
    description: 'The outcome is wrapped in a member called data.',
    behaviour: () => transferred((outcome) => ({ data: outcome }), 'agent'),
  },
];

const toAQueue: Fault[] = [
  {
    name: 'names-the-queue-as-agentId',
    breaks: 'ASSIGN-RESP-02',
    description: 'The answer to a transfer to a queue has agentId instead of queueId.',
    behaviour: () => transferred(({ queueId, ...outcome }) => ({ ...outcome, agentId: queueId }), 'queue'),
  },
  {
    name: 'names-an-agent-besides-the-queue',
    breaks: 'ASSIGN-RESP-02',
    description: 'The answer to a transfer to a queue has an agentId as well.',
    behaviour: () => transferred((outcome) => ({ ...outcome, agentId: 'a-1' }), 'queue'),
  },
  {
    name: 'says-that-a-transfer-to-a-queue-is-queued',
    breaks: 'ASSIGN-RESP-02',
    description: 'The status is queued instead of transferred.',
    behaviour: () => transferred((outcome) => ({ ...outcome, status: 'queued' }), 'queue'),
  },
  {
    name: 'writes-requestCompletedAt-of-a-queue-as-a-date',
    breaks: 'ASSIGN-RESP-02',
    description: 'The time is an ISO date instead of a number.',
    behaviour: () =>
      transferred((outcome) => {
        return { ...outcome, requestCompletedAt: new Date(Number(outcome.requestCompletedAt)).toISOString() };
      }, 'queue'),
  },
  {
    name: 'answers-a-transfer-to-a-queue-with-OK',
    breaks: 'ASSIGN-RESP-02',
    description:
      'A transfer to a queue is answered like an event; its outcome is posted, but not in the answer.',
    behaviour: () => transferred(() => ({ STATUS: 'OK' }), 'queue'),
  },
  {
    name: 'answers-a-transfer-to-a-queue-with-a-page',
    breaks: 'ASSIGN-RESP-02',
    description: 'A transfer to a queue is answered with HTML and HTTP 200.',
    behaviour: () => transferredWith(withPage('Transferred'), 'queue'),
  },
  {
    name: 'answers-a-transfer-with-JSON-that-is-cut-off',
    breaks: 'ASSIGN-RESP-02',
    description: 'The last character of the answer is missing.',
    behaviour: () => transferredWith(cutOff, 'queue'),
  },
];

const echoes: Fault[] = [
  {
    name: 'answers-with-the-session-of-another-transfer',
    breaks: 'ASSIGN-RESP-03',
    description: 'The sessionId is that of the previous transfer.',
    behaviour: () => {
      let before: unknown = '5a4db0c50000000000000000';
      return transferred((outcome) => {
        const answered = { ...outcome, sessionId: before };
        before = outcome.sessionId === before ? '5a4db0c50000000000000000' : outcome.sessionId;
        return answered;
      });
    },
  },
  {
    name: 'answers-with-a-new-session',
    breaks: 'ASSIGN-RESP-03',
    description: 'The answer to a transfer to a queue has a new sessionId.',
    behaviour: () => transferred((outcome) => ({ ...outcome, sessionId: crypto.randomUUID() }), 'queue'),
  },
  {
    name: 'writes-the-agentId-in-upper-case',
    breaks: 'ASSIGN-RESP-03',
    description: 'The agentId of the answer is the aId in upper case.',
    behaviour: () =>
      transferred((outcome) => ({ ...outcome, agentId: String(outcome.agentId).toUpperCase() }), 'agent'),
  },
  {
    name: 'answers-with-another-agent',
    breaks: 'ASSIGN-RESP-03',
    description: 'The answer names an agent who was not requested.',
    behaviour: () => transferred((outcome) => ({ ...outcome, agentId: 'a-1' }), 'agent'),
  },
  {
    name: 'drops-the-prefix-of-the-queueId',
    breaks: 'ASSIGN-RESP-03',
    description: 'The queueId of the answer lacks the qu- that it has in the request.',
    behaviour: () =>
      transferred((outcome) => {
        return { ...outcome, queueId: String(outcome.queueId).replace(/^qu-/, '') };
      }, 'queue'),
  },
];

export const transferAnswerFaults: readonly Fault[] = [...toAnAgent, ...toAQueue, ...echoes];
