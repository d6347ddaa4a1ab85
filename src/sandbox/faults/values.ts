// Faults that show only with values which the documents leave to the sender: the alphabet, the length or the shape of names,
// ids and texts that a tenant did not expect.
import type { Participant } from '../../protocol/generated/schema-types.ts';
import { refusal } from '../refusal.ts';
import type { Fault } from './fault.ts';
import {
  eventsOf,
  isTransfer,
  refusing,
  refusingEnds,
  refusingEvents,
  refusingMessages,
  refusingTransfers,
} from './refusing.ts';

const broken = refusal(500, 'Internal server error');
/** Scenarios with many conversations, or many messages: each of them has other values. */
const seenBy = ['HOOKS-SEQ-15', 'HOOKS-SEQ-14', 'HOOKS-SEQ-13'] as const;

const inTransfers = (when: (participant: Participant) => boolean) =>
  refusingTransfers(({ participant }) => when(participant));

const fourBytes = /[\u{10000}-\u{10ffff}]/u;

export const valueFaults: readonly Fault[] = [
  {
    name: 'fails-on-an-apostrophe-in-a-name',
    breaks: 'HOOKS-XFER-08',
    seenBy,
    description: 'Answers 500 to an agent whose name has an apostrophe.',
    behaviour: () =>
      refusingEvents((event) => isTransfer(event) && event.participant.name.includes("'"), broken),
  },
  {
    name: 'wants-an-address-as-agentEmail-at-the-end',
    breaks: 'HOOKS-EOC-06',
    seenBy,
    description: 'Refuses the end of a conversation whose agentEmail is no e-mail address.',
    behaviour: () =>
      refusingEnds(({ participant }) => {
        const { agentEmail = '' } = participant.customFields ?? {};
        return agentEmail !== '' && !agentEmail.includes('@');
      }),
  },
  {
    name: 'accepts-only-latin-letters-in-a-name',
    breaks: 'HOOKS-XFER-08',
    seenBy,
    description: 'Refuses an agent whose name has letters of another script.',
    behaviour: () => inTransfers(({ name }) => /\p{L}/u.test(name.replace(/\p{Script=Latin}/gu, ''))),
  },
  {
    name: 'keeps-names-of-100-characters',
    breaks: 'HOOKS-XFER-08',
    seenBy,
    description: 'Refuses an agent whose name has more than 100 characters.',
    behaviour: () => inTransfers(({ name }) => name.length > 100),
  },
  {
    name: 'takes-a-name-of-null-for-none',
    breaks: 'HOOKS-XFER-08',
    seenBy,
    description: 'Refuses an agent whose name is the word null.',
    behaviour: () => inTransfers(({ name }) => name.toLowerCase() === 'null'),
  },
  {
    name: 'accepts-only-word-characters-in-an-identity',
    breaks: 'HOOKS-XFER-08',
    seenBy,
    description:
      'Refuses an agent whose identity has more than letters, digits, hyphens, dots and underscores.',
    behaviour: () => inTransfers(({ identity }) => /[^\w.-]/.test(identity)),
  },
  {
    name: 'keeps-identities-in-lower-case',
    breaks: 'HOOKS-XFER-08',
    seenBy,
    description: 'Keeps the identity of an agent who enters in lower case, so that the agent cannot leave.',
    behaviour: () => {
      const entered = new Set<string>();
      return refusing((body) =>
        eventsOf(body).some((event) => {
          if (!isTransfer(event)) return false;
          const { identity } = event.participant;
          if (event.transition === 'entry') entered.add(identity.toLowerCase());
          return event.transition === 'exit' && !entered.has(identity);
        }),
      );
    },
  },
  {
    name: 'reads-an-agentId-as-an-address',
    breaks: 'HOOKS-MSG-02',
    seenBy: ['HOOKS-MSG-01', 'HOOKS-MSG-12', 'HOOKS-MSG-06', 'HOOKS-MSG-04', ...seenBy],
    description: 'Refuses a message whose agentId has an @, a colon or a slash.',
    behaviour: () => refusingMessages(({ agentId }) => /[@:/]/.test(agentId)),
  },
  {
    name: 'fails-on-four-bytes-in-a-conversationId',
    breaks: 'HOOKS-ENV-01',
    seenBy,
    description: 'Answers 500 to a conversationId with an emoji.',
    behaviour: () => refusing(({ conversationId }) => fourBytes.test(conversationId), broken),
  },
  {
    name: 'accepts-only-word-characters-in-a-conversationId',
    breaks: 'HOOKS-ENV-01',
    seenBy,
    description: 'Refuses a conversationId with more than letters, digits, hyphens, dots and underscores.',
    behaviour: () => refusing(({ conversationId }) => /[^\w.-]/.test(conversationId)),
  },
  {
    name: 'keeps-conversationIds-of-128-characters',
    breaks: 'HOOKS-ENV-01',
    seenBy,
    description: 'Refuses a conversationId of more than 128 characters.',
    behaviour: () => refusing(({ conversationId }) => conversationId.length > 128),
  },
  {
    name: 'takes-a-conversationId-of-digits-for-a-number',
    breaks: 'HOOKS-ENV-01',
    seenBy,
    description: 'Refuses a conversationId of digits alone, which it reads as a number.',
    behaviour: () => refusing(({ conversationId }) => /^\d+$/.test(conversationId), broken),
  },
  {
    name: 'refuses-line-breaks-in-a-query',
    breaks: 'HOOKS-MSG-01',
    seenBy,
    description: 'Refuses a query of more than one line.',
    behaviour: () => refusingMessages(({ query }) => query.includes('\n')),
  },
  {
    name: 'keeps-queries-of-2000-characters',
    breaks: 'HOOKS-MSG-01',
    seenBy,
    description: 'Refuses a query of more than 2000 characters.',
    behaviour: () => refusingMessages(({ query }) => query.length > 2000),
  },
  {
    name: 'keeps-queries-of-4000-characters',
    breaks: 'HOOKS-MSG-01',
    seenBy,
    description: 'Refuses a message of more than 4000 characters.',
    behaviour: () => refusingMessages(({ query }) => query.length > 4000),
  },
  {
    name: 'trims-a-query-and-compares',
    breaks: 'HOOKS-MSG-01',
    seenBy,
    description: 'Refuses a query with spaces around it.',
    behaviour: () => refusingMessages(({ query }) => query !== query.trim()),
  },
  {
    name: 'requires-all-customFields-or-none',
    breaks: 'HOOKS-XFER-10',
    seenBy,
    description: 'Refuses customFields that lack one of the documented members.',
    behaviour: () => inTransfers((participant) => !isWhole(participant)),
  },
  {
    name: 'refuses-empty-customFields',
    breaks: 'HOOKS-XFER-10',
    seenBy,
    description: 'Refuses customFields without a member.',
    behaviour: () =>
      inTransfers(({ customFields }) => customFields !== undefined && Object.keys(customFields).length === 0),
  },
  {
    name: 'requires-all-customFields-at-the-end',
    breaks: 'HOOKS-EOC-06',
    seenBy,
    description: 'Refuses an end whose customFields lack one of the documented members.',
    behaviour: () => refusingEnds(({ participant }) => !isWhole(participant)),
  },
  {
    name: 'accepts-only-latin-letters-at-the-end',
    breaks: 'HOOKS-EOC-05',
    seenBy,
    description: 'Refuses an end by an agent whose name has letters of another script.',
    behaviour: () =>
      refusingEnds(({ participant: { name } }) => /\p{L}/u.test(name.replace(/\p{Script=Latin}/gu, ''))),
  },
  {
    name: 'refuses-a-reason-of-more-than-one-word',
    breaks: 'HOOKS-EOC-07',
    seenBy,
    description: 'Refuses a reason with a space.',
    behaviour: () => refusingEnds(({ reason }) => reason.includes(' ')),
  },
  {
    name: 'accepts-conversationids-of-up-to-40-characters',
    breaks: 'HOOKS-ENV-01',
    seenBy,
    description: 'Refuses a conversationId of more than 40 characters.',
    behaviour: () => refusing(({ conversationId }) => conversationId.length > 40),
  },
  {
    name: 'refuses-a-source-of-more-than-one-word',
    breaks: 'HOOKS-MSG-11',
    seenBy,
    description: 'Refuses a source with a space.',
    behaviour: () => refusingMessages(({ source }) => source.includes(' ')),
  },
];

function isWhole({ customFields }: Participant): boolean {
  return (
    customFields === undefined ||
    ['agentEmail', 'queueId', 'queueName'].every((member) => member in customFields)
  );
}
