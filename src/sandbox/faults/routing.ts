// Faults of which transfers assign-conversation carries out, and of how it refuses the others: ASSIGN-REQ and -ERR.
import type { Problem } from '../../protocol/problems.ts';
import { documentedAssignChecks } from '../assign-conversation.ts';
import { jsonAnswer, refusal } from '../refusal.ts';
import type { Fault } from './fault.ts';
import { withJson, withStatus, withText } from './replies.ts';
import { refusingAssignments, refusingAssignmentsWith, tolerating } from './transfers.ts';

const missing = (field: string) => (problem: Problem, asked: Record<string, unknown>) =>
  !(field in asked) && problem.text.includes(field);

const refused: Fault[] = [
  {
    name: 'serves-no-assign-conversation',
    breaks: 'ASSIGN-REQ-01',
    says: 'Nothing is served at the documented path of assign-conversation.',
    behaviour: () => ({ aroundAssign: () => ({ answer: refusal(404, 'Cannot POST') }) }),
  },
  {
    name: 'refuses-a-transfer-with-a-charset',
    breaks: 'ASSIGN-REQ-01',
    says: 'The content type of a transfer is compared as a text, so that one with a charset is refused.',
    behaviour: () => {
      const says = 'The content type must be application/json';
      return refusingAssignments((_, { headers }) => headers['content-type'] !== 'application/json', says);
    },
  },
  {
    name: 'knows-the-callbackUrl-by-another-name',
    breaks: 'ASSIGN-REQ-02',
    says: 'A parameter called callbackURL is asked for.',
    behaviour: () => refusingAssignments((asked) => !('callbackURL' in asked), 'callbackURL is missing'),
  },
  {
    name: 'takes-one-callbackUrl-only',
    breaks: 'ASSIGN-REQ-02',
    says: 'The callbackUrl of the first transfer is the only one that is accepted.',
    behaviour: () => {
      let first: unknown;
      return refusingAssignments((asked) => {
        first ??= asked.callbackUrl;
        return asked.callbackUrl !== first;
      }, 'Another callbackUrl is registered');
    },
  },
  {
    name: 'knows-the-orgId-by-another-name',
    breaks: 'ASSIGN-REQ-03',
    says: 'A parameter called organizationId is asked for.',
    behaviour: () =>
      refusingAssignments((asked) => !('organizationId' in asked), 'organizationId is missing'),
  },
  {
    name: 'refuses-an-orgId-beside-a-queue',
    breaks: 'ASSIGN-REQ-03',
    says: 'The queue knows its organization, so that a transfer to one must not name it.',
    behaviour: () =>
      refusingAssignments((asked) => 'queueId' in asked && 'orgId' in asked, 'orgId is not allowed here'),
  },
  {
    name: 'knows-the-botSessionId-by-another-name',
    breaks: 'ASSIGN-REQ-04',
    says: 'The session is asked for by the name that it has in the answer, sessionId.',
    behaviour: () => refusingAssignments((asked) => !('sessionId' in asked), 'sessionId is missing'),
  },
  {
    name: 'asks-for-the-session-of-a-queue-by-another-name',
    breaks: 'ASSIGN-REQ-04',
    says: 'A transfer to a queue has to name its session as conversationId.',
    behaviour: () => {
      const says = 'conversationId is missing';
      return refusingAssignments((asked) => 'queueId' in asked && !('conversationId' in asked), says);
    },
  },
  {
    name: 'knows-the-aId-by-another-name',
    breaks: 'ASSIGN-REQ-05',
    says: 'The agent is asked for by the name that it has in the answer, agentId.',
    behaviour: () => refusingAssignments((asked) => 'aId' in asked, 'agentId or queueId is missing'),
  },
  {
    name: 'demands-a-queue-beside-the-agent',
    breaks: 'ASSIGN-REQ-05',
    says: 'Both are required in the table, so a transfer to an agent is refused without a queueId.',
    behaviour: () => refusingAssignments((asked) => !('queueId' in asked), 'queueId is missing'),
  },
  {
    name: 'demands-an-agent-beside-the-queue',
    breaks: 'ASSIGN-REQ-06',
    says: 'Both are required in the table, so a transfer to a queue is refused without an aId.',
    behaviour: () => refusingAssignments((asked) => !('aId' in asked), 'aId is missing'),
  },
  {
    name: 'knows-transferredType-in-lower-case-only',
    breaks: 'ASSIGN-REQ-06',
    says: 'The transferredType QUEUE is refused, queue would be accepted.',
    behaviour: () => {
      const says = 'transferredType is none of agent, queue';
      return refusingAssignments((asked) => asked.transferredType === 'QUEUE', says);
    },
  },
  {
    name: 'refuses-the-accountid-header',
    breaks: 'ASSIGN-REQ-07',
    says: 'A request with an accountid is refused, as the token names the account.',
    behaviour: () =>
      refusingAssignments((_, { headers }) => 'accountid' in headers, 'accountid is not allowed'),
  },
];

const carriedOut: Fault[] = [
  {
    name: 'transfers-without-a-callbackUrl',
    breaks: 'ASSIGN-ERR-01',
    says: 'A transfer whose outcome nobody wants to hear of is carried out.',
    behaviour: () => tolerating(missing('callbackUrl')),
  },
  {
    name: 'transfers-without-an-orgId',
    breaks: 'ASSIGN-ERR-01',
    says: 'The organization is that of the stream where none is named.',
    behaviour: () => tolerating(missing('orgId')),
  },
  {
    name: 'transfers-to-a-queue-without-a-session',
    breaks: 'ASSIGN-ERR-01',
    says: 'A transfer to a queue needs no botSessionId.',
    behaviour: () =>
      tolerating((problem, asked) => 'queueId' in asked && missing('botSessionId')(problem, asked)),
  },
  {
    name: 'transfers-with-an-empty-orgId-to-a-queue',
    breaks: 'ASSIGN-ERR-01',
    says: 'That the orgId is there is checked, and for a queue not whether it is empty.',
    behaviour: () =>
      tolerating(({ pointer }, asked) => 'queueId' in asked && pointer === '/orgId' && asked.orgId === ''),
  },
  {
    name: 'transfers-to-both-agent-and-queue',
    breaks: 'ASSIGN-ERR-01',
    says: 'Of an agent and a queue that are both named the agent is taken.',
    behaviour: () => tolerating((_, asked) => 'aId' in asked && 'queueId' in asked),
  },
  {
    name: 'transfers-to-nobody',
    breaks: 'ASSIGN-ERR-01',
    says: 'Without agent and queue the default queue is taken.',
    behaviour: () => tolerating((_, asked) => !('aId' in asked) && !('queueId' in asked)),
  },
  {
    name: 'transfers-for-any-stream',
    breaks: 'ASSIGN-ERR-01',
    says: 'The stream of the path is not looked up.',
    behaviour: () => ({ assignChecks: { ...documentedAssignChecks, stream: () => undefined } }),
  },
  {
    name: 'fails-on-a-malformed-transfer',
    breaks: 'ASSIGN-ERR-01',
    says: 'A transfer that lacks a parameter is answered with HTTP 500.',
    behaviour: () => refusingAssignmentsWith(withStatus(500)),
  },
  {
    name: 'tells-of-a-malformed-transfer-under-200',
    breaks: 'ASSIGN-ERR-01',
    says: 'The error of a transfer comes as the body of HTTP 200.',
    behaviour: () => refusingAssignmentsWith(() => jsonAnswer(200, { code: 400, message: 'Bad Request' })),
  },
  {
    name: 'refuses-a-transfer-without-a-message',
    breaks: 'ASSIGN-ERR-01',
    says: 'A transfer that lacks a parameter is refused with a code alone.',
    behaviour: () => refusingAssignmentsWith(withJson({ code: 400 })),
  },
  {
    name: 'refuses-a-transfer-with-a-text',
    breaks: 'ASSIGN-ERR-01',
    says: 'The reason of a refused transfer is no JSON.',
    behaviour: () => refusingAssignmentsWith(withText('Bad Request', 'text/plain')),
  },
];

export const routingFaults: readonly Fault[] = [...refused, ...carriedOut];
