// Reads the steps of a conversation from its bodies, in any of the documented spellings.

import { abridged } from '../../text/kept.ts';
import { shown } from '../../text/shown-value.ts';
import { eventNames, eventOfStep, eventTable, eventType, type PlainEventStepType } from '../event-table.ts';
import { type Transfer, type Transition, transfers, transitions } from '../events.ts';
import { hasNoEvents, isMessage, isObject } from '../requests.ts';

/** The agent of a transfer event, recognised by the identity; the name is for people. */
export interface Participant {
  identity: string;
  name: string;
}

export type TransferStep = {
  type: 'transfer';
  transfer: Transfer;
  transition: Transition;
  agent: Participant;
};

/** `unclear` is an event that cannot be read: after it, it is not certain who is in the conversation. */
export type Step = { type: 'message' } | TransferStep | { type: PlainEventStepType } | { type: 'unclear' };

/** A step, and its place in the body. */
export interface PlacedStep {
  step: Step;
  /** Index in `events`; omitted for a message, and for a body that lacks events. */
  event?: number | undefined;
}

/** A step that its type says everything about. */
type PlainStep = Exclude<Step, TransferStep>;

/** The types of all plain steps. */
export const plainStepTypes: readonly PlainStep['type'][] = [
  'message',
  ...eventNames.map((name) => eventTable[name].step).filter((type) => type !== 'transfer'),
  'unclear',
];

const message: Step = { type: 'message' };
const unclear: Step = { type: 'unclear' };

/** One object a type: a log has millions of steps. */
const plainSteps = new Map(plainStepTypes.map((type): [string, Step] => [type, { type }]));

/**
 * The steps of a body (CE, Request Body), valid or not: its message, then its events in their order. The documents do
 * not say which comes first, so an entry as the first event goes before the message: its agent may have the message.
 */
export function stepsOf(body: object): Step[] {
  return placedStepsOf(body).map(({ step }) => step);
}

export function placedStepsOf(body: object): PlacedStep[] {
  const steps: PlacedStep[] = [];
  const { events } = body as { events?: unknown };
  if (Array.isArray(events) && events.length > 0) {
    for (let event = 0; event < events.length; event += 1) steps.push({ step: stepOf(events[event]), event });
  } else if (!hasNoEvents(body) && (events !== undefined || !isMessage(body))) {
    steps.push({ step: unclear });
  }
  if (isMessage(body)) steps.splice(isEntry(steps[0]?.step) ? 1 : 0, 0, { step: message });
  return steps;
}

export function isEntry(step: Step | undefined): boolean {
  return step?.type === 'transfer' && step.transition === 'entry';
}

/** The step of an event, valid or not. */
export function stepOf(event: unknown): Step {
  if (!isObject(event)) return unclear;
  const type = eventType(event.name);
  if (!type) return unclear;
  return type.step === 'transfer' ? transferStep(event) : plainSteps.get(type.step)!;
}

function transferStep({ transfertype, transition, participant }: Record<string, unknown>): Step {
  const transfer = transferOf(transfertype);
  if (!transfer || (transition !== 'entry' && transition !== 'exit') || !isObject(participant))
    return unclear;
  const { identity, name } = participant;
  if (typeof identity !== 'string' || identity === '') return unclear;
  const agent = { identity: abridged(identity), name: typeof name === 'string' ? abridged(name) : '' };
  return { type: 'transfer', transfer, transition, agent };
}

const spellings = new Map<unknown, Transfer>(
  transfers.flatMap((one) =>
    [one, one.toUpperCase(), one.toLowerCase()].map((written) => [written, one] as const),
  ),
);

/** Ignores the case of transfertype. */
export function transferOf(written: unknown): Transfer | undefined {
  return (
    spellings.get(written) ?? (typeof written === 'string' ? spellings.get(written.toLowerCase()) : undefined)
  );
}

export type StepKind = Exclude<Step['type'], 'transfer'> | `${Transfer} ${Transition}`;

const transferKinds = {
  NA: { entry: 'NA entry', exit: 'NA exit' },
  cold: { entry: 'cold entry', exit: 'cold exit' },
  warm: { entry: 'warm entry', exit: 'warm exit' },
  redial: { entry: 'redial entry', exit: 'redial exit' },
} as const;

/** All kinds of step. */
export const stepKinds: readonly StepKind[] = [
  ...transfers.flatMap((transfer) => transitions.map((transition) => transferKinds[transfer][transition])),
  ...plainStepTypes,
];

export function stepKind(step: Step): StepKind {
  return step.type === 'transfer' ? transferKinds[step.transfer][step.transition] : step.type;
}

/** Agent 2 ("agent-2"): with the identity, since the documents give several agents the same name. */
export function describeAgent({ identity, name }: Participant): string {
  return name === '' || name === identity ? shown(identity) : `${plainly(name)} (${shown(identity)})`;
}

function plainly(name: string): string {
  return shown(name).slice(1, -1);
}

/** For people: cold entry of Agent 2 ("agent-2"). */
export function describeStep(step: Step): string {
  switch (step.type) {
    case 'message':
      return 'message';
    case 'unclear':
      return 'event that cannot be read';
    case 'transfer':
      return `${step.transfer} ${step.transition} of ${describeAgent(step.agent)}`;
    default:
      return eventOfStep(step.type);
  }
}
