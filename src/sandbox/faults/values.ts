// Faults that show only with values which the documents leave to the sender: the alphabet, the length or the shape of names and
// ids that a tenant did not expect. Those of texts are in text-values.ts.
import type { Participant } from '../../protocol/generated/schema-types.ts';
import type { Behaviour } from '../behaviour.ts';
import { refusal } from '../refusal.ts';
import { isOverLines } from '../request-body.ts';
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
import { refusingSteps } from './remembering.ts';

const broken = refusal(500, 'Internal server error');
/** Scenarios with many conversations, or many messages: each of them has other values. */
export const seenBy = ['HOOKS-SEQ-15', 'HOOKS-SEQ-14', 'HOOKS-SEQ-13'] as const;

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
    name: 'accepts-conversationids-of-up-to-40-characters',
    breaks: 'HOOKS-ENV-01',
    seenBy,
    description: 'Refuses a conversationId of more than 40 characters.',
    behaviour: () => refusing(({ conversationId }) => conversationId.length > 40),
  },
  {
    name: 'wants-agentEmail-in-lower-case',
    breaks: 'HOOKS-XFER-10',
    seenBy,
    description: 'Refuses an agentEmail with a capital letter, such as that of the samples.',
    behaviour: () =>
      inTransfers(({ customFields: { agentEmail = '' } = {} }) => agentEmail !== agentEmail.toLowerCase()),
  },
  {
    name: 'keeps-an-agentEmail-of-32-characters',
    breaks: 'HOOKS-XFER-10',
    seenBy,
    description: 'Refuses an agentEmail of more than 32 characters.',
    behaviour: () => inTransfers(({ customFields: { agentEmail = '' } = {} }) => agentEmail.length > 32),
  },
  {
    name: 'takes-a-queueId-for-a-number-of-32-bits',
    breaks: 'HOOKS-XFER-10',
    seenBy,
    description: 'Refuses a queueId of digits that is no number of 32 bits.',
    behaviour: () =>
      inTransfers(
        ({ customFields: { queueId = '' } = {} }) => /^\d+$/.test(queueId) && Number(queueId) >= 2 ** 32,
      ),
  },
  {
    name: 'takes-identities-of-digits-for-numbers',
    breaks: 'HOOKS-XFER-08',
    seenBy,
    description:
      'Takes an agent whose identity as a number is that of another one for that agent, who is in already.',
    behaviour: () => confusing((identity) => (/^\d+$/.test(identity) ? Number(identity) : identity)),
  },
  {
    name: 'keeps-agents-in-a-plain-object',
    breaks: 'HOOKS-XFER-08',
    seenBy,
    description:
      'Takes an agent whose identity is a member of every JavaScript object for one who is in already.',
    behaviour: () => inTransfers(({ identity }) => identity in {}),
  },
  {
    name: 'wants-three-characters-in-an-identity',
    breaks: 'HOOKS-XFER-08',
    seenBy,
    description: 'Refuses an agent whose identity has fewer than three characters.',
    behaviour: () => inTransfers(({ identity }) => identity.length < 3),
  },
  {
    name: 'keeps-queueIds-of-16-characters',
    breaks: 'HOOKS-XFER-10',
    seenBy,
    description: 'Refuses an agent whose queueId has more than 16 characters.',
    behaviour: () => inTransfers(({ customFields: { queueId = '' } = {} }) => queueId.length > 16),
  },
  {
    name: 'reads-the-name-of-an-event-first',
    breaks: 'HOOKS-ENV-07',
    seenBy,
    description: 'Refuses an event whose name is not the first of its members.',
    behaviour: () => refusingEvents((event) => Object.keys(event)[0] !== 'name'),
  },
  {
    name: 'reads-the-conversationId-before-the-events',
    breaks: 'HOOKS-ENV-07',
    seenBy,
    description: 'Refuses events whose conversationId comes after them.',
    behaviour: () =>
      refusing((body) => {
        const members = Object.keys(body);
        return members.indexOf('events') === 0 && members.includes('conversationId');
      }),
  },
  {
    name: 'reads-a-body-line-by-line',
    breaks: 'HOOKS-HDR-01',
    seenBy,
    description: 'Refuses a body that is written over several lines, as all samples are.',
    behaviour: () => refusing((_, { body }) => isOverLines(body)),
  },
  {
    name: 'knows-no-customFields-that-come-late',
    breaks: 'HOOKS-XFER-10',
    seenBy,
    description: 'Refuses an exit with customFields of an agent who has entered without.',
    behaviour: () => {
      const withNone = new Set<string>();
      return refusing((body) =>
        eventsOf(body).some((event) => {
          if (!isTransfer(event)) return false;
          const { identity, customFields } = event.participant;
          const key = `${body.conversationId} ${identity}`;
          if (event.transition === 'entry' && !customFields) withNone.add(key);
          return event.transition === 'exit' && customFields !== undefined && withNone.has(key);
        }),
      );
    },
  },
  {
    name: 'compares-identities-without-regard-to-case',
    breaks: 'HOOKS-XFER-08',
    seenBy,
    description:
      'Takes an agent whose identity differs from that of another one in upper and lower case for that agent, who is in already.',
    behaviour: () => confusing((identity) => identity.toLowerCase()),
  },
];

function isWhole({ customFields }: Participant): boolean {
  return (
    customFields === undefined ||
    ['agentEmail', 'queueId', 'queueName'].every((member) => member in customFields)
  );
}

/** Whoever enters must not be in already, by what the tenant makes of the identity. */
function confusing(keyOf: (identity: string) => unknown): Partial<Behaviour> {
  return refusingSteps(
    ({ present }, step) =>
      step.type === 'transfer' &&
      step.transition === 'entry' &&
      present.some(
        ({ identity }) => identity !== step.agent.identity && keyOf(identity) === keyOf(step.agent.identity),
      ),
  );
}
