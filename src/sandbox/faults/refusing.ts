// Builds tenants that refuse some requests which they have to accept. The check comes last and sees well-formed requests
// only, so the rest of the documented behaviour stays.
import type { Answer } from '../../protocol/answers.ts';
import type { Event, HooksBody } from '../../protocol/events.ts';
import type {
  EndOfConversationEvent,
  InternalTransferEvent,
  Message,
  TriggerSummaryEvent,
} from '../../protocol/generated/schema-types.ts';
import { isMessage as isMessageBody, isObject } from '../../protocol/requests.ts';
import type { Behaviour } from '../behaviour.ts';
import { jsonOf } from '../body-checks.ts';
import { documentedHooksChecks, type HooksCheck, type HooksRequest } from '../hooks.ts';
import type { SandboxIdentity } from '../identity.ts';
import { refusal } from '../refusal.ts';

const invalid = refusal(400, 'The request is not valid');

/** @param when called once for every well-formed request, so that it may remember earlier ones */
export function refusing(
  when: (body: HooksBody, request: HooksRequest) => boolean,
  answer: Answer = invalid,
): Partial<Behaviour> {
  return {
    hooksChecks: {
      ...documentedHooksChecks,
      'a rule of this tenant': (request) =>
        when(jsonOf(request.body) as HooksBody, request) ? answer : undefined,
    },
  };
}

/**
 * Expects requests without something that they have to have: refuses what has it, and accepts the same without it.
 * @param has whether a well-formed body has it
 * @param filled any body, well-formed or not, as if it had it
 */
export function expectingNone(
  has: (body: HooksBody, request: HooksRequest) => boolean,
  filled: (body: Partial<HooksBody>, identity: SandboxIdentity) => object,
  answer?: Answer,
): Partial<Behaviour> {
  const ofFilled =
    (check: HooksCheck): HooksCheck =>
    (request, identity) => {
      const body = jsonOf(request.body);
      if (!isObject(body)) return check(request, identity);
      return check({ ...request, body: { kind: 'JSON', value: filled(body, identity) } }, identity);
    };
  const { 'envelope and payload': payload, 'botId of the body': botId } = documentedHooksChecks;
  return {
    hooksChecks: {
      ...refusing(has, answer).hooksChecks,
      'envelope and payload': ofFilled(payload),
      'botId of the body': ofFilled(botId),
    },
  };
}

export function refusingEvents(when: (event: Event) => boolean, answer?: Answer): Partial<Behaviour> {
  return refusing((body) => eventsOf(body).some(when), answer);
}

export function refusingTransfers(when: (event: InternalTransferEvent) => boolean): Partial<Behaviour> {
  return refusingEvents((event) => isTransfer(event) && when(event));
}

export function refusingSummaries(when: (data: TriggerSummaryEvent['data']) => boolean): Partial<Behaviour> {
  return refusingEvents((event) => event.name === 'TRIGGER_SUMMARY_EVENT' && when(event.data));
}

export function refusingEnds(when: (event: EndOfConversationEvent) => boolean): Partial<Behaviour> {
  return refusingEvents((event) => event.name === 'END_OF_CONVERSATION' && when(event));
}

export function refusingMessages(
  when: (message: Message, conversationId: string) => boolean,
  answer?: Answer,
): Partial<Behaviour> {
  return refusing((body) => isMessage(body) && when(body, body.conversationId), answer);
}

export function eventsOf(body: HooksBody): Event[] {
  return (body.events ?? []) as Event[];
}

export function isTransfer(event: Event): event is InternalTransferEvent {
  return event.name === 'INTERNAL_TRANSFER_EVENT';
}

/** @param body a well-formed one: its message has every required field */
export function isMessage(body: HooksBody): body is HooksBody & Message {
  return isMessageBody(body);
}
