// The conversations of a scenario as pictures: each a swim-lane timeline in SVG that stands on its own.

import { parseJson } from '../protocol/answers.ts';
import { isObject } from '../protocol/requests.ts';
import { counted, grouped } from '../text/count.ts';
import { assignmentFilter, assignmentTimeline } from './assignment-timeline.ts';
import { drawing } from './drawing.ts';
import { plain } from './picture-text.ts';
import { conversationTimeline, type LabelledExchange, type Moment, type Timeline } from './timeline.ts';

export interface Picture {
  /** Empty when it shows transfers by assign-conversation: they speak of a bot session. */
  conversationId: string;
  /** For people, as plain text: it is not escaped. */
  title: string;
  svg: string;
}

/**
 * One picture a conversation, in the order in which they first appear; the transfers of a scenario share one.
 * @param exchanges redacted; what is about no conversation is left out
 */
export function pictures(exchanges: readonly LabelledExchange[]): Picture[] {
  const known = drawn.get(exchanges);
  if (known) return known;
  const made = draw(exchanges);
  drawn.set(exchanges, made);
  return made;
}

/** Allure shows a scenario's pictures as it ends, the page when all have ended: each is drawn once. */
const drawn = new WeakMap<readonly LabelledExchange[], Picture[]>();

function draw(exchanges: readonly LabelledExchange[]): Picture[] {
  const isOfAssignment = assignmentFilter(exchanges);
  const assignments = exchanges.filter(isOfAssignment);
  const conversations = Map.groupBy(
    exchanges.filter((exchange) => !isOfAssignment(exchange)),
    conversationOf,
  );
  const told = [...conversations].flatMap(([id, of]) =>
    id ? [picture(id, conversationTimeline(id, of))] : [],
  );
  return assignments.length > 0 ? [...told, picture('', assignmentTimeline(assignments))] : told;
}

/** A body that cannot be read, or has lost its conversationId, belongs to the conversation that its label names. */
function conversationOf({ request, label }: LabelledExchange): string | undefined {
  const body = parseJson(request.body ?? '');
  const id = isObject(body) ? body.conversationId : undefined;
  if (typeof id === 'string' && id !== '') return id;
  return / of conversation ([^\s,]+)/.exec(label)?.[1];
}

export function picture(conversationId: string, timeline: Timeline): Picture {
  const title = `${plain(timeline.about, 120)}, ${figures(timeline.moments)}`;
  return { conversationId, title, svg: drawing(timeline, title) };
}

/** "5 events, 2 messages, 1 refused" */
function figures(moments: Moment[]): string {
  const nouns = ['event', 'message', 'request', 'outcome'] as const;
  const all = nouns.map((noun) => {
    const count = moments.filter((moment) => moment.noun === noun).length;
    return count > 0 ? counted(count, noun) : '';
  });
  const results = ['refused', 'no answer'] as const;
  const bad = results.map((result) => {
    const count = moments.filter(({ request }) => request.result === result).length;
    return count > 0 ? `${grouped(count)} ${result === 'no answer' ? 'without an answer' : result}` : '';
  });
  return [...all, ...bad].filter(Boolean).join(', ');
}
