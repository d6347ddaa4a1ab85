// The URL of a request without personal data: what the documents name stays.
import { decodedPart, hooksPaths } from '../protocol/endpoints.ts';
import { isObject } from '../protocol/requests.ts';
import { hostInFront } from '../protocol/sent-request.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import { requestShape, unknownField } from './shape.ts';
import { nameWithout, textWithout } from './value.ts';

const ofTheApi = [...Object.values(hooksPaths), '/agentassist/api/v1/public/x/assign-conversation'].flatMap(
  (path) => path.split('/').filter((part) => part !== 'x'),
);

/**
 * @param body of the request, parsed: whether its botId is that of the path must stay as it is
 * @param paths further paths whose parts may be shown: those of the tenant's settings
 */
export function urlWithout(
  url: string,
  body: unknown,
  paths: readonly string[],
  pseudonyms: Pseudonyms,
): string {
  const [, origin = '', path = '', query] =
    /^((?:[a-z][a-z\d+.-]*:)?\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/i.exec(
      hostInFront.test(url) ? `//${url}` : url,
    )!;
  const bot = isObject(body) ? body.botId : undefined;
  const shown = new Set([...ofTheApi, ...paths.flatMap((one) => one.split('/'))]);
  const parts = path.split('/').map((part) => {
    if (shown.has(part) || part === '.' || part === '..') return part;
    const clean = pseudonyms.of(part === bot ? part : (decodedPart(part) ?? part));
    // So that a path that looks like one of the hooks still does.
    return part.startsWith('hook') ? `hook-${clean}` : clean;
  });
  const clean = `${origin.replace(/^(.*\/\/).*@/, '$1')}${parts.join('/')}${queryWithout(query, pseudonyms)}`;
  return hostInFront.test(url) ? clean.slice(2) : clean;
}

function queryWithout(query: string | undefined, pseudonyms: Pseudonyms): string {
  if (query === undefined) return '';
  const pairs = [...new URLSearchParams(query)].map(([name, value]) => {
    const shape = requestShape.members.get(name) ?? unknownField;
    return [nameWithout(name, pseudonyms), textWithout(value, shape, pseudonyms)].map(encodeURIComponent);
  });
  return `?${pairs.map((pair) => pair.join('=')).join('&')}`;
}
