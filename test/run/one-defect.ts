// What is wrong with a request that is to be refused, besides its one defect: in comparison with its twin, and by the model.
import { isDeepStrictEqual } from 'node:util';
import { parseJson } from '../../src/protocol/answers.ts';
import { isMadeUnknown, unknownBotId } from '../../src/protocol/endpoints.ts';
import type { Problem } from '../../src/protocol/problems.ts';
import { assignmentProblems, hooksBodyProblems, isObject } from '../../src/protocol/requests.ts';
import type { SentExchange } from '../../src/verdict/scenario-record.ts';

type Request = SentExchange['request'];

/** Why a refusal of the faulty request may be about something else than its defect; empty when it has just one. */
export function furtherDefects(faulty: SentExchange, twin: SentExchange): string[] {
  const differing = differences(faulty, twin);
  if (differing.length !== 1) return [`differs from its twin in ${differing.join(' and ') || 'nothing'}`];
  const [at = ''] = differing;
  if (!at.startsWith('body/')) return [];
  const elsewhere = problemsOf(faulty.request).filter(
    (pointer) => !isAbout(pointer, at.slice('body'.length)),
  );
  return elsewhere
    .filter((pointer) => at !== added || !messageFields.includes(pointer.slice(1)))
    .map((pointer) => `is wrong at ${pointer || 'its whole'} too, besides ${at}`);
}

/** The parts that differ, a field of the body as its pointer. */
function differences(faulty: SentExchange, twin: SentExchange): string[] {
  const [one, other] = [faulty.request, twin.request];
  if (isForUnknownBot(one)) return ['the bot'];
  const isOtherToken = faulty.token !== twin.token;
  const parts = [
    ...(one.method === other.method ? [] : ['method']),
    ...(isOtherToken ? ['token'] : []),
    ...(urlOf(faulty, isOtherToken) === urlOf(twin, isOtherToken) ? [] : ['url']),
    ...headerNames(one, other).filter(
      (name) => !(isOtherToken && carriers.includes(name)) && one.headers[name] !== other.headers[name],
    ),
  ];
  // A request with another method may not have a body at all.
  return one.body === undefined ? parts : [...parts, ...bodyDifferences(one, other)];
}

/** What may carry a token: another token in another of them is one difference, and the record says which token it was. */
const carriers = ['token', 'auth', 'authorization', 'cookie'];

function urlOf({ request: { url } }: SentExchange, isOtherToken: boolean): string {
  // Each transfer has a callbackUrl of its own, in the query as in the body.
  const common = url.replace(/\bcallbackUrl=http[^&]*/, 'callbackUrl=');
  return isOtherToken ? common.replace(/[?&](token|auth)=[^&]*/, '') : common;
}

/** Path and body name the bot: both may be unknown, as one defect. */
function isForUnknownBot({ url, body = '' }: Request): boolean {
  const named = [decodeURIComponent(url.split('/').at(-1) ?? ''), /"botId":"([^"]*)"/.exec(body)?.[1]];
  return url.includes(unknownBotId) || named.some(isMadeUnknown);
}

function headerNames(one: Request, other: Request): string[] {
  return [...new Set([...Object.keys(one.headers), ...Object.keys(other.headers)])];
}

function bodyDifferences(one: Request, other: Request): string[] {
  const [mine, its] = [parseJson(one.body ?? ''), parseJson(other.body ?? '')];
  if (!isObject(mine) || !isObject(its)) return one.body === other.body ? [] : ['body as a whole'];
  const fields = differingFields(mine, its, 'body').filter((at) => !isOwnAddress(at, mine, its));
  if (!('query' in mine) || 'query' in its) return fields;
  // A message that is added is one difference, whatever it lacks.
  return [...new Set(fields.map((at) => (messageFields.includes(at.slice('body/'.length)) ? added : at)))];
}

const messageFields = [
  'query',
  'agentId',
  'experience',
  'author',
  'source',
  'sendUserMessage',
  'sendAgentMessage',
  'language',
];
const added = 'body/(the message)';

/** Each transfer has a callbackUrl of its own: that one is as valid as the other. */
function isOwnAddress(at: string, mine: Record<string, unknown>, its: Record<string, unknown>): boolean {
  const isUrl = (value: unknown) => typeof value === 'string' && value.startsWith('http');
  return at === 'body/callbackUrl' && isUrl(mine.callbackUrl) && isUrl(its.callbackUrl);
}

function differingFields(one: unknown, other: unknown, at: string): string[] {
  if (isDeepStrictEqual(one, other)) return [];
  const isInside = isFilled(one) && isFilled(other) && Array.isArray(one) === Array.isArray(other);
  if (!isInside) return [at];
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].flatMap((name) => differingFields(one[name], other[name], `${at}/${name}`));
}

/** An object or a list with something in it: what is empty on purpose differs as a whole. */
function isFilled(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function problemsOf({ url, body = '' }: Request): string[] {
  const json = parseJson(body);
  if (!url.includes('/assign-conversation')) return hooksBodyProblems(json).map(({ pointer }) => pointer);
  return [...assignmentProblems(json), ...problemsOfEachTarget(json)].map(({ pointer }) => pointer);
}

/** Of two targets, each has to be complete without the other: a tenant may look at one of them first. */
function problemsOfEachTarget(json: unknown): Problem[] {
  if (!isObject(json) || !('aId' in json && 'queueId' in json)) return [];
  const { aId, queueId, ...common } = json;
  const toAgent = { ...common, aId };
  return [...assignmentProblems(toAgent), ...assignmentProblems({ ...common, queueId })];
}

/** A wrong field, a field inside it, or the object that lacks it. */
function isAbout(pointer: string, field: string): boolean {
  return field.startsWith(pointer) || pointer.startsWith(field);
}
