// What a conversation has in place of plain values: those that can be taken back in the next request, and those that belong to
// the whole conversation.
import type { RequirementId } from '../catalogue.ts';
import type { Event, HooksBody } from '../events.ts';
import type { Participant } from '../generated/schema-types.ts';
import { writtenOverLines } from '../json-layout.ts';
import {
  customFields,
  fieldsOfExits,
  idEndings,
  identities,
  names,
  reasons,
  sources,
  texts,
} from './corpus.ts';

export type VariedField =
  | 'name'
  | 'identity'
  | 'customFields'
  | 'reason'
  | 'conversationId'
  | 'query'
  | 'source'
  | 'flags'
  | 'events'
  | 'members'
  | 'layout'
  | 'language';

export interface Variation {
  field: VariedField;
  /** "participant.name with an apostrophe" */
  what: string;
  /**
   * For a conversationId, what is appended to it (`idWith`); for a language its code and its name. Flags, events, members and
   * layout have one.
   */
  value: string | Readonly<Record<string, string>>;
  /** Only exits have it. */
  atExits?: true;
}

const described: Record<
  Exclude<VariedField, 'flags' | 'events' | 'members' | 'layout' | 'language'>,
  string
> = {
  name: 'participant.name',
  identity: 'participant.identity',
  customFields: 'customFields',
  reason: 'reason',
  conversationId: 'conversationId',
  query: 'query',
  source: 'source',
};

function variationsOf(
  field: keyof typeof described,
  values: readonly { with: string; value: Variation['value'] }[],
): Variation[] {
  return values.map(({ with: what, value }) => ({ field, what: `${described[field]} with ${what}`, value }));
}

/** What the events of a conversation may have; neighbours are of different fields. */
export const ofEvents: readonly Variation[] = interleaved([
  variationsOf('name', names),
  [
    ...variationsOf('customFields', customFields),
    { field: 'customFields', what: 'customFields at the exits alone', value: fieldsOfExits, atExits: true },
  ],
]);

/** Of its end, or of how each request is written. */
export const ofEnds: readonly Variation[] = [
  ...variationsOf('reason', reasons),
  { field: 'members', what: 'the members of each request in another order', value: '' },
  { field: 'layout', what: 'each request as JSON over several lines', value: '' },
];

/** What stays the same in a conversation: who, and which. */
export const ofAgents: readonly Variation[] = variationsOf('identity', identities);

/** Nothing of the plain id is left in this one. */
const digitsOnly: Variation = { field: 'conversationId', what: 'conversationId with digits only', value: '' };
export const ofIds: readonly Variation[] = [...variationsOf('conversationId', idEndings), digitsOnly];

/** What one message may have whose text a scenario leaves open. */
export const ofTexts: readonly Variation[] = variationsOf('query', texts);
export const ofSources: readonly Variation[] = variationsOf('source', sources);

/** Another language in place of English, in all that names one. @param name as it is displayed: "French" */
export function ofLanguage(code: string, name: string): Variation {
  return { field: 'language', what: `language ${code}`, value: { code, name } };
}

export const allVariations: readonly Variation[] = [
  ...ofEvents,
  ...ofEnds,
  ...ofAgents,
  ...ofIds,
  ...ofTexts,
  ...ofSources,
];

const authors = { USER: 'the customer', AGENT: 'an agent' };

/**
 * How a message may be written whatever it says, by its author. The flags say what is to be done with it, and neither of them has
 * to be true (that of the other author must not be: HOOKS-MSG-09); the list of events may be empty beside it.
 */
export const formsOfMessages: Readonly<Record<keyof typeof authors, readonly Variation[]>> = {
  USER: formsOf('USER'),
  AGENT: formsOf('AGENT'),
};

function formsOf(author: keyof typeof authors): Variation[] {
  const message = `a message of ${authors[author]}`;
  return [
    { field: 'flags', what: `${message} with both flags false`, value: '' },
    { field: 'events', what: `${message} with an empty list of events`, value: '' },
  ];
}

/** Fields that a refusal can be about without the rest of the conversation: they may change from one request to the next. */
export function isOfOneRequest({ field }: Variation): boolean {
  return field !== 'identity' && field !== 'conversationId';
}

/**
 * The body with the value in place of the plain one; undefined when it has no such field. A special conversationId is there
 * from the beginning of the conversation.
 */
export function varied(body: HooksBody, variation: Variation): HooksBody | undefined {
  const { field, value } = variation;
  if (field === 'conversationId') return body;
  if (field === 'query' || field === 'source')
    return 'query' in body ? { ...body, [field]: value } : undefined;
  if (field === 'flags')
    return 'query' in body ? { ...body, sendUserMessage: false, sendAgentMessage: false } : undefined;
  if (field === 'events')
    return 'query' in body && body.events === undefined
      ? ({ ...body, events: [] } as unknown as HooksBody)
      : undefined;
  if (field === 'members') return reversed(body) as HooksBody;
  if (field === 'layout') return writtenOverLines(body);
  if (field === 'language') return inLanguage(body, value as { code: string; name: string });
  let isVaried = false;
  const changed = <Changed>(next: Changed): Changed => {
    isVaried = true;
    return next;
  };
  const events = (body.events as Event[] | undefined)?.map((event): Event => {
    if (!('participant' in event)) return event;
    if (field === 'reason')
      return event.name === 'END_OF_CONVERSATION' ? changed({ ...event, reason: value as string }) : event;
    if (variation.atExits && !('transition' in event && event.transition === 'exit')) return event;
    return changed({ ...event, participant: withValue(event.participant, variation) });
  });
  const ofMessage = field === 'identity' && body.agentId !== undefined;
  const agentId = ofMessage ? changed({ agentId: identityOf(body.agentId!, variation) }) : {};
  if (!isVaried) return undefined;
  return {
    ...body,
    ...agentId,
    ...(events ? { events: events as unknown as HooksBody['events'] & object } : {}),
  };
}

/** Only where the language is the usual one: a sentence may ask for another. */
function inLanguage(body: HooksBody, { code, name }: { code: string; name: string }): HooksBody | undefined {
  let isChanged = false;
  const changed = <Event extends object>(event: Event): Event => {
    if (!('language' in event) || event.language !== 'en') return event;
    isChanged = true;
    return { ...event, language: code };
  };
  const events = (body.events as Event[] | undefined)?.map((event): Event => {
    if (event.name !== 'TRIGGER_SUMMARY_EVENT') return changed(event);
    if (event.data.locale !== 'en' || event.data.language !== 'English') return event;
    isChanged = true;
    return { ...event, data: { ...event.data, language: name, locale: code } };
  });
  const whole = { ...changed(body), ...(events ? { events } : {}) } as unknown as HooksBody;
  return isChanged ? whole : undefined;
}

/** JSON has no order of members (RFC 8259, 4). */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, reversed(member)] as const);
  return Object.fromEntries(members.reverse());
}

function withValue(participant: Participant, variation: Variation): Participant {
  const { field, value } = variation;
  if (field === 'identity') return { ...participant, identity: identityOf(participant.identity, variation) };
  return { ...participant, [field]: value };
}

/** Unique like the plain id. */
export function idWith(plainId: string, variation: Variation): string {
  return variation === digitsOnly ? digitsOf(plainId) : `${plainId}${variation.value}`;
}

/** Twenty, more than a number can hold without loss: FNV-1a with 64 bits. Other texts have other digits. */
export function digitsOf(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text)) value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n);
  return `${value}`.padStart(20, '0');
}

/** @param plain as in agent-2 */
export function identityOf(plain: string, { value }: Variation): string {
  const number = plain.replace(/^.*-/, '');
  return String(value)
    .replace('^#', inCapitals(Number(number)))
    .replace('^member', memberName(Number(number)))
    .replace(/#(?!.*#)/s, number.padStart(2, '0'));
}

/** What a table that is a plain object seems to have already. */
const memberNames = [
  ...['constructor', '__proto__', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf'],
  ...['toLocaleString', 'propertyIsEnumerable', '__defineGetter__', '__defineSetter__', '__lookupGetter__'],
];

/** @param number controls have 50 more than what they repeat, and are to be other agents */
function memberName(number: number): string {
  const place = number > 50 ? number - 45 : number;
  return memberNames[place - 1] ?? `${memberNames[0]}${number}`;
}

/** As some CRM systems tell one id from another. @param number its last ten bits count */
function inCapitals(number: number): string {
  const isCapital = (index: number) => (number >> index) % 2 === 1;
  return Array.from('qxydkpwzrm', (letter, index) => (isCapital(index) ? letter.toUpperCase() : letter)).join(
    '',
  );
}

/** The requirement that a refusal of the value breaks. */
export function requirementOf({ field }: Variation, body: HooksBody): RequirementId {
  const has = (event: Event['name']) =>
    (body.events as Event[] | undefined)?.some(({ name }) => name === event) ?? false;
  const isEnd = has('END_OF_CONVERSATION');
  const isSummary = has('TRIGGER_SUMMARY_EVENT');
  switch (field) {
    case 'conversationId':
      return 'HOOKS-ENV-01';
    case 'query':
      return 'HOOKS-MSG-01';
    case 'source':
      return 'HOOKS-MSG-11';
    case 'flags':
      // The other one is false in the usual form as well.
      return body.author?.type === 'AGENT' ? 'HOOKS-MSG-07' : 'HOOKS-MSG-06';
    case 'events':
      return 'HOOKS-ENV-05';
    case 'members':
      return body.events === undefined ? 'HOOKS-MSG-01' : 'HOOKS-ENV-07';
    case 'layout':
      return 'HOOKS-HDR-01';
    case 'language':
      if (body.events === undefined) return 'HOOKS-MSG-08';
      if (isEnd) return 'HOOKS-EOC-03';
      return isSummary ? 'HOOKS-SUM-02' : 'HOOKS-XFER-06';
    case 'reason':
      return 'HOOKS-EOC-07';
    case 'customFields':
      return isEnd ? 'HOOKS-EOC-06' : 'HOOKS-XFER-10';
    case 'name':
      return isEnd ? 'HOOKS-EOC-05' : 'HOOKS-XFER-08';
    case 'identity':
      if (body.events === undefined) return 'HOOKS-MSG-02';
      return isEnd ? 'HOOKS-EOC-05' : 'HOOKS-XFER-08';
  }
}

/** Takes from the lists in turn, each as often as its length asks for. */
function interleaved(lists: readonly (readonly Variation[])[]): Variation[] {
  return lists
    .flatMap((list, number) => list.map((one, index) => ({ one, at: (index + 0.5) / list.length, number })))
    .sort((a, b) => a.at - b.at || a.number - b.number)
    .map(({ one }) => one);
}
