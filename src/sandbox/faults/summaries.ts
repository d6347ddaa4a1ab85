// Faults about the summary trigger, and about conversations without one.
import type { Fault } from './fault.ts';
import { eventsOf, refusing, refusingSummaries } from './refusing.ts';
import { isStep, refusingAfter } from './remembering.ts';

export const summaryFaults: readonly Fault[] = [
  {
    name: 'summarises-only-in-english',
    breaks: 'HOOKS-SUM-01',
    description: 'Refuses a summary in any language except English.',
    behaviour: () => refusingSummaries(({ language }) => language !== 'English'),
  },
  {
    name: 'requires-a-code-as-the-language-of-a-summary',
    breaks: 'HOOKS-SUM-01',
    description: 'Refuses a language that is not a code of two letters.',
    behaviour: () => refusingSummaries(({ language }) => language.length !== 2),
  },
  {
    name: 'accepts-only-the-locale-en',
    breaks: 'HOOKS-SUM-02',
    description: 'Refuses a summary for any locale except en.',
    behaviour: () => refusingSummaries(({ locale }) => locale !== 'en'),
  },
  {
    name: 'refuses-a-region-in-a-locale',
    breaks: 'HOOKS-SUM-02',
    description: 'Refuses a locale with a region.',
    behaviour: () => refusingSummaries(({ locale }) => locale.includes('-')),
  },
  {
    name: 'does-not-know-the-type-post',
    breaks: 'HOOKS-SUM-03',
    description: 'Refuses post, the documented type of a summary.',
    behaviour: () => refusingSummaries(({ type }) => type === 'post'),
  },
  {
    name: 'accepts-the-type-post-only-for-calls',
    breaks: 'HOOKS-SUM-03',
    description: 'Refuses a summary of type post in a chat.',
    behaviour: () => {
      const chats = new Set<string>();
      return refusing((body) => {
        for (const event of eventsOf(body)) {
          if (event.name === 'INTERNAL_TRANSFER_EVENT' && event.experience === 'chat')
            chats.add(body.conversationId);
        }
        return (
          chats.has(body.conversationId) &&
          eventsOf(body).some((event) => event.name === 'TRIGGER_SUMMARY_EVENT' && event.data.type === 'post')
        );
      });
    },
  },
  {
    name: 'requires-a-summary-before-the-end',
    breaks: 'HOOKS-SUM-05',
    description: 'Refuses the end of a conversation that was not summarised.',
    behaviour: () => refusingAfter((past, step) => step.type === 'end' && !isSummarised(past)),
  },
  {
    name: 'requires-a-summary-after-a-redial',
    breaks: 'HOOKS-RDL-07',
    description: 'Refuses the end of a redialled conversation that was not summarised.',
    behaviour: () =>
      refusingAfter(
        (past, step) =>
          step.type === 'end' && past.some((one) => isStep(one, 'redial')) && !isSummarised(past),
      ),
  },
  {
    name: 'requires-a-summary-after-messages',
    breaks: 'HOOKS-SUM-05',
    description: 'Refuses the end of a conversation with messages that was not summarised.',
    behaviour: () =>
      refusingAfter(
        (past, step) =>
          step.type === 'end' && past.some((one) => one.type === 'message') && !isSummarised(past),
      ),
  },
];

function isSummarised(past: Parameters<Parameters<typeof refusingAfter>[0]>[0]): boolean {
  return past.some(({ type }) => type === 'summary');
}
