// What may explain why one request was refused and another was not: each trait of it, in words for people. Unaware of
// the answer.
import { parseJson } from '../../protocol/answers.ts';
import { eventKind, eventOfStep, messageKind } from '../../protocol/event-table.ts';
import { type Step, stepKind, stepOf, transferOf } from '../../protocol/lifecycle/step.ts';
import { isMessage, isObject } from '../../protocol/requests.ts';
import { shown } from '../../text/shown-value.ts';
import type { SentExchange } from '../scenario-record.ts';
import type { Trait } from './common-traits.ts';
import { defectTraits, ofOtherThings } from './defect-traits.ts';
import type { Past } from './past.ts';
import { placeTraits } from './place-traits.ts';
import { lengthTraits, signTraits } from './text-traits.ts';
import { isUnverifiable, tokenClasses } from './token-traits.ts';

/** The lower, the rather a trait is named than another that explains the same: a form, only when it is not that of a whole kind. */
const ranks = { endpoint: 0, kind: 1, form: 2, value: 3, text: 4, length: 120 } as const;

const otherSigns = 'a character other than letters, digits and hyphens';

/** @param past what came before it in its conversation */
export function traitsOf(exchange: SentExchange, past: Past): Trait[] {
  const { request, wrong } = exchange;
  const found = new Set<string>();
  const traits: Trait[] = [];
  const add: Add = (words, rank) => {
    if (!found.has(words)) traits.push({ words, rank, detail: rank < ranks.value ? 0 : 3 });
    found.add(words);
  };
  add(isAssignment(exchange) ? 'to assign-conversation' : 'to the hooks', ranks.endpoint);
  if (wrong) {
    add(defectInWords(wrong), ranks.kind);
    for (const [at, words] of defectTraits(wrong, exchange.token).entries()) {
      add(words, ranks.kind + 0.5 + at / 100);
    }
  }
  addHeaderTraits(add, exchange);
  if (request.method !== 'POST') {
    add(`with method ${request.method}`, ranks.form);
    add('with a method other than POST', ranks.form + 0.1);
  }
  const body = parseJson(request.body ?? '');
  if (found.has(ofOtherThings) && request.method === 'POST') {
    const kind = body === undefined ? 'not JSON' : 'JSON but not as documented';
    add(`with a body that is ${kind}`, ranks.kind + 0.6);
  }
  if (isAssignment(exchange)) addParameterTraits(add, exchange, body);
  else if (isObject(body)) {
    addBodyTraits(add, body);
    // A summary does not say it.
    addExperience(add, past.experience);
    traits.push(...placeTraits(body, past));
  }
  return traits;
}

type Add = (words: string, rank: number) => void;

export function isAssignment({ request }: SentExchange): boolean {
  return /\/assign-conversation(\?|$)/.test(request.url);
}

/** Without the requirement ids, which make one defect look like several. */
function defectInWords(wrong: string): string {
  const defect = wrong.replaceAll(/ \((?:[A-Z]+-)+\d+(?:, (?:[A-Z]+-)+\d+)*\)/g, '');
  const [, sent] = /^it is sent (with .*)$/s.exec(defect) ?? [];
  return sent?.replace('its', 'their') ?? `that have this defect: ${defect}`;
}

function addHeaderTraits(add: Add, { request, token }: SentExchange): void {
  if (token) add(`with ${token}`, ranks.form);
  if (token && isUnverifiable(token)) add('without a token whose signature verifies', ranks.endpoint);
  if (token) for (const words of tokenClasses(token)) add(words, ranks.form + 0.5);
  const type = request.headers['content-type'] ?? '';
  if (type !== 'application/json') add(`with content type ${type || '(empty)'}`, ranks.value);
  if (!/^application\/json\b/.test(type)) add('with another content type than JSON', ranks.value + 0.1);
  if (/^application\/json *;/.test(type)) add('with a charset in the content type', ranks.form);
  if (request.headers.accountid) add('with an accountid header', ranks.form);
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
  const { author, query, experience, language, source } = body;
  const type = isObject(author) ? author.type : undefined;
  add('with a message', ranks.kind);
  add(`with ${article(messageKind(type))}`, ranks.kind);
  if (hasEvents) add('with a message and events', ranks.kind);
  addExperience(add, experience);
  addLanguage(add, 'language', language);
  for (const field of ['source', 'sendUserMessage', 'sendAgentMessage']) addValue(add, field, body[field]);
  addTextTraits(add, 'source', source);
  if (source !== 'genesys') add('with a source other than genesys', ranks.value + 0.5);
  if (body.sendUserMessage === false && body.sendAgentMessage === false)
    add('with both flags false', ranks.form);
  addTextTraits(add, 'text', query);
}

function addTextTraits(add: Add, noun: string, text: unknown): void {
  if (typeof text !== 'string') return;
  for (const words of signTraits(noun, text)) add(words, ranks.text);
  for (const words of lengthTraits(noun, text)) add(words, ranks.length);
}

function addEventTraits(add: Add, event: Record<string, unknown>): void {
  const { name, transfertype, transition, participant } = event;
  const step = stepOf(event);
  add(`with ${kindInWords(step, event)}`, ranks.kind);
  if (step.type === 'transfer') {
    add('with a transfer event', ranks.kind);
    add(`with ${article(step.transition)} event`, ranks.kind + 0.8);
    if (step.transfer !== 'redial') add(`with ${article(step.transfer)} transfer event`, ranks.kind);
  }
  if (transferOf(transfertype) === 'cold' || transferOf(transfertype) === 'warm') {
    const letterCase = transfertype === String(transfertype).toUpperCase() ? 'upper' : 'lower';
    add(`with the transfer type in ${letterCase} case`, ranks.form);
    add('with a cold or warm transfer event', ranks.kind + 0.2);
  }
  addExperience(add, event.experience);
  if (name === 'INTERNAL_TRANSFER_EVENT') {
    if (!('language' in event)) add('without language', ranks.form);
    addExternal(add, event.isExtAD);
  }
  if (isObject(participant)) {
    add('customFields' in participant ? 'with customFields' : 'without customFields', ranks.form);
    if (isObject(participant.customFields)) addCustomTraits(add, participant.customFields);
    addTextTraits(add, 'name', participant.name);
    if (/^\S+$/.test(String(participant.name))) add('with a name of one word', ranks.text);
    addTextTraits(add, 'identity', participant.identity);
  }
  addLanguage(add, 'language', event.language);
  addValue(add, 'reason', event.reason);
  addReasonTraits(add, event.reason);
  if (isObject(event.data)) {
    addLanguage(add, 'language', event.data.language);
    addLanguage(add, 'locale', event.data.locale);
    addValue(add, 'type', event.data.type);
  }
  if (transition === undefined && name === undefined) add('with an event without a name', ranks.kind);
}

function addCustomTraits(add: Add, customFields: Record<string, unknown>): void {
  const missing = ['agentEmail', 'queueId', 'queueName'].filter((field) => !customFields[field]);
  if (missing.length > 0) add('with customFields of which one is missing or empty', ranks.form);
  for (const field of missing) add(`with customFields without ${field}`, ranks.form + 0.1);
}

function addReasonTraits(add: Add, reason: unknown): void {
  if (typeof reason !== 'string') return;
  addTextTraits(add, 'reason', reason);
  if (reason !== 'agent_initiated') add('with a reason other than agent_initiated', ranks.value + 0.5);
  if (/\s/.test(reason)) add('with a reason of several words', ranks.text);
  if (!/^\w+$/.test(reason)) add('with a reason that is not one word of ASCII letters', ranks.text + 0.5);
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
  if (/[A-Z]/.test(id)) add('with capitals in the conversationId', ranks.text + 0.9);
  for (const words of lengthTraits('conversationId', id)) add(words, ranks.length);
  for (const sign of new Set(id.match(/[^A-Za-z0-9-]/g)))
    add(`with ${sign} in the conversationId`, ranks.text + 0.9);
  if (!/^[A-Za-z0-9-]*$/.test(id)) add(`with ${otherSigns} in the conversationId`, ranks.text + 0.95);
  const digits = /\d{10,}/.test(id);
  if (digits) add('with a long number in the conversationId', ranks.text + 0.9);
}

function article(noun: string): string {
  return `${/^(NA|[aeio]|exit|entry|agent)/.test(noun) ? 'an' : 'a'} ${noun}`;
}
