// One mistake in a valid conversation, and the requirements that it breaks by the documents, not by the
// model. Where two clauses name the same mistake, either may be reported.
import type { Transfer } from '../../../src/protocol/events.ts';
import type { SenderStep } from './conversations.ts';

export interface Mistake {
  what: string;
  steps: SenderStep[];
  /** One of these is found first. */
  breaks: string[];
}

type SenderTransfer = Extract<SenderStep, { type: 'transfer' }>;

/** A step and its neighbours. */
interface Place {
  before: SenderStep | undefined;
  step: SenderStep;
  after: SenderStep | undefined;
  /** Who is in the conversation before the step. */
  present: number[];
  redialled: boolean;
}

const SUMMARY_MISSING = 'HOOKS-RDL-01 (should)';
const UNREPORTED = 'HOOKS-RDL-06 (should)';
const UNHEARD = 'HOOKS-SEQ-12 (should)';

/** All mistakes at one step that break a rule. */
export function mistakesAt(steps: readonly SenderStep[], index: number): Mistake[] {
  const place = placeOf(steps, index);
  const found: Mistake[] = [];
  const add = (what: string, breaks: string[], ...instead: SenderStep[]) => {
    if (breaks.length > 0)
      found.push({ what, breaks, steps: steps.toSpliced(index, what === 'swapped' ? 2 : 1, ...instead) });
  };
  add('left out', leftOut(place));
  add('sent twice', sentTwice(place), place.step, place.step);
  if (place.after) add('swapped', swapped(place), place.after, place.step);
  if (place.step.type === 'transfer') {
    const { step } = place;
    add('names a stranger', namesStranger(place), { ...step, agent: 99 });
    const transition = step.transition === 'entry' ? 'exit' : 'entry';
    add(`sent as an ${transition}`, otherTransition(kindOf(place)), { ...step, transition });
    for (const transfer of ['NA', 'cold', 'warm', 'redial'] as const) {
      add(`sent as ${transfer}`, otherTransfer(kindOf(place), transfer), { ...step, transfer });
    }
  }
  return found;
}

type Kind =
  | 'message'
  | 'summary'
  | 'end'
  | `${'opening' | 'later' | 'short'} redial entry`
  | `${'dropping' | 'last'} NA exit`
  | 'NA entry'
  | `${'cold' | 'warm'} ${'entry' | 'exit'}`;

function kindOf({ step, before, after, present }: Omit<Place, 'redialled'>): Kind {
  if (step.type !== 'transfer') return step.type;
  if (step.transfer === 'redial') {
    return before === undefined
      ? 'opening redial entry'
      : present.length > 0
        ? 'short redial entry'
        : 'later redial entry';
  }
  if (step.transfer === 'NA') {
    if (step.transition === 'entry') return 'NA entry';
    return after?.type === 'transfer' ? 'dropping NA exit' : 'last NA exit';
  }
  return `${step.transfer} ${step.transition}`;
}

/** CE, Standard Conversation Flow; CE, Transfer Flow Scenarios; CE, Abrupt Conversation End. */
function leftOut(place: Place): string[] {
  switch (kindOf(place)) {
    case 'NA entry':
    case 'opening redial entry':
      // A redial may open a conversation.
      return isRedial(place.after) ? [] : place.after?.type === 'message' ? [UNHEARD] : ['HOOKS-SEQ-01'];
    case 'cold exit':
      return ['HOOKS-SEQ-07'];
    case 'cold entry':
      return place.after?.type === 'message' ? [UNHEARD] : ['HOOKS-SEQ-08', 'HOOKS-SEQ-09'];
    case 'warm entry':
      return ['HOOKS-SEQ-06', 'HOOKS-SEQ-11'];
    case 'warm exit':
      return ['HOOKS-SEQ-10', 'HOOKS-SEQ-06'];
    case 'dropping NA exit':
      return ['HOOKS-RDL-01', UNREPORTED];
    case 'later redial entry':
      return place.after?.type === 'message' ? [UNHEARD] : ['HOOKS-SEQ-06', 'HOOKS-SEQ-09'];
    case 'last NA exit':
      return place.after?.type === 'summary' ? ['HOOKS-SUM-04'] : ['HOOKS-SEQ-02'];
    case 'summary':
      return place.redialled ? [SUMMARY_MISSING] : [];
    case 'end':
      return ['HOOKS-SEQ-16'];
    default:
      return [];
  }
}

function sentTwice(place: Place): string[] {
  switch (kindOf(place)) {
    case 'NA entry':
      return ['HOOKS-SEQ-05'];
    case 'opening redial entry':
    case 'later redial entry':
    case 'short redial entry':
      return ['HOOKS-RDL-01'];
    case 'end':
      return ['HOOKS-EOC-01'];
    case 'message':
    case 'summary':
      return [];
    default:
      return ['HOOKS-SEQ-06'];
  }
}

function swapped(place: Place): string[] {
  const { after: next, step, present } = place;
  const then = next!.type === 'transfer' ? `${next!.transfer} ${next!.transition}` : next!.type;
  switch (kindOf(place)) {
    case 'NA entry':
    case 'opening redial entry':
      if (then === 'message') return [UNHEARD];
      return then === 'redial entry' ? ['HOOKS-SEQ-05'] : ['HOOKS-SEQ-01'];
    case 'cold exit':
      return ['HOOKS-SEQ-07'];
    case 'cold entry':
      if (then === 'message') return [UNHEARD];
      return then === 'warm entry' ? ['HOOKS-SEQ-09'] : ['HOOKS-SEQ-06', 'HOOKS-SEQ-08'];
    case 'warm entry':
      if (then !== 'warm exit') return [];
      if (agentOf(next) === agentOf(step)) return ['HOOKS-SEQ-06'];
      return present.length === 1 ? ['HOOKS-SEQ-11'] : [];
    case 'warm exit':
      if (then === 'NA exit' || then === 'cold exit') return ['HOOKS-SEQ-10'];
      return then === 'warm entry' && agentOf(next) === agentOf(step) ? ['HOOKS-SEQ-06'] : [];
    case 'dropping NA exit':
      return ['HOOKS-RDL-01', UNREPORTED];
    case 'later redial entry':
      if (then === 'message') return [UNHEARD];
      return then === 'warm entry' ? ['HOOKS-SEQ-09'] : ['HOOKS-SEQ-06'];
    case 'short redial entry':
      if (then === 'message') return [];
      if (then === 'cold exit') return ['HOOKS-SEQ-08'];
      if (then === 'warm entry') return ['HOOKS-RDL-01'];
      // Now the drop is reported, but the exit after the redial is missing.
      return isRedial(place.after) ? [] : ['HOOKS-SUM-04', 'HOOKS-SEQ-02', 'HOOKS-RDL-01'];
    case 'last NA exit':
      return then === 'summary' ? ['HOOKS-SUM-04'] : ['HOOKS-SEQ-02'];
    case 'summary':
      return ['HOOKS-SEQ-03', 'HOOKS-SUM-04', SUMMARY_MISSING];
    case 'message':
      return then === 'NA exit' || then === 'cold exit' ? [UNHEARD] : [];
    default:
      return [];
  }
}

function namesStranger(place: Place): string[] {
  if (kindOf(place) === 'short redial entry') return ['HOOKS-RDL-01'];
  return isRedial(place.after) && kindOf(place) === 'NA entry'
    ? ['HOOKS-RDL-01']
    : ['HOOKS-SEQ-06', 'HOOKS-RDL-01'];
}

function otherTransition(kind: Kind): string[] {
  if (kind.endsWith('redial entry')) return ['HOOKS-RDL-03'];
  if (kind === 'NA entry') return ['HOOKS-SEQ-01'];
  if (kind.endsWith('NA exit')) return ['HOOKS-SEQ-05'];
  return kind === 'cold entry' ? ['HOOKS-SEQ-06', 'HOOKS-SEQ-08'] : ['HOOKS-SEQ-06'];
}

function otherTransfer(kind: Kind, transfer: Transfer): string[] {
  return wrongTransfers[kind as keyof typeof wrongTransfers]?.[transfer] ?? [];
}

/** By the kind of a step: the requirements that it breaks when it is sent as another kind. */
const wrongTransfers: Partial<Record<Kind, Partial<Record<Transfer, string[]>>>> = {
  'NA entry': { cold: ['HOOKS-SEQ-01'], warm: ['HOOKS-SEQ-01'] },
  'opening redial entry': { cold: ['HOOKS-SEQ-01'], warm: ['HOOKS-SEQ-01'] },
  'cold exit': { NA: ['HOOKS-SEQ-07'], warm: ['HOOKS-SEQ-11'], redial: ['HOOKS-RDL-03'] },
  'cold entry': { NA: ['HOOKS-SEQ-05'], warm: ['HOOKS-SEQ-09'], redial: ['HOOKS-SEQ-08'] },
  'warm entry': { NA: ['HOOKS-SEQ-05'], cold: ['HOOKS-SEQ-07'], redial: ['HOOKS-RDL-01'] },
  'warm exit': { NA: ['HOOKS-SEQ-10'], cold: ['HOOKS-SEQ-10'], redial: ['HOOKS-RDL-03'] },
  'dropping NA exit': { cold: ['HOOKS-SEQ-08'], warm: ['HOOKS-SEQ-11'], redial: ['HOOKS-RDL-03'] },
  'last NA exit': {
    cold: ['HOOKS-SEQ-08', 'HOOKS-SEQ-02', 'HOOKS-SUM-04'],
    warm: ['HOOKS-SEQ-11'],
    redial: ['HOOKS-RDL-03'],
  },
  'later redial entry': { NA: ['HOOKS-SEQ-05'], cold: ['HOOKS-SEQ-07'], warm: ['HOOKS-SEQ-09'] },
  'short redial entry': { NA: ['HOOKS-SEQ-05'], cold: ['HOOKS-SEQ-06'], warm: ['HOOKS-SEQ-06'] },
};

function placeOf(steps: readonly SenderStep[], index: number): Place {
  let present: number[] = [];
  for (const step of steps.slice(0, index)) {
    if (step.type !== 'transfer') continue;
    present = present.filter((one) => one !== step.agent);
    if (step.transition === 'entry') present.push(step.agent);
  }
  const redialled = steps.slice(1, index).some(isRedial);
  return { before: steps[index - 1], step: steps[index]!, after: steps[index + 1], present, redialled };
}

function isRedial(step: SenderStep | undefined): step is SenderTransfer {
  return step?.type === 'transfer' && step.transfer === 'redial';
}

function agentOf(step: SenderStep | undefined): number | undefined {
  return step?.type === 'transfer' ? step.agent : undefined;
}
