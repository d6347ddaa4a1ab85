// Checks of one request on its own, whatever was sent before it: its URL, its headers and its body.

import { shown } from '../text/shown-value.ts';
import { decodedPart, defaultHooksPath, hooksPaths } from './endpoints.ts';
import { type SenderFinding, senderFinding } from './lifecycle/lifecycle.ts';
import { type Problem, sentence } from './problems.ts';
import { isRedactedBotId } from './redacted.ts';
import { assignmentProblems, hooksBodyProblems, isObject } from './requests.ts';
import { contentTypeFindings, isComplete, tokenFindings } from './sent-headers.ts';

/** A recorded request. What was not recorded is left out, and not judged. */
export interface SentRequest {
  method?: string;
  url?: string;
  /** Names in lower case. */
  headers?: Readonly<Record<string, string>>;
  /** Parsed. */
  body: unknown;
}

/** What the profile of a tenant asks of its senders. */
export interface SenderProfile {
  /** HOOKS-XFER-11 applies. */
  qualityModule: boolean;
  /** Path before /{botId}; omitted when it is a documented one. */
  hooksPath?: string;
  /** Paths before /{botId} that some events have for themselves. */
  ownPaths?: readonly string[];
  /** Whether the next agent of a cold transfer may join before the previous one has left; left out: not. */
  coldOrder?: 'either';
}

export const defaultSenderProfile: SenderProfile = { qualityModule: false };

/** The findings of HOOKS-EP, -HDR, -AUTH, -ENV, -MSG, -XFER, -SUM and -EOC that one request can show. */
export function hooksFindings(request: SentRequest, profile: SenderProfile): SenderFinding[] {
  const problems = hooksBodyProblems(request.body);
  const found = problems.length > 0 ? problems.flatMap(fromProblem) : [];
  if (isObject(request.body)) addBodyFindings(found, request.body, profile);
  if (request.method !== undefined && request.method !== 'POST') {
    found.push(
      senderFinding('HOOKS-EP-01', `The request is sent with ${shown(request.method)}, not with POST`),
    );
  }
  if (request.url !== undefined) found.push(...urlFindings(request.url, request.body, profile));
  if (request.headers) {
    found.push(...contentTypeFindings(request.headers, 'HOOKS-HDR-01'));
    found.push(...tokenFindings(request.headers, ['token', 'auth'], 'HOOKS-AUTH-01', 'HOOKS-AUTH-02'));
  }
  return found;
}

/** The findings of ASSIGN-REQ and -AUTH. The parameters are in the body or in the query. */
export function assignmentFindings({ method, url, headers, body }: SentRequest): SenderFinding[] {
  const target = url === undefined ? undefined : parsed(url);
  const query = target ? Object.fromEntries(target.searchParams) : {};
  const found = assignmentProblems({ ...query, ...(isObject(body) ? body : {}) }).flatMap(fromProblem);
  if (method !== undefined && method !== 'POST') {
    found.push(senderFinding('ASSIGN-REQ-01', `The request is sent with ${shown(method)}, not with POST`));
  }
  if (url !== undefined && !assignmentPath.test(pathOf(url) ?? '')) {
    const where = `The request goes to ${shown(pathOf(url) ?? url)}`;
    found.push(
      senderFinding(
        'ASSIGN-REQ-01',
        `${where}, not to /agentassist/api/v1/public/{streamId}/assign-conversation`,
      ),
    );
  }
  if (headers) {
    found.push(...contentTypeFindings(headers, 'ASSIGN-REQ-01'));
    found.push(...tokenFindings(headers, ['auth'], 'ASSIGN-AUTH-01', 'ASSIGN-AUTH-01'));
    if (isComplete(headers) && !headers.accountid) {
      found.push(senderFinding('ASSIGN-REQ-07', 'The accountid header is missing'));
    }
  }
  return found;
}

export interface Endpoint {
  /** The path before /{botId}, without doubled slashes. */
  path: string;
  botId: string;
}

const documentedPaths: readonly string[] = Object.values(hooksPaths);

const assignmentPath = /^\/agentassist\/api\/v1\/public\/[^/]+\/assign-conversation\/?$/;

let latest: { url: string; hooksPath: string; endpoint: Endpoint | undefined } | undefined;

/**
 * The hooks endpoint of a URL, documented or not: …/hooks/{botId}. Undefined for another URL. Remembers the latest one,
 * since most logs have a single URL.
 */
export function hooksEndpoint(url: string, hooksPath: string = defaultHooksPath): Endpoint | undefined {
  if (latest?.url === url && latest.hooksPath === hooksPath) return latest.endpoint;
  const pathname = pathOf(url);
  const own = pathname?.startsWith(`${singleSlashes(hooksPath)}/`) ? singleSlashes(hooksPath) : undefined;
  const [, path, botId = ''] = /^(.*\/hooks)(?:\/([^/]*))?\/?$/.exec(pathname ?? '') ?? [];
  const endpoint = own
    ? { path: own, botId: pathname!.slice(own.length + 1).replace(/\/$/, '') }
    : path !== undefined
      ? { path, botId }
      : undefined;
  latest = { url, hooksPath, endpoint };
  return endpoint;
}

/** Whether a URL is that of assign-conversation. */
export function isAssignment(url: string): boolean {
  // To parse a URL takes long, and nearly all are of the hooks.
  if (!url.includes('assign')) return false;
  return /\/assign-conversation\/?$/.test(pathOf(url) ?? '');
}

function pathOf(url: string): string | undefined {
  // The IT curl has /// before the path.
  const pathname = parsed(url)?.pathname;
  return pathname && singleSlashes(pathname);
}

function singleSlashes(path: string): string {
  return path.includes('//') ? path.replace(/\/{2,}/g, '/') : path;
}

/** Many loggers write a URL without its scheme, so that it begins with the host. */
export const hostInFront =
  /^(([\w-]+\.)+[\w-]+(:\d+)?|[\w-]+:\d+|localhost|\[[\da-f:]+\](:\d+)?)(?=[/?#]|$)/i;

function parsed(url: string): URL | undefined {
  const whole = hostInFront.test(url) ? `http://${url}` : url;
  return URL.canParse(whole, 'http://any') ? new URL(whole, 'http://any') : undefined;
}

function urlFindings(url: string, body: unknown, profile: SenderProfile): SenderFinding[] {
  const endpoint = hooksEndpoint(url, profile.hooksPath);
  const { hooksPath, ownPaths = [] } = profile;
  const paths = [...documentedPaths, ...[hooksPath ?? [], ownPaths].flat().map(singleSlashes)];
  if (!endpoint || !paths.includes(endpoint.path)) {
    const where = shown(endpoint?.path ?? pathOf(url) ?? url);
    return [
      senderFinding(
        'HOOKS-EP-02',
        `The request goes to ${where}, which is not a documented path of the hooks`,
      ),
    ];
  }
  if (endpoint.botId === '') return [senderFinding('HOOKS-EP-04', 'The path carries no botId')];
  const inBody = isObject(body) ? body.botId : undefined;
  if (typeof inBody !== 'string' || inBody === '' || inBody === endpoint.botId) return [];
  const inPath = decodedPart(endpoint.botId) ?? endpoint.botId;
  if (inPath === inBody || isRedactedBotId(inPath)) return [];
  const other = `The botId of the body is ${shown(inBody)}, that of the path ${shown(endpoint.botId)}`;
  return [senderFinding('HOOKS-ENV-04', other, '/botId')];
}

function addBodyFindings(
  found: SenderFinding[],
  body: Record<string, unknown>,
  profile: SenderProfile,
): void {
  addFlagFinding(found, body);
  if (!Array.isArray(body.events)) return;
  for (let index = 0; index < body.events.length; index += 1) {
    const event: unknown = body.events[index];
    if (isObject(event) && event.name === 'INTERNAL_TRANSFER_EVENT' && isObject(event.participant)) {
      addParticipantFindings(found, event.participant, index, profile);
    }
  }
}

/** HOOKS-MSG-09 */
function addFlagFinding(
  found: SenderFinding[],
  { author, sendUserMessage, sendAgentMessage }: Record<string, unknown>,
): void {
  const type = isObject(author) ? author.type : undefined;
  const wrong =
    type === 'USER' && sendAgentMessage === true
      ? 'sendAgentMessage'
      : type === 'AGENT' && sendUserMessage === true
        ? 'sendUserMessage'
        : undefined;
  if (!wrong) return;
  const message = `${wrong} is true, but author.type is ${shown(type)}`;
  found.push(senderFinding('HOOKS-MSG-09', message, `/${wrong}`));
}

const qualityFields = ['agentEmail', 'queueId', 'queueName'];

/** HOOKS-XFER-09 and -11 */
function addParticipantFindings(
  found: SenderFinding[],
  { type, customFields }: Record<string, unknown>,
  event: number,
  { qualityModule }: SenderProfile,
): void {
  if (typeof type === 'string' && type !== '' && type !== 'agent') {
    const message = `INTERNAL_TRANSFER_EVENT: participant.type is ${shown(type)}, not "agent"`;
    found.push(senderFinding('HOOKS-XFER-09', message, `/events/${event}/participant/type`, event));
  }
  if (!qualityModule) return;
  const given = isObject(customFields) ? customFields : {};
  const missing = qualityFields.filter((field) => typeof given[field] !== 'string' || given[field] === '');
  if (missing.length > 0) {
    const message = `INTERNAL_TRANSFER_EVENT: with the Quality Module in use, participant.customFields lacks ${missing.join(', ')}`;
    found.push(senderFinding('HOOKS-XFER-11', message, `/events/${event}/participant/customFields`, event));
  }
}

function fromProblem(problem: Problem): SenderFinding[] {
  const event = /^\/events\/(\d+)/.exec(problem.pointer)?.[1];
  return problem.requirements.map((id) =>
    senderFinding(id, sentence(problem), problem.pointer, event === undefined ? undefined : Number(event)),
  );
}
