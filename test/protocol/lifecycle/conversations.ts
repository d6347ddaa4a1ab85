// Conversations as the documents allow them, generated at random: any number of agents, cold and warm transfers, drops and
// redials, call backs, messages. Written from the documents; knows nothing of the model.
import fc from 'fast-check';
import { Conversation } from '../../../src/protocol/conversation.ts';
import type { Dialect, Event, HooksBody, Transfer, Transition } from '../../../src/protocol/events.ts';

export type SenderStep =
  | { type: 'transfer'; transfer: Transfer; transition: Transition; agent: number }
  | { type: 'message' }
  | { type: 'summary' }
  | { type: 'end'; agent: number };

/** What happens next, if it can. The numbers choose the agents, modulo their count. */
type Choice =
  | { next: 'message' }
  | { next: 'cold transfer'; to: number }
  | { next: 'warm entry'; who: number }
  | { next: 'warm exit'; who: number }
  | { next: 'drop and redial'; by: number }
  | { next: 'redial without a drop' };

const who = fc.nat(9);
const choice: fc.Arbitrary<Choice> = fc.oneof(
  fc.constant<Choice>({ next: 'message' }),
  fc.record({ next: fc.constant('cold transfer' as const), to: who }),
  fc.record({ next: fc.constant('warm entry' as const), who }),
  fc.record({ next: fc.constant('warm exit' as const), who }),
  fc.record({ next: fc.constant('drop and redial' as const), by: who }),
  fc.constant<Choice>({ next: 'redial without a drop' }),
);

/** A whole conversation; a counterexample reads "NA entry 1, cold exit 1, cold entry 2, NA exit 2, end". */
export const conversation: fc.Arbitrary<SenderStep[]> = fc
  .record({
    agents: fc.integer({ min: 2, max: 6 }),
    callBack: fc.boolean(),
    choices: fc.array(choice, { maxLength: 12 }),
    summary: fc.boolean(),
  })
  .map((plan) => readable(stepsOfPlan(plan)));

interface Plan {
  agents: number;
  callBack: boolean;
  choices: Choice[];
  summary: boolean;
}

function stepsOfPlan({ agents, callBack, choices, summary }: Plan): SenderStep[] {
  const steps: SenderStep[] = [];
  let present: number[] = [];
  const enter = (transfer: Transfer, agent: number) => {
    steps.push({ type: 'transfer', transfer, transition: 'entry', agent });
    present = [...present.filter((one) => one !== agent), agent];
  };
  const leave = (transfer: Transfer, agent: number) => {
    steps.push({ type: 'transfer', transfer, transition: 'exit', agent });
    present = present.filter((one) => one !== agent);
  };
  const lastOneLeaves = () => {
    while (present.length > 1) leave('warm', present[0]!);
    leave('NA', present[0]!);
  };
  const outside = (n: number) => {
    const others = Array.from({ length: agents }, (_, index) => index + 1).filter(
      (one) => !present.includes(one),
    );
    return others[n % others.length];
  };

  enter(callBack ? 'redial' : 'NA', 1);
  for (const what of choices) {
    const [first] = present;
    if (what.next === 'message') steps.push({ type: 'message' });
    else if (what.next === 'warm entry') {
      const agent = outside(what.who);
      if (agent !== undefined) enter('warm', agent);
    } else if (what.next === 'warm exit') {
      if (present.length > 1) leave('warm', present[what.who % present.length]!);
    } else if (what.next === 'cold transfer') {
      const agent = outside(what.to);
      if (present.length > 1 || agent === undefined) continue;
      leave('cold', first!);
      enter('cold', agent);
    } else if (what.next === 'drop and redial') {
      lastOneLeaves();
      enter('redial', (what.by % agents) + 1);
    } else if (isFirstEntry(steps.findLast(({ type }) => type === 'transfer'))) enter('redial', first!);
  }
  const last = present.at(-1)!;
  lastOneLeaves();
  if (summary) steps.push({ type: 'summary' });
  steps.push({ type: 'end', agent: last });
  return steps;
}

function isFirstEntry(step: SenderStep | undefined): boolean {
  return step?.type === 'transfer' && step.transfer === 'NA' && step.transition === 'entry';
}

export function describeStep(step: SenderStep): string {
  return step.type === 'transfer' ? `${step.transfer} ${step.transition} ${step.agent}` : step.type;
}

export function textOf(steps: readonly SenderStep[]): string {
  return steps.map(describeStep).join(', ');
}

/** The same steps; a counterexample prints them as text. */
export function readable(steps: SenderStep[]): SenderStep[] {
  Object.defineProperty(steps, fc.toStringMethod, { value: () => textOf(steps) });
  return steps;
}

export const dialect: fc.Arbitrary<Dialect> = fc.record({
  transferTypeCase: fc.constantFrom('upper', 'lower'),
  isExtAdAs: fc.constantFrom('boolean', 'string'),
  transferLanguage: fc.constantFrom('sent', 'left out'),
  customFields: fc.constantFrom('sent', 'left out'),
});

/**
 * The bodies of a conversation.
 * @param joined whether a step goes into the body of the one before it (a message begins a body); counts round
 */
export function bodiesOf(
  steps: readonly SenderStep[],
  envelope: { conversationId: string; botId: string },
  dialect: Dialect,
  joined: readonly boolean[] = [false],
): HooksBody[] {
  const sender = new Conversation(envelope, 'voice', dialect);
  const bodies: SenderStep[][] = [];
  steps.forEach((step, index) => {
    const before = bodies.at(-1);
    if (before && step.type !== 'message' && joined[index % joined.length]) before.push(step);
    else bodies.push([step]);
  });
  return bodies.map(([first, ...rest]) => {
    if (first?.type !== 'message')
      return sender.events([first!, ...rest].map((step) => eventOf(sender, step))).body;
    const events = rest.map((step) => eventOf(sender, step));
    return sender.message({ text: 'Good day', author: 'USER' }, events.length > 0 ? events : undefined).body;
  });
}

function eventOf(sender: Conversation, step: SenderStep): Event {
  if (step.type === 'transfer') {
    return sender.transferEvent(step.transfer, step.transition, { number: step.agent });
  }
  if (step.type === 'summary') return sender.moveEvent({ type: 'summary' });
  if (step.type === 'end') return sender.endEvent({ agent: { number: step.agent } });
  throw new Error('a message is not an event');
}
