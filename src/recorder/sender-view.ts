// What is wrong with a request as it comes, for the line of its record. The verdict on its conversation is for the
// check of the whole (src/check), which also knows what came later.

import { isRefused, isUnanswered, type SentRecord } from '../logs/log-entry.ts';
import { advance, type SenderFinding } from '../protocol/lifecycle/lifecycle.ts';
import { type ConversationState, newConversation } from '../protocol/lifecycle/state.ts';
import { placedStepsOf } from '../protocol/lifecycle/step.ts';
import { isObject } from '../protocol/requests.ts';
import {
  assignmentFindings,
  hooksFindings,
  isAssignment,
  type SenderProfile,
} from '../protocol/sent-request.ts';
import { ConversationMemory } from '../sandbox/conversation-memory.ts';

interface View {
  state: ConversationState;
  /** The request before, if nobody knows whether it arrived: the same again is the same request. */
  unanswered?: string;
}

export interface Look {
  findings: SenderFinding[];
  /** To be called once the request is recorded: only then it is a part of its conversation. */
  keep(): void;
}

export class SenderView {
  readonly #profile: SenderProfile;
  readonly #views = new ConversationMemory<View>();

  constructor(profile: SenderProfile) {
    this.#profile = profile;
  }

  look(record: SentRecord): Look {
    if (record.url !== undefined && isAssignment(record.url)) {
      return { findings: assignmentFindings(record), keep: () => {} };
    }
    const findings = hooksFindings(record, this.#profile);
    const { body, status } = record;
    const id = isObject(body) ? body.conversationId : undefined;
    if (typeof id !== 'string' || id === '' || isRefused(status)) return { findings, keep: () => {} };
    const { state: before, unanswered } = this.#views.get(id) ?? { state: newConversation };
    const text = isUnanswered(status) || unanswered !== undefined ? JSON.stringify(body) : undefined;
    let state = before;
    if (unanswered === undefined || unanswered !== text) {
      for (const step of placedStepsOf(body as object)) {
        const next = advance(state, step);
        state = next.state;
        findings.push(...next.findings);
      }
    }
    const view: View = isUnanswered(status) ? { state, unanswered: text! } : { state };
    return { findings, keep: () => this.#views.set(id, view) };
  }
}
