// A conversation as a timeline: who took part, what happened in which order, and the answer to each request.
// Pure, and unaware of how it is drawn. Any request is accepted: one that cannot be read is a moment as well.
import { brief, isAccepted, parseJson } from '../protocol/answers.ts';
import { type EventShape, type EventType, eventType } from '../protocol/event-table.ts';
import type { Transfer, Transition } from '../protocol/events.ts';
import { type Step, stepOf, transferOf } from '../protocol/lifecycle/step.ts';
import { ConversationTracker } from '../protocol/lifecycle/tracker.ts';
import { isMessage, isObject } from '../protocol/requests.ts';
import type { Exchange } from '../tenant/exchange.ts';

/** A redacted exchange of a scenario, and the scenario's name for its request. */
export type LabelledExchange = Exchange & {
  label: string;
  /** The body with the names that people know: "Agent 2". */
  plain?: object;
};

export interface Timeline {
  /** "voice conversation conformance-…" */
  about: string;
  /** Top to bottom. */
  lanes: Lane[];
  /** In the order sent. */
  moments: Moment[];
}

export interface Lane {
  name: string;
  /** The times when the agent of the lane was in the conversation. */
  stays: Stay[];
}

/** From an accepted entry to an accepted exit, or to the accepted end; indices of moments. */
export interface Stay {
  kind: Shape;
  from: number;
  /** Omitted when the agent never left. */
  to?: number;
}

export type Shape = EventShape | 'message' | 'assignment' | 'outcome' | 'other';

export interface Moment {
  lane: Lane;
  shape: Shape;
  transition?: Transition;
  /** Its step in the conversation; omitted when it is not a part of one. */
  step?: Step;
  /** The noun under which it is counted. */
  noun: 'event' | 'message' | 'request' | 'outcome';
  /** At most two words, under the mark. */
  caption: string;
  /** In full. */
  description: string;
  /** Moments of the same request share this object. */
  request: RequestOutcome;
  /** Whether to draw the reader's attention to it. */
  marked?: boolean;
}

/** A request and how it was answered. */
export interface RequestOutcome {
  result: 'accepted' | 'refused' | 'no answer';
  /** "200", "409 refused", "500 failed", below the marks; may be empty. */
  answer: string;
  /** Why it was not accepted: the fault in the request, or the answer. */
  reason: string;
  /** Epoch milliseconds; omitted when it is not known. */
  startedAt?: number;
}

export function conversationTimeline(conversationId: string, exchanges: LabelledExchange[]): Timeline {
  const cast = newCast();
  const moments: Moment[] = [];
  let experience = '';
  for (const exchange of exchanges) {
    const body = exchange.plain ?? parseJson(exchange.request.body ?? '');
    const request = outcomeOf(exchange);
    experience ||= isObject(body) ? experienceOf(body) : '';
    for (const moment of momentsIn(body, exchange.label, cast)) moments.push({ ...moment, request });
  }
  const about = `${experience ? `${experience} ` : ''}conversation ${conversationId}`;
  return timelineOf(about, moments, cast);
}

/** @param moments in the order sent, in the lanes of the cast */
export function timelineOf(about: string, moments: Moment[], cast: Cast): Timeline {
  addStays(moments, cast);
  const lanes = [cast.customer, ...cast.agents, cast.others, cast.conversation];
  return { about, lanes: lanes.filter((one) => one !== undefined), moments };
}

export function lane(name: string): Lane {
  return { name, stays: [] };
}

/** The start of a label, without the request's number and its fault. */
export function nameIn(label: string): string {
  return label.split(', ', 1)[0]!;
}

export function outcomeOf({ answer, failure, label, startedAt }: LabelledExchange): RequestOutcome {
  if (failure || !answer) {
    const reason = failure?.message ?? 'no answer';
    const received = answer ? `${answer.status} ${failure?.kind}` : 'no answer';
    return { result: 'no answer', answer: received, reason, startedAt };
  }
  if (isAccepted(answer)) return { result: 'accepted', answer: `${answer.status}`, reason: '', startedAt };
  const fault = /, but (.*)$/s.exec(label)?.[1];
  return {
    result: 'refused',
    // A 5xx is not a refusal: the tenant failed.
    answer: answer.status >= 500 ? `${answer.status} failed` : `${answer.status} refused`,
    reason: fault ?? brief(answer),
    startedAt,
  };
}

/** The lanes found so far. */
export interface Cast {
  customer?: Lane;
  agents: AgentLane[];
  /** The lane of all agents beyond `maxAgents`. */
  others?: Lane;
  conversation: Lane;
}

export function newCast(): Cast {
  return { agents: [], conversation: lane('conversation') };
}

type AgentLane = Lane & { identity?: string };

const maxAgents = 10;

/** A moment before its request is known. */
type BodyMoment = Omit<Moment, 'request'>;

function momentsIn(body: unknown, label: string, cast: Cast): BodyMoment[] {
  const moments = isObject(body) ? [...messageIn(body, cast), ...eventsIn(body, cast)] : [];
  if (moments.length > 0) return moments;
  const description = nameIn(label);
  return [{ lane: cast.conversation, shape: 'other', noun: 'request', caption: description, description }];
}

function messageIn(body: Record<string, unknown>, cast: Cast): BodyMoment[] {
  if (!isMessage(body)) return [];
  const author = isObject(body.author) ? body.author.type : undefined;
  const query = text(body.query);
  const lane = authorLane(author, text(body.agentId), cast);
  const caption = query ? `“${query}”` : 'message';
  return [
    { lane, shape: 'message', noun: 'message', caption, description: `message of ${lane.name}: ${query}` },
  ];
}

function authorLane(author: unknown, agentId: string, cast: Cast): Lane {
  if (author === 'AGENT' && agentId) return agentLane(agentId, '', cast);
  if (author !== 'USER') return cast.conversation;
  cast.customer ??= lane('customer');
  return cast.customer;
}

function eventsIn(body: Record<string, unknown>, cast: Cast): BodyMoment[] {
  if (!Array.isArray(body.events)) return [];
  return body.events.map((event) => ({ ...eventMoment(event, cast), step: stepOf(event) }));
}

function eventMoment(event: unknown, cast: Cast): BodyMoment {
  const base = { lane: cast.conversation, noun: 'event' as const };
  if (!isObject(event))
    return { ...base, shape: 'other', caption: 'no event', description: 'an event that is not an object' };
  const type = eventType(event.name);
  if (type) return documentedMoment(event, type, cast);
  const name = text(event.name) || 'an event without a name';
  return { ...base, shape: 'other', caption: name, description: name };
}

/** The moment of a documented type of event, by its entry in the table; ignores what is wrong with the event. */
function documentedMoment(event: Record<string, unknown>, type: EventType, cast: Cast): BodyMoment {
  const { shape, description, detail = '', caption: otherwise } = type.picture;
  const { transfertype, transition } = event;
  const kind = type.kindFields.map((field) => text(event[field]));
  const caption = kind.filter(Boolean).join(' ') || otherwise;
  const isOfAgent = type.about === 'participant';
  const lane = isOfAgent ? participantLane(event.participant, cast) : cast.conversation;
  const inFull = [description ?? caption, text(event[detail])].filter(Boolean).join(', ');
  return {
    lane,
    shape: markOf(type.picture, transferOf(transfertype)),
    noun: 'event',
    caption,
    description: isOfAgent ? `${inFull} of ${lane.name}` : inFull,
    ...(shape === 'transfer' && (transition === 'entry' || transition === 'exit') ? { transition } : {}),
  };
}

/** The mark of an event. @param transfer its type; omitted when it is not a known one */
export function markOf({ shape }: EventType['picture'], transfer?: Transfer): Shape {
  return shape === 'transfer' ? (transfer ?? 'other') : shape;
}

function participantLane(participant: unknown, cast: Cast): Lane {
  const { identity, name }: Record<string, unknown> = isObject(participant) ? participant : {};
  return text(identity) || text(name) ? agentLane(text(identity), text(name), cast) : cast.conversation;
}

/** Finds or adds the lane of an agent, by identity. A faulty event may lack the identity; a message lacks the name. */
export function agentLane(identity: string, name: string, cast: Cast): Lane {
  const known = cast.agents.find((agent) =>
    identity && agent.identity ? agent.identity === identity : agent.name === name,
  );
  if (known) {
    if (identity) known.identity = identity;
    if (name && known.name === known.identity) known.name = name;
    return known;
  }
  if (cast.agents.length === maxAgents) {
    cast.others ??= lane('other agents');
    return cast.others;
  }
  const joined: AgentLane = { ...lane(name || identity), ...(identity ? { identity } : {}) };
  cast.agents.push(joined);
  return joined;
}

/**
 * Adds the stays of the agents, as the tracker follows the accepted requests. An agent who must have left, but has not
 * sent an exit, is drawn as present.
 */
function addStays(moments: Moment[], cast: Cast): void {
  const tracker = new ConversationTracker();
  const open = new Map<string, Stay>();
  for (const [index, { step, shape, request }] of moments.entries()) {
    if (!step || request.result !== 'accepted') continue;
    const { present, leaving, ended } = tracker.take({ steps: [{ step }] }).state;
    const inside = new Set(ended ? [] : [...leaving, ...present].map(({ identity }) => identity));
    for (const [identity, stay] of open) {
      if (inside.has(identity)) continue;
      stay.to = index;
      open.delete(identity);
    }
    if (step.type !== 'transfer' || step.transition !== 'entry') continue;
    const { identity } = step.agent;
    const lane = cast.agents.find((agent) => agent.identity === identity);
    if (!lane || open.has(identity)) continue;
    const joined = { kind: shape, from: index };
    lane.stays.push(joined);
    open.set(identity, joined);
  }
}

function experienceOf(body: Record<string, unknown>): string {
  const [event] = Array.isArray(body.events) ? body.events : [];
  const experience = body.experience ?? (isObject(event) ? event.experience : undefined);
  return experience === 'voice' || experience === 'chat' ? experience : '';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
