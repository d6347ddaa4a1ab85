// The well-formed requests that the tenant has accepted of a worker, for what refusals are compared with.
import type { Sequence } from '../src/protocol/controls/sequence.ts';
import type { HooksBody } from '../src/protocol/events.ts';
import type { Session } from '../src/run/session.ts';
import type { TenantRequest } from '../src/tenant/tenant.ts';

/** More than a run of the suite has; an exploration has no end. */
const max = 3000;

const requestsOf = new WeakMap<Session, Sequence[]>();

/** The last of them, each as a conversation of one request. */
export function acceptedRequests(session: Session): readonly Sequence[] {
  return requestsOf.get(session) ?? [];
}

export function noteAccepted(session: Session, { to, body, token, contentType }: TenantRequest): void {
  if (to !== 'hooks') return;
  const requests = requestsOf.get(session) ?? [];
  requestsOf.set(session, requests);
  requests.push({
    bodies: [body as HooksBody],
    ...(token && token !== 'a valid token' ? { token } : {}),
    ...(contentType && contentType !== 'application/json' ? { contentType } : {}),
  });
  if (requests.length > max) requests.splice(0, max / 2);
}
