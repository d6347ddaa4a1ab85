// The documented order of a conversation, a rule each. The first rule that is broken is the one that is named, so the
// general ones stand before the special ones. A rule looks at the conversation so far and at one step; it changes
// nothing. All of them bind the sender: that a tenant *refuses* what breaks them is this sandbox's own strictness.
import type { Conversation, OrderRule, Step, TransferStep } from './conversations.ts';

export type OrderRules = Readonly<Record<string, OrderRule>>;

export const documentedOrder = {
  'ends once': {
    requirements: ['HOOKS-EOC-01', 'HOOKS-SEQ-03'],
    says: 'the conversation has ended already; its end is sent exactly once',
    breaks: ({ ended }, step) => ended && step.does === 'end',
  },
  'nothing after the end': {
    requirements: ['HOOKS-SEQ-03'],
    says: 'the conversation has ended; nothing may follow',
    breaks: ({ ended }) => ended,
  },
  'redial is an entry': {
    requirements: ['HOOKS-RDL-03'],
    says: 'redial is only ever an entry; an agent who was called back leaves with NA exit',
    breaks: (_, step) => isTransfer(step, 'redial', 'exit'),
  },
  'begins with NA entry or redial': {
    requirements: ['HOOKS-SEQ-01', 'HOOKS-RDL-04'],
    says: 'the first agent joins with NA entry, or with redial entry for a call back',
    breaks: ({ latest }, step) =>
      step.does === 'transfer' &&
      latest === undefined &&
      !isTransfer(step, 'NA', 'entry') &&
      !isTransfer(step, 'redial', 'entry'),
  },
  'one NA entry': {
    requirements: ['HOOKS-SEQ-05'],
    says: 'NA entry begins a conversation, and this one has begun',
    breaks: ({ latest }, step) => latest !== undefined && isTransfer(step, 'NA', 'entry'),
  },
  'who leaves is in it': {
    requirements: ['HOOKS-SEQ-06'],
    says: 'an agent who is not in the conversation cannot leave it',
    breaks: ({ present }, step) =>
      step.does === 'transfer' && step.transition === 'exit' && !present.includes(step.agent),
  },
  'who enters is not in it': {
    requirements: ['HOOKS-SEQ-06'],
    says: 'an agent who is in the conversation cannot enter it',
    breaks: (conversation, step) =>
      step.does === 'transfer' &&
      step.transition === 'entry' &&
      conversation.present.includes(step.agent) &&
      !isUnreportedDrop(conversation, step),
  },
  'cold entry takes over': {
    requirements: ['HOOKS-SEQ-07'],
    says: 'in a cold transfer the previous agent leaves with cold exit before the next one joins',
    breaks: ({ present, latest }, step) =>
      isTransfer(step, 'cold', 'entry') &&
      latest !== undefined &&
      (present.length > 0 || !isTransfer(latest, 'cold', 'exit')),
  },
  'warm entry joins somebody': {
    requirements: ['HOOKS-SEQ-09'],
    says: 'in a warm transfer an agent joins while another one is in the conversation',
    breaks: ({ present }, step) => isTransfer(step, 'warm', 'entry') && present.length === 0,
  },
  'redial after the drop': {
    requirements: ['HOOKS-RDL-01'],
    says: 'before a redial the agents of the dropped call leave',
    breaks: (conversation, step) =>
      isTransfer(step, 'redial', 'entry') &&
      conversation.present.length > 0 &&
      !isUnreportedDrop(conversation, step),
  },
  'NA exit is the last': {
    requirements: ['HOOKS-SEQ-10', 'HOOKS-SEQ-11'],
    says: 'an agent who leaves while others stay sends warm exit; NA exit is for the last one',
    breaks: ({ present }, step) => isTransfer(step, 'NA', 'exit') && present.length > 1,
  },
  'cold exit leaves nobody': {
    requirements: ['HOOKS-SEQ-10'],
    says: 'an agent who leaves while others stay sends warm exit',
    breaks: ({ present }, step) => isTransfer(step, 'cold', 'exit') && present.length > 1,
  },
  'warm exit is not the last': {
    requirements: ['HOOKS-SEQ-11'],
    says: 'the last agent in the conversation leaves with NA exit',
    breaks: ({ present }, step) => isTransfer(step, 'warm', 'exit') && present.length === 1,
  },
  'summary after the last exit': {
    requirements: ['HOOKS-SUM-04'],
    says: 'a summary is triggered after the NA exit of the last agent',
    breaks: (conversation, step) => step.does === 'summary' && !isLeft(conversation),
  },
  'NA exit before the end': {
    requirements: ['HOOKS-SEQ-02'],
    says: 'the NA exit of the last agent comes before the end of the conversation',
    breaks: (conversation, step) => step.does === 'end' && !isLeft(conversation),
  },
} satisfies OrderRules;

function isTransfer(
  step: Step,
  transfer: TransferStep['transfer'],
  transition: TransferStep['transition'],
): step is TransferStep {
  return step.does === 'transfer' && step.transfer === transfer && step.transition === transition;
}

/** The short form of a redial: the same agent, straight after the NA entry (X-06, HOOKS-RDL-06). */
function isUnreportedDrop({ latest }: Conversation, step: Step): boolean {
  return (
    latest !== undefined &&
    isTransfer(latest, 'NA', 'entry') &&
    isTransfer(step, 'redial', 'entry') &&
    latest.agent === step.agent
  );
}

/**
 * Whether the last agent has left for good. Not after a cold exit: the next agent is still to come (HOOKS-SEQ-08). Nor
 * where no agent ever joined: CE's Key Rule has no conversation without an NA exit.
 */
function isLeft({ latest }: Conversation): boolean {
  return latest !== undefined && isTransfer(latest, 'NA', 'exit');
}
