// Rows of the tables that spell out exact events: | event | transfer | transition | agent |
import type { Conversation } from '../src/protocol/conversation.ts';
import type { Agent, Event, Transfer, Transition } from '../src/protocol/events.ts';

type Row = Record<string, string>;

/** @throws when a cell is none of the words it may hold */
export function eventOf(conversation: Conversation, row: Row): Event {
  const event = cell(row, 'event', ['transfer', 'summary', 'end']);
  if (event === 'summary') return conversation.moveEvent({ type: 'summary' });
  if (event === 'end') return conversation.moveEvent({ type: 'end', agent: agentOf(row) });
  return conversation.moveEvent({
    type: 'transfer',
    transfer: cell(row, 'transfer', ['NA', 'cold', 'warm', 'redial']) as Transfer,
    transition: cell(row, 'transition', ['entry', 'exit']) as Transition,
    agent: agentOf(row),
  });
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
