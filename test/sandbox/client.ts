// How the tests send requests to the sandbox: by real HTTP, with a good JWT unless the test has another one.
import jwt from 'jsonwebtoken';
import {
  defaultDialect,
  type Event,
  endEvent,
  eventsBody,
  message,
  summaryEvent,
  transferEvent,
} from '../../src/protocol/events.ts';
import type { EventMove } from '../../src/protocol/flows.ts';
import type { Sandbox } from '../../src/sandbox/server.ts';

export interface Reply {
  status: number;
  headers: Headers;
  json: Record<string, unknown>;
}

export interface Sending {
  body?: unknown;
  headers?: Record<string, string>;
  method?: string;
  path?: string;
}

/** A good token of the sandbox's client app. */
export function goodToken(sandbox: Sandbox): string {
  return jwt.sign({ appId: sandbox.settings.TENANT_CLIENT_ID }, sandbox.settings.TENANT_CLIENT_SECRET!);
}

export function hooksPath(sandbox: Sandbox, botId = sandbox.settings.TENANT_BOT_ID): string {
  return `/agentassist/api/v1/hooks/${botId}`;
}

export async function send(sandbox: Sandbox, sending: Sending): Promise<Reply> {
  const { body } = sending;
  const content = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  const response = await fetch(sandbox.url + (sending.path ?? hooksPath(sandbox)), {
    method: sending.method ?? 'POST',
    headers: sending.headers ?? { token: goodToken(sandbox), 'content-type': 'application/json' },
    ...(content === undefined ? {} : { body: content as string }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text === '' ? {} : JSON.parse(text) };
}

export function envelope(sandbox: Sandbox, conversationId: string) {
  return { conversationId, botId: sandbox.settings.TENANT_BOT_ID! };
}

export function sendEvents(sandbox: Sandbox, conversationId: string, ...events: Event[]): Promise<Reply> {
  return send(sandbox, { body: eventsBody(envelope(sandbox, conversationId), events) });
}

/** @param text the event in short: "cold entry 2", "summary", "end" */
export function eventOf(text: string): Event {
  const [transfer, transition, agent = '1'] = text.split(' ') as [string, 'entry' | 'exit', string?];
  if (transfer === 'summary') return summaryEvent();
  if (transfer === 'end') return endEvent({ agent: { number: 1 }, experience: 'voice' }, defaultDialect);
  const move = { transfer: transfer as 'NA' | 'cold' | 'warm' | 'redial', transition };
  return transferEvent({ ...move, agent: { number: Number(agent) }, experience: 'voice' }, defaultDialect);
}

export function eventOfMove(move: EventMove): Event {
  if (move.type === 'summary') return summaryEvent();
  const { agent } = move;
  if (move.type === 'end') return endEvent({ agent, experience: 'voice' }, defaultDialect);
  const { transfer, transition } = move;
  return transferEvent({ transfer, transition, agent, experience: 'voice' }, defaultDialect);
}

export function userMessage() {
  return message({ text: 'Good day', author: 'USER', agent: { number: 1 }, experience: 'chat' });
}
