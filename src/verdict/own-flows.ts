// The harness is a sender too: what a scenario sends as well-formed keeps to the documents, or says that it does not.
// Otherwise a tenant that is right to refuse it would get the blame.
//
// What is wrong on purpose does not come here: a faulty request that is to be refused, and a question to which the
// documents have no answer, say so in their sentence. Nor is it asked whether a conversation is complete: many a
// scenario ends once it has seen what it came for.
import { type RequirementId, requirement } from '../protocol/catalogue.ts';
import type { SenderFinding } from '../protocol/lifecycle/lifecycle.ts';
import { placedStepsOf } from '../protocol/lifecycle/step.ts';
import { ConversationTracker } from '../protocol/lifecycle/tracker.ts';
import { hooksFindings, type SenderProfile } from '../protocol/sent-request.ts';

/** A hooks body that a scenario sends as well-formed. */
interface OwnBody {
  conversationId: string;
}

/** A scenario that breaks a sender's rule without saying so: nothing that a tenant could answer for. */
export class BrokenFlow extends Error {
  override name = 'BrokenFlow';

  constructor(message: string) {
    super(message);
    // Where in the harness it was noticed does not help: the scenario is what is to be mended.
    this.stack = '';
  }
}

export class OwnFlows {
  readonly #announced: readonly RequirementId[];
  readonly #profile: SenderProfile;
  readonly #broken = new Set<RequirementId>();
  readonly #followed = new Map<string, ConversationTracker>();
  /** Conversations that are not followed any more. */
  readonly #abandoned = new Set<string>();

  /** @param announced the requirements that the scenario breaks on purpose (`@breaks-…`) */
  constructor(announced: readonly RequirementId[], profile: SenderProfile) {
    this.#announced = announced;
    this.#profile = profile;
  }

  /**
   * Looks at a body before it is sent.
   * @param label what it is called in a finding
   * @throws BrokenFlow when it breaks a must that binds its sender, and the scenario does not announce that
   */
  check(body: OwnBody, label: string): void {
    if (this.#abandoned.has(body.conversationId)) return;
    const { breaches } = this.#trackerOf(body).preview({ steps: placedStepsOf(body) });
    const findings = [...hooksFindings({ body }, this.#profile), ...breaches.map(({ finding }) => finding)];
    const unannounced: SenderFinding[] = [];
    for (const found of findings) {
      if (this.#announced.includes(found.requirement)) this.#broken.add(found.requirement);
      // What the documents discourage is worth a scenario: they show it, beside another form.
      else if (found.level === 'must') unannounced.push(found);
    }
    if (unannounced.length > 0) throw new BrokenFlow(breachMessage(unannounced, label));
  }

  /** Goes on behind a body that was accepted. */
  accepted(body: OwnBody): void {
    this.#trackerOf(body).take({ steps: placedStepsOf(body) });
  }

  /**
   * Follows a conversation no longer. A request that was refused has not happened, and neither can be said what it is
   * that follows, nor what follows a question that the documents leave open.
   */
  stopFollowing({ conversationId }: OwnBody): void {
    this.#abandoned.add(conversationId);
  }

  /** What a scenario that ended well announces, and does not do; undefined when it does it all. */
  unusedAnnouncement(): string | undefined {
    const kept = this.#announced.find((id) => !this.#broken.has(id));
    return (
      kept &&
      `it is tagged @breaks-${kept}, but none of its events breaks that (${requirement(kept).title}): remove the tag, or mend the events`
    );
  }

  #trackerOf({ conversationId }: OwnBody): ConversationTracker {
    const known = this.#followed.get(conversationId);
    if (known) return known;
    const tracker = new ConversationTracker();
    this.#followed.set(conversationId, tracker);
    return tracker;
  }
}

function breachMessage(findings: SenderFinding[], label: string): string {
  // The first line is all that the progress of a run shows.
  const broken = findings.flatMap(({ requirement: id, level, message }, index) => [
    `${index === 0 ? 'The scenario itself breaks' : 'and'} ${id} (${level}), and does not say so: ${message}`,
    `  rule      ${requirement(id).title}`,
  ]);
  const tags = [...new Set(findings.map(({ requirement: id }) => `@breaks-${id}`))].join(' ');
  return [
    ...broken,
    `  event     ${label}; it was not sent`,
    `  to do     mend what is sent up to there, or tag the scenario ${tags} if that is what it is about`,
  ].join('\n');
}
