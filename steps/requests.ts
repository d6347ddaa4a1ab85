// The kinds of request that a defect is put into: what has to come before each, and the well-formed one.
import type { Conversation, OutgoingRequest } from '../src/protocol/conversation.ts';

interface KindOfRequest {
  /** What makes a conversation ready for it. */
  before: (conversation: Conversation) => OutgoingRequest[];
  make: (conversation: Conversation) => OutgoingRequest;
}

const agent = { number: 1 };
const joined = (conversation: Conversation) => [conversation.transfer('NA', 'entry', agent)];
const left = (conversation: Conversation) => [
  ...joined(conversation),
  conversation.transfer('NA', 'exit', agent),
];

export const kinds = {
  'an entry event': {
    before: () => [],
    make: (conversation) => conversation.transfer('NA', 'entry', agent),
  },
  'an exit event': {
    before: joined,
    make: (conversation) => conversation.transfer('NA', 'exit', agent),
  },
  'a summary trigger': { before: left, make: (conversation) => conversation.summary() },
  'an end-of-conversation event': { before: left, make: (conversation) => conversation.end() },
  'a user message': {
    before: joined,
    make: (conversation) => conversation.message({ text: 'Price is too expensive', author: 'USER' }),
  },
} satisfies Record<string, KindOfRequest>;

export type Kind = keyof typeof kinds;

/** A conversation that holds every kind of request once at least, from its first event to its last. */
export function everyKind(conversation: Conversation): OutgoingRequest[] {
  const other = { number: 2 };
  return [
    conversation.transfer('NA', 'entry', agent),
    conversation.message({ text: 'Price is too expensive', author: 'USER' }),
    conversation.message({ text: 'Let me see', author: 'AGENT' }),
    conversation.transfer('warm', 'entry', other),
    conversation.transfer('warm', 'exit', other),
    conversation.transfer('cold', 'exit', agent),
    conversation.transfer('cold', 'entry', other),
    conversation.transfer('NA', 'exit', other),
    conversation.transfer('redial', 'entry', other),
    conversation.transfer('NA', 'exit', other),
    conversation.summary(),
    conversation.end(),
  ];
}
