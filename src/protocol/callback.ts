// What is posted to the callbackUrl of a transfer: which of the messages is its outcome, and the checks of it.

import { shown } from '../text/shown-value.ts';
import { parseJson, startOf } from './answers.ts';
import type { Assignment } from './assignment.ts';
import { arrival, ownPart } from './callback-address.ts';
import { broken, finding, holds, type Judgement, together } from './finding.ts';
import { problems, sentence } from './problems.ts';
import { isObject } from './requests.ts';

/** One request that arrived at the callback listener. */
export interface Delivery {
  method: string;
  /** Path and query, as they came. */
  path: string;
  contentType: string;
  body: string;
}

/** Words of a status that no further message will change; the documents show "transferred" only. */
const succeeded = /^(?:transferred|success(?:ful(?:ly)?)?|succeeded|completed?)$/i;
/** A success, unless something more is posted. */
const perhapsSucceeded = /^(?:assigned|routed|connected|delivered|done|ok)$/i;
const failed =
  /fail|error|reject|refus|denied|declin|cancel|abort|time.?out|expired|not.?found|no.?agent|unavailable/i;

/**
 * What a posted message says about its transfer. The documents show the status of a success in an answer, and nothing of what
 * is posted: a status that speaks of neither success nor failure is progress, which may be posted before the outcome.
 */
export function postedKind(body: string): 'success' | 'failure' | 'progress' | 'unreadable' {
  const status = statusIn(body);
  if (status === undefined) return 'unreadable';
  if (succeeded.test(status.trim())) return 'success';
  return failed.test(status) ? 'failure' : 'progress';
}

function statusIn(body: string): string | undefined {
  const message = contentOf(parseJson(body));
  return isObject(message) && typeof message.status === 'string' ? message.status : undefined;
}

/** No document prints what is posted: the outcome may stand within another member, such as `data`. */
function contentOf(message: unknown): unknown {
  if (!isObject(message) || typeof message.status === 'string') return message;
  const within = Object.values(message).find((one) => isObject(one) && typeof one.status === 'string');
  return within ?? message;
}

export function isOutcome(body: string): boolean {
  return postedKind(body) !== 'progress';
}

/**
 * AC, introduction: a message is posted to the callbackUrl of a transfer that has succeeded (ASSIGN-CB-01). That it comes
 * once, as JSON, to the address as it is written, for the same session and target is inferred (ASSIGN-CB-02).
 */
export function judgeCallback(
  deliveries: readonly Delivery[],
  asked: Assignment,
  waitedMs: number,
): Judgement {
  const actual =
    deliveries
      .slice(0, 3)
      .map(({ method, body }) => `${method} ${startOf(body)}`)
      .join(' · ') || 'no delivery';
  const posts = deliveries.filter(({ method }) => method === 'POST');
  if (posts.length === 0) {
    const [first] = deliveries;
    const wrong = first
      ? `the outcome came with ${first.method}, not with POST`
      : `no outcome was posted to ${nameOf(asked)} within ${waitedMs} ms`;
    return broken(finding('ASSIGN-CB-01', wrong, 'a POST to callbackUrl', actual));
  }
  const astray = posts.filter(({ path }) => arrival(asked.callbackUrl, path) === 'elsewhere');
  if (astray.length === posts.length) {
    const wrong = `the outcome was posted, but not to ${nameOf(asked)} as it was sent`;
    return broken(finding('ASSIGN-CB-01', wrong, addressSent(asked), addressesOf(astray)));
  }
  const wrong = outcomeProblem(posts, asked, waitedMs);
  const expected = `one POST of JSON with sessionId ${shown(asked.botSessionId)}`;
  if (wrong)
    return together([holds('ASSIGN-CB-01'), broken(finding('ASSIGN-CB-02', wrong, expected, actual))]);
  return together([holds('ASSIGN-CB-01'), spelling(posts, asked)]);
}

function spelling(posts: readonly Delivery[], asked: Assignment): Judgement {
  const respelt = posts.filter(({ path }) => arrival(asked.callbackUrl, path) !== 'same');
  if (respelt.length === 0) return holds('ASSIGN-CB-02');
  const wrong = `the outcome was posted to ${nameOf(asked)}, but its address was written in another way`;
  return broken(finding('ASSIGN-CB-02', wrong, addressSent(asked), addressesOf(respelt)));
}

/** "callbackUrl", or "a callbackUrl with a query": the form may be what a tenant cannot handle. */
function nameOf({ addressForm }: Assignment): string {
  return addressForm === undefined ? 'callbackUrl' : `a callbackUrl with ${addressForm}`;
}

function addressSent({ callbackUrl }: Assignment): string {
  return `POST ${ownPart(callbackUrl)}`;
}

function addressesOf(posts: readonly Delivery[]): string {
  return posts
    .slice(0, 3)
    .map(({ path }) => `POST ${startOf(ownPart(path))}`)
    .join(' · ');
}

function outcomesAmong(posts: readonly Delivery[]): readonly Delivery[] {
  const outcomes = posts.filter(({ body }) => isOutcome(body));
  if (outcomes.length > 0) return outcomes;
  const last = posts.findLast(({ body }) => perhapsSucceeded.test(statusIn(body)?.trim() ?? ''));
  return last ? [last] : [];
}

function outcomeProblem(posts: readonly Delivery[], asked: Assignment, waitedMs: number): string | undefined {
  const outcomes = outcomesAmong(posts);
  const [first] = outcomes;
  if (!first) return `progress was posted, but no outcome within ${waitedMs} ms`;
  if (outcomes.length > 1) return `the outcome was posted ${outcomes.length} times`;
  if (!/^application\/([\w.+-]+\+)?json\s*(;|$)/i.test(first.contentType)) {
    return `the outcome has content type ${shown(first.contentType)}, not JSON`;
  }
  const content = contentOf(parseJson(first.body));
  if (!isObject(content)) return 'the posted outcome is not a JSON object';
  const outcome = inNamesOfTheAnswer(content);
  const [shape] = problems('assignConversationCallback', outcome, 'the posted outcome');
  if (shape) return sentence(shape);
  if (outcome.sessionId !== asked.botSessionId) {
    return `the posted outcome names session ${shown(outcome.sessionId)}, not ${shown(asked.botSessionId)}`;
  }
  return contradiction(outcome, asked);
}

/** Session and target may go by the names of the request, and a message in words be all that is said of the success. */
function inNamesOfTheAnswer({
  botSessionId,
  aId,
  ...content
}: Record<string, unknown>): Record<string, unknown> {
  return {
    ...(botSessionId === undefined ? {} : { sessionId: botSessionId }),
    ...(aId === undefined ? {} : { agentId: aId }),
    ...(typeof content.message === 'string' ? { status: content.message } : {}),
    ...content,
  };
}

/** answer and callback carry the same outcome. Only called when the status in the answer was "transferred". */
function contradiction(outcome: Record<string, unknown>, asked: Assignment): string | undefined {
  if (failed.test(`${outcome.status}`)) {
    return `the posted outcome has status ${shown(outcome.status)}, but the answer was "transferred"`;
  }
  const expected: Record<string, unknown> =
    'aId' in asked.target ? { agentId: asked.target.aId } : { queueId: asked.target.queueId };
  for (const field of ['agentId', 'queueId']) {
    if (outcome[field] === expected[field]) continue;
    if (!(field in outcome)) return `the posted outcome does not name ${field} ${shown(expected[field])}`;
    const instead = field in expected ? `, not ${shown(expected[field])}` : ', which was not asked for';
    return `the posted outcome names ${field} ${shown(outcome[field])}${instead}`;
  }
  return undefined;
}

/**
 * A transfer that cannot succeed, as to an unknown agent: when the tenant accepts it, a message about its failure is posted
 * all the same (ASSIGN-CB-03). When it refuses the request, nothing has to be posted.
 */
export function judgeFailureCallback(
  deliveries: readonly Delivery[],
  asked: Assignment,
  wrong: string,
  waitedMs: number,
): Judgement {
  if (deliveries.some(({ path }) => arrival(asked.callbackUrl, path) !== 'elsewhere'))
    return holds('ASSIGN-CB-03');
  if (deliveries.length > 0) {
    const text = `the message about a transfer that cannot succeed (${wrong}) was posted, but not to ${nameOf(asked)} as it was sent`;
    return broken(finding('ASSIGN-CB-03', text, addressSent(asked), addressesOf(deliveries)));
  }
  const text = `the tenant accepted a transfer that cannot succeed (${wrong}), and posted nothing to its callbackUrl within ${waitedMs} ms`;
  return broken(finding('ASSIGN-CB-03', text, 'a message about the failure', 'no delivery'));
}
