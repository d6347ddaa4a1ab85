// The kinds of request that a scenario may put a defect into: the well-formed request, and what has to come before it.
import type { Conversation, OutgoingRequest } from '../src/protocol/conversation.ts';

interface RequestKind {
  /** Kinds of the same event have the same fields. */
  of: 'transfer' | 'summary' | 'end' | 'message';
  /** The requests that make a conversation ready for it. */
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
    of: 'transfer',
    before: () => [],
    make: (conversation) => conversation.transfer('NA', 'entry', agent),
  },
  'an exit event': {
    of: 'transfer',
    before: joined,
    make: (conversation) => conversation.transfer('NA', 'exit', agent),
  },
  'a redial': {
    of: 'transfer',
    before: left,
    make: (conversation) => conversation.transfer('redial', 'entry', agent),
  },
  'a summary trigger': { of: 'summary', before: left, make: (conversation) => conversation.summary() },
  'an end-of-conversation event': { of: 'end', before: left, make: (conversation) => conversation.end() },
  'a user message': {
    of: 'message',
    before: joined,
    make: (conversation) => conversation.message({ text: 'Price is too expensive', author: 'USER' }),
  },
  'an agent message': {
    of: 'message',
    before: joined,
    make: (conversation) => conversation.message({ text: 'Let me see', author: 'AGENT' }),
  },
} satisfies Record<string, RequestKind>;

export type Kind = keyof typeof kinds;

/** Contains every kind of request at least once. */
export function wholeConversation(conversation: Conversation): OutgoingRequest[] {
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

/** Without transfers and redials. */
function shortConversation(conversation: Conversation): OutgoingRequest[] {
  return [
    conversation.transfer('NA', 'entry', agent),
    conversation.message({ text: 'Price is too expensive', author: 'USER' }),
    conversation.transfer('NA', 'exit', agent),
    conversation.summary(),
    conversation.end(),
  ];
}

/** What a conversation holds whose every request is sent. */
export const lengths = {
  conversation: wholeConversation,
  'short conversation': shortConversation,
};

export type Length = keyof typeof lengths;
