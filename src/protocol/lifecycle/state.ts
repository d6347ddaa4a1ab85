// Where a conversation stands, and what a step makes of it. Immutable; knows no clause. A step that breaks one is
// followed as well: the state becomes what the sender must have meant, so that one mistake is told once.
import type { Participant, Step, TransferStep } from './step.ts';

export interface ConversationState {
  /** Whether an event was seen. */
  readonly begun: boolean;
  /** It began with something else than the entry that begins a conversation; an NA entry may still come, too late. */
  readonly startMissing: boolean;
  /** Who is in it, in the order they came. */
  readonly present: readonly Participant[];
  /** Agents who must have left already; their exits may still come, and mean nothing. */
  readonly leaving: readonly Participant[];
  /** The transfer event before. */
  readonly latest: TransferStep | undefined;
  /** How the last one left, while nobody is there: told when that was found wrong, or cannot be known. */
  readonly lastExit: 'NA' | 'cold' | 'unknown' | undefined;
  /**
   * Who is in it is not certain: it began before what was seen, an event could not be read, or one that was found wrong
   * can be meant in two ways.
   */
  readonly rosterUnknown: boolean;
  /** A call that had dropped was taken up again. */
  readonly redialled: boolean;
  /** A summary was triggered since the last entry, too early maybe. */
  readonly summarised: boolean;
  readonly ended: boolean;
  /** What was told already and would only be told again: a message to nobody, an event after the end. */
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
  redialled: false,
  summarised: false,
  ended: false,
  reportedSilence: false,
  reportedAfterEnd: false,
};

const nobody: readonly Participant[] = [];

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
  // A redial takes up even what was ended by mistake (HOOKS-RDL-05); nothing else does.
  if (
    state.ended &&
    !(step.type === 'transfer' && step.transfer === 'redial' && step.transition === 'entry')
  ) {
    return state.reportedAfterEnd || step.type === 'end' ? state : { ...state, reportedAfterEnd: true };
  }
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

/** What a step that is no entry makes of a conversation that had not begun: what went before was not seen. */
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
    redialled: state.redialled || (transfer === 'redial' && state.begun),
    summarised: false,
    ended: false,
    reportedSilence: false,
    reportedAfterEnd: false,
  };
}

/** An entry that may have been meant to come before the agent's exit, so that no other exit is to be waited for. */
function isLate({ rosterUnknown, latest }: ConversationState, { agent }: TransferStep): boolean {
  return rosterUnknown && latest?.transition === 'exit' && latest.agent.identity === agent.identity;
}

/** Whether an entry leaves no doubt of who is there; one of who is there already may have been meant as an exit. */
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
  // NA is for the last agent, so nobody else is there any more.
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

/** Once the last one has left for good, an exit that follows by mistake changes nothing about that. */
function lastExitAfter(
  transfer: TransferStep['transfer'],
  { lastExit }: ConversationState,
): 'NA' | 'cold' | 'unknown' {
  if (lastExit === 'NA') return lastExit;
  return transfer === 'warm' || transfer === 'redial' ? 'unknown' : transfer;
}
