// Everything that the sandbox decides, as one object. A deliberate fault is a copy of it with one part replaced, as in
//   { ...documentedBehaviour, hooksChecks: { ...documentedBehaviour.hooksChecks, token: () => undefined } }
// which keeps the order of the checks and of the rules.
import {
  type AssignBehaviour,
  documentedAssignChecks,
  documentedAssignSuccess,
  documentedCallbacks,
  documentedOutcome,
  nothingAroundAssign,
} from './assign-conversation.ts';
import {
  documentedHooksChecks,
  documentedSuccess,
  type HooksBehaviour,
  nothingAroundHooks,
} from './hooks.ts';
import { documentedOrder } from './order-rules.ts';

export interface Behaviour extends HooksBehaviour, AssignBehaviour {
  /** HOOKS-EP-01, ASSIGN-REQ-01: whether requests with this method are served there at all. */
  serves: (method: string, at: Endpoint) => boolean;
}

export type Endpoint = 'hooks' | 'assign-conversation';

export const documentedBehaviour = {
  hooksChecks: documentedHooksChecks,
  order: documentedOrder,
  hooksSuccess: documentedSuccess,
  aroundHooks: nothingAroundHooks,
  assignChecks: documentedAssignChecks,
  outcome: documentedOutcome,
  assignSuccess: documentedAssignSuccess,
  callbacks: documentedCallbacks,
  aroundAssign: nothingAroundAssign,
  serves: (method) => method === 'POST',
} satisfies Behaviour;
