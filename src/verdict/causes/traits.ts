// What may explain why one request was refused and another was not: each trait of it, in words for people. Unaware of
// the answer.
import { parseJson } from '../../protocol/answers.ts';
import { eventKind, eventOfStep, messageKind } from '../../protocol/event-table.ts';
import { type Step, stepKind, stepOf, transferOf } from '../../protocol/lifecycle/step.ts';
import { isMessage, isObject } from '../../protocol/requests.ts';
import { isElsewhere } from '../../tenant/token-carriers.ts';
import { type TokenKind, tokens } from '../../tenant/tokens.ts';
import { shown } from '../../text/shown-value.ts';
import type { SentExchange } from '../scenario-record.ts';
import type { Trait } from './common-traits.ts';
import type { Past } from './past.ts';
import { placeTraits } from './place-traits.ts';

/** The lower, the rather a trait is named than another that explains the same. */
const ranks = { endpoint: 0, form: 1, kind: 2, value: 3, text: 4, id: 6 } as const;

/** @param past what came before it in its conversation */
export function traitsOf(exchange: SentExchange, past: Past): Trait[] {
  const { request, wrong } = exchange;
  const found = new Set<string>();
  const traits: Trait[] = [];
  const add: Add = (words, rank) => {
    if (!found.has(words)) traits.push({ words, rank });
    found.add(words);
  };
  add(isAssignment(exchange) ? 'to assign-conversation' : 'to the hooks', ranks.endpoint);
  if (wrong) add(`that have this defect: ${withoutIds(wrong)}`, ranks.kind);
  addHeaderTraits(add, exchange);
  if (request.method !== 'POST') add(`with method ${request.method}`, ranks.form);
  const body = parseJson(request.body ?? '');
  if (isAssignment(exchange)) addParameterTraits(add, exchange, body);
  else if (isObject(body)) {
    addBodyTraits(add, body);
    // A summary does not say it.
    addExperience(add, past.experience);
    for (const trait of placeTraits(body, past)) add(trait.words, trait.rank);
  }
  return traits;
}

type Add = (words: string, rank: number) => void;

export function isAssignment({ request }: SentExchange): boolean {
  return /\/assign-conversation(\?|$)/.test(request.url);
}

/** The requirement ids make one defect look like several. */
function withoutIds(wrong: string): string {
  return wrong.replaceAll(/ \((?:[A-Z]+-)+\d+(?:, (?:[A-Z]+-)+\d+)*\)/g, '');
}

function addHeaderTraits(add: Add, { request, token }: SentExchange): void {
  if (token) add(`with ${token}`, ranks.form);
  if (token && isUnverifiable(token)) {
    add('without a token whose signature verifies', ranks.endpoint);
    if (token === 'no token' || isElsewhere(token)) add('without a token where it belongs', ranks.form);
    else if (token !== 'an empty token') add('with a token whose signature does not verify', ranks.form);
  }
  const type = request.headers['content-type'] ?? '';
  if (type !== 'application/json') add(`with content type ${type || '(empty)'}`, ranks.value);
  if (/^application\/json *;/.test(type)) add('with a charset in the content type', ranks.form);
  if (request.headers.accountid) add('with an accountid header', ranks.form);
}

/** @param token of an earlier version, too, when an old run is judged again */
function isUnverifiable(token: string): boolean {
  return token in tokens && tokens[token as TokenKind].worth === 'unverifiable';
}

function addParameterTraits(add: Add, { request }: SentExchange, body: unknown): void {
  const query = Object.fromEntries(new URLSearchParams(request.url.split('?')[1] ?? ''));
  const parameters: Record<string, unknown> = { ...query, ...(isObject(body) ? body : {}) };
  if ('aId' in parameters) add('for a transfer to an agent', ranks.kind);
  if ('queueId' in parameters) add('for a transfer to a queue', ranks.kind);
  if ('transferredType' in parameters)
    add(`with transferredType ${shown(parameters.transferredType)}`, ranks.value);
}

function addBodyTraits(add: Add, body: Record<string, unknown>): void {
  const events = Array.isArray(body.events) ? body.events.filter(isObject) : [];
  if (events.length > 1) add('with several events', ranks.kind);
  if (isMessage(body)) addMessageTraits(add, body, events.length > 0);
  if (Array.isArray(body.events) && body.events.length === 0) add('with an empty list of events', ranks.form);
  for (const event of events) addEventTraits(add, event);
  if (typeof body.conversationId === 'string') addIdTraits(add, body.conversationId);
}

function addMessageTraits(add: Add, body: Record<string, unknown>, hasEvents: boolean): void {
  const { author, query, experience, language } = body;
  const type = isObject(author) ? author.type : undefined;
  add('with a message', ranks.kind);
  add(`with ${article(messageKind(type))}`, ranks.kind);
  if (hasEvents) add('with a message and events', ranks.kind);
  addExperience(add, experience);
  addLanguage(add, 'language', language);
  for (const field of ['source', 'sendUserMessage', 'sendAgentMessage']) addValue(add, field, body[field]);
  if (body.sendUserMessage === false && body.sendAgentMessage === false)
    add('with both flags false', ranks.form);
  if (typeof query === 'string') addTextTraits(add, query);
}

function addTextTraits(add: Add, text: string): void {
  const longest = [1000, 255, 100].find((length) => text.length > length);
  if (longest) add(`with a text of more than ${longest} characters`, ranks.text);
  if (/[^\x20-\x7e]/.test(text)) add('with a text beyond ASCII', ranks.text);
  if (/[\u{10000}-\u{10ffff}]/u.test(text)) add('with characters of four bytes in the text', ranks.text);
  if (/[<>]/.test(text)) add('with < or > in the text', ranks.text);
  if (!/\p{L}/u.test(text)) add('with a text without letters', ranks.text);
}

function addEventTraits(add: Add, event: Record<string, unknown>): void {
  const { name, transfertype, transition, participant } = event;
  const step = stepOf(event);
  add(`with ${kindInWords(step, event)}`, ranks.kind);
  if (step.type === 'transfer') {
    add('with a transfer event', ranks.kind);
    add(`with ${article(step.transition)} event`, ranks.kind + 1);
    if (step.transfer !== 'redial') add(`with ${article(step.transfer)} transfer event`, ranks.kind);
  }
  if (transferOf(transfertype) === 'cold' || transferOf(transfertype) === 'warm') {
    const letterCase = transfertype === String(transfertype).toUpperCase() ? 'upper' : 'lower';
    add(`with the transfer type in ${letterCase} case`, ranks.form);
  }
  addExperience(add, event.experience);
  if (name === 'INTERNAL_TRANSFER_EVENT') {
    if (!('language' in event)) add('without language', ranks.form);
    addExternal(add, event.isExtAD);
  }
  if (isObject(participant)) {
    add('customFields' in participant ? 'with customFields' : 'without customFields', ranks.form);
  }
  addLanguage(add, 'language', event.language);
  addValue(add, 'reason', event.reason);
  if (isObject(event.data)) {
    addLanguage(add, 'language', event.data.language);
    addLanguage(add, 'locale', event.data.locale);
    addValue(add, 'type', event.data.type);
  }
  if (transition === undefined && name === undefined) add('with an event without a name', ranks.kind);
}

function kindInWords(step: Step, event: Record<string, unknown>): string {
  if (step.type === 'transfer') {
    return step.transfer === 'redial'
      ? `a redial ${step.transition}`
      : article(stepKind(step).replace(/^(cold|warm)/, (word) => word.toUpperCase()));
  }
  if (step.type === 'summary' || step.type === 'end') return eventOfStep(step.type);
  return `the event ${shown(eventKind(event))}`;
}

function addExperience(add: Add, experience: unknown): void {
  if (experience === 'chat') add('of a chat', ranks.form);
  else if (experience === 'voice') add('of a voice conversation', ranks.form);
  else if (experience !== undefined) add(`with experience ${shown(experience)}`, ranks.value);
}

function addExternal(add: Add, isExtAD: unknown): void {
  if (isExtAD === undefined) add('without isExtAD', ranks.form);
  if (typeof isExtAD === 'boolean') add('with isExtAD as a boolean', ranks.form);
  if (typeof isExtAD === 'string') add('with isExtAD as a string', ranks.form);
  if (String(isExtAD) === 'true' || String(isExtAD) === 'false') add(`with isExtAD ${isExtAD}`, ranks.form);
}

function addLanguage(add: Add, field: string, code: unknown): void {
  if (typeof code !== 'string') return;
  addValue(add, field, code);
  if (!/^en($|-|glish)/i.test(code)) add('with a language other than English', ranks.form);
  if (code !== 'en' && code !== 'English') add('with a language or locale other than en', ranks.form);
  if (/^[a-z]{2}-/i.test(code)) add('with a regional language code', ranks.form);
}

function addValue(add: Add, field: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'object') add(`with ${field} ${shown(value)}`, ranks.value);
}

function addIdTraits(add: Add, id: string): void {
  if (/[A-Z]/.test(id)) add('with capitals in the conversationId', ranks.id);
  if (id.length > 64) add('with a conversationId of more than 64 characters', ranks.id);
  for (const sign of new Set(id.match(/[^A-Za-z0-9-]/g))) add(`with ${sign} in the conversationId`, ranks.id);
  const digits = /\d{10,}/.test(id);
  if (digits) add('with a long number in the conversationId', ranks.id);
}

function article(noun: string): string {
  return `${/^(NA|[aeio]|exit|entry|agent)/.test(noun) ? 'an' : 'a'} ${noun}`;
}
