// Builders of events and bodies. Where the documents show two forms, the dialect chooses one. Everything built here
// satisfies every requirement that binds a sender.
import type {
  EndOfConversationEvent,
  HooksEnvelope,
  InternalTransferEvent,
  Message,
  Participant,
  TriggerSummaryEvent,
} from './generated/schema-types.ts';

export type Experience = 'chat' | 'voice';
export const transitions = ['entry', 'exit'] as const;
export type Transition = (typeof transitions)[number];
export const transfers = ['NA', 'cold', 'warm', 'redial'] as const;
export type Transfer = (typeof transfers)[number];
export type Event = InternalTransferEvent | TriggerSummaryEvent | EndOfConversationEvent;
export type EventName = Event['name'];

/** How the sender reads the clauses where the documents contradict each other. */
export interface Dialect {
  transferTypeCase: 'upper' | 'lower';
  isExtAdAs: 'boolean' | 'string';
  /** Whether transfer events carry their optional language. */
  transferLanguage: 'sent' | 'left out';
  customFields: 'sent' | 'left out';
}

export const defaultDialect: Dialect = {
  transferTypeCase: 'upper',
  isExtAdAs: 'boolean',
  transferLanguage: 'sent',
  customFields: 'left out',
};

export interface Agent {
  /** 1, 2, 3 …, as in the documents: "Agent 1". */
  number: number;
}

export interface Envelope {
  conversationId: string;
  botId: string;
}

export type HooksBody = HooksEnvelope & Partial<Message>;

/** How an agent is known to the tenant unless a scenario says otherwise. */
export function plainAgent(number: number): Pick<Participant, 'identity' | 'name'> {
  return { identity: `agent-${number}`, name: `Agent ${number}` };
}

/** CE, Event Structure, "participant". */
export function participant(agent: Agent, dialect: Dialect): Participant {
  const described: Participant = { ...plainAgent(agent.number), type: 'agent' };
  if (dialect.customFields === 'left out') return described;
  return {
    ...described,
    customFields: {
      agentEmail: `agent-${agent.number}@example.com`,
      // The next agent is often in another queue.
      queueId: `${1693 + agent.number}`,
      queueName: 'Conformance',
    },
  };
}

export interface TransferDetails {
  transfer: Transfer;
  transition: Transition;
  agent: Agent;
  experience: Experience;
  /** Whether an external directory is used. */
  externalDirectory?: boolean;
  language?: string;
}

/** CE and IT, Internal Transfer Event. */
export function transferEvent(details: TransferDetails, dialect: Dialect): InternalTransferEvent {
  const external = details.externalDirectory ?? true;
  return {
    name: 'INTERNAL_TRANSFER_EVENT',
    transfertype: transferType(details.transfer, dialect),
    transition: details.transition,
    isExtAD: dialect.isExtAdAs === 'boolean' ? external : external ? 'true' : 'false',
    ...(dialect.transferLanguage === 'sent' ? { language: details.language ?? 'en' } : {}),
    experience: details.experience,
    participant: participant(details.agent, dialect),
  };
}

/** NA is upper case and redial is lower case everywhere in the documents; cold and warm come in both. */
function transferType(transfer: Transfer, dialect: Dialect): InternalTransferEvent['transfertype'] {
  if (transfer === 'cold') return dialect.transferTypeCase === 'upper' ? 'COLD' : 'cold';
  if (transfer === 'warm') return dialect.transferTypeCase === 'upper' ? 'WARM' : 'warm';
  return transfer;
}

/** CE, Trigger Summary Event. */
export function summaryEvent(language = 'English', locale = 'en'): TriggerSummaryEvent {
  return { name: 'TRIGGER_SUMMARY_EVENT', data: { language, locale, type: 'post' } };
}

export interface EndDetails {
  agent: Agent;
  experience: Experience;
  reason?: string;
  language?: string;
}

/** CE and EC, End of Conversation Event. */
export function endEvent(details: EndDetails, dialect: Dialect): EndOfConversationEvent {
  return {
    name: 'END_OF_CONVERSATION',
    reason: details.reason ?? 'agent_initiated',
    language: details.language ?? 'en',
    experience: details.experience,
    participant: participant(details.agent, dialect),
  };
}

export interface MessageDetails {
  text: string;
  author: 'USER' | 'AGENT';
  agent: Agent;
  experience: Experience;
  language?: string;
  /** Platform of the message. */
  source?: string;
}

/** CE, Request Body: the fields of a user or agent message. */
export function message(details: MessageDetails): Message {
  return {
    query: details.text,
    agentId: plainAgent(details.agent.number).identity,
    experience: details.experience,
    author: { type: details.author },
    source: details.source ?? 'genesys',
    sendUserMessage: details.author === 'USER',
    sendAgentMessage: details.author === 'AGENT',
    language: details.language ?? 'en',
  };
}

/** CE, Request Body: one body with one or several events. */
export function eventsBody(envelope: Envelope, events: Event[]): HooksBody {
  return { ...envelope, events: events as unknown as HooksBody['events'] & object };
}

/** CE, Request Body: a message, alone or together with events. */
export function messageBody(envelope: Envelope, content: Message, events?: Event[]): HooksBody {
  return {
    ...envelope,
    ...content,
    ...(events ? { events: events as unknown as HooksBody['events'] & object } : {}),
  };
}
