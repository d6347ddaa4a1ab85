// Everything that the sandbox decides, as one object. A deliberate fault is a copy of it with one part replaced:
//   { ...documentedBehaviour, hooksChecks: { ...documentedBehaviour.hooksChecks, token: () => undefined } }
// keeps the order of the checks and of the rules.
import {
  type AssignBehaviour,
  documentedAssignChecks,
  documentedAssignSuccess,
  documentedCallbacks,
  documentedOutcome,
} from './assign-conversation.ts';
import { documentedHooksChecks, documentedSuccess, type HooksBehaviour } from './hooks.ts';
import { documentedOrder } from './order-rules.ts';

export interface Behaviour extends HooksBehaviour, AssignBehaviour {}

export const documentedBehaviour = {
  hooksChecks: documentedHooksChecks,
  order: documentedOrder,
  hooksSuccess: documentedSuccess,
  assignChecks: documentedAssignChecks,
  outcome: documentedOutcome,
  assignSuccess: documentedAssignSuccess,
  callbacks: documentedCallbacks,
} satisfies Behaviour;
