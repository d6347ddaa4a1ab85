// A request that a record holds beside a body, and that goes to another service: as loggers write the one being handled while
// the hooks are called. Neither its method nor its headers are those of the call.
import { isObject } from '../protocol/requests.ts';
import { holdsSentRequest } from './answers.ts';
import { isBody, type Level } from './finder.ts';
import { canonical, isBodyKey, isLogKey, isOfTheApi, roleOf } from './names.ts';

type ObjectLevel = Extract<Level, { object: object }>;

/** Names of a body that may be that of anything. */
const ofAnything = new Set(['payload', 'json']);

/** Whether a member is named as the body of the request beside it. */
export function isBodyOfRequest(key: string): boolean {
  return isBodyKey(key) && !ofAnything.has(canonical(key));
}

/**
 * Whether method, URL and headers in the very object that holds a body are of another call. `perhaps`: the body lies beside
 * them, under a name that does not say.
 */
export function isBesideOtherCall(
  { object, name, key }: ObjectLevel,
  botId: unknown,
): 'yes' | 'perhaps' | 'no' {
  if (isBodyOfRequest(key) || holdsSentRequest(name) || !isOfOtherCall(object, botId)) return 'no';
  const held = object[key];
  const isDirect = typeof held === 'string' || (isObject(held) && isBody(held));
  return isDirect && !isLogKey(key) ? 'perhaps' : 'yes';
}

/** @param botId of the body; a router may leave out the rest of a path */
export function isOfOtherCall(request: unknown, botId: unknown): boolean {
  if (!isObject(request)) return false;
  const urls = Object.keys(request).flatMap((key) => {
    const value = request[key];
    return typeof value === 'string' && roleOf([canonical(key)])?.role === 'url' ? [value] : [];
  });
  return urls.length > 0 && urls.every((url) => isOfOtherService(url, botId));
}

/** What looks like a path of the hooks may be a wrong one of them. */
function isOfOtherService(url: string, botId: unknown): boolean {
  if (!/^(?:https?:\/\/|\/)/i.test(url) || isOfTheApi(url)) return false;
  const isOfBot = typeof botId === 'string' && botId !== '' && url.includes(botId);
  return !isOfBot && !/\/hooks?\b|assign-conversation/i.test(url);
}
