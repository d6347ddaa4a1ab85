// What the conversations of a scenario have in place of plain values, and how they are sent.
import type { OutgoingRequest } from '../src/protocol/conversation.ts';
import type { HooksBody } from '../src/protocol/events.ts';
import type { Judgement } from '../src/protocol/finding.ts';
import type { Variation, VariedField } from '../src/protocol/values/variation.ts';
import type { Sent } from '../src/verdict/scenario-record.ts';

export interface Sending {
  /** Sends a body as it is. */
  plainly(body: HooksBody, label: string): Promise<Sent>;
  /** Sends a body in place of a plain one. */
  inPlaceOf(plain: HooksBody, body: HooksBody, label: string): Promise<Sent>;
  /** Sends a body to find out what a refusal is about: without an answer it shows nothing, and ends nothing. */
  asControl(plain: HooksBody, body: HooksBody, label: string): Promise<Sent>;
  /** The request was refused for its value. */
  note(judgement: Judgement, sent: Sent): void;
  /** The conversation goes on under another id. */
  goOnAs(conversationId: string, next: string): void;
}

/** What the conversations of a scenario have in place of plain values. */
export interface ScenarioValues {
  /** The id that a new conversation gets. @param fixed fields that are given already */
  begin(plainId: string, ...fixed: VariedField[]): string;
  /** The body as the tenant knows its conversation and its agents. */
  asKnown(body: HooksBody): HooksBody;
  send(request: OutgoingRequest, sending: Sending): Promise<Sent>;
  /** The special values of a conversation. */
  variationsOf(conversationId: string): readonly Variation[];
}
