// The documented flows as data: who does what, in order. events.ts builds their bodies.
import type { Agent, Transfer, Transition } from './events.ts';

/** Sends one event. */
export type EventMove =
  | { type: 'transfer'; transfer: Transfer; transition: Transition; agent: Agent }
  | { type: 'summary' }
  | { type: 'end'; agent: Agent };

export type Move = EventMove | { type: 'message'; author: 'USER' | 'AGENT'; agent: Agent };

function moves(transfer: Transfer, transition: Transition, agent: number): EventMove {
  return { type: 'transfer', transfer, transition, agent: { number: agent } };
}

function says(author: 'USER' | 'AGENT', agent: number): Move {
  return { type: 'message', author, agent: { number: agent } };
}

const summary: EventMove = { type: 'summary' };
const end = (agent: number): EventMove => ({ type: 'end', agent: { number: agent } });

export const flows = {
  /** CE, Standard Conversation Flow, Key Rule. */
  'the minimum conversation': [moves('NA', 'entry', 1), moves('NA', 'exit', 1), end(1)],
  /** CE and IT, Cold Transfer Flow. */
  'the cold transfer flow': [
    moves('NA', 'entry', 1),
    moves('cold', 'exit', 1),
    moves('cold', 'entry', 2),
    moves('cold', 'exit', 2),
    moves('cold', 'entry', 3),
    moves('NA', 'exit', 3),
    summary,
    end(3),
  ],
  /** CE and IT, Warm Transfer Flow. */
  'the warm transfer flow': [
    moves('NA', 'entry', 1),
    moves('warm', 'entry', 2),
    moves('warm', 'entry', 3),
    moves('warm', 'exit', 2),
    moves('warm', 'exit', 3),
    moves('NA', 'exit', 1),
    summary,
    end(1),
  ],
  /** CE, Abrupt Conversation End (Redial). */
  'the redial flow': [
    moves('NA', 'entry', 1),
    moves('NA', 'exit', 1),
    moves('redial', 'entry', 1),
    moves('NA', 'exit', 1),
    summary,
    end(1),
  ],
} satisfies Record<string, EventMove[]>;

export const flowsWithMessages = {
  /** CE, Standard Conversation Flow, and Request Body. */
  'a conversation with messages': [
    moves('NA', 'entry', 1),
    says('USER', 1),
    says('AGENT', 1),
    moves('NA', 'exit', 1),
    end(1),
  ],
} satisfies Record<string, Move[]>;

export type FlowName = keyof typeof flows;
