// Faults of what assign-conversation answers to a transfer that it carries out: ASSIGN-RESP-01 to -03.
import type { Fault } from './fault.ts';
import { cutOff, withPage } from './replies.ts';
import { transferred, transferredWith } from './transfers.ts';

const toAnAgent: Fault[] = [
  {
    name: 'says-Transferred-with-a-capital',
    breaks: 'ASSIGN-RESP-01',
    says: 'The status is Transferred in place of transferred.',
    behaviour: () => transferred((outcome) => ({ ...outcome, status: 'Transferred' }), 'agent'),
  },
  {
    name: 'writes-requestCompletedAt-as-a-string',
    breaks: 'ASSIGN-RESP-01',
    says: 'The time is a string of digits in place of a number.',
    behaviour: () =>
      transferred((outcome) => {
        return { ...outcome, requestCompletedAt: String(outcome.requestCompletedAt) };
      }, 'agent'),
  },
  {
    name: 'writes-requestCompletedAt-in-seconds',
    breaks: 'ASSIGN-RESP-01',
    says: 'The time is in seconds in place of milliseconds.',
    behaviour: () =>
      transferred((outcome) => {
        return { ...outcome, requestCompletedAt: Math.floor(Number(outcome.requestCompletedAt) / 1000) };
      }, 'agent'),
  },
  {
    name: 'leaves-requestCompletedAt-out',
    breaks: 'ASSIGN-RESP-01',
    says: 'The answer has no time.',
    behaviour: () => transferred(({ requestCompletedAt: _, ...outcome }) => outcome, 'agent'),
  },
  {
    name: 'leaves-the-agentId-out',
    breaks: 'ASSIGN-RESP-01',
    says: 'The answer to a transfer to an agent does not name the agent.',
    behaviour: () => transferred(({ agentId: _, ...outcome }) => outcome, 'agent'),
  },
  {
    name: 'names-the-agent-as-queueId',
    breaks: 'ASSIGN-RESP-01',
    says: 'The answer to a transfer to an agent has queueId in place of agentId.',
    behaviour: () => transferred(({ agentId, ...outcome }) => ({ ...outcome, queueId: agentId }), 'agent'),
  },
  {
    name: 'leaves-the-sessionId-out',
    breaks: 'ASSIGN-RESP-01',
    says: 'The session is called botSessionId in the answer as in the request.',
    behaviour: () =>
      transferred(({ sessionId, ...outcome }) => ({ ...outcome, botSessionId: sessionId }), 'agent'),
  },
  {
    name: 'answers-a-transfer-with-the-sample',
    breaks: 'ASSIGN-RESP-01',
    says: 'The answer has keys without quotes, as the sample of the documents has.',
    behaviour: () =>
      transferredWith(
        ({ body, ...answer }) => ({ ...answer, body: body.replace(/"(\w+)":/g, '$1: ') }),
        'agent',
      ),
  },
  {
    name: 'wraps-the-outcome',
    breaks: 'ASSIGN-RESP-01',
    says: 'The outcome stands in a member data of the answer.',
    behaviour: () => transferred((outcome) => ({ data: outcome }), 'agent'),
  },
];

const toAQueue: Fault[] = [
  {
    name: 'names-the-queue-as-agentId',
    breaks: 'ASSIGN-RESP-02',
    says: 'The answer to a transfer to a queue has agentId in place of queueId.',
    behaviour: () => transferred(({ queueId, ...outcome }) => ({ ...outcome, agentId: queueId }), 'queue'),
  },
  {
    name: 'names-an-agent-beside-the-queue',
    breaks: 'ASSIGN-RESP-02',
    says: 'The answer to a transfer to a queue has an agentId as well.',
    behaviour: () => transferred((outcome) => ({ ...outcome, agentId: 'a-1' }), 'queue'),
  },
  {
    name: 'says-that-a-transfer-to-a-queue-is-queued',
    breaks: 'ASSIGN-RESP-02',
    says: 'The status is queued in place of transferred.',
    behaviour: () => transferred((outcome) => ({ ...outcome, status: 'queued' }), 'queue'),
  },
  {
    name: 'writes-requestCompletedAt-of-a-queue-as-a-date',
    breaks: 'ASSIGN-RESP-02',
    says: 'The time is an ISO date in place of a number.',
    behaviour: () =>
      transferred((outcome) => {
        return { ...outcome, requestCompletedAt: new Date(Number(outcome.requestCompletedAt)).toISOString() };
      }, 'queue'),
  },
  {
    name: 'answers-a-transfer-to-a-queue-with-OK',
    breaks: 'ASSIGN-RESP-02',
    says: 'The answer to a transfer to a queue is that of the hooks; the outcome is only posted.',
    behaviour: () => transferred(() => ({ STATUS: 'OK' }), 'queue'),
  },
  {
    name: 'answers-a-transfer-to-a-queue-with-a-page',
    breaks: 'ASSIGN-RESP-02',
    says: 'The answer to a transfer to a queue is HTML under HTTP 200.',
    behaviour: () => transferredWith(withPage('Transferred'), 'queue'),
  },
  {
    name: 'answers-a-transfer-with-JSON-that-is-cut-off',
    breaks: 'ASSIGN-RESP-02',
    says: 'The last character of the answer is missing.',
    behaviour: () => transferredWith(cutOff, 'queue'),
  },
];

const echoes: Fault[] = [
  {
    name: 'answers-with-the-session-of-another-transfer',
    breaks: 'ASSIGN-RESP-03',
    says: 'The sessionId is that of the transfer before.',
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
    says: 'A transfer to a queue begins a session of its own, and the answer names that one.',
    behaviour: () => transferred((outcome) => ({ ...outcome, sessionId: crypto.randomUUID() }), 'queue'),
  },
  {
    name: 'writes-the-agentId-in-upper-case',
    breaks: 'ASSIGN-RESP-03',
    says: 'The agentId of the answer is the aId in upper case.',
    behaviour: () =>
      transferred((outcome) => ({ ...outcome, agentId: String(outcome.agentId).toUpperCase() }), 'agent'),
  },
  {
    name: 'answers-with-the-agent-who-is-free',
    breaks: 'ASSIGN-RESP-03',
    says: 'The conversation goes to another agent than the one who was asked for.',
    behaviour: () => transferred((outcome) => ({ ...outcome, agentId: 'a-1' }), 'agent'),
  },
  {
    name: 'takes-the-prefix-off-the-queueId',
    breaks: 'ASSIGN-RESP-03',
    says: 'The queueId of the answer is without the qu- of the request.',
    behaviour: () =>
      transferred((outcome) => {
        return { ...outcome, queueId: String(outcome.queueId).replace(/^qu-/, '') };
      }, 'queue'),
  },
];

export const transferAnswerFaults: readonly Fault[] = [...toAnAgent, ...toAQueue, ...echoes];
