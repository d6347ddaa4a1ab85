// The documented order of a conversation, as rules with their clauses. A rule looks at the conversation so far and at
// one step, changes nothing, and returns what is wrong, for people. All rules bind the sender. General rules come before
// special ones, so that the first broken rule is the one to report.
// Stryker disable StringLiteral: docs/lifecycle.md, which verify compares, has the clauses and the ids; of the phases, only "ended" counts
import type { Level, RequirementId } from '../catalogue.ts';
import { type ConversationState, isIn, isUnreportedDrop } from './state.ts';
import {
  describeAgent,
  describeStep,
  type Participant,
  type Step,
  type StepKind,
  stepKinds,
  type TransferStep,
} from './step.ts';

export interface LifecycleRule {
  requirement: RequirementId;
  /** By default the level of the requirement. A form that one document shows and another discourages is a should. */
  level?: Level;
  /** What the documents ask for. */
  clause: string;
  /** Whether it applies before or after END_OF_CONVERSATION; by default both. */
  phase?: 'open' | 'ended';
  /** The steps that can break it; by default all. */
  steps?: readonly StepKind[];
  /** What is wrong with the step; undefined when it keeps the rule. */
  breach(state: ConversationState, step: Step): string | undefined;
}

/** All kinds of step but some: a new kind falls under the rule until somebody excludes it. */
function allBut(...kinds: StepKind[]): readonly StepKind[] {
  return stepKinds.filter((kind) => !kinds.includes(kind));
}

/** Without redial exit, which HOOKS-RDL-03 already forbids. */
const exits: readonly StepKind[] = ['NA exit', 'cold exit', 'warm exit'];

export const lifecycleRules = {
  'ends once': {
    requirement: 'HOOKS-EOC-01',
    clause: 'the end of a conversation is sent exactly once',
    phase: 'ended',
    steps: ['end'],
    breach: () => 'END_OF_CONVERSATION comes again; it is sent exactly once',
  },
  'no end at a drop': {
    requirement: 'HOOKS-RDL-05',
    clause: 'a call that is taken up again was not ended at the drop',
    phase: 'ended',
    steps: ['redial entry'],
    breach: (_, step: TransferStep) =>
      `${describeAgent(step.agent)} redials after END_OF_CONVERSATION; a call that drops is not ended before it is over for good`,
  },
  'nothing after the end': {
    requirement: 'HOOKS-SEQ-03',
    clause: 'nothing follows the end of a conversation',
    phase: 'ended',
    steps: allBut('redial entry', 'end'),
    breach: ({ reportedAfterEnd }, step) =>
      reportedAfterEnd
        ? undefined
        : `${describeStep(step)} comes after END_OF_CONVERSATION; nothing may follow it`,
  },
  'no summary after the end': {
    requirement: 'HOOKS-SUM-04',
    clause: 'a summary is triggered before the end of the conversation',
    phase: 'ended',
    steps: ['summary'],
    breach: () => 'A summary is triggered after END_OF_CONVERSATION; it comes before it',
  },
  'redial is an entry': {
    requirement: 'HOOKS-RDL-03',
    clause: 'redial is only ever an entry; the last agent leaves with NA exit',
    phase: 'open',
    steps: ['redial exit'],
    breach: (_, step: TransferStep) =>
      `${describeAgent(step.agent)} leaves with redial exit; redial is only ever an entry, and the last agent leaves with NA exit`,
  },
  'begins with NA entry or redial': {
    requirement: 'HOOKS-SEQ-01',
    clause: 'a conversation begins with NA entry, or with redial entry when an agent calls the customer back',
    phase: 'open',
    steps: allBut('NA entry', 'redial entry', 'redial exit', 'message', 'unclear'),
    breach: ({ begun }, step) =>
      begun
        ? undefined
        : `The conversation begins with ${describeStep(step)}; it begins with NA entry, or with redial entry when an agent calls the customer back`,
  },
  'one NA entry': {
    requirement: 'HOOKS-SEQ-05',
    clause: 'NA entry begins a conversation, and happens once',
    phase: 'open',
    steps: ['NA entry'],
    breach: ({ begun, startMissing }, step: TransferStep) =>
      begun && !startMissing
        ? `${describeAgent(step.agent)} joins with NA entry, but the conversation has begun already; NA entry happens once`
        : undefined,
  },
  'who leaves is in it': {
    requirement: 'HOOKS-SEQ-06',
    clause: 'an agent who leaves is in the conversation',
    phase: 'open',
    steps: exits,
    breach: (state, step: TransferStep) =>
      state.begun && isStranger(state, step) && !isMissingTakeOver(state, step)
        ? `${describeAgent(step.agent)} leaves with ${step.transfer} exit, but is not in the conversation${whoIs(state)}`
        : undefined,
  },
  'who enters is not in it': {
    requirement: 'HOOKS-SEQ-06',
    clause: 'an agent who enters is not in the conversation yet',
    phase: 'open',
    steps: ['cold entry', 'warm entry'],
    breach: ({ present, rosterUnknown }, step: TransferStep) =>
      !rosterUnknown && isIn(present, step.agent)
        ? `${describeAgent(step.agent)} joins with ${step.transfer} entry, but is in the conversation already`
        : undefined,
  },
  'cold entry takes over': {
    requirement: 'HOOKS-SEQ-07',
    clause: 'in a cold transfer the previous agent leaves with cold exit before the next one joins',
    phase: 'open',
    steps: ['cold entry'],
    breach: ({ begun, present, lastExit, rosterUnknown }, { agent }: TransferStep) => {
      if (!begun || rosterUnknown || isIn(present, agent)) return undefined;
      if (present.length > 0) {
        return `${describeAgent(agent)} joins by cold transfer while ${all(present)} ${present.length > 1 ? 'have' : 'has'} not left (X-09: the flow lists of both pages have the exit first, their samples print the entry first)`;
      }
      return lastExit === 'NA'
        ? `${describeAgent(agent)} joins by cold transfer, but nobody left with cold exit before: the last one left with NA exit`
        : undefined;
    },
  },
  'cold exit is followed by cold entry': {
    requirement: 'HOOKS-SEQ-08',
    clause: 'every cold exit is followed by the cold entry of the next agent',
    phase: 'open',
    steps: [...exits, 'redial entry', 'end'],
    breach: (state, step) =>
      state.lastExit === 'cold' &&
      (step.type === 'end' ||
        (step.type === 'transfer' && step.transition === 'entry' && !state.rosterUnknown) ||
        isMissingTakeOver(state, step))
        ? `${describeAgent(state.latest!.agent)} left with cold exit, and no agent joined with cold entry before the ${describeStep(step)}`
        : undefined,
  },
  'warm entry joins somebody': {
    requirement: 'HOOKS-SEQ-09',
    clause: 'in a warm transfer an agent joins while another one is in the conversation',
    phase: 'open',
    steps: ['warm entry'],
    breach: ({ begun, present, rosterUnknown }, step: TransferStep) =>
      begun && !rosterUnknown && present.length === 0
        ? `${describeAgent(step.agent)} joins by warm transfer, but nobody is in the conversation`
        : undefined,
  },
  'redial after the drop': {
    requirement: 'HOOKS-RDL-01',
    clause: 'before a redial the agents of the dropped call leave with NA exit',
    phase: 'open',
    steps: ['redial entry'],
    breach: (state, step: TransferStep) =>
      !state.rosterUnknown && state.present.length > 0 && !isUnreportedDrop(state, step)
        ? `${describeAgent(step.agent)} redials while ${all(state.present)} ${state.present.length > 1 ? 'are' : 'is'} in the conversation; the drop is reported first, with NA exit`
        : undefined,
  },
  'a drop is reported': {
    requirement: 'HOOKS-RDL-06',
    clause: 'a drop is reported with NA exit before the redial',
    phase: 'open',
    steps: ['redial entry'],
    breach: (state, step: TransferStep) =>
      !state.rosterUnknown && isUnreportedDrop(state, step)
        ? `${describeAgent(step.agent)} redials straight after the NA entry: the drop was not reported with NA exit`
        : undefined,
  },
  'who leaves others behind': {
    requirement: 'HOOKS-SEQ-10',
    clause: 'an agent who leaves while others stay sends warm exit',
    phase: 'open',
    steps: ['NA exit', 'cold exit'],
    breach: ({ present, rosterUnknown }, { transfer, agent }: TransferStep) =>
      !rosterUnknown && present.length > 1 && isIn(present, agent)
        ? `${describeAgent(agent)} leaves with ${transfer} exit while ${all(others(present, agent))} ${present.length > 2 ? 'stay' : 'stays'}; that is a warm exit`
        : undefined,
  },
  'the last one leaves with NA exit': {
    requirement: 'HOOKS-SEQ-11',
    clause: 'the last agent in the conversation leaves with NA exit',
    phase: 'open',
    steps: ['warm exit'],
    // An agent in `leaving` may still be there.
    breach: ({ present, leaving, rosterUnknown }, step: TransferStep) =>
      !rosterUnknown && present.length === 1 && leaving.length === 0 && isIn(present, step.agent)
        ? `${describeAgent(step.agent)} leaves with warm exit and was the last one; the last agent leaves with NA exit`
        : undefined,
  },
  'summary after the last exit': {
    requirement: 'HOOKS-SUM-04',
    clause: 'a summary is triggered after the NA exit of the last agent',
    phase: 'open',
    steps: ['summary'],
    breach: (state) =>
      state.begun && !isLeft(state)
        ? `A summary is triggered ${whereItStands(state)}; it comes after the NA exit of the last agent`
        : undefined,
  },
  'NA exit before the end': {
    requirement: 'HOOKS-SEQ-02',
    clause: 'the NA exit of the last agent comes before the end of the conversation',
    phase: 'open',
    steps: ['end'],
    breach: (state) =>
      state.begun && !isLeft(state)
        ? `END_OF_CONVERSATION comes ${whereItStands(state)}; the NA exit of the last agent comes before it`
        : undefined,
  },
  'messages are heard': {
    requirement: 'HOOKS-SEQ-12',
    clause: 'messages are sent while an agent is in the conversation',
    phase: 'open',
    steps: ['message'],
    breach: ({ present, rosterUnknown, reportedSilence }) =>
      !rosterUnknown && !reportedSilence && present.length === 0
        ? 'A message is sent while no agent is in the conversation'
        : undefined,
  },
  'a redial is summarised': {
    requirement: 'HOOKS-RDL-01',
    level: 'should',
    clause: 'a summary follows the last NA exit of a call that was taken up again',
    phase: 'open',
    steps: ['end'],
    breach: ({ redialled, summarised }) =>
      redialled && !summarised
        ? 'The call was taken up by redial, and no summary was triggered before END_OF_CONVERSATION'
        : undefined,
  },
} satisfies Record<string, LifecycleRule>;

/** Whether an exit is of somebody who is known not to be there. */
function isStranger(
  { present, leaving, rosterUnknown }: ConversationState,
  { agent }: TransferStep,
): boolean {
  return !rosterUnknown && !isIn(present, agent) && !isIn(leaving, agent);
}

/** Whether, after a cold exit, another agent leaves without having joined: the cold entry is missing. */
function isMissingTakeOver(state: ConversationState, step: Step): boolean {
  return (
    step.type === 'transfer' &&
    state.lastExit === 'cold' &&
    isStranger(state, step) &&
    step.agent.identity !== state.latest?.agent.identity
  );
}

/**
 * Whether the last agent has left for good, or may have. Not after a cold exit: the next agent is still to come
 * (HOOKS-SEQ-08).
 */
function isLeft({ lastExit }: ConversationState): boolean {
  return lastExit === 'NA' || lastExit === 'unknown';
}

function whereItStands({ present, latest }: ConversationState): string {
  return present.length > 0
    ? `while ${all(present)} ${present.length > 1 ? 'are' : 'is'} in the conversation`
    : `after the cold exit of ${describeAgent(latest!.agent)}`;
}

function whoIs({ present }: ConversationState): string {
  return present.length > 0 ? ` (${all(present)} ${present.length > 1 ? 'are' : 'is'})` : '';
}

function others(present: readonly Participant[], { identity }: Participant): readonly Participant[] {
  return present.filter((agent) => agent.identity !== identity);
}

/** How many agents a message names. */
const maxNamed = 5;

function all(agents: readonly Participant[]): string {
  const named = agents.slice(0, maxNamed).map(describeAgent);
  const more = agents.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(' and ');
}
