// Conversations as sequences, for the tests of the controls.

import type { Sequence } from '../../../src/protocol/controls/sequence.ts';
import { Conversation, type OutgoingRequest } from '../../../src/protocol/conversation.ts';
import { type Dialect, defaultDialect, type Experience } from '../../../src/protocol/events.ts';

export const [one, two] = [{ number: 1 }, { number: 2 }];

export type Build = (conversation: Conversation) => OutgoingRequest[];

export function sequence(
  build: Build,
  dialect: Partial<Dialect> = {},
  experience: Experience = 'voice',
): Sequence {
  const envelope = { conversationId: 'c-1', botId: 'st-1' };
  const conversation = new Conversation(envelope, experience, { ...defaultDialect, ...dialect });
  return { bodies: build(conversation).map(({ body }) => body) };
}

const entered: Build = (talk) => [talk.transfer('NA', 'entry', one)];
const left: Build = (talk) => [...entered(talk), talk.transfer('NA', 'exit', one)];
const handedOver: Build = (talk) => [
  ...entered(talk),
  talk.transfer('cold', 'exit', one),
  talk.transfer('cold', 'entry', two),
];

/** Each ends with the event that it is called after. */
export const conversations = {
  'NA entry': entered,
  'NA exit': left,
  'cold exit': (talk) => handedOver(talk).slice(0, 2),
  'cold entry': handedOver,
  'warm entry': (talk) => [...entered(talk), talk.transfer('warm', 'entry', two)],
  'warm exit': (talk) => [
    ...entered(talk),
    talk.transfer('warm', 'entry', two),
    talk.transfer('warm', 'exit', one),
  ],
  redial: (talk) => [...left(talk), talk.transfer('redial', 'entry', one)],
  'a redial after a cold transfer': (talk) => [
    ...handedOver(talk),
    talk.transfer('NA', 'exit', two),
    talk.transfer('redial', 'entry', two),
  ],
  'a redial that opens a conversation': (talk) => [talk.transfer('redial', 'entry', one)],
  'a redial after an entry': (talk) => [...entered(talk), talk.transfer('redial', 'entry', one)],
  'an exit after a redial': (talk) => [
    ...left(talk),
    talk.transfer('redial', 'entry', one),
    talk.transfer('NA', 'exit', one),
  ],
  'a user message': (talk) => [...entered(talk), talk.message({ text: 'Hi', author: 'USER' })],
  'a message after a cold transfer': (talk) => [
    ...handedOver(talk),
    talk.message({ text: 'Hi', author: 'AGENT' }),
  ],
  'a message and an entry': (talk) => [
    talk.message({ text: 'Hi', author: 'USER' }, [talk.transferEvent('NA', 'entry', one)]),
  ],
  'a summary': (talk) => [...left(talk), talk.summary('French', 'fr')],
  'the end': (talk) => [...left(talk), talk.end()],
  'the end after a cold transfer': (talk) => [
    ...handedOver(talk),
    talk.transfer('NA', 'exit', two),
    talk.end({ reason: 'network_failure', language: 'fr' }),
  ],
  'the end after a summary': (talk) => [...left(talk), talk.summary(), talk.end()],
  'the end after a redial': (talk) => [
    ...left(talk),
    talk.transfer('redial', 'entry', one),
    talk.transfer('NA', 'exit', one),
    talk.end(),
  ],
  'the end after a redial that opens': (talk) => [
    talk.transfer('redial', 'entry', one),
    talk.transfer('NA', 'exit', one),
    talk.end(),
  ],
  'a summary after a redial after an entry': (talk) => [
    ...entered(talk),
    talk.transfer('redial', 'entry', one),
    talk.transfer('NA', 'exit', one),
    talk.summary(),
  ],
  'the exit of a consultant after a cold transfer': (talk) => [
    ...handedOver(talk),
    talk.transfer('warm', 'entry', { number: 3 }),
    talk.transfer('cold', 'exit', two),
    talk.transfer('cold', 'entry', one),
    talk.transfer('NA', 'exit', { number: 3 }),
  ],
  'exit, summary and end at once': (talk) => [
    ...entered(talk),
    talk.events([
      talk.transferEvent('NA', 'exit', one),
      talk.summary().body.events![0] as never,
      talk.endEvent(),
    ]),
  ],
} satisfies Record<string, Build>;

export type Name = keyof typeof conversations;
