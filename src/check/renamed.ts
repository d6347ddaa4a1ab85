// HOOKS-ENV-02 and HOOKS-RDL-02: a conversation whose conversationId changes looks like two: one that stops, and one that
// begins in the middle with an agent of the first. This is only reported for a conversation that fails anyway, so no
// verdict depends on it.

import type { LogPosition, SentRecord } from '../logs/log-entry.ts';
import { ConversationMemory } from '../protocol/lifecycle/conversation-memory.ts';
import { type SenderFinding, senderFinding } from '../protocol/lifecycle/lifecycle.ts';
import { isIn } from '../protocol/lifecycle/state.ts';
import { describeStep, type PlacedStep, type Step, stepKind } from '../protocol/lifecycle/step.ts';
import { isObject } from '../protocol/requests.ts';
import { shown } from '../text/shown-value.ts';
import type { OpenConversation } from './open-conversation.ts';
import type { PlacedFinding } from './result.ts';

/** The first step of a conversation that begins in the middle, or by redial. */
interface Beginning {
  id: string;
  first: Step;
  place: LogPosition;
}

export class Renamed {
  /** The conversation that an agent joined last, by the agent's identity. */
  readonly #lastJoined = new ConversationMemory<string>();
  /** The conversations that may continue a conversation, by the id of the latter. */
  readonly #continuations = new ConversationMemory<Beginning[]>();
  readonly #open: ReadonlyMap<string, OpenConversation>;

  /** @param open the conversations that are not over, by id */
  constructor(open: ReadonlyMap<string, OpenConversation>) {
    this.#open = open;
  }

  /** Notes a request that was taken. @param began whether it began its conversation */
  taken(id: string, steps: readonly PlacedStep[], began: boolean, record: SentRecord): void {
    let begins = began;
    for (const placed of steps) {
      const { step } = placed;
      if (begins && step.type !== 'message') {
        this.#begun(id, placed, record);
        begins = false;
      }
      if (step.type === 'transfer' && step.transition === 'entry') {
        this.#lastJoined.set(step.agent.identity, id);
      }
    }
  }

  /** The finding on a conversation that is over, when exactly one other seems to be its continuation. */
  goesOnElsewhere(id: string, findings: readonly PlacedFinding[]): SenderFinding | undefined {
    const beginnings = this.#continuations.get(id);
    if (beginnings?.length !== 1 || !findings.some(({ level }) => level === 'must')) return undefined;
    const [{ id: other, first, place }] = beginnings as [Beginning];
    return senderFinding(
      stepKind(first) === 'redial entry' ? 'HOOKS-RDL-02' : 'HOOKS-ENV-02',
      `Its agent goes on in conversation ${shown(other)}, which begins with ${describeStep(first)} (${shown(place.file)}, line ${place.line}): the conversationId seems to have changed`,
      '/conversationId',
    );
  }

  /** Notes a conversation that does not begin with NA entry, when its agent is in another one, or was the last there. */
  #begun(id: string, { step, event }: PlacedStep, { body, file, line }: SentRecord): void {
    if (stepKind(step) === 'NA entry') return;
    const agent = agentOf(step, event, body);
    const before = agent && this.#open.get(this.#lastJoined.get(agent) ?? '');
    if (!before || before.id === id || before.isOutOfOrder || before.state.ended) return;
    const { present, lastExit, latest } = before.state;
    const isThere = isIn(present, { identity: agent, name: '' });
    const wasLast = lastExit === 'NA' && latest?.agent.identity === agent;
    const fits = stepKind(step) === 'redial entry' || step.type === 'end' ? wasLast : isThere;
    if (!fits) return;
    const known = this.#continuations.get(before.id) ?? [];
    // A second one already leaves it open which one it is.
    if (known.length > 1) return;
    this.#continuations.set(before.id, [...known, { id, first: step, place: { file, line } }]);
  }
}

/** The agent of an event, by identity; END_OF_CONVERSATION names one as well. */
function agentOf(step: Step, event: number | undefined, body: unknown): string | undefined {
  if (step.type === 'transfer') return step.agent.identity;
  const events = isObject(body) && Array.isArray(body.events) ? body.events : [];
  const participant: unknown = event === undefined ? undefined : events[event]?.participant;
  return isObject(participant) && typeof participant.identity === 'string' ? participant.identity : undefined;
}
