// The requests of a scenario to assign-conversation, and the posted outcomes, as a timeline.
import { parseJson } from '../protocol/answers.ts';
import { isObject } from '../protocol/requests.ts';
import {
  type LabelledExchange,
  type Lane,
  lane,
  type Moment,
  nameIn,
  outcomeOf,
  type Timeline,
} from './timeline.ts';

/** Returns a filter for the exchanges of transfers, and for the posted outcomes. */
export function assignmentFilter(
  exchanges: readonly LabelledExchange[],
): (exchange: LabelledExchange) => boolean {
  const assigned = exchanges.filter(isAssignment);
  const callbacks = new Set(assigned.map((exchange) => parameters(exchange).callbackUrl));
  return (exchange) => isAssignment(exchange) || callbacks.has(exchange.request.url);
}

export function assignmentTimeline(exchanges: LabelledExchange[]): Timeline {
  const lanes = [lane('to the agent'), lane('to the queue'), lane('no one target'), lane('outcome')];
  // A scenario records an outcome when a step asks for it, which may be long after it came.
  const inOrder = exchanges.toSorted((a, b) => a.startedAt - b.startedAt);
  const moments = inOrder.map((one) =>
    isAssignment(one) ? assignment(one, lanes) : outcome(one, lanes[3]!),
  );
  const session = exchanges.map((one) => parameters(one).botSessionId).find((id) => typeof id === 'string');
  return {
    about: `transfer of bot session ${session || '(none)'}`,
    lanes: lanes.filter((one) => moments.some((moment) => moment.lane === one)),
    moments,
  };
}

function isAssignment({ request }: LabelledExchange): boolean {
  return /\/assign-conversation(\?|$)/.test(request.url);
}

/** The parameters of a request, from its body or its query. */
function parameters({ request }: LabelledExchange): Record<string, unknown> {
  const body = parseJson(request.body ?? '');
  if (isObject(body)) return body;
  return Object.fromEntries(new URLSearchParams(request.url.split('?')[1] ?? ''));
}

function assignment(exchange: LabelledExchange, [toAgent, toQueue, unclear]: Lane[]): Moment {
  const { aId, queueId } = parameters(exchange);
  const to = aId && !queueId ? toAgent! : queueId && !aId ? toQueue! : unclear!;
  const description = nameIn(exchange.label);
  return {
    lane: to,
    shape: 'assignment',
    noun: 'request',
    caption: 'transfer',
    description,
    request: outcomeOf(exchange),
  };
}

function outcome(exchange: LabelledExchange, lane: Lane): Moment {
  const body = parseJson(exchange.request.body ?? '');
  const status = isObject(body) && typeof body.status === 'string' ? body.status : 'no status';
  // The harness answered this request, so the answer says nothing about the tenant.
  const request = { ...outcomeOf(exchange), answer: '' };
  return {
    lane,
    shape: 'outcome',
    noun: 'outcome',
    caption: status,
    description: `outcome: ${status}`,
    request,
  };
}
