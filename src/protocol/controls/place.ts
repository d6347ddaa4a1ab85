// Where an event stands in its conversation: the requirement about the order that is broken when it is refused there but
// accepted elsewhere, the places where it is plainest, and what is broken when it is refused at all of them.
import type { RequirementId } from '../catalogue.ts';
import { Conversation } from '../conversation.ts';
import { type Dialect, defaultDialect, type Experience, type HooksBody } from '../events.ts';
import { type Step, stepKind, stepsOf } from '../lifecycle/step.ts';
import { asNA, eventsOf, isRedial, lastOf, type Sequence, withEvents } from './sequence.ts';

/** The requirement about the order that asks for the event at its place. */
export function orderRequirement({ bodies }: Sequence): RequirementId {
  const before = bodies.slice(0, -1).flatMap(stepsOf);
  const past = before.map(stepKind);
  const last = stepsOf(bodies.at(-1)!);
  const own = last.map(stepKind);
  const redial = past.indexOf('redial entry');
  if (redial >= 0) return redialRequirement(past.slice(0, redial));
  if (own.includes('redial entry')) return redialRequirement(past);
  const kinds = [...past, ...arrivalOfTheLeaver(before, last), ...own];
  const latest = kinds.findLast((kind) => /^(cold|warm)/.test(kind));
  if (latest) return latest.startsWith('cold') ? 'HOOKS-SEQ-13' : 'HOOKS-SEQ-14';
  return own.every((kind) => kind === 'message') ? 'HOOKS-MSG-04' : 'HOOKS-SEQ-04';
}

/** How an agent came who leaves now: an NA exit belongs to the transfer that brought its agent in. */
function arrivalOfTheLeaver(before: readonly Step[], own: readonly Step[]): string[] {
  const exit = own.find((step) => step.type === 'transfer' && step.transition === 'exit');
  const arrival = before.findLast(
    (step) =>
      step.type === 'transfer' &&
      step.transition === 'entry' &&
      exit?.type === 'transfer' &&
      step.agent.identity === exit.agent.identity,
  );
  return arrival ? [stepKind(arrival)] : [];
}

function redialRequirement(before: readonly string[]): RequirementId {
  if (before.length === 0) return 'HOOKS-RDL-04';
  return before.at(-1) === 'NA entry' ? 'HOOKS-RDL-06' : 'HOOKS-RDL-01';
}

/**
 * The requirement that names this kind of event, which the tenant refuses everywhere.
 * @param anyExit whether any exit is accepted
 */
export function kindRequirement(sequence: Sequence, anyExit: boolean): RequirementId {
  const past = sequence.bodies.slice(0, -1).flatMap(stepsOf);
  const step = stepsOf(lastOf(sequence)).at(-1);
  if (!step || step.type === 'message') return 'HOOKS-MSG-01';
  if (step.type !== 'transfer') return 'HOOKS-ENV-07';
  const { transfer, transition } = step;
  const otherIsKnown = past.some(
    (one) => one.type === 'transfer' && one.transfer === transfer && one.transition !== transition,
  );
  // Some entry was accepted before any exit.
  if (otherIsKnown || (transition === 'exit' && (transfer === 'NA' || !anyExit))) return 'HOOKS-XFER-02';
  if (transfer === 'NA') return 'HOOKS-SEQ-04';
  return transfer === 'cold' ? 'HOOKS-SEQ-13' : 'HOOKS-XFER-01';
}

const first = { number: 1 };
const second = { number: 2 };

type Build = (conversation: Conversation) => { body: HooksBody }[];
const entered: Build = (one) => [one.transfer('NA', 'entry', first)];
const left: Build = (one) => [...entered(one), one.transfer('NA', 'exit', first)];
const handedOver: Build = (one) => [
  ...entered(one),
  one.transfer('cold', 'exit', first),
  one.transfer('cold', 'entry', second),
];
const consulted: Build = (one) => [...entered(one), one.transfer('warm', 'entry', second)];
const spoken: Build = (one) => [
  ...entered(one),
  one.message({ text: 'Hello', author: 'USER' }),
  one.transfer('NA', 'exit', first),
];

/** Conversations that end with an event of the same kind, where nothing unusual comes before it. */
const plainest: Partial<Record<ReturnType<typeof stepKind>, readonly Build[]>> = {
  'NA exit': [left],
  'cold exit': [(one) => handedOver(one).slice(0, 2)],
  'cold entry': [handedOver],
  'warm entry': [consulted],
  'warm exit': [(one) => [...consulted(one), one.transfer('warm', 'exit', second)]],
  'redial entry': [
    (one) => [one.transfer('redial', 'entry', first)],
    (one) => [...entered(one), one.transfer('redial', 'entry', first)],
    (one) => [...left(one), one.transfer('redial', 'entry', first)],
  ],
  message: [
    (one) => [...entered(one), one.message({ text: 'Hello', author: 'USER' })],
    (one) => [...entered(one), one.message({ text: 'Hello', author: 'AGENT' })],
  ],
  summary: [(one) => [...left(one), one.summary()], (one) => [...spoken(one), one.summary()]],
  end: [
    (one) => [...left(one), one.end()],
    (one) => [...handedOver(one), one.transfer('NA', 'exit', second), one.end()],
    (one) => [...spoken(one), one.end()],
  ],
};

/**
 * The same event after the redial that the documents describe: of an agent who was in the conversation and has left it.
 * @returns undefined when it comes after that anyway
 */
export function afterADrop(sequence: Sequence): Sequence | undefined {
  if (!['HOOKS-RDL-04', 'HOOKS-RDL-06'].includes(orderRequirement(sequence))) return undefined;
  const start = sequence.bodies.findIndex((body) => eventsOf(body).some(isRedial));
  const redial = sequence.bodies[start];
  if (!redial || start === sequence.bodies.length - 1) return undefined;
  const before = (['entry', 'exit'] as const).map((transition) =>
    withEvents(redial, (event) => asNA(event, transition)),
  );
  return { ...sequence, bodies: [...before, ...sequence.bodies.slice(start)] };
}

/** The plainest conversation with an exit, for another exit: undefined for any other event. */
export function plainestExit({ bodies }: Sequence, dialect: Dialect): Sequence | undefined {
  const step = stepsOf(bodies.at(-1)!).at(-1);
  if (step?.type !== 'transfer' || step.transition !== 'exit' || step.transfer === 'NA') return undefined;
  const { conversationId, botId } = bodies.at(-1)!;
  const conversation = new Conversation({ conversationId, botId }, 'voice', dialect);
  return { bodies: left(conversation).map(({ body }) => body) };
}

/** Without the place of the event itself. */
export function otherPlaces(sequence: Sequence, dialect: Dialect = defaultDialect): Sequence[] {
  const { conversationId, botId } = lastOf(sequence);
  const step = stepsOf(lastOf(sequence)).at(-1);
  const own = placeOf(sequence.bodies);
  return (step ? (plainest[stepKind(step)] ?? []) : [])
    .map((build) =>
      build(new Conversation({ conversationId, botId }, experienceOf(sequence), dialect)).map(
        ({ body }) => body,
      ),
    )
    .filter((bodies) => placeOf(bodies) !== own)
    .map((bodies) => ({ bodies }));
}

/** Whether no place of such an event is plainer. */
export function isPlainest(sequence: Sequence): boolean {
  const { conversationId, botId } = lastOf(sequence);
  const step = stepsOf(lastOf(sequence)).at(-1);
  const [first] = step ? (plainest[stepKind(step)] ?? []) : [];
  const talk = new Conversation({ conversationId, botId }, 'voice', defaultDialect);
  return !first || placeOf(first(talk).map(({ body }) => body)) === placeOf(sequence.bodies);
}

export function experienceOf({ bodies }: Sequence): Experience {
  return JSON.stringify(bodies[0]).includes('"experience":"chat"') ? 'chat' : 'voice';
}

function placeOf(bodies: readonly HooksBody[]): string {
  return bodies.flatMap(stepsOf).map(nameOf).join(', ');
}

function nameOf(step: Step): string {
  return step.type === 'transfer' ? `${stepKind(step)} of ${step.agent.identity}` : stepKind(step);
}
