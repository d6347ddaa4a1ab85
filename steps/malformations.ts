// Requests that are wrong as a whole, not in one field.
import type { HooksBody } from '../src/protocol/events.ts';
import type { TenantRequest } from '../src/tenant/tenant.ts';

type Malform = (request: TenantRequest) => TenantRequest;

const body = (change: (text: string) => string): Malform => {
  return (request) => ({ ...request, body: change(JSON.stringify(request.body)) });
};
const contentType =
  (value: string): Malform =>
  (request) => ({ ...request, contentType: value });
const method =
  (value: string): Malform =>
  (request) => ({ ...request, method: value });

/** Without a body: some servers close the connection on a GET that has one. */
const get: Malform = ({ body: _, ...request }) => ({ ...request, method: 'GET' });

function withNamelessEvent(body: object): object {
  const { events = [] } = body as HooksBody;
  return { ...body, events: [...events, { ...events[0], name: undefined }] };
}

export const malformations = {
  'its body cut off in the middle': body((text) => text.slice(0, text.length / 2)),
  'an empty body': body(() => ''),
  'a text as its body': body(() => 'Agent 1 has joined'),
  'a JSON list as its body': body((text) => `[${text}]`),
  'a JSON text as its body': body((text) => JSON.stringify(text)),
  'null as its body': body(() => 'null'),
  'its body twice': body((text) => `${text}${text}`),
  'a comma too many in its body': body((text) => text.replace(/\}$/, ',}')),
  'a second event that has no name': (request) => ({
    ...request,
    body: withNamelessEvent(request.body as object),
  }),
  'content type text/plain': contentType('text/plain'),
  'content type application/x-www-form-urlencoded': contentType('application/x-www-form-urlencoded'),
  'content type application/xml': contentType('application/xml'),
  'an empty content type': contentType(''),
  'method GET': get,
  'method PUT': method('PUT'),
  'method PATCH': method('PATCH'),
  'method DELETE': method('DELETE'),
} satisfies Record<string, Malform>;

export type Malformation = keyof typeof malformations;
