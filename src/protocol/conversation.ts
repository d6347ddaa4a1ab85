// One conversation from the sender's side: builds its requests and labels them. Sends nothing itself.
import { eventKind, eventTable, messageKind } from './event-table.ts';
import {
  type Agent,
  type Dialect,
  type EndDetails,
  type Envelope,
  type Event,
  type Experience,
  endEvent,
  eventsBody,
  type HooksBody,
  type MessageDetails,
  message,
  messageBody,
  summaryEvent,
  type Transfer,
  type TransferDetails,
  type Transition,
  transferEvent,
} from './events.ts';
import type { EventMove, Move } from './flows.ts';
import { type Participant, placedStepsOf } from './lifecycle/step.ts';
import { ConversationTracker } from './lifecycle/tracker.ts';

/** A body, and how a finding calls it: "COLD entry of Agent 2, 3rd request of conversation …". */
export interface OutgoingRequest {
  body: HooksBody;
  label: string;
  /** A message whose text may be any other one. */
  isOpen?: true;
}

export class Conversation {
  readonly envelope: Envelope;
  readonly experience: Experience;
  readonly dialect: Dialect;
  /** Whether the agents of the next events are in an external directory (isExtAD). */
  externalDirectory: boolean;
  readonly #tracker = new ConversationTracker();
  /** All agents who ever joined, by identity. */
  readonly #agents = new Map<string, Agent>();
  #requests = 0;

  constructor(envelope: Envelope, experience: Experience, dialect: Dialect, externalDirectory = true) {
    this.envelope = envelope;
    this.experience = experience;
    this.dialect = dialect;
    this.externalDirectory = externalDirectory;
  }

  /**
   * The agent who ends the conversation and has the messages: the one who joined last of those present; when nobody is
   * present, the one who left last.
   */
  get lastAgent(): Agent {
    const { present, latest } = this.#tracker.state;
    const last = present.at(-1) ?? latest?.agent;
    return (last && this.#agents.get(last.identity)) ?? { number: 1 };
  }

  /** The agents that some participants stand for; leaves out those who never joined. */
  agentsOf(participants: readonly Participant[]): Agent[] {
    return participants.flatMap((one) => this.#agents.get(one.identity) ?? []);
  }

  transfer(transfer: Transfer, transition: Transition, agent: Agent, language?: string): OutgoingRequest {
    return this.events([this.transferEvent(transfer, transition, agent, language)]);
  }

  summary(language?: string, locale?: string): OutgoingRequest {
    return this.events([summaryEvent(language, locale)]);
  }

  end(details: Partial<EndDetails> = {}): OutgoingRequest {
    return this.events([this.endEvent(details)]);
  }

  move(move: Move): OutgoingRequest {
    if (move.type !== 'message') return this.events([this.moveEvent(move)]);
    return this.message({ author: move.author, agent: move.agent });
  }

  events(events: Event[]): OutgoingRequest {
    return this.#outgoing(eventsBody(this.envelope, events), events.map(eventLabel).join(' + '));
  }

  /** Without a text, any will do. */
  message(
    { text, ...details }: Pick<MessageDetails, 'author'> & Partial<MessageDetails>,
    events?: Event[],
  ): OutgoingRequest {
    const agent = this.lastAgent;
    const open = text ?? `Message ${this.#requests + 1}`;
    const content = message({ agent, experience: this.experience, ...details, text: open });
    const outgoing = this.#outgoing(
      messageBody(this.envelope, content, events),
      [messageKind(details.author), ...(events ?? []).map(eventLabel)].join(' + '),
    );
    return text === undefined ? { ...outgoing, isOpen: true } : outgoing;
  }

  transferEvent(transfer: Transfer, transition: Transition, agent: Agent, language?: string): Event {
    const details: TransferDetails = {
      transfer,
      transition,
      agent,
      experience: this.experience,
      externalDirectory: this.externalDirectory,
      ...(language ? { language } : {}),
    };
    const event = transferEvent(details, this.dialect);
    const { participant } = event;
    this.#agents.set(participant.identity, agent);
    this.#tracker.take({ steps: placedStepsOf({ events: [event] }) });
    return event;
  }

  endEvent(details: Partial<EndDetails> = {}): Event {
    return endEvent({ agent: this.lastAgent, experience: this.experience, ...details }, this.dialect);
  }

  moveEvent(move: EventMove): Event {
    switch (move.type) {
      case 'transfer':
        return this.transferEvent(move.transfer, move.transition, move.agent);
      case 'summary':
        return summaryEvent();
      case 'end':
        return this.endEvent({ agent: move.agent });
    }
  }

  #outgoing(body: HooksBody, content: string): OutgoingRequest {
    this.#requests += 1;
    return {
      body,
      label: `${content}, ${ordinal(this.#requests)} request of conversation ${this.envelope.conversationId}`,
    };
  }
}

/** "COLD entry of Agent 2", "END_OF_CONVERSATION" */
export function eventLabel(event: Event): string {
  const { about } = eventTable[event.name];
  const kind = eventKind(event);
  return about === 'participant' && 'participant' in event ? `${kind} of ${event.participant.name}` : kind;
}

function ordinal(n: number): string {
  const suffix = ['th', 'st', 'nd', 'rd'][n % 100 > 10 && n % 100 < 14 ? 0 : n % 10] ?? 'th';
  return `${n}${suffix}`;
}
