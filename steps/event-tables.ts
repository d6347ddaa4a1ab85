// Rows of the tables that spell out exact events: | event | transfer | transition | agent |
import type { Conversation } from '../src/protocol/conversation.ts';
import type { EventStepType } from '../src/protocol/event-table.ts';
import {
  type Agent,
  type Event,
  summaryEvent,
  type Transfer,
  type Transition,
  transfers,
  transitions,
} from '../src/protocol/events.ts';

type Row = Record<string, string>;

const events: Record<EventStepType, (row: Row, conversation: Conversation) => Event> = {
  transfer: (row, conversation) =>
    conversation.transferEvent(
      cell(row, 'transfer', transfers) as Transfer,
      cell(row, 'transition', transitions) as Transition,
      agentOf(row),
    ),
  summary: () => summaryEvent(),
  end: (row, conversation) => conversation.endEvent({ agent: agentOf(row) }),
};

/** @throws Error when a cell has a word that its column does not allow */
export function eventOf(conversation: Conversation, row: Row): Event {
  const type = cell(row, 'event', Object.keys(events)) as EventStepType;
  return events[type](row, conversation);
}

/** A cell of the row, which holds one of these words. */
export function cell(row: Row, column: string, words: readonly string[]): string {
  const value = row[column];
  if (value === undefined) throw new Error(`The table has no column "${column}"`);
  if (!words.includes(value))
    throw new Error(`"${value}" in column "${column}": must be one of ${words.join(', ')}`);
  return value;
}

/** A number of the row, from 1 to 99; 1 without such a column. */
export function countIn(row: Row, column: string): number {
  const value = row[column] ?? '1';
  if (!/^[1-9]\d?$/.test(value))
    throw new Error(`"${value}" in column "${column}": must be a number from 1 to 99`);
  return Number(value);
}

function agentOf(row: Row): Agent {
  const number = /^Agent (\d+)$/.exec(row.agent ?? '')?.[1];
  if (!number) throw new Error(`"${row.agent ?? ''}" in column "agent": must be like Agent 1`);
  return { number: Number(number) };
}
