// HOOKS-EP-03: every kind of event goes to the same endpoint.
import { defaultHooksPath, documentOfPath } from '../protocol/endpoints.ts';
import { type SenderFinding, senderFinding } from '../protocol/lifecycle/lifecycle.ts';
import { hooksEndpoint, type SenderProfile } from '../protocol/sent-request.ts';
import { shown } from '../text/shown-value.ts';

export function endpointOf(url: string, hooksPath: string | undefined): string | undefined {
  const endpoint = hooksEndpoint(url, hooksPath);
  return endpoint && `${endpoint.path}/${endpoint.botId}`;
}

/** @param before the endpoint of the request before it, if that is known */
export function otherEndpoint(
  url: string,
  before: string | undefined,
  { hooksPath, ownPaths }: SenderProfile,
): SenderFinding | undefined {
  const now = endpointOf(url, hooksPath);
  if (now === undefined || before === undefined || before === now) return undefined;
  const paths = [before, now].map(pathBefore);
  // The profile says that some events have a path of their own.
  if (ownPaths && paths.every((path) => ownPaths.includes(path) || path === (hooksPath ?? defaultHooksPath)))
    return undefined;
  const document = documentOfPath(paths[1]!);
  const shownBy = document ? `; ${paths[1]} is the path that ${document} shows (X-02)` : '';
  const text = `The request goes to ${shown(now)}, the one before it went to ${shown(before)}${shownBy}`;
  return senderFinding('HOOKS-EP-03', text);
}

/** An endpoint without its botId. */
function pathBefore(endpoint: string): string {
  return endpoint.slice(0, endpoint.lastIndexOf('/'));
}
