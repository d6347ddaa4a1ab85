// Groups transport failures by the kind of request. This shows when a tenant drops the connection for one kind of event,
// while others get through.

import { parseJson } from '../protocol/answers.ts';
import { eventKind, messageKind } from '../protocol/event-table.ts';
import { isMessage, isObject } from '../protocol/requests.ts';
import type { ScenarioResult } from './collector.ts';
import type { LostRequests } from './report-types.ts';
import type { ScenarioRecord } from './scenario-record.ts';

type Sent = ScenarioRecord['exchanges'][number];

interface Tally {
  sent: number;
  /** By kind of failure: how often it happened, and the message of the last one. */
  lost: Map<string, { times: number; tried: string }>;
}

/** One entry for each kind of request and failure, the most frequent first. */
export function lostRequests(results: readonly ScenarioResult[]): LostRequests[] {
  const tallies = new Map<string, Tally>();
  for (const exchange of results.flatMap(({ record }) => record?.exchanges ?? [])) {
    const event = eventOf(exchange);
    const tally = tallies.get(event) ?? { sent: 0, lost: new Map() };
    tallies.set(event, tally);
    tally.sent += 1;
    const { failure } = exchange;
    if (!failure) continue;
    tally.lost.set(failure.kind, {
      times: (tally.lost.get(failure.kind)?.times ?? 0) + 1,
      tried: failure.message,
    });
  }
  const answered = [...tallies.values()].map(answeredOf).reduce((sum, count) => sum + count, 0);
  return [...tallies]
    .flatMap(([event, tally]) =>
      [...tally.lost].map(([failure, { times, tried }]) => ({
        event,
        failure,
        lost: times,
        sent: tally.sent,
        othersAnswered: answered - answeredOf(tally),
        tried,
      })),
    )
    .sort((a, b) => b.lost - a.lost);
}

/** "TRIGGER_SUMMARY_EVENT: reset, 12 of 12 times, while 1129 other requests were answered". */
export function lostInWords({ event, failure, lost, sent, othersAnswered }: LostRequests): string {
  const others =
    othersAnswered === 0 ? 'nothing else was answered' : `${othersAnswered} other requests were answered`;
  return `${event}: ${failure}, ${lost} of ${sent} times, while ${others}`;
}

function answeredOf({ sent, lost }: Tally): number {
  return sent - [...lost.values()].reduce((sum, { times }) => sum + times, 0);
}

/** The kind of request, whoever it is about: COLD entry, END_OF_CONVERSATION, user message. */
export function eventOf({ request, label }: Sent): string {
  const body = parseJson(request.body ?? '');
  if (/\/assign-conversation(\?|$)/.test(request.url)) return 'assign-conversation';
  if (!isObject(body)) return label.split(',')[0]!;
  const events = Array.isArray(body.events) ? body.events.map(nameOf) : [];
  const author = isObject(body.author) ? body.author.type : undefined;
  const message = isMessage(body) ? [messageKind(author)] : [];
  return [...message, ...events].join(' + ') || label.split(',')[0]!;
}

function nameOf(event: unknown): string {
  if (!isObject(event)) return 'no event';
  // Cold and warm may be in upper or lower case.
  return eventKind(event)
    .slice(0, 60)
    .replace(/^(cold|warm) /, (word) => word.toUpperCase());
}
