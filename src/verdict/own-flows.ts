// The harness is a sender too: a request that a scenario sends as well-formed has to follow the documents, unless a tag
// announces the breach. Otherwise a tenant would be blamed for refusing it rightly.
//
// Requests that are wrong on purpose are not checked here: the step of a faulty request, or of a question that the
// documents leave open, says so. A conversation need not be complete: many scenarios end once they have seen enough.
import { type RequirementId, requirement } from '../protocol/catalogue.ts';
import type { SenderFinding } from '../protocol/lifecycle/lifecycle.ts';
import { placedStepsOf } from '../protocol/lifecycle/step.ts';
import { ConversationTracker } from '../protocol/lifecycle/tracker.ts';
import { assignmentFindings, hooksFindings, type SenderProfile } from '../protocol/sent-request.ts';

/** A hooks body that a scenario sends as well-formed. */
interface OwnBody {
  conversationId: string;
}

/** A scenario breaks a sender's rule without announcing it: its own defect, not the tenant's. */
export class BrokenFlow extends Error {
  override name = 'BrokenFlow';

  constructor(message: string) {
    super(message);
    // The stack does not help: the defect is in the scenario, not where the harness noticed it.
    this.stack = '';
  }
}

export class OwnFlows {
  readonly #announced: readonly RequirementId[];
  readonly #profile: SenderProfile;
  readonly #broken = new Set<RequirementId>();
  readonly #followed = new Map<string, ConversationTracker>();
  /** Conversations that are no longer followed. */
  readonly #abandoned = new Set<string>();

  /** @param announced the requirements that the scenario breaks on purpose (`@breaks-…`) */
  constructor(announced: readonly RequirementId[], profile: SenderProfile) {
    this.#announced = announced;
    this.#profile = profile;
  }

  /**
   * Looks at a body before it is sent.
   * @param label names the body in a finding
   * @throws BrokenFlow when the body breaks a must of its sender that the scenario does not announce
   */
  check(body: OwnBody, label: string): void {
    if (this.#abandoned.has(body.conversationId)) return;
    const { breaches } = this.#trackerOf(body).preview({ steps: placedStepsOf(body) });
    const findings = [...hooksFindings({ body }, this.#profile), ...breaches.map(({ finding }) => finding)];
    const unannounced: SenderFinding[] = [];
    for (const found of findings) {
      if (this.#announced.includes(found.requirement)) this.#broken.add(found.requirement);
      // A scenario may send what the documents only discourage: they show that form too.
      else if (found.level === 'must') unannounced.push(found);
    }
    if (unannounced.length > 0) throw new BrokenFlow(breachMessage(unannounced, label));
  }

  /**
   * Looks at a body whose place in its conversation is a question, before it is sent.
   * @throws BrokenFlow when the body itself is not as documented
   */
  checkForm(body: object, label: string): void {
    const findings = hooksFindings({ body }, this.#profile);
    refuseToSend(
      findings.filter(({ level }) => level === 'must'),
      label,
    );
  }

  /**
   * Looks at the parameters of a transfer before they are sent.
   * @throws BrokenFlow when they are not as documented
   */
  checkTransfer(parameters: object, label: string): void {
    // A should counts too: the one sample of a transfer to a queue has transferredType (ASSIGN-REQ-08).
    refuseToSend(assignmentFindings({ body: parameters }), label);
  }

  /** Takes a body that was accepted into the flow. */
  accepted(body: OwnBody): void {
    this.#trackerOf(body).take({ steps: placedStepsOf(body) });
  }

  /**
   * Stops following a conversation. After a refused request, or after a question that the documents leave open, it is not
   * known where the conversation stands.
   */
  stopFollowing({ conversationId }: OwnBody): void {
    this.#abandoned.add(conversationId);
  }

  /** A breach that a scenario announces and never commits; undefined when it commits them all. */
  unusedAnnouncement(): string | undefined {
    const kept = this.#announced.find((id) => !this.#broken.has(id));
    return (
      kept &&
      `it is tagged @breaks-${kept}, but none of its events breaks that (${requirement(kept).title}): remove the tag, or correct the events`
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

function refuseToSend(broken: readonly SenderFinding[], label: string): void {
  if (broken.length === 0) return;
  const what = broken.map(({ requirement: id, message }) => `${id}: ${message}`).join('; ');
  throw new BrokenFlow(
    `The harness itself would send what is not as documented: ${what}\n  request   ${label}; it was not sent`,
  );
}

function breachMessage(findings: SenderFinding[], label: string): string {
  // The progress of a run shows the first line only.
  const broken = findings.flatMap(({ requirement: id, level, message }, index) => [
    `${index === 0 ? 'The scenario itself breaks' : 'and'} ${id} (${level}), and does not say so: ${message}`,
    `  rule      ${requirement(id).title}`,
  ]);
  const tags = [...new Set(findings.map(({ requirement: id }) => `@breaks-${id}`))].join(' ');
  return [
    ...broken,
    `  event     ${label}; it was not sent`,
    `  to do     correct what is sent up to there, or tag the scenario ${tags} if that is what it is about`,
  ].join('\n');
}
