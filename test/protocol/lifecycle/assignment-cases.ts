// The same for assign-conversation: a request that keeps a requirement, one that breaks it, and the message.
import type { RequirementId } from '../../../src/protocol/catalogue.ts';
import { type Defect, withDefect } from '../../../src/protocol/mutations.ts';
import type { SentRequest } from '../../../src/protocol/sent-request.ts';
import { documentedParameters } from '../documented-fields.ts';
import { leftOut, type RequestCase, token } from './request-cases.ts';

const assignmentUrl = 'https://platform.kore.ai/agentassist/api/v1/public/st-XXXX/assign-conversation';
const assignmentHeaders = {
  'content-length': '212',
  'content-type': 'application/json',
  auth: token,
  accountid: '650d',
};
const common = { callbackUrl: 'https://localhost:8009', orgId: 'o-02c0', botSessionId: '6538' };
const toAgent = { ...common, aId: 'a-8cd2' };
const toQueue = { ...common, queueId: 'qu-b5d3', transferredType: 'QUEUE' };

export function assignment(given: unknown, other: Partial<SentRequest> = {}): SentRequest {
  return { method: 'POST', url: assignmentUrl, headers: assignmentHeaders, body: given, ...other };
}

function parameter(
  of: object,
  field: string,
  defect: Defect,
  wording: string,
  pointer = `/${field}`,
): RequestCase {
  return { kept: assignment(of), broken: assignment(withDefect(of, field, defect)), wording, pointer };
}

function assigning(other: Partial<SentRequest>, wording: string): RequestCase {
  return { kept: assignment(toAgent), broken: assignment(toAgent, other), wording, pointer: '' };
}

const to = (value: unknown): Defect => ({ kind: 'set to', value });
const { accountid: _, ...withoutAccount } = assignmentHeaders;
const { auth: __, ...withoutAuth } = assignmentHeaders;

/** A parameter left out. Not a target: then there is another message than that it is missing. */
const parameterCases = Object.entries(documentedParameters)
  .filter(([field]) => field !== 'aId' && field !== 'queueId')
  .map(([field, { to, requirement }]) => {
    const of = { agent: toAgent, queue: toQueue }[to[0]];
    return [
      requirement,
      [parameter(of, field, leftOut, `assign-conversation: ${field} is missing`)],
    ] as const;
  });

export const assignmentCases = {
  ...(Object.fromEntries(parameterCases) as Partial<Record<RequirementId, RequestCase[]>>),
  'ASSIGN-REQ-01': [
    assigning({ method: 'GET' }, 'The request is sent with "GET", not with POST'),
    assigning(
      { url: 'https://platform.kore.ai/api/v1/assign-conversation' },
      'The request goes to "/api/v1/assign-conversation", not to /agentassist/api/v1/public/{streamId}/assign-conversation',
    ),
    assigning(
      { headers: { ...assignmentHeaders, 'content-type': 'text/xml' } },
      'The Content-Type is "text/xml", not application/json',
    ),
  ],
  'ASSIGN-REQ-05': [
    parameter(toAgent, 'aId', leftOut, 'assign-conversation: aId or queueId is missing', ''),
    {
      kept: assignment(toAgent),
      broken: assignment({ ...toAgent, ...toQueue }),
      wording: 'assign-conversation: aId and queueId are both given',
      pointer: '',
    },
  ],
  'ASSIGN-REQ-06': [
    parameter(toQueue, 'queueId', to(7), 'assign-conversation: queueId is 7, it must be a string'),
  ],
  'ASSIGN-REQ-07': [assigning({ headers: withoutAccount }, 'The accountid header is missing')],
  'ASSIGN-AUTH-01': [
    assigning({ headers: withoutAuth }, 'There is no token: the auth header was not sent'),
    assigning({ headers: { ...withoutAuth, auth: 'cs-secret-1234' } }, 'The auth header holds no JWT'),
    assigning(
      { headers: { ...withoutAuth, token } },
      'The token is in the header token; this API reads it in the header auth',
    ),
  ],
} satisfies Partial<Record<RequirementId, RequestCase[]>>;
