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
import { isMessage as isMessageBody } from '../../protocol/requests.ts';
import type { Behaviour } from '../behaviour.ts';
import { jsonOf } from '../body-checks.ts';
import { documentedHooksChecks, type HooksRequest } from '../hooks.ts';
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
