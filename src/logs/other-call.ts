// A request that a record holds beside a body, and that goes to another service: as loggers write the one being handled while
// the hooks are called. Neither its method nor its headers are those of the call.
import { isObject } from '../protocol/requests.ts';
import { canonical, isOfTheApi, roleOf } from './names.ts';

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
