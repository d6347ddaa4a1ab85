// The other forms of a message.
import type { RequirementId } from '../catalogue.ts';
import type { HooksBody } from '../events.ts';
import { type Control, inOtherExperience } from './control.ts';
import { eventsOf, isTransfer, type Sequence, withLast } from './sequence.ts';

export function messageControls(sequence: Sequence, last: HooksBody): Control[] {
  const of = (requirement: RequirementId, words: string, change: object): Control => ({
    requirement,
    words,
    sequence: withLast(sequence, { ...last, ...change } as HooksBody),
  });
  const { experience: _, ...withoutExperience } = last;
  const isUser = last.author?.type === 'USER';
  const otherAgents = sequence.bodies.flatMap((body) =>
    [
      body.agentId ?? [],
      ...eventsOf(body)
        .filter(isTransfer)
        .map(({ participant }) => participant.identity),
    ].flat(),
  );
  const flags = [
    of('HOOKS-MSG-06', `with sendUserMessage ${!last.sendUserMessage}`, {
      sendUserMessage: !last.sendUserMessage,
    }),
    of('HOOKS-MSG-07', `with sendAgentMessage ${!last.sendAgentMessage}`, {
      sendAgentMessage: !last.sendAgentMessage,
    }),
  ];
  const ofExperience: Control = {
    requirement: 'HOOKS-MSG-03',
    words: 'in the other experience',
    sequence: inOtherExperience(sequence),
  };
  const sources = ['GENESYS', 'nice'].map((source) =>
    of('HOOKS-MSG-05', `with source ${source}`, { source }),
  );
  return [
    of('HOOKS-MSG-01', 'with another text', {
      query: last.query === 'Good morning' ? 'Hello' : 'Good morning',
    }),
    ...(last.language === 'en' ? [] : [of('HOOKS-MSG-08', 'with language en', { language: 'en' })]),
    ...(last.source === 'genesys' ? [] : [of('HOOKS-MSG-11', 'with source genesys', { source: 'genesys' })]),
    ...[...new Set(otherAgents)]
      .filter((id) => id !== last.agentId)
      .map((agentId) => of('HOOKS-MSG-02', 'with the id of another of its agents', { agentId })),
    {
      requirement: 'HOOKS-MSG-12',
      words: 'without experience',
      sequence: withLast(sequence, withoutExperience as HooksBody),
      // A tenant that knows one experience only, and does not miss it, refuses the other one.
      narrower: [ofExperience],
    },
    {
      ...of('HOOKS-MSG-04', 'of the other author', {
        author: { type: isUser ? 'AGENT' : 'USER' },
        sendUserMessage: !isUser,
        sendAgentMessage: isUser,
      }),
      narrower: [...flags, ...sources],
    },
    ...flags,
    ofExperience,
    ...sources,
    ...(last.events === undefined
      ? [of('HOOKS-ENV-05', 'with an empty list of events', { events: [] })]
      : eventsOf(last).length === 0
        ? [of('HOOKS-ENV-05', 'without a list of events', { events: undefined })]
        : []),
  ];
}
