// A control of a refused event, and what several kinds of controls vary.
import type { RequirementId } from '../catalogue.ts';
import type { Event, HooksBody } from '../events.ts';
import type { EndOfConversationEvent } from '../generated/schema-types.ts';
import { type Sequence, withBodies, withEvents } from './sequence.ts';

export interface Control {
  /** The requirement that is broken when the control is accepted. */
  requirement: RequirementId;
  /** How it differs, for people: "in the other letter case". */
  words: string;
  sequence: Sequence;
  /** Controls that change less: when one of them is accepted as well, it explains more. */
  narrower?: readonly Control[];
}

export function inOtherExperience(sequence: Sequence): Sequence {
  const other = (experience: unknown) => (experience === 'chat' ? 'voice' : 'chat');
  return withBodies(sequence, (body) => {
    const whole = body.experience === undefined ? body : { ...body, experience: other(body.experience) };
    return withEvents(whole as HooksBody, (event) =>
      'experience' in event ? ({ ...event, experience: other(event.experience) } as Event) : event,
    );
  });
}

export function otherFields(participant: EndOfConversationEvent['participant']): object {
  const { customFields, ...rest } = participant;
  if (customFields) return rest;
  return {
    ...rest,
    customFields: { agentEmail: `${rest.identity}@example.com`, queueId: '1694', queueName: 'Conformance' },
  };
}

export function envelopeOf({ conversationId, botId }: HooksBody): object {
  return { conversationId, botId };
}

/** isExtAD as a string in place of a boolean, or the other way round. */
export function inOtherType(isExtAD: unknown): unknown {
  return typeof isExtAD === 'boolean' ? String(isExtAD) : isExtAD === 'true';
}

/** The other value of isExtAD, in the same type. */
export function opposite(isExtAD: unknown): unknown {
  const value = String(isExtAD) !== 'true';
  return typeof isExtAD === 'boolean' ? value : String(value);
}
