// Faults about the content of an internal transfer event.
import type { Event } from '../../protocol/events.ts';
import type { InternalTransferEvent } from '../../protocol/generated/schema-types.ts';
import { isObject } from '../../protocol/requests.ts';
import type { Fault } from './fault.ts';
import { eventsOf, expectingNone, isTransfer, refusingTransfers } from './refusing.ts';
import { isStep, refusingAfter } from './remembering.ts';

export const transferEventFaults: readonly Fault[] = [
  {
    name: 'refuses-warm-transfers',
    breaks: 'HOOKS-XFER-01',
    description: 'Refuses the transfertype WARM.',
    behaviour: () => refusingTransfers(({ transfertype }) => /^warm$/i.test(transfertype)),
  },
  {
    name: 'refuses-redials',
    breaks: 'HOOKS-XFER-01',
    description: 'Refuses the transfertype redial, which is missing from the table.',
    behaviour: () => refusingTransfers(({ transfertype }) => transfertype === 'redial'),
  },
  {
    name: 'refuses-a-reason-on-a-redial',
    breaks: 'HOOKS-XFER-12',
    description: 'Refuses a transfer event with a reason, as the redial sample has.',
    behaviour: () => refusingTransfers((event) => 'reason' in event),
  },
  {
    name: 'requires-a-reason-on-a-redial',
    breaks: 'HOOKS-XFER-01',
    description: 'Refuses a redial without a reason.',
    behaviour: () => refusingTransfers((event) => event.transfertype === 'redial' && !('reason' in event)),
  },
  {
    name: 'allows-only-one-kind-of-transfer-per-conversation',
    breaks: 'HOOKS-SEQ-13',
    description: 'Refuses a cold transfer after a warm one.',
    behaviour: () =>
      refusingAfter((past, step) => isStep(step, 'cold') && past.some((one) => isStep(one, 'warm'))),
  },
  {
    name: 'consults-in-english-only',
    breaks: 'HOOKS-XFER-06',
    seenBy: ['HOOKS-SEQ-14'],
    description: 'Refuses a warm transfer in another language than English.',
    behaviour: () =>
      refusingTransfers(
        ({ transfertype, language = 'en' }) => /^warm$/i.test(transfertype) && language !== 'en',
      ),
  },
  {
    name: 'redials-in-english-only',
    breaks: 'HOOKS-XFER-06',
    seenBy: ['HOOKS-RDL-01'],
    description: 'Refuses a redial in another language than English.',
    behaviour: () =>
      refusingTransfers(
        ({ transfertype, language = 'en' }) => transfertype === 'redial' && language !== 'en',
      ),
  },
  {
    name: 'accepts-only-entries',
    breaks: 'HOOKS-XFER-02',
    description: 'Refuses the transition exit.',
    behaviour: () => refusingTransfers(({ transition }) => transition === 'exit'),
  },
  {
    name: 'refuses-the-exit-from-a-warm-transfer',
    breaks: 'HOOKS-XFER-02',
    description: 'Refuses the transition exit with the transfertype WARM.',
    behaviour: () =>
      refusingTransfers(
        ({ transfertype, transition }) => /^warm$/i.test(transfertype) && transition === 'exit',
      ),
  },
  {
    name: 'refuses-the-entry-of-a-cold-transfer',
    breaks: 'HOOKS-XFER-02',
    description: 'Refuses the transition entry with the transfertype COLD.',
    behaviour: () =>
      refusingTransfers(
        ({ transfertype, transition }) => /^cold$/i.test(transfertype) && transition === 'entry',
      ),
  },
  {
    name: 'treats-a-false-isextad-as-missing',
    breaks: 'HOOKS-XFER-03',
    description: 'Treats an isExtAD of false as missing.',
    behaviour: () => refusingTransfers(({ isExtAD }) => isExtAD === false),
  },
  {
    name: 'refuses-agents-of-an-external-directory',
    breaks: 'HOOKS-XFER-03',
    description: 'Refuses isExtAD when it is true.',
    behaviour: () => refusingTransfers(({ isExtAD }) => isExtAD === true || isExtAD === 'true'),
  },
  {
    name: 'treats-a-false-isextad-as-missing-on-a-redial',
    breaks: 'HOOKS-XFER-03',
    description: 'On a redial, treats an isExtAD of false as missing.',
    behaviour: () =>
      refusingTransfers(({ transfertype, isExtAD }) => transfertype === 'redial' && isExtAD === false),
  },
  {
    name: 'accepts-isextad-only-as-a-boolean',
    breaks: 'HOOKS-XFER-04',
    description: 'Refuses isExtAD as a string.',
    behaviour: () => refusingTransfers(({ isExtAD }) => typeof isExtAD === 'string'),
  },
  {
    name: 'accepts-isextad-only-as-a-string',
    breaks: 'HOOKS-XFER-04',
    description: 'Refuses isExtAD as a boolean.',
    behaviour: () => refusingTransfers(({ isExtAD }) => typeof isExtAD === 'boolean'),
  },
  {
    name: 'refuses-the-string-false',
    breaks: 'HOOKS-XFER-04',
    description: 'Refuses isExtAD as the string "false".',
    behaviour: () => refusingTransfers(({ isExtAD }) => isExtAD === 'false'),
  },
  {
    name: 'refuses-isextad-as-a-string-on-a-redial',
    breaks: 'HOOKS-XFER-04',
    description: 'On a redial, refuses isExtAD as a string.',
    behaviour: () =>
      refusingTransfers(
        ({ transfertype, isExtAD }) => transfertype === 'redial' && typeof isExtAD === 'string',
      ),
  },
  {
    name: 'accepts-only-the-form-of-the-first-isextad',
    breaks: 'HOOKS-XFER-04',
    description: 'Refuses isExtAD in any form but that of the first one it saw.',
    behaviour: () => {
      let first: string | undefined;
      return refusingTransfers(({ isExtAD }) => {
        if (isExtAD === undefined) return false;
        first ??= typeof isExtAD;
        return typeof isExtAD !== first;
      });
    },
  },
  {
    name: 'accepts-transfer-types-only-in-upper-case',
    breaks: 'HOOKS-XFER-05',
    description: 'Refuses cold and warm in lower case.',
    behaviour: () => refusingTransfers(({ transfertype }) => /^(cold|warm)$/.test(transfertype)),
  },
  {
    name: 'accepts-transfer-types-only-in-lower-case',
    breaks: 'HOOKS-XFER-05',
    description: 'Refuses COLD and WARM in upper case.',
    behaviour: () => refusingTransfers(({ transfertype }) => /^(COLD|WARM)$/.test(transfertype)),
  },
  {
    name: 'refuses-lower-case-when-an-agent-leaves-a-cold-transfer',
    breaks: 'HOOKS-XFER-05',
    description: 'Refuses cold in lower case on an exit.',
    behaviour: () =>
      refusingTransfers(({ transfertype, transition }) => transfertype === 'cold' && transition === 'exit'),
  },
  {
    name: 'requires-a-language-on-transfers',
    breaks: 'HOOKS-XFER-06',
    description: 'Refuses a transfer event without a language.',
    behaviour: () => refusingTransfers((event) => !('language' in event)),
  },
  {
    name: 'requires-a-language-on-a-warm-entry',
    breaks: 'HOOKS-XFER-06',
    description: 'Refuses a warm entry without a language.',
    behaviour: () =>
      refusingTransfers(
        (event) =>
          /^warm$/i.test(event.transfertype) && event.transition === 'entry' && !('language' in event),
      ),
  },
  {
    name: 'accepts-only-english-agents',
    breaks: 'HOOKS-XFER-06',
    description: 'Refuses a transfer event in any language except en.',
    behaviour: () => refusingTransfers(({ language }) => language !== undefined && language !== 'en'),
  },
  {
    name: 'accepts-only-agents-of-calls',
    breaks: 'HOOKS-XFER-07',
    description: 'Refuses transfer events of chats.',
    behaviour: () => refusingTransfers(({ experience }) => experience === 'chat'),
  },
  {
    name: 'accepts-only-agents-of-chats',
    breaks: 'HOOKS-XFER-07',
    description: 'Refuses transfer events of voice conversations.',
    behaviour: () => refusingTransfers(({ experience }) => experience === 'voice'),
  },
  {
    name: 'accepts-only-cold-transfers-of-calls',
    breaks: 'HOOKS-XFER-07',
    description: 'Refuses a cold transfer of a chat.',
    behaviour: () =>
      refusingTransfers(
        ({ transfertype, experience }) => /^cold$/i.test(transfertype) && experience === 'chat',
      ),
  },
  {
    name: 'refuses-digits-in-an-identity',
    breaks: 'HOOKS-XFER-08',
    description: 'Refuses an agent whose identity has a digit.',
    behaviour: () => refusingTransfers(({ participant }) => /\d/.test(participant.identity)),
  },
  {
    name: 'requires-a-name-of-one-word',
    breaks: 'HOOKS-XFER-08',
    description: 'Refuses an agent whose name has a space.',
    behaviour: () => refusingTransfers(({ participant }) => participant.name.includes(' ')),
  },
  {
    name: 'refuses-a-name-on-a-warm-exit',
    breaks: 'HOOKS-XFER-08',
    description: 'Expects a warm exit whose participant has no name.',
    behaviour: () =>
      expectingNone(
        (body) => eventsOf(body).some((event) => isWarmExit(event) && 'name' in event.participant),
        (body) =>
          Array.isArray(body.events) ? { ...body, events: (body.events as Event[]).map(named) } : body,
      ),
  },
  {
    name: 'requires-custom-fields',
    breaks: 'HOOKS-XFER-10',
    description: 'Refuses an agent without customFields.',
    behaviour: () => refusingTransfers(({ participant }) => !('customFields' in participant)),
  },
  {
    name: 'refuses-custom-fields',
    breaks: 'HOOKS-XFER-10',
    description: 'Refuses an agent with customFields.',
    behaviour: () => refusingTransfers(({ participant }) => 'customFields' in participant),
  },
  {
    name: 'refuses-custom-fields-of-an-agent-who-leaves',
    breaks: 'HOOKS-XFER-10',
    description: 'Accepts customFields only on an entry.',
    behaviour: () =>
      refusingTransfers(
        ({ transition, participant }) => transition === 'exit' && 'customFields' in participant,
      ),
  },
];

function isWarmExit(event: Event): event is InternalTransferEvent {
  return isTransfer(event) && /^warm$/i.test(event.transfertype) && event.transition === 'exit';
}

/** @returns a warm exit as if it had a name, and any other event as it is */
function named(event: Event): object {
  if (!isObject(event) || !isWarmExit(event)) return event;
  return { ...event, participant: { name: 'Agent 1', ...(event.participant as object) } };
}
