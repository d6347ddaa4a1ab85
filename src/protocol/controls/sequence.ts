// A conversation up to one event, as bodies that can be sent again: the last one is the event that a control is about.
import type { Dialect, Event, HooksBody } from '../events.ts';
import type { InternalTransferEvent } from '../generated/schema-types.ts';

/** At least one body. What is unusual about the headers is that of every request. */
export interface Sequence {
  bodies: readonly HooksBody[];
  token?: string;
  contentType?: string;
}

export function lastOf({ bodies }: Sequence): HooksBody {
  return bodies.at(-1)!;
}

export function eventsOf(body: HooksBody): Event[] {
  return (body.events ?? []) as Event[];
}

export function isTransfer(event: Event): event is InternalTransferEvent {
  return event.name === 'INTERNAL_TRANSFER_EVENT';
}

export function isRedial(event: Event): event is InternalTransferEvent & { reason?: string } {
  return isTransfer(event) && event.transfertype === 'redial';
}

/** A redial as an NA event of the same agent; any other event as it is. */
export function asNA(event: Event, transition: 'entry' | 'exit' = 'entry'): Event {
  if (!isRedial(event)) return event;
  const { reason: _, ...rest } = event;
  return { isExtAD: true, ...rest, transfertype: 'NA', transition } as Event;
}

/** A copy with the last body replaced. */
export function withLast(sequence: Sequence, last: HooksBody): Sequence {
  return { ...sequence, bodies: [...sequence.bodies.slice(0, -1), last] };
}

export function withBodies(sequence: Sequence, change: (body: HooksBody) => HooksBody): Sequence {
  return { ...sequence, bodies: sequence.bodies.map(change) };
}

export function withEvents(body: HooksBody, change: (event: Event) => Event): HooksBody {
  return body.events === undefined ? body : ({ ...body, events: eventsOf(body).map(change) } as HooksBody);
}

/** The same conversation in the plain form of the profile: the form of the entry with which every run begins. */
export function plain(sequence: Sequence, dialect: Dialect): Sequence {
  return {
    bodies: sequence.bodies.map((body) =>
      plainMessage(withEvents(body, (event) => plainEvent(event, dialect))),
    ),
  };
}

function plainMessage(body: HooksBody): HooksBody {
  if (body.query === undefined) return body;
  return { ...body, experience: 'voice', language: 'en', source: 'genesys' };
}

function plainEvent(event: Event, dialect: Dialect): Event {
  if (event.name === 'TRIGGER_SUMMARY_EVENT') {
    return { ...event, data: { ...event.data, language: 'English', locale: 'en' } };
  }
  const { customFields: _, ...participant } = event.participant;
  const common = {
    experience: 'voice',
    participant: dialect.customFields === 'sent' ? event.participant : participant,
  } as const;
  if (event.name === 'END_OF_CONVERSATION')
    return { ...event, ...common, reason: 'agent_initiated', language: 'en' };
  const { language: __, reason: ___, ...rest } = event as InternalTransferEvent & { reason?: string };
  return {
    ...rest,
    ...common,
    transfertype: inCase(event.transfertype, dialect.transferTypeCase),
    isExtAD: dialect.isExtAdAs === 'boolean' ? true : 'true',
    ...(dialect.transferLanguage === 'sent' ? { language: 'en' } : {}),
  };
}

/** Only cold and warm are documented in both cases. */
export function inCase(
  type: InternalTransferEvent['transfertype'],
  letterCase: Dialect['transferTypeCase'],
): InternalTransferEvent['transfertype'] {
  if (!/^(cold|warm)$/i.test(type)) return type;
  return (
    letterCase === 'upper' ? type.toUpperCase() : type.toLowerCase()
  ) as InternalTransferEvent['transfertype'];
}

/** The same conversation with other agents. @param rename the identity and the name of each, by the identity before */
export function withAgents(
  sequence: Sequence,
  rename: (identity: string) => { identity: string; name: string },
): Sequence {
  return withBodies(sequence, (body) => {
    const whole = body.agentId === undefined ? body : { ...body, agentId: rename(body.agentId).identity };
    return withEvents(whole, (event) => {
      if (event.name === 'TRIGGER_SUMMARY_EVENT') return event;
      const { participant } = event;
      return { ...event, participant: { ...participant, ...rename(participant.identity) } } as Event;
    });
  });
}

/** The last event, whatever is said in it, whoever it is about and whatever came before. */
export function lastEventOf(sequence: Sequence): Sequence {
  const nobody = withAgents(sequence, () => ({ identity: '', name: '' }));
  const last = lastOf(nobody);
  return { ...nobody, bodies: [last.query === undefined ? last : { ...last, query: '' }] };
}

/** The same conversation with each part of the last body in a request of its own; undefined when it has one part. */
export function apart(sequence: Sequence): Sequence | undefined {
  const { conversationId, botId, events: _, ...message } = lastOf(sequence);
  const events = eventsOf(lastOf(sequence)).map((event) => ({ conversationId, botId, events: [event] }));
  const alone = 'query' in message ? [{ conversationId, botId, ...message }] : [];
  const parts = [...events, ...alone] as unknown as HooksBody[];
  return parts.length > 1 ? { ...sequence, bodies: [...sequence.bodies.slice(0, -1), ...parts] } : undefined;
}
