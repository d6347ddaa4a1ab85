// Exchanges to draw: built by the protocol's Conversation, with any answer. And how to read a picture.
import assert from 'node:assert/strict';
import type { TransportCode } from '../../src/errors/error-codes.ts';
import { type Picture, pictures } from '../../src/evidence/picture.ts';
import type { LabelledExchange } from '../../src/evidence/timeline.ts';
import { Conversation, type OutgoingRequest } from '../../src/protocol/conversation.ts';
import { defaultDialect } from '../../src/protocol/events.ts';
import { flows } from '../../src/protocol/flows.ts';
import { transportFailure } from '../../src/tenant/transport-failures.ts';
import { xmlProblem } from '../run/xml.ts';

const hooks = 'http://tenant.example/agentassist/api/v1/hooks/st-1';
const assignConversation = 'http://tenant.example/agentassist/api/v1/public/st-1/assign-conversation';
export const callbackUrl = 'http://here.example/callbacks/1';

export function conversation(conversationId = 'conformance-1', experience: 'voice' | 'chat' = 'voice') {
  return new Conversation({ conversationId, botId: 'st-1' }, experience, defaultDialect);
}

let clock = 0;

export function answered(
  request: OutgoingRequest | { label: string; body: object | string },
  status = 200,
  body = 'OK',
) {
  return exchange(request.label, hooks, request.body, { answer: { status, headers: {}, body } });
}

export function unanswered(request: OutgoingRequest, code: TransportCode, message: string): LabelledExchange {
  return exchange(request.label, hooks, request.body, {
    failure: transportFailure(code, message),
  });
}

export function faulty(request: OutgoingRequest, fault: string, body: object | string = request.body) {
  return answered({ label: `${request.label}, but ${fault}`, body }, 400, '{"message":"no"}');
}

export function transfer(label: string, parameters: object, status = 200): LabelledExchange {
  const body = { callbackUrl, botSessionId: 'session-1', ...parameters };
  return exchange(label, assignConversation, body, { answer: { status, headers: {}, body: '{}' } });
}

export function outcome(body: object): LabelledExchange {
  const answer = { status: 200, headers: {}, body: '' };
  return exchange('outcome of the transfer to the agent', callbackUrl, body, { answer });
}

/** The answered events of a documented flow. */
export function flowExchanges(flow: keyof typeof flows, id?: string): LabelledExchange[] {
  const of = conversation(id);
  return flows[flow].map((move) => answered(of.move(move)));
}

function exchange(
  label: string,
  url: string,
  body: object | string,
  came: Pick<LabelledExchange, 'answer' | 'failure'>,
): LabelledExchange {
  clock += 5;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    label,
    request: { method: 'POST', url, headers: {}, body: text },
    startedAt: 1_700_000_000_000 + clock,
    durationMs: 1,
    attempts: 1,
    ...came,
  };
}

/** The one picture of some exchanges; it is well-formed. */
export function only(exchanges: LabelledExchange[]): Picture {
  const all = pictures(exchanges);
  assert.equal(all.length, 1, all.map(({ title }) => title).join('\n'));
  assert.equal(xmlProblem(all[0]!.svg), undefined);
  return all[0]!;
}

/** The texts of a picture, in the order of a reader. */
export function texts({ svg }: Picture): string[] {
  return [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, text]) => text!.replace(/<[^>]*>/g, ''));
}

export function count({ svg }: Picture, part: string | RegExp): number {
  return svg.split(part).length - 1;
}
