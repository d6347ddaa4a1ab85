// Logs whose check must not take longer for each line the longer they are: one conversation that never ends, a mistake in
// every line, ever new agents, ids, failures. Each is a request by its number in the log.
import type { SentRequest } from '../src/protocol/sent-request.ts';

export type HostileRequest = SentRequest & { time?: number; status?: number };

const botId = 'st-1a2b3c4d-0000-5111-8222-333344445555';
const began = Date.UTC(2026, 0, 1);

export const hostileLogs: Record<string, (number: number) => HostileRequest> = {
  'all in conversation "undefined"': (n) =>
    [transfer('NA entry', 1), transfer('NA exit', 1), end(), transfer('warm entry', 2)][n % 4]!,
  'entries of 50 agents, then their exits': (n) =>
    transfer(n % 100 < 50 ? 'warm entry' : 'warm exit', n % 50),
  'entry and exit of 50 agents in turn': (n) => transfer(n % 2 ? 'cold exit' : 'cold entry', (n >> 1) % 50),
  'ever new agents': (n) => transfer('warm entry', n),
  'ever new agents who leave': (n) => transfer('NA exit', n),
  'all answered with 503': (n) => ({ ...at(n), ...transfer('NA entry', 1), status: 503 }),
  'ever new agents, answered with 503': (n) => ({ ...at(n), ...transfer('warm entry', n), status: 503 }),
  'retries with ever new faults': (n) => {
    const request = transfer('NA entry', 1, n % 20);
    return { ...at(n), ...request, status: 503 };
  },
  'every other request too late': (n) => ({
    ...at(n ^ 1),
    ...transfer(n % 2 ? 'warm exit' : 'warm entry', 1),
  }),
  'a conversation each half hour': (n) => ({
    ...transfer('NA entry', 1, `c-${n}`),
    time: began + n * 1_800_000,
  }),
  'conversations that begin with the same agent': (n) =>
    n === 0 ? transfer('NA entry', 1, 'first') : transfer('warm exit', 1, `c-${n}`),
  'ends again and again': (n) => (n < 2 ? transfer(n ? 'NA exit' : 'NA entry', 1) : end()),
};

function at(second: number): { time: number } {
  return { time: began + second * 1000 };
}

function transfer(kind: string, agent: number, conversationId: string | number = 'undefined'): SentRequest {
  const [transfertype, transition] = kind.split(' ');
  const participant = { identity: `agent-${agent}`, name: `Agent ${agent}`, type: 'agent' };
  const event = { name: 'INTERNAL_TRANSFER_EVENT', type: 'INTERNAL', transfertype, transition, participant };
  return typeof conversationId === 'string'
    ? { body: { conversationId, botId, events: [event] } }
    : { body: { conversationId: 'undefined', botId: conversationId, events: [event] } };
}

function end(): SentRequest {
  return {
    body: {
      conversationId: 'undefined',
      botId,
      events: [{ name: 'END_OF_CONVERSATION', reason: 'RESOLVED' }],
    },
  };
}
