// The assign-conversation route: which requests it refuses, and the outcome of the others.
// Unaware of sockets, and of how the outcome reaches the callback URL.
import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from '../protocol/answers.ts';
import type {
  AssignConversationCallback,
  AssignConversationRequest,
} from '../protocol/generated/schema-types.ts';
import { assignmentProblems, isObject } from '../protocol/requests.ts';
import { tokenRefusal } from './authentication.ts';
import { contentTypeRefusal, jsonOf, notJsonRefusal, sizeRefusal } from './body-checks.ts';
import type { SandboxIdentity } from './identity.ts';
import { jsonAnswer, malformed, unknownBot } from './refusal.ts';
import type { Body } from './request-body.ts';

export interface AssignRequest {
  headers: IncomingHttpHeaders;
  /** The streamId in the path. */
  botId: string;
  query: Record<string, unknown>;
  body: Body;
}

export type AssignCheck = (request: AssignRequest, identity: SandboxIdentity) => Answer | undefined;

/**
 * In the order in which they are made. They do not check that an orgId, aId, queueId or botSessionId exists, nor require
 * the accountid header: the documents state no error for these.
 */
export const documentedAssignChecks = {
  /** ASSIGN-AUTH-01; tables and samples of this API know the header auth only. */
  token: (request, identity) => tokenRefusal(request.headers, ['auth'], identity),
  /** ASSIGN-ERR-01, in the shape of the one documented error. */
  stream: (request, identity) => (request.botId === identity.botId ? undefined : unknownBot()),
  /** ASSIGN-REQ-01; a request with its parameters in the query has no body, so no content type either. */
  // Stryker disable all: a tenant may read the parameters from the query alone, so no form of a body has to be refused
  'content type': ({ headers, body }) => (body.kind === 'empty' ? undefined : contentTypeRefusal(headers)),
  size: ({ body }) => sizeRefusal(body),
  JSON: ({ body }) => (body.kind === 'empty' ? undefined : notJsonRefusal(body)),
  // Stryker restore all
  /** ASSIGN-REQ-02 to -06 */
  parameters: (request) => {
    const problems = assignmentProblems(parametersOf(request));
    return problems.length === 0 ? undefined : malformed(problems);
  },
} satisfies Record<string, AssignCheck>;

/** the table has the parameters in the query, the curls have them in the body; the body wins. */
function parametersOf({ query, body }: AssignRequest): unknown {
  // Stryker disable next-line all: a tenant need not take the parameters in the query
  if (body.kind === 'empty') return { ...query };
  const json = jsonOf(body);
  return isObject(json) ? { ...query, ...json } : json;
}

/** AC, Sample Responses: botSessionId comes back as sessionId, aId as agentId (X-27, ASSIGN-RESP-01 to -03). */
export function documentedOutcome(
  { botSessionId, aId, queueId }: AssignConversationRequest,
  now: number,
): AssignConversationCallback {
  return {
    sessionId: botSessionId,
    ...(aId === undefined ? { queueId: queueId! } : { agentId: aId }),
    status: 'transferred',
    requestCompletedAt: now,
  };
}

/** The parts that decide the answer to an assignment; each can be replaced on its own. */
export interface AssignBehaviour {
  assignChecks: Readonly<Record<string, AssignCheck>>;
  /** The object that is both answered and posted to the callback URL. */
  outcome: (parameters: AssignConversationRequest, now: number) => object;
  assignSuccess: (outcome: object) => Answer;
  /** What is posted to the callback URL, in this order; the documents have one post. */
  callbacks: (outcome: object, parameters: AssignConversationRequest) => readonly Post[];
  /** Decides last: may change the reply that all the other parts make, or not ask for it. */
  aroundAssign: (request: AssignRequest, reply: () => AssignReply) => AssignReply | Promise<AssignReply>;
}

/** One delivery to a callback URL. */
export interface Post {
  /** POST when left out. */
  method?: 'POST' | 'HEAD';
  body: string;
  contentType: string;
  /** Instead of the callback URL of the request. */
  url?: string;
  /** Milliseconds after the previous delivery, or after the answer. */
  delayMs?: number;
}

export const documentedAssignSuccess = (outcome: object): Answer => jsonAnswer(200, outcome);

export const documentedCallbacks = (outcome: object): readonly Post[] => [jsonPost(outcome)];

export function jsonPost(outcome: object): Post {
  return { body: JSON.stringify(outcome), contentType: 'application/json' };
}

export const nothingAroundAssign: AssignBehaviour['aroundAssign'] = (_, reply) => reply();

export interface AssignReply {
  answer: Answer;
  /** Left out when the request was refused: then nothing is posted. */
  callback?: { url: string; posts: readonly Post[] };
}

export function answerAssign(
  request: AssignRequest,
  identity: SandboxIdentity,
  behaviour: AssignBehaviour,
  now: number,
): AssignReply | Promise<AssignReply> {
  return behaviour.aroundAssign(request, () => judged(request, identity, behaviour, now));
}

function judged(
  request: AssignRequest,
  identity: SandboxIdentity,
  behaviour: AssignBehaviour,
  now: number,
): AssignReply {
  for (const check of Object.values(behaviour.assignChecks)) {
    const answer = check(request, identity);
    if (answer) return { answer };
  }
  const parameters = parametersOf(request) as AssignConversationRequest;
  const outcome = behaviour.outcome(parameters, now);
  return {
    answer: behaviour.assignSuccess(outcome),
    callback: { url: parameters.callbackUrl, posts: behaviour.callbacks(outcome, parameters) },
  };
}
