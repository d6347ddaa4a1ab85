// A conversation as it was told: who took part, what happened in which order, what became of each request.
// Pure, and unaware of how it is drawn. A request may say anything at all: what cannot be read is still a moment.
import { brief, isAccepted, parseJson } from '../protocol/answers.ts';
import { type EventShape, type EventType, eventType } from '../protocol/event-table.ts';
import type { Transfer, Transition } from '../protocol/events.ts';
import { type Step, stepOf, transferOf } from '../protocol/lifecycle/step.ts';
import { ConversationTracker } from '../protocol/lifecycle/tracker.ts';
import { isMessage, isObject } from '../protocol/requests.ts';
import type { Exchange } from '../tenant/exchange.ts';

/** An exchange of a scenario, redacted, and what the scenario calls it. */
export type LabelledExchange = Exchange & { label: string };

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
  /** When the agent of the lane was in the conversation. */
  stays: Stay[];
}

/** From an accepted entry to an accepted exit, or to the accepted end; indices of moments. */
export interface Stay {
  kind: Shape;
  from: number;
  /** Left out: the agent never left. */
  to?: number;
}

export type Shape = EventShape | 'message' | 'assignment' | 'outcome' | 'other';

export interface Moment {
  lane: Lane;
  shape: Shape;
  transition?: Transition;
  /** What it is to its conversation; left out for what is no part of one. */
  step?: Step;
  /** What it is counted as. */
  noun: 'event' | 'message' | 'request' | 'outcome';
  /** In two words, for under the mark. */
  caption: string;
  /** In full. */
  description: string;
  /** Moments that share a request share this object. */
  request: RequestOutcome;
  /** It is what a reader shall look at. */
  marked?: boolean;
}

/** What became of a request. */
export interface RequestOutcome {
  result: 'accepted' | 'refused' | 'no answer';
  /** "200", "409 refused", "500 failed", for below the marks; empty when there is nothing to say. */
  answer: string;
  /** Why it was not accepted: the fault that it was sent with, or what came back. */
  reason: string;
  /** Epoch milliseconds; left out when it is not known. */
  startedAt?: number;
}

export function conversationTimeline(conversationId: string, exchanges: LabelledExchange[]): Timeline {
  const cast = newCast();
  const moments: Moment[] = [];
  let experience = '';
  for (const exchange of exchanges) {
    const body = parseJson(exchange.request.body ?? '');
    const request = outcomeOf(exchange);
    experience ||= isObject(body) ? experienceOf(body) : '';
    for (const told of toldIn(body, exchange.label, cast)) moments.push({ ...told, request });
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
    const why = failure?.message ?? 'no answer';
    const came = answer ? `${answer.status} ${failure?.kind}` : 'no answer';
    return { result: 'no answer', answer: came, reason: why, startedAt };
  }
  if (isAccepted(answer)) return { result: 'accepted', answer: `${answer.status}`, reason: '', startedAt };
  const fault = /, but (.*)$/s.exec(label)?.[1];
  return {
    result: 'refused',
    // A 5xx refuses nothing: it is how a tenant fails.
    answer: answer.status >= 500 ? `${answer.status} failed` : `${answer.status} refused`,
    reason: fault ?? brief(answer),
    startedAt,
  };
}

/** The lanes as they come to be known. */
export interface Cast {
  customer?: Lane;
  agents: AgentLane[];
  /** Of the agents that there is no room for. */
  others?: Lane;
  conversation: Lane;
}

export function newCast(): Cast {
  return { agents: [], conversation: lane('conversation') };
}

type AgentLane = Lane & { identity?: string };

const maxAgents = 10;

type Told = Omit<Moment, 'request'>;

function toldIn(body: unknown, label: string, cast: Cast): Told[] {
  const told = isObject(body) ? [...messageIn(body, cast), ...eventsIn(body, cast)] : [];
  if (told.length > 0) return told;
  const description = nameIn(label);
  return [{ lane: cast.conversation, shape: 'other', noun: 'request', caption: description, description }];
}

function messageIn(body: Record<string, unknown>, cast: Cast): Told[] {
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

function eventsIn(body: Record<string, unknown>, cast: Cast): Told[] {
  if (!Array.isArray(body.events)) return [];
  return body.events.map((event) => ({ ...eventTold(event, cast), step: stepOf(event) }));
}

function eventTold(event: unknown, cast: Cast): Told {
  const told = { lane: cast.conversation, noun: 'event' as const };
  if (!isObject(event))
    return { ...told, shape: 'other', caption: 'no event', description: 'an event that is none' };
  const type = eventType(event.name);
  if (type) return documentedTold(event, type, cast);
  const name = text(event.name) || 'an event without a name';
  return { ...told, shape: 'other', caption: name, description: name };
}

/** What its entry in the table says; of what is wrong with it, nothing. */
function documentedTold(event: Record<string, unknown>, type: EventType, cast: Cast): Told {
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

/** Which mark stands for an event. @param transfer its type, where it is one that is known */
export function markOf({ shape }: EventType['picture'], transfer?: Transfer): Shape {
  return shape === 'transfer' ? (transfer ?? 'other') : shape;
}

function participantLane(participant: unknown, cast: Cast): Lane {
  const { identity, name }: Record<string, unknown> = isObject(participant) ? participant : {};
  return text(identity) || text(name) ? agentLane(text(identity), text(name), cast) : cast.conversation;
}

/** An agent is known by identity; a faulty event may leave it out, and a message says nothing else. */
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

/** Who is in it the tracker says, of what was accepted; who should have left already, and has not, is drawn as there. */
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
