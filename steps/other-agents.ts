// The same conversation with agents whom no other conversation has.
import type { Control } from '../src/protocol/controls/control.ts';
import { eventsOf, type Sequence, withAgents } from '../src/protocol/controls/sequence.ts';
import { plainAgent } from '../src/protocol/events.ts';

/** Named like those of the suite. @param base added to the number of each */
export function plainAgents(sequence: Sequence, base: number): Sequence {
  return withAgents(sequence, (identity) => plainAgent(base + numberOf(identity)));
}

/** With what a scenario has fixed: without it, the event would be another one. */
export function likeAgents(sequence: Sequence, base: number): Sequence {
  const participants = sequence.bodies.flatMap(eventsOf).flatMap((event) => {
    return 'participant' in event ? [event.participant] : [];
  });
  const names = new Map(participants.map(({ identity, name }) => [identity, name]));
  return withAgents(sequence, (identity) => {
    const number = base + numberOf(identity);
    const plain = plainAgent(number);
    const name = names.get(identity);
    return {
      identity: /\d$/.test(identity) ? identity.replace(/\d+$/, String(number)) : plain.identity,
      name: name === undefined || /^Agent \d+$/.test(name) ? plain.name : name,
    };
  });
}

/** Agents whose identity has no digit, and whose name is one word. */
export function lettersOnly(sequence: Sequence, base: number): Control {
  const letters = (identity: string) =>
    [...String(base + numberOf(identity))].map((digit) => 'abcdefghij'[Number(digit)]).join('');
  return {
    requirement: 'HOOKS-XFER-08',
    words: 'of an agent with a name of one word and an identity without digits',
    sequence: withAgents(sequence, (identity) => ({ identity: letters(identity), name: letters(identity) })),
  };
}

function numberOf(identity: string): number {
  return Number(/(\d+)\D*$/.exec(identity)?.[1] ?? 0);
}
