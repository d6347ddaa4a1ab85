// For each requirement that one hooks request shows by itself: a request that keeps it, one that breaks it and nothing
// else, and what is said then.
import jwt from 'jsonwebtoken';
import type { RequirementId } from '../../../src/protocol/catalogue.ts';
import {
  defaultDialect,
  endEvent,
  eventsBody,
  message,
  messageBody,
  summaryEvent,
  transferEvent,
} from '../../../src/protocol/events.ts';
import { type Defect, withDefect } from '../../../src/protocol/mutations.ts';
import type { SentRequest } from '../../../src/protocol/sent-request.ts';

export interface RequestCase {
  kept: SentRequest;
  broken: SentRequest;
  says: string;
  pointer: string;
  /** HOOKS-XFER-11 is asked for. */
  qualityModule?: true;
}

export const token = jwt.sign({ appId: 'cs-test' }, 'a secret of this test, long enough for HS256');
const envelope = { conversationId: 'c-12345', botId: 'st-XXXX' };
const agent = { number: 1 };
const experience = 'voice';

const headers = { host: 'platform.kore.ai', 'content-type': 'application/json; charset=utf-8', token };
const url = 'https://platform.kore.ai/agentassist/api/v1/hooks/st-XXXX';

export function hooksRequest(body: unknown, other: Partial<SentRequest> = {}): SentRequest {
  return { method: 'POST', url, headers, body, ...other };
}

const transferOf = (dialect = defaultDialect) =>
  transferEvent({ transfer: 'NA', transition: 'entry', agent, experience }, dialect);
const transfer = eventsBody(envelope, [transferOf()]);
const described = eventsBody(envelope, [transferOf({ ...defaultDialect, customFields: 'sent' })]);
const summary = eventsBody(envelope, [summaryEvent()]);
const end = eventsBody(envelope, [endEvent({ agent, experience }, defaultDialect)]);
const said = messageBody(envelope, message({ text: 'Hello', author: 'USER', agent, experience }));

export const leftOut: Defect = { kind: 'left out' };
export const empty: Defect = { kind: 'empty' };
const to = (value: unknown): Defect => ({ kind: 'set to', value });

/** One field of a body made wrong. */
function body(of: object, field: string, defect: Defect, says: string, pointer: string): RequestCase {
  return { kept: hooksRequest(of), broken: hooksRequest(withDefect(of, field, defect)), says, pointer };
}

/** Something about the request made wrong. */
function request(other: Partial<SentRequest>, says: string, pointer = ''): RequestCase {
  return { kept: hooksRequest(transfer), broken: hooksRequest(transfer, other), says, pointer };
}

const { 'content-type': _, ...withoutType } = headers;
const { token: __, ...withoutToken } = headers;
const signedOtherwise = jwt.sign({ appId: 'cs-test' }, 'x'.repeat(64), { algorithm: 'HS512' });
const withoutApp = jwt.sign({ app: 'cs-test' }, 'x'.repeat(64));
const unknownEvents = withDefect(transfer, 'name', to('AGENT_JOINED'));
const names = 'INTERNAL_TRANSFER_EVENT, TRIGGER_SUMMARY_EVENT, END_OF_CONVERSATION';
const event = '/events/0';
const XFER = 'INTERNAL_TRANSFER_EVENT';
const END = 'END_OF_CONVERSATION';

export const hooksCases = {
  'HOOKS-EP-01': [request({ method: 'PUT' }, 'The request is sent with "PUT", not with POST')],
  'HOOKS-EP-02': [
    request(
      { url: 'https://platform.kore.ai/agentassist/api/v2/hooks/st-XXXX' },
      'The request goes to "/agentassist/api/v2/hooks", which is no documented path of the hooks',
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
  'HOOKS-ENV-01': [
    body(transfer, 'conversationId', leftOut, 'envelope: conversationId is missing', '/conversationId'),
    body(transfer, 'conversationId', empty, 'envelope: conversationId is empty', '/conversationId'),
  ],
  'HOOKS-ENV-03': [body(transfer, 'botId', leftOut, 'envelope: botId is missing', '/botId')],
  'HOOKS-ENV-04': [
    body(
      transfer,
      'botId',
      to('st-other'),
      'The botId of the body is "st-other", that of the path "st-XXXX"',
      '/botId',
    ),
  ],
  'HOOKS-ENV-05': [
    body(transfer, 'events', leftOut, 'envelope: events is missing, and the body is no message', '/events'),
    body(transfer, 'events', empty, 'envelope: events is empty', '/events'),
    body(transfer, 'events', to({}), 'envelope: events is {}, it must be an array', '/events'),
  ],
  'HOOKS-ENV-07': [
    {
      ...request({ body: unknownEvents }, `event: name is "AGENT_JOINED", it must be one of ${names}`),
      pointer: `${event}/name`,
    },
    body(end, 'name', leftOut, 'event: name is missing', `${event}/name`),
  ],
  'HOOKS-MSG-01': [body(said, 'query', empty, 'message: query is empty', '/query')],
  'HOOKS-MSG-02': [body(said, 'agentId', leftOut, 'message: agentId is missing', '/agentId')],
  'HOOKS-MSG-03': [
    body(
      said,
      'experience',
      to('email'),
      'message: experience is "email", it must be one of "chat", "voice"',
      '/experience',
    ),
  ],
  'HOOKS-MSG-04': [
    body(
      said,
      'author.type',
      to('BOT'),
      'message: author.type is "BOT", it must be one of "USER", "AGENT"',
      '/author/type',
    ),
  ],
  'HOOKS-MSG-05': [body(said, 'source', leftOut, 'message: source is missing', '/source')],
  'HOOKS-MSG-06': [
    body(
      said,
      'sendUserMessage',
      to('true'),
      'message: sendUserMessage is "true", it must be a boolean',
      '/sendUserMessage',
    ),
  ],
  'HOOKS-MSG-07': [
    body(said, 'sendAgentMessage', leftOut, 'message: sendAgentMessage is missing', '/sendAgentMessage'),
  ],
  'HOOKS-MSG-08': [body(said, 'language', leftOut, 'message: language is missing', '/language')],
  'HOOKS-MSG-09': [
    body(
      said,
      'sendAgentMessage',
      to(true),
      'sendAgentMessage is true, but author.type is "USER"',
      '/sendAgentMessage',
    ),
    body(
      said,
      'author.type',
      to('AGENT'),
      'sendUserMessage is true, but author.type is "AGENT"',
      '/sendUserMessage',
    ),
  ],
  'HOOKS-XFER-01': [
    body(
      transfer,
      'transfertype',
      to('Cold'),
      `${XFER}: transfertype is "Cold", it must be one of "NA", "COLD", "WARM", "cold", "warm", "redial"`,
      `${event}/transfertype`,
    ),
  ],
  'HOOKS-XFER-02': [
    body(
      transfer,
      'transition',
      to('joined'),
      `${XFER}: transition is "joined", it must be one of "entry", "exit"`,
      `${event}/transition`,
    ),
  ],
  'HOOKS-XFER-03': [
    body(transfer, 'isExtAD', leftOut, `${XFER}: isExtAD is missing`, `${event}/isExtAD`),
    body(
      transfer,
      'isExtAD',
      to('yes'),
      `${XFER}: isExtAD is "yes", it must be one of true, false, "true", "false"`,
      `${event}/isExtAD`,
    ),
  ],
  'HOOKS-XFER-07': [
    body(transfer, 'experience', leftOut, `${XFER}: experience is missing`, `${event}/experience`),
  ],
  'HOOKS-XFER-08': [
    body(transfer, 'participant', leftOut, `${XFER}: participant is missing`, `${event}/participant`),
    body(
      transfer,
      'participant.name',
      empty,
      `${XFER}: participant.name is empty`,
      `${event}/participant/name`,
    ),
  ],
  'HOOKS-XFER-09': [
    body(
      transfer,
      'participant.type',
      to('human'),
      `${XFER}: participant.type is "human", not "agent"`,
      `${event}/participant/type`,
    ),
  ],
  'HOOKS-XFER-11': [
    {
      kept: hooksRequest(described),
      broken: hooksRequest(transfer),
      says: `${XFER}: with the Quality Module in use, participant.customFields lacks agentEmail, queueId, queueName`,
      pointer: `${event}/participant/customFields`,
      qualityModule: true,
    },
    {
      kept: hooksRequest(described),
      broken: hooksRequest(withDefect(described, 'participant.customFields.queueId', empty)),
      says: `${XFER}: with the Quality Module in use, participant.customFields lacks queueId`,
      pointer: `${event}/participant/customFields`,
      qualityModule: true,
    },
  ],
  'HOOKS-SUM-01': [
    body(
      summary,
      'data.language',
      leftOut,
      'TRIGGER_SUMMARY_EVENT: data.language is missing',
      `${event}/data/language`,
    ),
  ],
  'HOOKS-SUM-02': [
    body(
      summary,
      'data.locale',
      leftOut,
      'TRIGGER_SUMMARY_EVENT: data.locale is missing',
      `${event}/data/locale`,
    ),
  ],
  'HOOKS-SUM-03': [
    body(summary, 'data.type', leftOut, 'TRIGGER_SUMMARY_EVENT: data.type is missing', `${event}/data/type`),
  ],
  'HOOKS-EOC-02': [body(end, 'reason', leftOut, `${END}: reason is missing`, `${event}/reason`)],
  'HOOKS-EOC-03': [body(end, 'language', leftOut, `${END}: language is missing`, `${event}/language`)],
  'HOOKS-EOC-04': [
    body(
      end,
      'experience',
      to('fax'),
      `${END}: experience is "fax", it must be one of "chat", "voice"`,
      `${event}/experience`,
    ),
  ],
  'HOOKS-EOC-05': [
    body(
      end,
      'participant.identity',
      leftOut,
      `${END}: participant.identity is missing`,
      `${event}/participant/identity`,
    ),
  ],
} satisfies Partial<Record<RequirementId, RequestCase[]>>;
