// Tenants that refuse a transfer which they should carry out, carry out one which they should refuse, or tell of it
// in other words than the documented ones.
import type { Answer } from '../../protocol/answers.ts';
import type { Problem } from '../../protocol/problems.ts';
import { assignmentProblems } from '../../protocol/requests.ts';
import {
  type AssignRequest,
  documentedAssignChecks,
  documentedAssignSuccess,
} from '../assign-conversation.ts';
import type { Behaviour } from '../behaviour.ts';
import { malformed, refusal } from '../refusal.ts';
import { parametersOf } from './requests.ts';

export type Parameters = Record<string, unknown>;
export type Target = 'agent' | 'queue';

/** A well-formed transfer is refused, where this is so. */
export function refusingAssignments(
  when: (asked: Parameters, request: AssignRequest) => boolean,
  says: string,
): Partial<Behaviour> {
  return {
    assignChecks: {
      ...documentedAssignChecks,
      'more than is documented': (request) =>
        when(parametersOf(request), request) ? refusal(400, says) : undefined,
    },
  };
}

/** These problems of the parameters are none to the tenant. */
export function tolerating(tolerated: (problem: Problem, asked: Parameters) => boolean): Partial<Behaviour> {
  return {
    assignChecks: {
      ...documentedAssignChecks,
      parameters: (request) => {
        const asked = parametersOf(request);
        const problems = assignmentProblems(asked).filter((problem) => !tolerated(problem, asked));
        return problems.length === 0 ? undefined : malformed(problems);
      },
    },
  };
}

/** Refusals of parameters or of the stream are changed. */
export function refusingAssignmentsWith(change: (answer: Answer) => Answer): Partial<Behaviour> {
  return {
    aroundAssign: async (_, reply) => {
      const documented = await reply();
      return documented.answer.status === 400 ? { answer: change(documented.answer) } : documented;
    },
  };
}

/** What is answered is changed for one target or for both; what is posted to the callbackUrl is not. */
export function transferred(
  change: (outcome: Record<string, unknown>) => unknown,
  to?: Target,
): Partial<Behaviour> {
  return transferredWith(
    (answer) => ({ ...answer, body: JSON.stringify(change(JSON.parse(answer.body))) }),
    to,
  );
}

/** As above, for answers that are not JSON. */
export function transferredWith(change: (answer: Answer) => Answer, to?: Target): Partial<Behaviour> {
  return {
    assignSuccess: (outcome) => {
      const documented = documentedAssignSuccess(outcome);
      return to === undefined || `${to}Id` in outcome ? change(documented) : documented;
    },
  };
}
