// For each requirement that one hooks request shows on its own: a request that keeps it, one that breaks it and nothing
// else, and the message.
import jwt from 'jsonwebtoken';
import type { RequirementId } from '../../../src/protocol/catalogue.ts';
import { eventNames } from '../../../src/protocol/event-table.ts';
import { defaultDialect } from '../../../src/protocol/events.ts';
import { type Defect, withDefect } from '../../../src/protocol/mutations.ts';
import type { SentRequest } from '../../../src/protocol/sent-request.ts';
import { documentedFields } from '../documented-fields.ts';
import { exampleBody } from '../examples.ts';

export interface RequestCase {
  kept: SentRequest;
  broken: SentRequest;
  wording: string;
  pointer: string;
  /** Whether HOOKS-XFER-11 applies. */
  qualityModule?: true;
}

export const token = jwt.sign({ appId: 'cs-test' }, 'a secret of this test, long enough for HS256');

const headers = { 'content-length': '412', 'content-type': 'application/json; charset=utf-8', token };
const url = 'https://platform.kore.ai/agentassist/api/v1/hooks/st-XXXX';

export function hooksRequest(body: unknown, other: Partial<SentRequest> = {}): SentRequest {
  return { method: 'POST', url, headers, body, ...other };
}

const transfer = exampleBody('INTERNAL_TRANSFER_EVENT');
const described = exampleBody('INTERNAL_TRANSFER_EVENT', { ...defaultDialect, customFields: 'sent' });
const end = exampleBody('END_OF_CONVERSATION');
const exampleMessage = exampleBody('message');

export const leftOut: Defect = { kind: 'left out' };
export const empty: Defect = { kind: 'empty' };
const setTo = (value: unknown): Defect => ({ kind: 'set to', value });

/** One field of a body made wrong. */
function body(of: object, field: string, defect: Defect, wording: string, pointer: string): RequestCase {
  return { kept: hooksRequest(of), broken: hooksRequest(withDefect(of, field, defect)), wording, pointer };
}

/** Another part of the request made wrong. */
function request(other: Partial<SentRequest>, wording: string, pointer = ''): RequestCase {
  return { kept: hooksRequest(transfer), broken: hooksRequest(transfer, other), wording, pointer };
}

const { 'content-type': _, ...withoutType } = headers;
const { token: __, ...withoutToken } = headers;
const signedOtherwise = jwt.sign({ appId: 'cs-test' }, 'x'.repeat(64), { algorithm: 'HS512' });
const withoutApp = jwt.sign({ app: 'cs-test' }, 'x'.repeat(64));
const withUnknownEvent = withDefect(transfer, 'name', setTo('AGENT_JOINED'));
const names = eventNames.join(', ');
const firstEvent = '/events/0';
const XFER = 'INTERNAL_TRANSFER_EVENT';

/** Requirements of more than the presence of a field. */
const others = {
  'HOOKS-EP-01': [request({ method: 'PUT' }, 'The request is sent with "PUT", not with POST')],
  'HOOKS-EP-02': [
    request(
      { url: 'https://platform.kore.ai/agentassist/api/v2/hooks/st-XXXX' },
      'The request goes to "/agentassist/api/v2/hooks", which is not a documented path of the hooks',
    ),
  ],
  'HOOKS-EP-04': [
    request({ url: 'https://platform.kore.ai/agentassist/api/v1/hooks/' }, 'The path carries no botId'),
  ],
  'HOOKS-HDR-01': [
    request({ headers: withoutType }, 'The Content-Type header is missing'),
    request(
      { headers: { ...headers, 'content-type': 'text/plain' } },
      'The Content-Type is "text/plain", not application/json',
    ),
  ],
  'HOOKS-AUTH-01': [
    request({ headers: withoutToken }, 'There is no token: neither the token nor the auth header was sent'),
    request({ headers: { ...headers, token: '' } }, 'The token header is empty'),
    request({ headers: { ...headers, token: ' ', auth: '' } }, 'The token header is empty'),
  ],
  'HOOKS-AUTH-02': [
    request(
      { headers: { ...headers, token: signedOtherwise } },
      'The token header holds a JWT that is not signed with HS256',
    ),
    request({ headers: { ...headers, token: withoutApp } }, 'The token header holds a JWT without an appId'),
    request(
      { headers: { ...headers, token: `Bearer ${token}` } },
      'The token header begins with Bearer; it holds the JWT alone',
    ),
    request({ headers: { ...headers, token: 'cs-secret-1234' } }, 'The token header holds no JWT'),
    request({ headers: { ...withoutToken, auth: 'a.b.c.d' } }, 'The auth header holds no JWT'),
  ],
  'HOOKS-ENV-04': [
    body(
      transfer,
      'botId',
      setTo('st-other'),
      'The botId of the body is "st-other", that of the path "st-XXXX"',
      '/botId',
    ),
  ],
  'HOOKS-ENV-05': [
    body(
      transfer,
      'events',
      leftOut,
      'envelope: events is missing, and the body is not a message',
      '/events',
    ),
    body(transfer, 'events', empty, 'envelope: events is empty', '/events'),
    body(transfer, 'events', setTo({}), 'envelope: events is {}, it must be an array', '/events'),
  ],
  'HOOKS-ENV-08': [
    body(
      transfer,
      'language',
      setTo(7),
      `${XFER}: language is 7, it must be a string`,
      `${firstEvent}/language`,
    ),
    body(
      described,
      'participant.customFields',
      setTo('none'),
      `${XFER}: participant.customFields is "none", it must be an object`,
      `${firstEvent}/participant/customFields`,
    ),
  ],
  'HOOKS-ENV-09': [
    body(
      transfer,
      'language',
      setTo(null),
      `${XFER}: language is null, it must be a string`,
      `${firstEvent}/language`,
    ),
    body(
      described,
      'participant.customFields.queueId',
      setTo(null),
      `${XFER}: participant.customFields.queueId is null, it must be a string`,
      `${firstEvent}/participant/customFields/queueId`,
    ),
  ],
  'HOOKS-ENV-07': [
    {
      ...request({ body: withUnknownEvent }, `event: name is "AGENT_JOINED", it must be one of ${names}`),
      pointer: `${firstEvent}/name`,
    },
  ],
  'HOOKS-MSG-03': [
    body(
      exampleMessage,
      'experience',
      setTo('email'),
      'message: experience is "email", it must be one of "chat", "voice"',
      '/experience',
    ),
  ],
  'HOOKS-MSG-09': [
    body(
      exampleMessage,
      'sendAgentMessage',
      setTo(true),
      'sendAgentMessage is true, but author.type is "USER"',
      '/sendAgentMessage',
    ),
    body(
      exampleMessage,
      'author.type',
      setTo('AGENT'),
      'sendUserMessage is true, but author.type is "AGENT"',
      '/sendUserMessage',
    ),
  ],
  'HOOKS-XFER-09': [
    body(
      transfer,
      'participant.type',
      setTo('human'),
      `${XFER}: participant.type is "human", not "agent"`,
      `${firstEvent}/participant/type`,
    ),
  ],
  'HOOKS-XFER-11': [
    {
      kept: hooksRequest(described),
      broken: hooksRequest(transfer),
      wording: `${XFER}: with the Quality Module in use, participant.customFields lacks agentEmail, queueId, queueName`,
      pointer: `${firstEvent}/participant/customFields`,
      qualityModule: true,
    },
    {
      kept: hooksRequest(described),
      broken: hooksRequest(withDefect(described, 'participant.customFields.queueId', empty)),
      wording: `${XFER}: with the Quality Module in use, participant.customFields lacks queueId`,
      pointer: `${firstEvent}/participant/customFields`,
      qualityModule: true,
    },
  ],
} satisfies Partial<Record<RequirementId, RequestCase[]>>;

/** One field left out, by the requirement that this breaks; ../requests.test.ts tests its values. */
const fieldCases = documentedFields
  .filter(({ field, missing }) => field !== 'events' && missing.length === 1)
  .map(({ where, field, missing }) => {
    const at = where === 'message' || where === 'envelope' ? '' : firstEvent;
    const pointer = `${at}/${field.replaceAll('.', '/')}`;
    const one = body(exampleBody(where), field, leftOut, `${where}: ${field} is missing`, pointer);
    return { id: missing[0]!, one };
  });

export const hooksCases: Readonly<Partial<Record<RequirementId, RequestCase[]>>> = {
  ...others,
  ...Object.fromEntries(
    [...Map.groupBy(fieldCases, ({ id }) => id)].map(([id, some]) => [
      id,
      [...some.map(({ one }) => one), ...(id in others ? others[id as keyof typeof others] : [])],
    ]),
  ),
};

export const messageRequest = hooksRequest(exampleMessage);
export const endRequest = hooksRequest(end);
export const withoutCustomFields = others['HOOKS-XFER-11'][0]!.broken;
