// Which requirement a refusal breaks, by what the controls have shown. Pure.
import type { Answer } from '../answers.ts';
import { type RequirementId, requirement } from '../catalogue.ts';
import { kindRequirement, orderRequirement } from './place.ts';
import type { Sequence } from './sequence.ts';

/** What the controls have shown of a refused event. */
export type Shown =
  /** It is accepted in another form. */
  | { by: 'form'; requirement: RequirementId; words: string }
  /** It is accepted in the plain form, but in no form between. */
  | { by: 'plain form' }
  /** It is accepted with agents who were in no other conversation. */
  | { by: 'agents' }
  /** It is accepted in a conversation of its own: the id, or what else was going on, made the difference. */
  | { by: 'repetition' }
  /** It is accepted as it was once the other conversations of the scenario have ended. */
  | { by: 'alone' }
  /** It is accepted at another place. @param requirement about the order of the plainest place where it is refused */
  | { by: 'place'; requirement: RequirementId }
  /** It is refused wherever and however it was tried. Whether events of other kinds are accepted, and exits of any kind. */
  | { by: 'kind'; others: boolean; anyExit: boolean }
  /** Its answer says what it is about. */
  | { by: 'answer'; requirement: RequirementId };

/** Of an answer that the bot is unknown, whatever botId is in the body: it is the one in the path. */
export const ofTheBot = { by: 'answer', requirement: 'HOOKS-EP-04' } as const satisfies Shown;

interface Refused {
  sequence: Sequence;
  answer: Answer;
  /** What the scenario is about. */
  claim: RequirementId;
  /** Whether another conversation was open at the same time. */
  several: boolean;
}

/** A requirement of a lower level is no reason to let one of a higher level pass. */
export function chargedWith(shown: Shown, refused: Refused): RequirementId {
  const found = brokenBy(shown, refused);
  const { claim } = refused;
  if (weightOf(found) >= weightOf(claim)) return found;
  const stricter = stricterThan[found];
  return stricter && weightOf(stricter) >= weightOf(claim) ? stricter : claim;
}

function brokenBy(shown: Shown, { sequence, answer, claim, several }: Refused): RequirementId {
  switch (shown.by) {
    case 'form':
    case 'answer':
    case 'place':
      return shown.requirement;
    case 'plain form':
      return claim;
    case 'alone':
      return 'HOOKS-SEQ-15';
    case 'agents':
      return several ? 'HOOKS-SEQ-15' : orderRequirement(sequence);
    case 'repetition':
      return several ? 'HOOKS-SEQ-15' : claim;
    case 'kind':
      if (isElsewhere(answer) && !shown.others) return 'HOOKS-EP-02';
      return isElsewhere(answer) && claim === 'HOOKS-EP-03'
        ? claim
        : kindRequirement(sequence, shown.anyExit);
  }
}

/**
 * What an answer says plainly; undefined when it may be about anything in the request.
 * @param others whether other events were accepted at the same path
 */
export function namedByTheAnswer(answer: Answer, others: boolean): RequirementId | undefined {
  const named = byStatus[answer.status];
  // The endpoint has not moved: this one event is answered with another status.
  return named === undefined && others && isRedirect(answer) ? 'HOOKS-RESP-01' : named;
}

const byStatus: Partial<Record<number, RequirementId>> = {
  303: 'HOOKS-EP-01',
  401: 'HOOKS-AUTH-02',
  405: 'HOOKS-EP-01',
  415: 'HOOKS-HDR-01',
};

/** Nothing is served at the path, or something is served at another. */
function isElsewhere(answer: Answer): boolean {
  return answer.status === 404 || answer.status === 410 || isRedirect(answer);
}

function isRedirect({ status }: Answer): boolean {
  return status >= 300 && status < 400;
}

/** A must about the same, for a should. */
const stricterThan: Partial<Record<RequirementId, RequirementId>> = {
  'HOOKS-MSG-03': 'HOOKS-MSG-12',
  'HOOKS-MSG-10': 'HOOKS-ENV-05',
  'HOOKS-MSG-11': 'HOOKS-MSG-05',
  'HOOKS-ENV-04': 'HOOKS-EP-04',
  'HOOKS-ENV-06': 'HOOKS-ENV-05',
  'HOOKS-XFER-12': 'HOOKS-XFER-01',
  'HOOKS-EOC-07': 'HOOKS-EOC-02',
  'HOOKS-RDL-04': 'HOOKS-RDL-01',
  'HOOKS-RDL-06': 'HOOKS-RDL-01',
  'HOOKS-RDL-07': 'HOOKS-SUM-05',
};

function weightOf(id: RequirementId): number {
  return ['may', 'should', 'must'].indexOf(requirement(id).level);
}

/** What the controls have shown, for people; empty when the answer says it. */
export function shownInWords(shown: Shown): string {
  switch (shown.by) {
    case 'form':
      return `accepted ${shown.words}`;
    case 'plain form':
      return 'accepted in the plain form';
    case 'agents':
      return 'accepted with agents who are in no other conversation';
    case 'alone':
      return 'accepted with no other conversation open';
    case 'repetition':
      return 'accepted in another conversation';
    case 'place':
      return 'accepted at another place in a conversation, whatever the form';
    case 'kind':
      return 'refused in every form and at every place that was tried';
    case 'answer':
      return '';
  }
}
