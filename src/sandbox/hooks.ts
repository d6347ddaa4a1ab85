// The hooks route: which requests it refuses, the order of its checks, and how it answers the others.
// Unaware of sockets; a request is plain data here.
import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from '../protocol/answers.ts';
import type { HooksBody } from '../protocol/events.ts';
import { describeStep } from '../protocol/lifecycle/step.ts';
import { hooksBodyProblems, isObject } from '../protocol/requests.ts';
import { tokenRefusal } from './authentication.ts';
import { contentTypeRefusal, jsonOf, notJsonRefusal, sizeRefusal } from './body-checks.ts';
import { type Trackers, takeSteps } from './conversations.ts';
import type { SandboxIdentity } from './identity.ts';
import type { OrderRules } from './order-rules.ts';
import { jsonAnswer, malformed, refusal, unknownBot } from './refusal.ts';
import type { Body } from './request-body.ts';

export interface HooksRequest {
  headers: IncomingHttpHeaders;
  /** The path before the botId, as it came. */
  path: string;
  /** The botId in the path. */
  botId: string;
  body: Body;
}

/** The refusal of a request; undefined when it passes this check. */
export type HooksCheck = (request: HooksRequest, identity: SandboxIdentity) => Answer | undefined;

/** In the order in which they are made; a check may rely on the ones before it. */
export const documentedHooksChecks = {
  /** the tables show auth, every curl of the hooks shows token. */
  // Stryker disable next-line StringLiteral: a tenant need not take both headers
  token: (request, identity) => tokenRefusal(request.headers, ['token', 'auth'], identity),
  /** HOOKS-EP-04, HOOKS-ERR-01 */
  // Stryker disable next-line ArrowFunction,ConditionalExpression: unknown in the path alone is recorded, not judged
  'botId of the path': (request, identity) => (request.botId === identity.botId ? undefined : unknownBot()),
  /** HOOKS-HDR-01 */
  'content type': (request) => contentTypeRefusal(request.headers),
  /** HOOKS-ERR-02 */
  // Stryker disable next-line ArrowFunction: a limit of the sandbox; no document has one
  size: (request) => sizeRefusal(request.body),
  /** HOOKS-HDR-01 */
  // Stryker disable next-line ArrowFunction: what is not JSON is not the payload either; only the words differ
  JSON: (request) => notJsonRefusal(request.body),
  /** HOOKS-ENV, -MSG, -XFER, -SUM and -EOC, as far as one body alone can break them. */
  'envelope and payload': (request) => {
    const problems = hooksBodyProblems(jsonOf(request.body));
    return problems.length === 0 ? undefined : malformed(problems);
  },
  /** HOOKS-ENV-04, HOOKS-ERR-01: the sandbox has one bot, so a botId other than that of the path is unknown. */
  'botId of the body': (request, identity) =>
    (jsonOf(request.body) as HooksBody).botId === identity.botId ? undefined : unknownBot(),
} satisfies Record<string, HooksCheck>;

/** CE, Responses: the JSON form of a success. */
export function documentedSuccess(): Answer {
  return jsonAnswer(200, { STATUS: 'OK' });
}

/** The parts that decide the answer to a hooks request; each can be replaced on its own. */
export interface HooksBehaviour {
  hooksChecks: Readonly<Record<string, HooksCheck>>;
  order: OrderRules;
  hooksSuccess: () => Answer;
  /** Has the last word: may change the answer of the other parts, or never ask for it. */
  aroundHooks: (request: HooksRequest, answer: () => Answer) => Answer | Promise<Answer>;
}

export const nothingAroundHooks: HooksBehaviour['aroundHooks'] = (_, answer) => answer();

/** Judges one request, and adds its steps to the conversation when nothing is wrong with it. */
export function answerHooks(
  request: HooksRequest,
  identity: SandboxIdentity,
  conversations: Trackers,
  behaviour: HooksBehaviour,
): Answer | Promise<Answer> {
  return behaviour.aroundHooks(request, () => judged(request, identity, conversations, behaviour));
}

function judged(
  request: HooksRequest,
  identity: SandboxIdentity,
  conversations: Trackers,
  behaviour: HooksBehaviour,
): Answer {
  for (const check of Object.values(behaviour.hooksChecks)) {
    const refused = check(request, identity);
    if (refused) return refused;
  }
  const json = jsonOf(request.body);
  // A tenant that accepts whatever is JSON has no conversation to put a number or a text into.
  // Stryker disable next-line BooleanLiteral,ConditionalExpression: only faults come here with what is not an object, and no tenant has to keep an order
  if (!isObject(json)) return behaviour.hooksSuccess();
  const body = json as unknown as HooksBody;
  const breach = takeSteps(conversations, body.conversationId, body, behaviour.order);
  // Stryker disable all: no tenant has to refuse what breaks the order, and the words of a refusal are its own
  if (breach) {
    const { placed, number, rule } = breach;
    const place = `${describeStep(placed.step)} (number ${number} of the request)`;
    return refusal(409, `${place}: ${rule.clause} (${rule.requirement})`);
  }
  // Stryker restore all
  return behaviour.hooksSuccess();
}
