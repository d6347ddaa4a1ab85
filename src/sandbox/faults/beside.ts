// Faults of tenants that look at one part of a body, and take what stands beside it as it comes.
import { isMessage } from '../../protocol/requests.ts';
import type { Behaviour } from '../behaviour.ts';
import { jsonOf } from '../body-checks.ts';
import { documentedHooksChecks } from '../hooks.ts';
import type { Fault } from './fault.ts';
import { eventsIn, objectOf } from './requests.ts';

type Json = Record<string, unknown>;

/** @param part what this tenant looks at; undefined when it looks at all of it */
function lookingAt(part: (body: Json) => Json | undefined): Partial<Behaviour> {
  const check = documentedHooksChecks['envelope and payload'];
  return {
    hooksChecks: {
      ...documentedHooksChecks,
      'envelope and payload': (request) => {
        const value = part(objectOf(jsonOf(request.body)));
        return check(value ? { ...request, body: { kind: 'JSON', value } } : request);
      },
    },
  };
}

export const besideFaults: readonly Fault[] = [
  {
    name: 'looks-at-the-first-of-several-events',
    breaks: 'HOOKS-ERR-02',
    description: 'Of several events, only the first one is checked beyond its name.',
    behaviour: () =>
      lookingAt((body) => {
        const events = eventsIn(body);
        const areNamed = events.every(({ name }) => typeof name === 'string');
        return events.length > 1 && areNamed ? { ...body, events: events.slice(0, 1) } : undefined;
      }),
  },
  {
    name: 'does-not-look-at-a-message-beside-events',
    breaks: 'HOOKS-ERR-02',
    description: 'A message that shares its body with events is not checked.',
    behaviour: () =>
      lookingAt(({ conversationId, botId, events, ...message }) => {
        const isBeside = 'query' in message && eventsIn({ events }).length > 0;
        return isBeside ? { conversationId, botId, events } : undefined;
      }),
  },
  {
    name: 'does-not-look-at-events-beside-a-message',
    breaks: 'HOOKS-ERR-02',
    description: 'Events that share their body with a message are not checked.',
    behaviour: () =>
      lookingAt(({ events, ...body }) => (isMessage(body) && Array.isArray(events) ? body : undefined)),
  },
];
