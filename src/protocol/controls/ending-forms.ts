// The other forms of a summary trigger and of the end.
import type { RequirementId } from '../catalogue.ts';
import { type Event, type HooksBody, summaryEvent } from '../events.ts';
import type { EndOfConversationEvent } from '../generated/schema-types.ts';
import { type Control, envelopeOf, inOtherExperience, otherFields } from './control.ts';
import {
  asNA,
  eventsOf,
  isRedial,
  isTransfer,
  lastOf,
  type Sequence,
  withEvents,
  withLast,
} from './sequence.ts';

export function summaryControls(sequence: Sequence, last: HooksBody): Control[] {
  const of = (requirement: RequirementId, words: string, data: object): Control => ({
    requirement,
    words,
    sequence: withLast(
      sequence,
      withEvents(last, (event) =>
        event.name === 'TRIGGER_SUMMARY_EVENT' ? { ...event, data: { ...event.data, ...data } } : event,
      ),
    ),
  });
  const summary = eventsOf(last).find((event) => event.name === 'TRIGGER_SUMMARY_EVENT');
  const { language, locale } = summary!.data;
  return [
    ...(language === 'English' ? [] : [of('HOOKS-SUM-01', 'for English', { language: 'English' })]),
    ...(locale === 'en' ? [] : [of('HOOKS-SUM-02', 'with locale en', { locale: 'en' })]),
    ...(language !== 'English' && locale !== 'en'
      ? [of('HOOKS-SUM-01', 'for English, locale en', { language: 'English', locale: 'en' })]
      : []),
    of('HOOKS-SUM-01', 'with a code as its language', { language: 'en' }),
    of('HOOKS-SUM-03', 'with another type', { type: 'summary' }),
    // Nothing else says that a summary depends on the experience.
    { requirement: 'HOOKS-SUM-03', words: 'in the other experience', sequence: inOtherExperience(sequence) },
  ];
}

export function endControls(sequence: Sequence, last: HooksBody): Control[] {
  const of = (
    requirement: RequirementId,
    words: string,
    change: (event: EndOfConversationEvent) => object,
  ): Control => ({
    requirement,
    words,
    sequence: withLast(
      sequence,
      withEvents(last, (event) => (isEnd(event) ? ({ ...event, ...change(event) } as Event) : event)),
    ),
  });
  const end = eventsOf(last).find(isEnd)!;
  const others = sequence.bodies.flatMap((body) =>
    eventsOf(body)
      .filter(isTransfer)
      .map(({ participant }) => participant),
  );
  const byIdentity = new Map(others.map((one) => [one.identity, one]));
  byIdentity.delete(end.participant.identity);
  const all = sequence.bodies.flatMap(eventsOf);
  const isSummarised = all.some(({ name }) => name === 'TRIGGER_SUMMARY_EVENT');
  const before = sequence.bodies.slice(0, -1);
  const summary = { ...envelopeOf(last), events: [summaryEvent()] } as unknown as HooksBody;
  return [
    ...(end.reason === 'agent_initiated'
      ? [of('HOOKS-EOC-02', 'with another reason', () => ({ reason: 'customer_initiated' }))]
      : [of('HOOKS-EOC-07', 'with reason agent_initiated', () => ({ reason: 'agent_initiated' }))]),
    ...(end.language === 'en' ? [] : [of('HOOKS-EOC-03', 'with language en', () => ({ language: 'en' }))]),
    ...(before.some(isSummary)
      ? [
          {
            requirement: 'HOOKS-SUM-01',
            words: 'without the summary before it',
            sequence: { ...sequence, bodies: [...before.filter((body) => !isSummary(body)), last] },
          } as const,
        ]
      : []),
    ...(isSummarised
      ? []
      : [
          {
            requirement: 'HOOKS-SUM-05',
            words: 'after a summary',
            sequence: { ...sequence, bodies: [...before, summary, last] },
            narrower: all.some(isRedial) ? [withoutARedial(sequence)] : [],
          } as const,
        ]),
    of(
      'HOOKS-EOC-06',
      'customFields' in end.participant ? 'without customFields' : 'with customFields',
      ({ participant }) => ({ participant: otherFields(participant) }),
    ),
    ...[...byIdentity.values()].map((participant) =>
      of('HOOKS-EOC-05', 'with another of its agents as participant', () => ({ participant })),
    ),
    { requirement: 'HOOKS-EOC-04', words: 'in the other experience', sequence: inOtherExperience(sequence) },
  ];
}

/** Is a summary wanted always, or only after a redial? */
function withoutARedial(sequence: Sequence): Control {
  const start = sequence.bodies.findLastIndex((body) => eventsOf(body).some(isRedial));
  const bodies = sequence.bodies.slice(start).map((body) => withEvents(body, (event) => asNA(event)));
  return {
    requirement: 'HOOKS-RDL-07',
    words: 'after a summary, or without a redial',
    sequence: { ...sequence, bodies },
  };
}

/** The end while its participant is still there. Nothing says that it names such an agent only. */
export function beforeTheExit(sequence: Sequence): Control[] {
  const before = sequence.bodies.slice(0, -1);
  const end = eventsOf(lastOf(sequence)).find(isEnd);
  const exit = before.findLastIndex((body) =>
    eventsOf(body).some(
      (event) =>
        isTransfer(event) &&
        event.transition === 'exit' &&
        event.participant.identity === end?.participant.identity,
    ),
  );
  if (!end || exit < 1) return [];
  // Without the summary, which comes after the exit.
  const bodies = [...before.slice(0, exit), lastOf(sequence)];
  return [
    {
      requirement: 'HOOKS-EOC-05',
      words: 'before the exit of its participant',
      sequence: { ...sequence, bodies },
    },
  ];
}

function isSummary(body: HooksBody): boolean {
  const events = eventsOf(body);
  return events.length > 0 && events.every(({ name }) => name === 'TRIGGER_SUMMARY_EVENT');
}

export function isEnd(event: Event): event is EndOfConversationEvent {
  return event.name === 'END_OF_CONVERSATION';
}
