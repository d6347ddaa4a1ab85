// The other forms of a transfer event.
import type { RequirementId } from '../catalogue.ts';
import type { Event, HooksBody } from '../events.ts';
import type { InternalTransferEvent } from '../generated/schema-types.ts';
import { type Control, inOtherExperience, inOtherType, opposite, otherFields } from './control.ts';
import { eventsOf, inCase, isTransfer, type Sequence, withEvents, withLast } from './sequence.ts';

export function transferControls(sequence: Sequence, last: HooksBody): Control[] {
  const of = (
    requirement: RequirementId,
    words: string,
    change: (event: InternalTransferEvent) => object,
  ): Control => ({
    requirement,
    words,
    sequence: withLast(
      sequence,
      withEvents(last, (event) => (isTransfer(event) ? (change(event) as Event) : event)),
    ),
  });
  const [first] = eventsOf(last).filter(isTransfer);
  const { transfertype, isExtAD, language, participant } = first!;
  const isRedial = transfertype === 'redial';
  const asInTheSample = isRedial && 'reason' in first!;
  const otherType = of(
    'HOOKS-XFER-04',
    `with isExtAD as a ${typeof isExtAD === 'boolean' ? 'string' : 'boolean'}`,
    (event) => ({ ...event, isExtAD: inOtherType(event.isExtAD) }),
  );
  const otherValue = of(
    'HOOKS-XFER-03',
    `with isExtAD ${String(isExtAD) === 'true' ? 'false' : 'true'}`,
    (event) => ({ ...event, isExtAD: opposite(event.isExtAD) }),
  );
  // Where one value is refused in one type only, that is about the value of the usual type, and about the other type.
  const ofIsExtAD = typeof isExtAD === 'boolean' ? [otherValue, otherType] : [otherType, otherValue];
  return [
    ...(/^(cold|warm)$/i.test(transfertype)
      ? [
          of('HOOKS-XFER-05', 'with the transfer type in the other letter case', (event) => ({
            ...event,
            transfertype: inOtherCase(event.transfertype),
          })),
        ]
      : []),
    ...(asInTheSample
      ? [
          of('HOOKS-XFER-12', 'with isExtAD and without reason', ({ ...event }) => {
            const { reason: _, ...rest } = event as typeof event & { reason?: string };
            return { ...rest, isExtAD: true };
          }),
        ]
      : []),
    ...(isRedial && !asInTheSample
      ? [of('HOOKS-XFER-01', 'with a reason', (event) => ({ ...event, reason: 'agent_initiated' }))]
      : []),
    ...(isExtAD === undefined ? [] : ofIsExtAD),
    ...(language === 'en'
      ? []
      : [of('HOOKS-XFER-06', 'with language en', (event) => ({ ...event, language: 'en' }))]),
    ...(language === undefined
      ? []
      : [of('HOOKS-XFER-06', 'without language', ({ language: _, ...event }) => event)]),
    of(
      'HOOKS-XFER-10',
      'customFields' in participant ? 'without customFields' : 'with customFields',
      (event) => ({ ...event, participant: otherFields(event.participant) }),
    ),
    { requirement: 'HOOKS-XFER-07', words: 'in the other experience', sequence: inOtherExperience(sequence) },
    of(
      'HOOKS-XFER-08',
      'with the same participant without a name',
      ({ participant: { name: _, ...others }, ...event }) => ({ ...event, participant: others }),
    ),
  ];
}

function inOtherCase(type: InternalTransferEvent['transfertype']): InternalTransferEvent['transfertype'] {
  return inCase(type, type === type.toUpperCase() ? 'lower' : 'upper');
}
