// A tenant that refuses some of what it has to accept: what each builder makes is asked last, of requests that are
// right, so that nothing else of the documented behaviour changes.
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

/** @param when asked once of every well-formed request, so that it may remember what it has seen */
export function refusing(
  when: (body: HooksBody, request: HooksRequest) => boolean,
  answer: Answer = invalid,
): Partial<Behaviour> {
  return {
    hooksChecks: {
      ...documentedHooksChecks,
      'a habit of this tenant': (request) =>
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

/** Of a body that is right: then a message has all that a message has to have. */
export function isMessage(body: HooksBody): body is HooksBody & Message {
  return isMessageBody(body);
}
