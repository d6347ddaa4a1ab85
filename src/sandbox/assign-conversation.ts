// The assign-conversation route: which requests are refused, and the outcome of the others.
// Knows nothing of sockets, nor of how the outcome reaches the callback URL.
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
  /** streamId of the path. */
  botId: string;
  query: Record<string, unknown>;
  body: Body;
}

export type AssignCheck = (request: AssignRequest, identity: SandboxIdentity) => Answer | undefined;

/**
 * In the order in which they are made. That an orgId, aId, queueId or botSessionId exists is not checked, and the
 * accountid header is not asked for: the documents state no error for them.
 */
export const documentedAssignChecks = {
  /** ASSIGN-AUTH-01; token is tolerated, as the hooks take both. */
  token: (request, identity) => tokenRefusal(request.headers, ['auth', 'token'], identity),
  /** ASSIGN-ERR-01, in the shape of the one documented error. */
  stream: (request, identity) => (request.botId === identity.botId ? undefined : unknownBot()),
  /** ASSIGN-REQ-01; a request whose parameters are in the query has no body to be of any type. */
  'content type': ({ headers, body }) => (body.kind === 'empty' ? undefined : contentTypeRefusal(headers)),
  size: ({ body }) => sizeRefusal(body),
  JSON: ({ body }) => (body.kind === 'empty' ? undefined : notJsonRefusal(body)),
  /** ASSIGN-REQ-02 to -06 */
  parameters: (request) => {
    const problems = assignmentProblems(parametersOf(request));
    return problems.length === 0 ? undefined : malformed(problems);
  },
} satisfies Record<string, AssignCheck>;

/** the table has them in the query, the curls in the body; where both name one, the body does. */
function parametersOf({ query, body }: AssignRequest): unknown {
  if (body.kind === 'empty') return { ...query };
  const json = jsonOf(body);
  return isObject(json) ? { ...query, ...json } : json;
}

/** AC, Sample Responses: botSessionId comes back as sessionId, aId as agentId (X-27, ASSIGN-RESP-01 to -03). */
export function documentedOutcome(asked: AssignConversationRequest, now: number): AssignConversationCallback {
  return {
    sessionId: asked.botSessionId,
    ...(asked.aId === undefined ? { queueId: asked.queueId! } : { agentId: asked.aId }),
    status: 'transferred',
    requestCompletedAt: now,
  };
}

/** What an assignment is answered with comes from these; each can be replaced on its own. */
export interface AssignBehaviour {
  assignChecks: Readonly<Record<string, AssignCheck>>;
  /** The object that is both the answer and what is posted to the callback URL. */
  outcome: (asked: AssignConversationRequest, now: number) => object;
  assignSuccess: (outcome: object) => Answer;
  /** What is posted to the callback URL, in this order; the documents know one post. */
  callbacks: (outcome: object, asked: AssignConversationRequest) => readonly Post[];
  /** Has the last word on a request: with the reply of all the others, or without asking for it. */
  aroundAssign: (request: AssignRequest, reply: () => AssignReply) => AssignReply | Promise<AssignReply>;
}

/** One delivery to a callback URL. */
export interface Post {
  body: string;
  contentType: string;
  /** The one that was asked for, unless another is given. */
  url?: string;
  /** Milliseconds after the one before it, or after the answer. */
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
  /** Absent when the request was refused: then nothing is posted. */
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
  const asked = parametersOf(request) as AssignConversationRequest;
  const outcome = behaviour.outcome(asked, now);
  return {
    answer: behaviour.assignSuccess(outcome),
    callback: { url: asked.callbackUrl, posts: behaviour.callbacks(outcome, asked) },
  };
}
