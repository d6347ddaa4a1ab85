// The controls of a refused event: the same event at the same place, in another form. When one is accepted, it was the form
// that the tenant refused, and the requirement about that form is broken; no other is.
import type { RequirementId } from '../catalogue.ts';
import { unknownBotId } from '../endpoints.ts';
import type { HooksBody } from '../events.ts';
import type { Control } from './control.ts';
import { endControls, isEnd, summaryControls } from './ending-forms.ts';
import { messageControls } from './message-forms.ts';
import { eventsOf, isTransfer, lastOf, type Sequence, withLast } from './sequence.ts';
import { transferControls } from './transfer-forms.ts';

/** What a plain conversation has in any form: so it is not known to be accepted when the plain form is. */
const ofContent: readonly RequirementId[] = [
  'HOOKS-MSG-01',
  'HOOKS-MSG-02',
  'HOOKS-MSG-04',
  'HOOKS-MSG-12',
  'HOOKS-ENV-05',
  'HOOKS-EOC-05',
  'HOOKS-SUM-01',
  'HOOKS-SUM-05',
  'HOOKS-RDL-07',
];

/** Whether a control varies what is said, or in which company, not the form in which an event is written. */
export function isOfContent({ requirement }: Control): boolean {
  return ofContent.includes(requirement);
}

/** Of those about the same requirement: they may be as many as the conversation has agents. */
export function firstAndLast(controls: readonly Control[]): Control[] {
  return [...Map.groupBy(controls, ({ requirement }) => requirement).values()].flatMap((some) => [
    ...new Set([some[0]!, some.at(-1)!]),
  ]);
}

/** All that apply, the likeliest first. */
export function formControls(sequence: Sequence): Control[] {
  const last = lastOf(sequence);
  const events = eventsOf(last);
  return [
    ...(last.query === undefined ? [] : messageControls(sequence, last)),
    ...(events.some(isTransfer) ? transferControls(sequence, last) : []),
    ...(events.some(({ name }) => name === 'TRIGGER_SUMMARY_EVENT') ? summaryControls(sequence, last) : []),
    ...(events.some(isEnd) ? endControls(sequence, last) : []),
    ...envelopeControls(sequence, last),
    ...headerControls(sequence),
  ];
}

function envelopeControls(sequence: Sequence, last: HooksBody): Control[] {
  const { botId: _, ...withoutBot } = last;
  const events = eventsOf(last);
  const before = sequence.bodies.at(-2);
  const canJoin =
    events.length === 1 &&
    last.query === undefined &&
    before?.events !== undefined &&
    !isTransfer(events[0]!);
  const joined = {
    ...last,
    events: [...(before ? eventsOf(before) : []), ...events],
  } as unknown as HooksBody;
  return [
    ...(canJoin
      ? [
          {
            requirement: 'HOOKS-ENV-05',
            words: 'in one list with the event before it',
            sequence: { ...sequence, bodies: [...sequence.bodies.slice(0, -2), joined] },
          } as const,
        ]
      : []),
    {
      requirement: 'HOOKS-ENV-03',
      words: 'without botId',
      sequence: withLast(sequence, withoutBot as HooksBody),
    },
  ];
}

/** For an answer that says that the bot is unknown: the same request with another botId in the body. */
export function botControls(sequence: Sequence): Control[] {
  const last = lastOf(sequence);
  const others = {
    'with the botId of its body without the prefix': last.botId.replace(/^st-/, ''),
    'with another botId in its body than in the path': unknownBotId,
  };
  return Object.entries(others)
    .filter(([, botId]) => botId !== last.botId)
    .map(([words, botId]) => ({
      requirement: 'HOOKS-ENV-04',
      words,
      sequence: withLast(sequence, { ...last, botId }),
    }));
}

const charset = 'application/json; charset=utf-8';

function headerControls({ bodies, token, contentType }: Sequence): Control[] {
  const type = contentType ? {} : { contentType: charset };
  const kind = token ? {} : { token: 'a token with nothing but the appId' };
  const kept = { ...(token ? { token } : {}), bodies };
  return [
    {
      requirement: 'HOOKS-HDR-01',
      words: contentType ? 'as application/json' : `as ${charset}`,
      sequence: { ...kept, ...type },
    },
    {
      requirement: 'HOOKS-AUTH-02',
      words: `with ${kind.token ?? 'a token that has more than the appId'}`,
      sequence: { bodies, ...(contentType ? { contentType } : {}), ...kind },
    },
  ];
}
