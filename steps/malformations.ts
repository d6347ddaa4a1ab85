// Requests that are wrong as a whole, not in one field.
import { type Experience, type HooksBody, message } from '../src/protocol/events.ts';
import type { Message } from '../src/protocol/generated/schema-types.ts';
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

/** Adds an event that is like the first one but for a field that it lacks. */
const withEventLacking =
  (field: string): Malform =>
  (request) => {
    const given = request.body as HooksBody;
    const { events = [] } = given;
    return { ...request, body: { ...given, events: [...events, { ...events[0], [field]: undefined }] } };
  };

/** Adds a message. */
const withMessageLacking =
  (field: keyof Message): Malform =>
  (request) => {
    const given = request.body as HooksBody;
    const { experience } = given.events![0] as unknown as { experience: Experience };
    const whole = message({ text: 'Is anybody there?', author: 'USER', agent: { number: 1 }, experience });
    return { ...request, body: { ...given, ...whole, [field]: undefined } };
  };

export const malformations = {
  'its body cut off in the middle': body((text) => text.slice(0, text.length / 2)),
  'an empty body': body(() => ''),
  'a text as its body': body(() => 'Agent 1 has joined'),
  'a JSON list as its body': body((text) => `[${text}]`),
  'a JSON text as its body': body((text) => JSON.stringify(text)),
  'null as its body': body(() => 'null'),
  'its body twice': body((text) => `${text}${text}`),
  'a comma too many in its body': body((text) => text.replace(/\}$/, ',}')),
  'a second event that has no name': withEventLacking('name'),
  'a second event that has no participant': withEventLacking('participant'),
  'a message beside it that has no language': withMessageLacking('language'),
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
