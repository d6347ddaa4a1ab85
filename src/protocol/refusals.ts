// The check that a refusal has to pass, by the requirement that asks for it.
import { type Answer, judgeRefused, judgeRefusedWithReason, judgeUnknownBot } from './answers.ts';
import { type RequirementId, requirement } from './catalogue.ts';
import type { Judgement } from './finding.ts';

/** @param wrong what is wrong with the request, for the reader */
type RefusalCheck = (answer: Answer, wrong: string) => Refusal;

/**
 * A judgement that counts on one condition: the tenant accepts the twin, the same request with the one fault put right.
 * It is not a Judgement itself, so that nobody can forget the twin.
 */
export interface Refusal {
  onceItsTwinIsAccepted: Judgement;
}

const checks: Partial<Record<RequirementId, (answer: Answer, wrong: string) => Judgement>> = {
  'HOOKS-AUTH-01': (answer, wrong) => judgeRefused(answer, 'HOOKS-AUTH-01', wrong),
  'HOOKS-AUTH-03': (answer, wrong) => judgeRefused(answer, 'HOOKS-AUTH-03', wrong),
  'HOOKS-ERR-01': (answer) => judgeUnknownBot(answer),
  'HOOKS-ERR-04': (answer, wrong) => judgeRefused(answer, 'HOOKS-ERR-04', wrong),
  'HOOKS-ERR-02': (answer, wrong) => judgeRefusedWithReason(answer, 'HOOKS-ERR-02', wrong),
  'ASSIGN-AUTH-01': (answer, wrong) => judgeRefused(answer, 'ASSIGN-AUTH-01', wrong),
  'ASSIGN-AUTH-02': (answer, wrong) => judgeRefused(answer, 'ASSIGN-AUTH-02', wrong),
  'ASSIGN-ERR-01': (answer, wrong) => judgeRefusedWithReason(answer, 'ASSIGN-ERR-01', wrong),
};

/** What is wrong with a request that is to be refused. */
export interface Fault {
  to: 'hooks' | 'assign-conversation';
  /** unverifiable: none, or its signature does not verify. untimely: its time is over, or yet to come. unfit: not for the app. */
  token?: 'unverifiable' | 'untimely' | 'unfit';
  /** body: the botId of the path is known. */
  unknownBot?: 'path' | 'body';
}

/** The requirements that the refusal of such a request can decide. */
export function decidedByRefusal({ to, token, unknownBot }: Fault): RequirementId[] {
  if (to === 'assign-conversation') {
    if (token) return [token === 'unverifiable' ? 'ASSIGN-AUTH-01' : 'ASSIGN-AUTH-02'];
    return ['ASSIGN-ERR-01'];
  }
  if (token) return [token === 'unverifiable' ? 'HOOKS-AUTH-01' : 'HOOKS-AUTH-03'];
  if (unknownBot) return unknownBot === 'body' ? ['HOOKS-ERR-04'] : ['HOOKS-ERR-01', 'HOOKS-ERR-03'];
  return ['HOOKS-ERR-02'];
}

/** The claims that the refusal of such a request cannot decide, though another refusal could. */
export function undecidedByRefusal(claims: readonly RequirementId[], fault: Fault): RequirementId[] {
  const decided = decidedByRefusal(fault);
  return claims.filter(
    (claim) => requirement(claim).decidedBy?.includes('refused') && !decided.includes(claim),
  );
}

/**
 * The check for the first claimed requirement that asks for a refusal.
 * @throws when no claimed requirement asks for one: then the scenario is tagged wrongly
 */
export function refusalCheck(claims: readonly RequirementId[]): { id: RequirementId; check: RefusalCheck } {
  const id = claims.find((claim) => checks[claim] !== undefined);
  const check = id && checks[id];
  if (!check) {
    const known = Object.keys(checks).join(', ');
    throw new Error(
      `A scenario that expects a refusal is tagged with one of ${known}, not with ${claims.join(', ')}`,
    );
  }
  return { id, check: (answer, wrong) => ({ onceItsTwinIsAccepted: check(answer, wrong) }) };
}
