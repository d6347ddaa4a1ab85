// The conversations of a scenario as pictures: a swim-lane timeline in SVG for each.

import { parseJson } from '../protocol/answers.ts';
import { isObject } from '../protocol/requests.ts';
import { counted, grouped } from '../text/count.ts';
import { assignmentFilter, assignmentTimeline } from './assignment-timeline.ts';
import { drawing } from './drawing.ts';
import { plain } from './picture-text.ts';
import { conversationTimeline, type LabelledExchange, type Moment, type Timeline } from './timeline.ts';

export interface Picture {
  /** Empty for transfers by assign-conversation, which have a bot session instead. */
  conversationId: string;
  /** For people: plain text, not escaped. */
  title: string;
  svg: string;
}

/**
 * A picture for each conversation, in the order in which they first appear; the transfers of a scenario share one.
 * @param exchanges redacted; exchanges without a conversation are left out
 */
export function pictures(exchanges: readonly LabelledExchange[]): Picture[] {
  const known = drawn.get(exchanges);
  if (known) return known;
  const made = draw(exchanges);
  drawn.set(exchanges, made);
  return made;
}

/** Drawn once, used twice: when the scenario ends (Allure), and when the run ends (the page). */
const drawn = new WeakMap<readonly LabelledExchange[], Picture[]>();

function draw(exchanges: readonly LabelledExchange[]): Picture[] {
  const isOfAssignment = assignmentFilter(exchanges);
  const assignments = exchanges.filter(isOfAssignment);
  const conversations = Map.groupBy(
    exchanges.filter((exchange) => !isOfAssignment(exchange)),
    conversationOf,
  );
  const drawings = [...conversations].flatMap(([id, of]) =>
    id ? [picture(id, conversationTimeline(id, of))] : [],
  );
  return assignments.length > 0 ? [...drawings, picture('', assignmentTimeline(assignments))] : drawings;
}

/** The conversation of an exchange. When its body cannot be read, or lacks the conversationId, its label names it. */
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
  const failures = results.map((result) => {
    const count = moments.filter(({ request }) => request.result === result).length;
    return count > 0 ? `${grouped(count)} ${result === 'no answer' ? 'without an answer' : result}` : '';
  });
  return [...all, ...failures].filter(Boolean).join(', ');
}
