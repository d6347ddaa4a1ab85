// The defects that the fields of a request can have, derived from its values: what is documented of a field decides which of
// them are defects. A field that is added to a schema has them on the same day.
import { type Defect, withDefect } from './mutations.ts';
import { hooksBodyProblems, isObject } from './requests.ts';

/** A field with a defect, and the words for it. */
export interface FieldDefect {
  field: string;
  /** "null", "a number", "in capitals" … */
  words: string;
  defect: Defect;
}

/** Whose fields: those of the whole body, of its first event, of its message, or of an object that is in one of these. */
export const parts = ['envelope', 'event', 'message', 'participant', 'data', 'author'] as const;

export type Part = (typeof parts)[number];

const envelope = ['conversationId', 'botId', 'events'];

/** Each value of another JSON type than the one that stands there. */
const otherTypes: readonly [words: string, value: unknown][] = [
  ['a number', 42],
  ['true', true],
  ['a text', 'text'],
  ['a list', ['text']],
  ['an object', { text: 'text' }],
];

/** All defects of a part of a hooks request, field by field. @param body a well-formed request */
export function hooksDefects(body: object, part: Part): FieldDefect[][] {
  const given = fieldsOf(body, part).map(([field, value]): [string, [string, Defect][]] => {
    return [field, candidates(value)];
  });
  return [...given, ...(part === 'envelope' ? besideAMessage(body) : [])].map(([field, defects]) =>
    defects
      .map(([words, defect]) => ({ field, words, defect }))
      .filter(({ defect }) => isBreach(withDefect(body, field, defect)))
      .filter((one) => !isOpen(one, body)),
  );
}

/** Events that a message may have beside it, but not these: what is right with the one does not make up for the other. */
function besideAMessage(body: object): [field: string, defects: [words: string, defect: Defect][]][] {
  if ('events' in body || !('query' in body)) return [];
  const event = {
    name: 'INTERNAL_TRANSFER_EVENT',
    transfertype: 'WARM',
    transition: 'entry',
    isExtAD: true,
    experience: 'experience' in body ? body.experience : 'chat',
  };
  const participant = { identity: 'agent-2', name: 'Agent 2', type: 'agent' };
  const added = (words: string, value: unknown): [string, Defect] => [words, { kind: 'added', value }];
  return [
    [
      'events',
      [
        added('a list of null', [null]),
        added('an event without a participant', [event]),
        added('a text', 'text'),
        added('an event without a name', [{ ...event, participant, name: undefined }]),
      ],
    ],
  ];
}

/** A value that the documents allow is not a defect; that an optional field should not be null is good practice only. */
function isBreach(body: object): boolean {
  return hooksBodyProblems(body).some(({ requirements }) => requirements.some((id) => id !== 'HOOKS-ENV-09'));
}

/** What contradicts one part of the documents and follows another: the case of a transfertype, a redial without isExtAD. */
function isOpen({ field, words }: FieldDefect, body: object): boolean {
  if (field === 'transfertype') return words === otherCaseWords;
  const [event] = 'events' in body && Array.isArray(body.events) ? body.events : [];
  return field === 'isExtAD' && words === 'left out' && isObject(event) && event.transfertype === 'redial';
}

/** Which of the requests that have such fields one is. */
export interface Turn {
  number: number;
  /** How many requests have such fields. */
  of: number;
}

/**
 * A selection, shared out among all requests that have such fields: together they have the defects that senders make, each of
 * them every field left out, and another defect that no field before it had, as far as there is one.
 * @param offset where to begin with those, so that other requests have others
 */
export function coveringSelection(
  fields: readonly FieldDefect[][],
  turn: Turn,
  offset: number,
): FieldDefect[] {
  const had = new Set<string>();
  return fields.flatMap((defects, index) => {
    const usual = defects.filter(({ words }) => usualDefects.includes(words));
    const others = defects.filter((defect) => !usual.includes(defect));
    const own = usual.filter((_, place) => place === 0 || (place - 1) % turn.of === turn.number);
    const from = (offset * 2 + index) % Math.max(1, others.length);
    const turned = [...others.slice(from), ...others.slice(0, from)];
    const rank = ({ words }: FieldDefect) => (had.has(words) ? 2 : 0) + (isOfAnyField(words) ? 1 : 0);
    const unlike = turned.toSorted((one, other) => rank(one) - rank(other));
    const more = unlike.slice(0, Math.max(turn.of === 1 ? 1 : 0, 2 - own.length));
    for (const { words } of more) had.add(words);
    return [...own, ...more];
  });
}

/** Whether it says nothing about this field in particular, as its value in other case does. */
function isOfAnyField(words: string): boolean {
  return words === 'null' || words === 'in a list' || otherTypes.some(([type]) => type === words);
}

/** A text in place of an object is what a sender writes that knows an agent by name alone. */
const usualDefects = ['left out', 'empty', 'another word', 'a text'];

/** One defect of each field, another one in each turn: left out, empty, a number, and then those that only such a field has. */
export function oneOfEach(fields: readonly FieldDefect[][], turn: Turn): FieldDefect[] {
  return fields.map((defects) => {
    const [numbers, others] = [true, false].map((is) =>
      defects.slice(2).filter(({ words }) => (words === 'a number') === is),
    );
    const inTurn = [...defects.slice(0, 2), ...numbers!, ...others!.reverse()];
    return inTurn[turn.number % inTurn.length]!;
  });
}

function fieldsOf(body: object, part: Part): [name: string, value: unknown][] {
  const members = Object.entries(body);
  if (part === 'envelope') return members.filter(([name]) => envelope.includes(name));
  const [event] = 'events' in body && Array.isArray(body.events) ? (body.events as object[]) : [];
  const own = event ? Object.entries(event) : members.filter(([name]) => !envelope.includes(name));
  if (part === 'event' || part === 'message') return part === (event ? 'event' : 'message') ? own : [];
  return own.flatMap(([name, value]) => (name === part && isObject(value) ? membersOf(name, value) : []));
}

function membersOf(name: string, value: object): [name: string, value: unknown][] {
  return Object.entries(value).flatMap(([member, inner]): [string, unknown][] => {
    const path = `${name}.${member}`;
    return [[path, inner], ...(isObject(inner) ? membersOf(path, inner) : [])];
  });
}

function candidates(value: unknown): [words: string, defect: Defect][] {
  const to = (words: string, other: unknown): [string, Defect] => [words, { kind: 'set to', value: other }];
  const typed = otherTypes.filter(([, other]) => typeName(other) !== typeName(value));
  return [
    ['left out', { kind: 'left out' }],
    ...(hasEmptyForm(value) ? [['empty', { kind: 'empty' }] satisfies [string, Defect]] : []),
    ...typed.map(([words, other]) => to(words, other)),
    to('null', null),
    ...otherSpellings(value).map(([words, other]) => to(words, other)),
    to(Array.isArray(value) ? 'its first element' : 'in a list', Array.isArray(value) ? value[0] : [value]),
    ...(Array.isArray(value) ? [to('a list of null', [null])] : []),
  ];
}

function hasEmptyForm(value: unknown): boolean {
  return typeof value === 'string' || (typeof value === 'object' && value !== null);
}

function typeName(value: unknown): string {
  return Array.isArray(value) ? 'list' : typeof value;
}

/** Where the documents list the values of a field, none of these is among them. */
function otherSpellings(value: unknown): [words: string, other: unknown][] {
  if (typeof value === 'boolean') return [['its value as a text', String(value)]];
  if (typeof value !== 'string') return [];
  return [
    ['blank', ' '],
    [otherCaseWords, otherCase(value)],
    ['its value with a space behind it', `${value} `],
    ['its value cut off', value.slice(0, -1)],
    ['its value with more behind it', `${value}s`],
    ['another word', 'other'],
  ];
}

const otherCaseWords = 'its value in other case';

function otherCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}
