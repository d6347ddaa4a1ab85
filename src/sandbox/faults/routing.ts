// Faults about which transfers assign-conversation carries out, and how it refuses the others: ASSIGN-REQ and -ERR.
import type { Problem } from '../../protocol/problems.ts';
import { documentedAssignChecks } from '../assign-conversation.ts';
import { jsonAnswer, refusal } from '../refusal.ts';
import { isOverLines } from '../request-body.ts';
import type { Fault } from './fault.ts';
import { withJson, withStatus, withText } from './replies.ts';
import { refusingAssignments, refusingAssignmentsWith, tolerating } from './transfers.ts';

const missing = (field: string) => (problem: Problem, parameters: Record<string, unknown>) =>
  !(field in parameters) && problem.text.includes(field);

const refused: Fault[] = [
  {
    name: 'does-not-serve-assign-conversation',
    breaks: 'ASSIGN-REQ-01',
    description: 'Nothing is served at the documented path of assign-conversation.',
    behaviour: () => ({ aroundAssign: () => ({ answer: refusal(404, 'Cannot POST') }) }),
  },
  {
    name: 'refuses-a-transfer-with-a-charset',
    breaks: 'ASSIGN-REQ-01',
    description: 'The content type of a transfer is compared as a whole, so one with a charset is refused.',
    behaviour: () => {
      const message = 'The content type must be application/json';
      return refusingAssignments((_, { headers }) => headers['content-type'] !== 'application/json', message);
    },
  },
  {
    name: 'reads-a-transfer-line-by-line',
    breaks: 'ASSIGN-REQ-01',
    description: 'A transfer that is written over several lines, as all samples are, is refused.',
    behaviour: () => refusingAssignments((_, { body }) => isOverLines(body), 'unexpected end of the body'),
  },
  {
    name: 'expects-the-callbackUrl-under-another-name',
    breaks: 'ASSIGN-REQ-02',
    description: 'The parameter is expected under the name callbackURL.',
    behaviour: () =>
      refusingAssignments((parameters) => !('callbackURL' in parameters), 'callbackURL is missing'),
  },
  {
    name: 'accepts-only-one-callbackUrl',
    breaks: 'ASSIGN-REQ-02',
    description: 'Only the callbackUrl of the first transfer is accepted.',
    behaviour: () => {
      let first: unknown;
      return refusingAssignments((parameters) => {
        first ??= parameters.callbackUrl;
        return parameters.callbackUrl !== first;
      }, 'Another callbackUrl is registered');
    },
  },
  {
    name: 'expects-the-orgId-under-another-name',
    breaks: 'ASSIGN-REQ-03',
    description: 'The parameter is expected under the name organizationId.',
    behaviour: () =>
      refusingAssignments((parameters) => !('organizationId' in parameters), 'organizationId is missing'),
  },
  {
    name: 'refuses-an-orgId-with-a-queue',
    breaks: 'ASSIGN-REQ-03',
    description: 'A transfer to a queue is refused when it has an orgId.',
    behaviour: () =>
      refusingAssignments(
        (parameters) => 'queueId' in parameters && 'orgId' in parameters,
        'orgId is not allowed here',
      ),
  },
  {
    name: 'expects-the-botSessionId-under-another-name',
    breaks: 'ASSIGN-REQ-04',
    description: 'The session is expected under the name it has in the answer, sessionId.',
    behaviour: () =>
      refusingAssignments((parameters) => !('sessionId' in parameters), 'sessionId is missing'),
  },
  {
    name: 'expects-the-session-of-a-queue-under-another-name',
    breaks: 'ASSIGN-REQ-04',
    description: 'In a transfer to a queue, the session is expected under the name conversationId.',
    behaviour: () => {
      const message = 'conversationId is missing';
      return refusingAssignments(
        (parameters) => 'queueId' in parameters && !('conversationId' in parameters),
        message,
      );
    },
  },
  {
    name: 'expects-the-aId-under-another-name',
    breaks: 'ASSIGN-REQ-05',
    description: 'The agent is expected under the name it has in the answer, agentId.',
    behaviour: () =>
      refusingAssignments((parameters) => 'aId' in parameters, 'agentId or queueId is missing'),
  },
  {
    name: 'requires-a-queue-besides-the-agent',
    breaks: 'ASSIGN-REQ-05',
    description: 'A transfer to an agent is refused without a queueId, since the table requires both.',
    behaviour: () => refusingAssignments((parameters) => !('queueId' in parameters), 'queueId is missing'),
  },
  {
    name: 'requires-an-agent-besides-the-queue',
    breaks: 'ASSIGN-REQ-06',
    description: 'A transfer to a queue is refused without an aId, since the table requires both.',
    behaviour: () => refusingAssignments((parameters) => !('aId' in parameters), 'aId is missing'),
  },
  {
    name: 'accepts-transferredType-only-in-lower-case',
    breaks: 'ASSIGN-REQ-06',
    description: 'The transferredType QUEUE is refused; queue would be accepted.',
    behaviour: () => {
      const message = 'transferredType is neither agent nor queue';
      return refusingAssignments((parameters) => parameters.transferredType === 'QUEUE', message);
    },
  },
  {
    name: 'refuses-the-accountid-header',
    breaks: 'ASSIGN-REQ-07',
    description: 'A request with an accountid header is refused.',
    behaviour: () =>
      refusingAssignments((_, { headers }) => 'accountid' in headers, 'accountid is not allowed'),
  },
];

const carriedOut: Fault[] = [
  {
    name: 'transfers-without-a-callbackUrl',
    breaks: 'ASSIGN-ERR-01',
    description: 'A transfer without a callbackUrl is carried out.',
    behaviour: () => tolerating(missing('callbackUrl')),
  },
  {
    name: 'transfers-without-an-orgId',
    breaks: 'ASSIGN-ERR-01',
    description: 'A transfer without an orgId is carried out, for the organization of the stream.',
    behaviour: () => tolerating(missing('orgId')),
  },
  {
    name: 'transfers-to-a-queue-without-a-session',
    breaks: 'ASSIGN-ERR-01',
    description: 'A transfer to a queue is carried out without a botSessionId.',
    behaviour: () =>
      tolerating(
        (problem, parameters) => 'queueId' in parameters && missing('botSessionId')(problem, parameters),
      ),
  },
  {
    name: 'transfers-with-an-empty-orgId-to-a-queue',
    breaks: 'ASSIGN-ERR-01',
    description: 'A transfer to a queue is carried out with an empty orgId.',
    behaviour: () =>
      tolerating(
        ({ pointer }, parameters) =>
          'queueId' in parameters && pointer === '/orgId' && parameters.orgId === '',
      ),
  },
  {
    name: 'transfers-to-both-agent-and-queue',
    breaks: 'ASSIGN-ERR-01',
    description: 'A transfer to both an agent and a queue is carried out, to the agent.',
    behaviour: () => tolerating((_, parameters) => 'aId' in parameters && 'queueId' in parameters),
  },
  {
    name: 'transfers-to-nobody',
    breaks: 'ASSIGN-ERR-01',
    description: 'A transfer to neither agent nor queue is carried out, to a default queue.',
    behaviour: () => tolerating((_, parameters) => !('aId' in parameters) && !('queueId' in parameters)),
  },
  {
    name: 'transfers-for-any-stream',
    breaks: 'ASSIGN-ERR-01',
    description: 'The stream of the path is not looked up.',
    behaviour: () => ({ assignChecks: { ...documentedAssignChecks, stream: () => undefined } }),
  },
  {
    name: 'fails-on-a-malformed-transfer',
    breaks: 'ASSIGN-ERR-01',
    description: 'A transfer without a required parameter is answered with HTTP 500.',
    behaviour: () => refusingAssignmentsWith(withStatus(500)),
  },
  {
    name: 'answers-200-to-a-malformed-transfer',
    breaks: 'ASSIGN-ERR-01',
    description: 'The error for a malformed transfer has the right body, but HTTP 200.',
    behaviour: () => refusingAssignmentsWith(() => jsonAnswer(200, { code: 400, message: 'Bad Request' })),
  },
  {
    name: 'refuses-a-transfer-without-a-message',
    breaks: 'ASSIGN-ERR-01',
    description: 'The refusal of a malformed transfer has a code, but no message.',
    behaviour: () => refusingAssignmentsWith(withJson({ code: 400 })),
  },
  {
    name: 'refuses-a-transfer-with-a-text',
    breaks: 'ASSIGN-ERR-01',
    description: 'The refusal of a malformed transfer is not JSON.',
    behaviour: () => refusingAssignmentsWith(withText('Bad Request', 'text/plain')),
  },
];

export const routingFaults: readonly Fault[] = [...refused, ...carriedOut];
