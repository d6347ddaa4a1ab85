// The documented order of a conversation, a rule each, beside its clause. A rule looks at the conversation so far and
// at one step, changes nothing, and says what is wrong, for people. All of them bind the sender. The general ones
// stand before the special ones, so that the first that is broken is the one to name.
import type { Level, RequirementId } from '../catalogue.ts';
import { type ConversationState, isIn, isUnreportedDrop } from './state.ts';
import {
  agentInWords,
  type Participant,
  type Step,
  type StepKind,
  stepInWords,
  stepKinds,
  type TransferStep,
} from './step.ts';

export interface LifecycleRule {
  requirement: RequirementId;
  /** Left out: the requirement's own. A documented form that is discouraged breaks no must. */
  level?: Level;
  /** What the documents ask for. */
  says: string;
  /** Whether it is about a conversation that goes on, or about one that has ended; left out: both. */
  of?: 'open' | 'ended';
  /** The steps that can break it; left out: all. */
  on?: readonly StepKind[];
  /** What is wrong with such a step; undefined when this rule has nothing against it. */
  breach(state: ConversationState, step: Step): string | undefined;
}

/** All steps but some, so that a new kind of step is under the rule until somebody takes it out. */
function allBut(...kinds: StepKind[]): readonly StepKind[] {
  return stepKinds.filter((kind) => !kinds.includes(kind));
}

/** Of a redial exit HOOKS-RDL-03 says enough. */
const exits: readonly StepKind[] = ['NA exit', 'cold exit', 'warm exit'];

export const lifecycleRules = {
  'ends once': {
    requirement: 'HOOKS-EOC-01',
    says: 'the end of a conversation is sent exactly once',
    of: 'ended',
    on: ['end'],
    breach: () => 'END_OF_CONVERSATION comes again; it is sent exactly once',
  },
  'no end at a drop': {
    requirement: 'HOOKS-RDL-05',
    says: 'a call that is taken up again was not ended at the drop',
    of: 'ended',
    on: ['redial entry'],
    breach: (_, step: TransferStep) =>
      `${agentInWords(step.agent)} redials after END_OF_CONVERSATION; a call that drops is not ended before it is over for good`,
  },
  'nothing after the end': {
    requirement: 'HOOKS-SEQ-03',
    says: 'nothing follows the end of a conversation',
    of: 'ended',
    on: allBut('redial entry', 'end'),
    breach: ({ reportedAfterEnd }, step) =>
      reportedAfterEnd
        ? undefined
        : `${stepInWords(step)} comes after END_OF_CONVERSATION; nothing may follow it`,
  },
  'no summary after the end': {
    requirement: 'HOOKS-SUM-04',
    says: 'a summary is triggered before the end of the conversation',
    of: 'ended',
    on: ['summary'],
    breach: () => 'A summary is triggered after END_OF_CONVERSATION; it comes before it',
  },
  'redial is an entry': {
    requirement: 'HOOKS-RDL-03',
    says: 'redial is only ever an entry; an agent who was called back leaves with NA exit',
    of: 'open',
    on: ['redial exit'],
    breach: (_, step: TransferStep) =>
      `${agentInWords(step.agent)} leaves with redial exit; redial is only ever an entry, and the last agent leaves with NA exit`,
  },
  'begins with NA entry or redial': {
    requirement: 'HOOKS-SEQ-01',
    says: 'a conversation begins with NA entry, or with redial entry for a call back',
    of: 'open',
    on: allBut('NA entry', 'redial entry', 'redial exit', 'message', 'unclear'),
    breach: ({ begun }, step) =>
      begun
        ? undefined
        : `The conversation begins with ${stepInWords(step)}; it begins with NA entry, or with redial entry for a call back`,
  },
  'one NA entry': {
    requirement: 'HOOKS-SEQ-05',
    says: 'NA entry begins a conversation, and happens once',
    of: 'open',
    on: ['NA entry'],
    breach: ({ begun, startMissing }, step: TransferStep) =>
      begun && !startMissing
        ? `${agentInWords(step.agent)} joins with NA entry, but the conversation has begun already; NA entry happens once`
        : undefined,
  },
  'who leaves is in it': {
    requirement: 'HOOKS-SEQ-06',
    says: 'an agent who leaves is in the conversation',
    of: 'open',
    on: exits,
    breach: (state, step: TransferStep) =>
      state.begun && isStranger(state, step) && !isMissingTakeOver(state, step)
        ? `${agentInWords(step.agent)} leaves with ${step.transfer} exit, but is not in the conversation${whoIs(state)}`
        : undefined,
  },
  'who enters is not in it': {
    requirement: 'HOOKS-SEQ-06',
    says: 'an agent who enters is not in the conversation yet',
    of: 'open',
    on: ['cold entry', 'warm entry'],
    breach: ({ present, rosterUnknown }, step: TransferStep) =>
      !rosterUnknown && isIn(present, step.agent)
        ? `${agentInWords(step.agent)} joins with ${step.transfer} entry, but is in the conversation already`
        : undefined,
  },
  'cold entry takes over': {
    requirement: 'HOOKS-SEQ-07',
    says: 'in a cold transfer the previous agent leaves with cold exit before the next one joins',
    of: 'open',
    on: ['cold entry'],
    breach: ({ begun, present, lastExit, rosterUnknown }, { agent }: TransferStep) => {
      if (!begun || rosterUnknown || isIn(present, agent)) return undefined;
      if (present.length > 0) {
        return `${agentInWords(agent)} joins by cold transfer while ${all(present)} ${present.length > 1 ? 'have' : 'has'} not left`;
      }
      return lastExit === 'NA'
        ? `${agentInWords(agent)} joins by cold transfer, but nobody left with cold exit before: the last one left with NA exit`
        : undefined;
    },
  },
  'cold exit is followed by cold entry': {
    requirement: 'HOOKS-SEQ-08',
    says: 'every cold exit is followed by the cold entry of the next agent',
    of: 'open',
    on: [...exits, 'redial entry', 'end'],
    breach: (state, step) =>
      state.lastExit === 'cold' &&
      (step.type === 'end' ||
        (step.type === 'transfer' && step.transition === 'entry' && !state.rosterUnknown) ||
        isMissingTakeOver(state, step))
        ? `${agentInWords(state.latest!.agent)} left with cold exit, and no agent joined with cold entry before the ${stepInWords(step)}`
        : undefined,
  },
  'warm entry joins somebody': {
    requirement: 'HOOKS-SEQ-09',
    says: 'in a warm transfer an agent joins while another one is in the conversation',
    of: 'open',
    on: ['warm entry'],
    breach: ({ begun, present, rosterUnknown }, step: TransferStep) =>
      begun && !rosterUnknown && present.length === 0
        ? `${agentInWords(step.agent)} joins by warm transfer, but nobody is in the conversation`
        : undefined,
  },
  'redial after the drop': {
    requirement: 'HOOKS-RDL-01',
    says: 'before a redial the agents of the dropped call leave with NA exit',
    of: 'open',
    on: ['redial entry'],
    breach: (state, step: TransferStep) =>
      !state.rosterUnknown && state.present.length > 0 && !isUnreportedDrop(state, step)
        ? `${agentInWords(step.agent)} redials while ${all(state.present)} ${state.present.length > 1 ? 'are' : 'is'} in the conversation; the drop is told first, with NA exit`
        : undefined,
  },
  'a drop is told': {
    requirement: 'HOOKS-RDL-06',
    says: 'a drop is told with NA exit before the redial',
    of: 'open',
    on: ['redial entry'],
    breach: (state, step: TransferStep) =>
      !state.rosterUnknown && isUnreportedDrop(state, step)
        ? `${agentInWords(step.agent)} redials straight after the NA entry: the drop was not told with NA exit`
        : undefined,
  },
  'who leaves others behind': {
    requirement: 'HOOKS-SEQ-10',
    says: 'an agent who leaves while others stay sends warm exit',
    of: 'open',
    on: ['NA exit', 'cold exit'],
    breach: ({ present, rosterUnknown }, { transfer, agent }: TransferStep) =>
      !rosterUnknown && present.length > 1 && isIn(present, agent)
        ? `${agentInWords(agent)} leaves with ${transfer} exit while ${all(others(present, agent))} ${present.length > 2 ? 'stay' : 'stays'}; that is a warm exit`
        : undefined,
  },
  'the last one leaves with NA exit': {
    requirement: 'HOOKS-SEQ-11',
    says: 'the last agent in the conversation leaves with NA exit',
    of: 'open',
    on: ['warm exit'],
    // One who should have left before may be there after all.
    breach: ({ present, leaving, rosterUnknown }, step: TransferStep) =>
      !rosterUnknown && present.length === 1 && leaving.length === 0 && isIn(present, step.agent)
        ? `${agentInWords(step.agent)} leaves with warm exit and was the last one; the last agent leaves with NA exit`
        : undefined,
  },
  'summary after the last exit': {
    requirement: 'HOOKS-SUM-04',
    says: 'a summary is triggered after the NA exit of the last agent',
    of: 'open',
    on: ['summary'],
    breach: (state) =>
      state.begun && !isLeft(state)
        ? `A summary is triggered ${whereItStands(state)}; it comes after the NA exit of the last agent`
        : undefined,
  },
  'NA exit before the end': {
    requirement: 'HOOKS-SEQ-02',
    says: 'the NA exit of the last agent comes before the end of the conversation',
    of: 'open',
    on: ['end'],
    breach: (state) =>
      state.begun && !isLeft(state)
        ? `END_OF_CONVERSATION comes ${whereItStands(state)}; the NA exit of the last agent comes before it`
        : undefined,
  },
  'messages are heard': {
    requirement: 'HOOKS-SEQ-12',
    says: 'messages are sent while an agent is in the conversation',
    of: 'open',
    on: ['message'],
    breach: ({ present, rosterUnknown, reportedSilence }) =>
      !rosterUnknown && !reportedSilence && present.length === 0
        ? 'A message is sent while no agent is in the conversation'
        : undefined,
  },
  'a redial is summarised': {
    requirement: 'HOOKS-RDL-01',
    level: 'should',
    says: 'a summary follows the last NA exit of a call that was taken up again',
    of: 'open',
    on: ['end'],
    breach: ({ redialled, summarised }) =>
      redialled && !summarised
        ? 'The call was taken up by redial, and no summary was triggered before END_OF_CONVERSATION'
        : undefined,
  },
} satisfies Record<string, LifecycleRule>;

/** An exit of somebody who is not there, as far as that is known. */
function isStranger(
  { present, leaving, rosterUnknown }: ConversationState,
  { agent }: TransferStep,
): boolean {
  return !rosterUnknown && !isIn(present, agent) && !isIn(leaving, agent);
}

/** After a cold exit another agent leaves who never joined: the cold entry is missing. */
function isMissingTakeOver(state: ConversationState, step: Step): boolean {
  return (
    step.type === 'transfer' &&
    state.lastExit === 'cold' &&
    isStranger(state, step) &&
    step.agent.identity !== state.latest?.agent.identity
  );
}

/**
 * Whether the last agent has left for good, or it cannot be told. Not after a cold exit: the next agent is still to come
 * (HOOKS-SEQ-08).
 */
function isLeft({ lastExit }: ConversationState): boolean {
  return lastExit === 'NA' || lastExit === 'unknown';
}

function whereItStands({ present, latest }: ConversationState): string {
  return present.length > 0
    ? `while ${all(present)} ${present.length > 1 ? 'are' : 'is'} in the conversation`
    : `after the cold exit of ${agentInWords(latest!.agent)}`;
}

function whoIs({ present }: ConversationState): string {
  return present.length > 0 ? ` (${all(present)} ${present.length > 1 ? 'are' : 'is'})` : '';
}

function others(present: readonly Participant[], { identity }: Participant): readonly Participant[] {
  return present.filter((agent) => agent.identity !== identity);
}

function all(agents: readonly Participant[]): string {
  return agents.map(agentInWords).join(' and ');
}
