// The same conversation with agents whom no other conversation has.
import type { Control } from '../src/protocol/controls/control.ts';
import { eventsOf, type Sequence, withAgents } from '../src/protocol/controls/sequence.ts';
import { plainAgent } from '../src/protocol/events.ts';

/** Named like those of the suite. @param base added to the number of each */
export function plainAgents(sequence: Sequence, base: number): Sequence {
  const numberOf = numbersIn(sequence);
  return withAgents(sequence, (identity) => plainAgent(base + numberOf(identity)));
}

/** With what a scenario has fixed: without it, the event would be another one. */
export function likeAgents(sequence: Sequence, base: number): Sequence {
  const participants = sequence.bodies.flatMap(eventsOf).flatMap((event) => {
    return 'participant' in event ? [event.participant] : [];
  });
  const names = new Map(participants.map(({ identity, name }) => [identity, name]));
  const numberOf = numbersIn(sequence);
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
  const numberOf = numbersIn(sequence);
  const letters = (identity: string) =>
    [...String(base + numberOf(identity))].map((digit) => 'abcdefghij'[Number(digit)]).join('');
  return {
    requirement: 'HOOKS-XFER-08',
    words: 'of an agent with a name of one word and an identity without digits',
    sequence: withAgents(sequence, (identity) => ({ identity: letters(identity), name: letters(identity) })),
  };
}

/** The last number of each identity; their order where two have the same, as the port of a SIP address. */
function numbersIn({ bodies }: Sequence): (identity: string) => number {
  const identities = bodies.flatMap((body) => {
    const participants = eventsOf(body).flatMap((event) =>
      'participant' in event ? [event.participant] : [],
    );
    return [
      ...participants.map(({ identity }) => identity),
      ...(body.agentId === undefined ? [] : [body.agentId]),
    ];
  });
  const distinct = [...new Set(identities)];
  const numbers = distinct.map((identity) => Number(/(\d+)\D*$/.exec(identity)?.[1] ?? 0));
  const areDistinct = new Set(numbers).size === numbers.length;
  const known = new Map(distinct.map((identity, at) => [identity, areDistinct ? numbers[at]! : at + 1]));
  return (identity) => known.get(identity) ?? 0;
}
