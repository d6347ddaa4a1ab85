// Builds tenants that refuse a transfer which they should carry out, carry out one which they should refuse, or answer it
// in a form that is not documented.
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

/** Refuses some well-formed transfers. @param when which of them */
export function refusingAssignments(
  when: (parameters: Parameters, request: AssignRequest) => boolean,
  message: string,
): Partial<Behaviour> {
  return {
    assignChecks: {
      ...documentedAssignChecks,
      'a rule of this tenant': (request) =>
        when(parametersOf(request), request) ? refusal(400, message) : undefined,
    },
  };
}

/** Ignores some problems of the parameters. @param tolerated which of them */
export function tolerating(
  tolerated: (problem: Problem, parameters: Parameters) => boolean,
): Partial<Behaviour> {
  return {
    assignChecks: {
      ...documentedAssignChecks,
      parameters: (request) => {
        const parameters = parametersOf(request);
        const problems = assignmentProblems(parameters).filter((problem) => !tolerated(problem, parameters));
        return problems.length === 0 ? undefined : malformed(problems);
      },
    },
  };
}

/** Changes the refusals of parameters and of the stream. */
export function refusingAssignmentsWith(change: (answer: Answer) => Answer): Partial<Behaviour> {
  return {
    aroundAssign: async (_, reply) => {
      const documented = await reply();
      return documented.answer.status === 400 ? { answer: change(documented.answer) } : documented;
    },
  };
}

/** Changes the answer for one target or for both, but not what is posted to the callbackUrl. */
export function transferred(
  change: (outcome: Record<string, unknown>) => unknown,
  to?: Target,
): Partial<Behaviour> {
  return transferredWith(
    (answer) => ({ ...answer, body: JSON.stringify(change(JSON.parse(answer.body))) }),
    to,
  );
}

/** Like `transferred`, for answers that are not JSON. */
export function transferredWith(change: (answer: Answer) => Answer, to?: Target): Partial<Behaviour> {
  return {
    assignSuccess: (outcome) => {
      const documented = documentedAssignSuccess(outcome);
      return to === undefined || `${to}Id` in outcome ? change(documented) : documented;
    },
  };
}
