// The controls of an event that is refused for the form of an earlier one, which was accepted: one member of all transfer events
// before it is as in the plain form.
import type { RequirementId } from '../catalogue.ts';
import type { Dialect, Event, HooksBody } from '../events.ts';
import type { InternalTransferEvent } from '../generated/schema-types.ts';
import { type Control, inOtherType, opposite } from './control.ts';
import { isTransfer, lastOf, plain, type Sequence, withEvents } from './sequence.ts';

/** Whose form a member is, and how an event gets it from the same event in the plain form. */
const members: {
  requirement: RequirementId;
  words: string;
  take: (event: InternalTransferEvent, plainly: InternalTransferEvent) => object;
}[] = [
  {
    requirement: 'HOOKS-XFER-05',
    words: 'with their transfer types in the other letter case',
    take: (event, { transfertype }) => ({ ...event, transfertype }),
  },
  {
    requirement: 'HOOKS-XFER-06',
    words: 'with another language, or none',
    take: (event, { language }) => {
      const { language: _, ...without } = event;
      return language ? { ...event, language } : without;
    },
  },
  {
    requirement: 'HOOKS-XFER-04',
    words: 'with isExtAD in the other type',
    take: (event, { isExtAD }) => {
      const isOther = event.isExtAD !== undefined && typeof event.isExtAD !== typeof isExtAD;
      return isOther ? { ...event, isExtAD: inOtherType(event.isExtAD) } : event;
    },
  },
  {
    requirement: 'HOOKS-XFER-03',
    words: 'with isExtAD of another value',
    take: (event) => (event.isExtAD === undefined ? event : { ...event, isExtAD: opposite(event.isExtAD) }),
  },
  {
    requirement: 'HOOKS-XFER-10',
    words: 'with other customFields, or none',
    take: (event, { participant: { customFields } }) => {
      const { customFields: _, ...without } = event.participant;
      return { ...event, participant: customFields ? { ...event.participant, customFields } : without };
    },
  },
];

/** Those that differ from the sequence. */
export function earlierControls(sequence: Sequence, dialect: Dialect): Control[] {
  const plainly = plain(sequence, dialect);
  const same = JSON.stringify(sequence.bodies);
  return members
    .map(({ requirement, words, take }) => ({
      requirement,
      words: `after transfer events ${words}`,
      sequence: { ...sequence, bodies: taken(sequence, plainly, take) },
    }))
    .filter(({ sequence: { bodies } }) => JSON.stringify(bodies) !== same);
}

function taken(sequence: Sequence, plainly: Sequence, take: (typeof members)[number]['take']): HooksBody[] {
  const earlier = sequence.bodies.slice(0, -1).map((body, index) => {
    const events = (plainly.bodies[index]!.events ?? []) as Event[];
    let position = 0;
    return withEvents(body, (event) => {
      const other = events[position++];
      return isTransfer(event) && other && isTransfer(other) ? (take(event, other) as Event) : event;
    });
  });
  return [...earlier, lastOf(sequence)];
}
