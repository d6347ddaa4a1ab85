// Rows of the tables that spell out exact events: | event | transfer | transition | agent |
import type { Conversation } from '../src/protocol/conversation.ts';
import type { EventStepType } from '../src/protocol/event-table.ts';
import {
  type Agent,
  type Event,
  type Transfer,
  type Transition,
  transfers,
  transitions,
} from '../src/protocol/events.ts';
import type { Move } from '../src/protocol/flows.ts';

type Row = Record<string, string>;

const moves: Record<EventStepType, (row: Row) => Move> = {
  transfer: (row) => ({
    type: 'transfer',
    transfer: cell(row, 'transfer', transfers) as Transfer,
    transition: cell(row, 'transition', transitions) as Transition,
    agent: agentOf(row),
  }),
  summary: () => ({ type: 'summary' }),
  end: (row) => ({ type: 'end', agent: agentOf(row) }),
};

/** @throws when a cell is none of the words it may hold */
export function eventOf(conversation: Conversation, row: Row): Event {
  const type = cell(row, 'event', Object.keys(moves)) as EventStepType;
  return conversation.moveEvent(moves[type](row));
}

/** A cell that holds one of some words. */
export function cell(row: Row, column: string, words: readonly string[]): string {
  const value = row[column];
  if (value === undefined) throw new Error(`The table has no column "${column}"`);
  if (!words.includes(value))
    throw new Error(`"${value}" in column "${column}": must be one of ${words.join(', ')}`);
  return value;
}

function agentOf(row: Row): Agent {
  const number = /^Agent (\d+)$/.exec(row.agent ?? '')?.[1];
  if (!number) throw new Error(`"${row.agent ?? ''}" in column "agent": must be like Agent 1`);
  return { number: Number(number) };
}
