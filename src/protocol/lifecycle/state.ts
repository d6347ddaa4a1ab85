// The state of a conversation, and how a step changes it. Immutable; unaware of the rules. A step that breaks a rule
// changes the state as well: to what the sender must have meant, so that one mistake is reported once.
import type { Participant, Step, TransferStep } from './step.ts';

export interface ConversationState {
  /** Whether an event was seen. */
  readonly begun: boolean;
  /** It did not begin with an NA entry or a redial entry; the NA entry may still come, too late. */
  readonly startMissing: boolean;
  /** Who is in it, in the order they came. */
  readonly present: readonly Participant[];
  /** Agents who must have left already; their exits may still come, and change nothing. */
  readonly leaving: readonly Participant[];
  /** The latest transfer event. */
  readonly latest: TransferStep | undefined;
  /** How the last agent left, while nobody is there; unknown when that exit was wrong, or was not seen. */
  readonly lastExit: 'NA' | 'cold' | 'unknown' | undefined;
  /**
   * It is not certain who is in it: its beginning was not seen, an event could not be read, or a wrong event can have
   * two meanings.
   */
  readonly rosterUnknown: boolean;
  /** More agents were in it than are followed: the oldest were forgotten, so its order is judged in part. */
  readonly crowded: boolean;
  /** A call that had dropped was taken up again. */
  readonly redialled: boolean;
  /** A summary was triggered since the last entry, maybe too early. */
  readonly summarised: boolean;
  readonly ended: boolean;
  /** Already reported, so not reported again: a message to nobody, an event after the end. */
  readonly reportedSilence: boolean;
  readonly reportedAfterEnd: boolean;
}

export const newConversation: ConversationState = {
  begun: false,
  startMissing: false,
  present: [],
  leaving: [],
  latest: undefined,
  lastExit: undefined,
  rosterUnknown: false,
  crowded: false,
  redialled: false,
  summarised: false,
  ended: false,
  reportedSilence: false,
  reportedAfterEnd: false,
};

/** The state of a conversation that had ended before its first known request. */
export const endedBefore: ConversationState = {
  ...newConversation,
  begun: true,
  ended: true,
  lastExit: 'NA',
};
/** The state after requests that are not known: what may be their consequence is not held against the sender. */
export const unknownBefore: ConversationState = {
  ...newConversation,
  begun: true,
  rosterUnknown: true,
  lastExit: 'unknown',
};
/** The same, when the unknown requests may include the beginning. */
export const lostBefore: ConversationState = { ...unknownBefore, startMissing: true };

const nobody: readonly Participant[] = [];

/**
 * How many agents are followed at a time, in the conversation and leaving it: many more than any call has, and few enough
 * that a step costs the same however many have come.
 */
export const maxAgents = 100;

export function isIn(agents: readonly Participant[], { identity }: Participant): boolean {
  for (const agent of agents) if (agent.identity === identity) return true;
  return false;
}

function joined(some: readonly Participant[], more: readonly Participant[]): readonly Participant[] {
  return more.length === 0 ? some : [...some, ...more];
}

function without(agents: readonly Participant[], { identity }: Participant): readonly Participant[] {
  return agents.length === 0 ? agents : agents.filter((agent) => agent.identity !== identity);
}

/**
 * The short form of a redial: the same agent, straight after the NA entry. The drop was not reported (X-06,
 * HOOKS-RDL-06).
 */
export function isUnreportedDrop({ latest, ended }: ConversationState, step: TransferStep): boolean {
  return (
    !ended &&
    latest !== undefined &&
    latest.transfer === 'NA' &&
    latest.transition === 'entry' &&
    latest.agent.identity === step.agent.identity
  );
}

/** The state after a step. */
export function after(state: ConversationState, step: Step): ConversationState {
  // Only a redial reopens a conversation that was ended by mistake (HOOKS-RDL-05).
  if (
    state.ended &&
    !(step.type === 'transfer' && step.transfer === 'redial' && step.transition === 'entry')
  ) {
    return state.reportedAfterEnd || step.type === 'end' ? state : { ...state, reportedAfterEnd: true };
  }
  return uncrowded(next(state, step));
}

function next(state: ConversationState, step: Step): ConversationState {
  switch (step.type) {
    case 'message':
      return state.present.length > 0 || state.reportedSilence ? state : { ...state, reportedSilence: true };
    case 'summary':
      return { ...begun(state), summarised: true };
    case 'end':
      return { ...begun(state), ended: true };
    case 'unclear':
      return { ...begun(state), rosterUnknown: true, lastExit: 'unknown' };
    case 'transfer':
      return step.transition === 'entry' ? afterEntry(state, step) : afterExit(state, step);
  }
}

/** A state with no more agents than are followed. Who was forgotten may still leave, so it is not certain who is there. */
function uncrowded(state: ConversationState): ConversationState {
  const { present, leaving } = state;
  if (present.length <= maxAgents && leaving.length <= maxAgents) return state;
  return {
    ...state,
    present: present.slice(-maxAgents),
    leaving: leaving.slice(-maxAgents),
    rosterUnknown: true,
    crowded: true,
  };
}

/** The state once begun. A conversation that begins with anything but an entry has a beginning that was not seen. */
function begun(state: ConversationState): ConversationState {
  return state.begun
    ? state
    : { ...state, begun: true, startMissing: true, rosterUnknown: true, lastExit: 'unknown' };
}

function afterEntry(state: ConversationState, step: TransferStep): ConversationState {
  const { transfer, agent } = step;
  const others = without(state.present, agent);
  const takesOver = transfer === 'cold' || transfer === 'redial';
  const opens = transfer === 'NA' || (transfer === 'redial' && !state.begun);
  return {
    begun: true,
    startMissing: !opens && (state.startMissing || !state.begun),
    present: takesOver ? [agent] : [...others, agent],
    leaving: without(takesOver ? joined(state.leaving, others) : state.leaving, agent),
    latest: step,
    lastExit: isLate(state, step) ? 'unknown' : undefined,
    rosterUnknown: state.rosterUnknown || !entryFits(state, step, others),
    crowded: state.crowded,
    redialled: state.redialled || (transfer === 'redial' && state.begun),
    summarised: false,
    ended: false,
    reportedSilence: false,
    reportedAfterEnd: false,
  };
}

/** Whether an entry may belong before the exit of its agent, in which case no other exit will come. */
function isLate({ rosterUnknown, latest }: ConversationState, { agent }: TransferStep): boolean {
  return rosterUnknown && latest?.transition === 'exit' && latest.agent.identity === agent.identity;
}

/** Whether an entry leaves no doubt who is there. An entry of an agent who is there already may be meant as an exit. */
function entryFits(state: ConversationState, step: TransferStep, others: readonly Participant[]): boolean {
  if (step.transfer === 'redial') {
    return (state.present.length === 0 && state.lastExit !== 'cold') || isUnreportedDrop(state, step);
  }
  if (isIn(state.present, step.agent)) return false;
  if (step.transfer === 'warm') return others.length > 0;
  return step.transfer === 'NA' || state.begun;
}

function afterExit(state: ConversationState, step: TransferStep): ConversationState {
  const { transfer, agent } = step;
  if (isIn(state.leaving, agent)) return { ...state, leaving: without(state.leaving, agent) };
  const known = isIn(state.present, agent);
  const others = without(state.present, agent);
  // NA exit is for the last agent, so nobody else is there.
  const present = transfer === 'NA' ? nobody : others;
  const fits =
    known && transfer !== 'redial' && (transfer === 'warm' ? others.length > 0 : others.length === 0);
  const before = begun(state);
  return {
    ...before,
    present,
    leaving: transfer === 'NA' ? joined(before.leaving, others) : before.leaving,
    latest: step,
    lastExit: present.length === 0 ? lastExitAfter(transfer, state) : before.lastExit,
    rosterUnknown: state.rosterUnknown || !fits,
  };
}

/** Once the last agent has left with NA exit, another exit that follows by mistake does not change that. */
function lastExitAfter(
  transfer: TransferStep['transfer'],
  { lastExit }: ConversationState,
): 'NA' | 'cold' | 'unknown' {
  if (lastExit === 'NA') return lastExit;
  return transfer === 'warm' || transfer === 'redial' ? 'unknown' : transfer;
}
