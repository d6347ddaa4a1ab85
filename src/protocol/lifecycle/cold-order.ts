// The rules for a profile that takes either order of a cold transfer: the flow lists have the exit first, the
// samples print the entry first.
// Stryker disable StringLiteral: docs/lifecycle.md, which verify compares, has the clauses and the ids; of the phases, only "ended" counts
import { type LifecycleRule, lifecycleRules } from './rules.ts';
import { describeAgent, type TransferStep } from './step.ts';

const takesOver = lifecycleRules['cold entry takes over'];

/** The rules where the next agent of a cold transfer may join before the previous one has left (X-09: either). */
export const rulesOfEitherOrder: Readonly<Record<string, LifecycleRule>> = {
  ...lifecycleRules,
  'cold entry takes over': {
    ...takesOver,
    clause: 'in a cold transfer the next agent joins before or after the cold exit of the previous one',
    breach: (state, step: TransferStep) =>
      state.present.length > 0 ? undefined : takesOver.breach(state, step),
  },
  'who was replaced leaves': {
    requirement: 'HOOKS-SEQ-07',
    clause: 'in a cold transfer the previous agent leaves, before or after the next one has joined',
    phase: 'open',
    steps: ['end'],
    breach: ({ leaving, rosterUnknown }) =>
      !rosterUnknown && leaving.length > 0
        ? `${leaving.map(describeAgent).join(' and ')} ${leaving.length > 1 ? 'were' : 'was'} replaced by cold transfer, and did not leave with cold exit before END_OF_CONVERSATION`
        : undefined,
  },
};
