// The requests of a conversation, put together again from its steps.

import { advance } from '../protocol/lifecycle/lifecycle.ts';
import type { RuleSet } from '../protocol/lifecycle/rule-set.ts';
import { type ConversationState, newConversation } from '../protocol/lifecycle/state.ts';
import { ConversationTracker, isRefused, isUnanswered } from '../protocol/lifecycle/tracker.ts';
import { isCertainlyBefore } from './log-clock.ts';
import type { SentStep } from './result.ts';

/** Groups steps by request: the steps of one request are adjacent. */
export function requestsOf(steps: readonly SentStep[]): SentStep[][] {
  const requests: SentStep[][] = [];
  for (const sent of steps) {
    const before = requests.at(-1);
    if (before && isOfSameRequest(before[0]!, before.at(-1)!, sent)) before.push(sent);
    else requests.push([sent]);
  }
  return requests;
}

/** A line may have several requests: then the events begin anew. */
function isOfSameRequest(
  first: SentStep,
  last: SentStep,
  { file, line, time, status, event }: SentStep,
): boolean {
  if (first.line !== line || first.file !== file || first.time !== time || first.status !== status)
    return false;
  return event === undefined ? last.event === 0 && first.step.type !== 'message' : event > (last.event ?? -1);
}

/**
 * Sorts steps by time. A step without a time stays behind the one before it. Of the same time, the order of the log counts,
 * unless the log has its newest line first.
 */
export function byTime(steps: SentStep[]): SentStep[] {
  if (steps.every(({ time }) => time === undefined)) return steps;
  const given = isNewestFirst(steps) ? requestsOf(steps).reverse().flat() : steps;
  let latest = Number.NEGATIVE_INFINITY;
  const timed = given.map((step) => {
    latest = step.time ?? latest;
    return { step, time: latest };
  });
  return timed.sort((one, other) => one.time - other.time || 0).map(({ step }) => step);
}

function isNewestFirst(steps: readonly SentStep[]): boolean {
  let falls = false;
  for (let at = 1; at < steps.length; at += 1) {
    const [before, now] = [steps[at - 1]!.time, steps[at]!.time];
    if (before === undefined || now === undefined || now > before) return false;
    falls ||= now < before;
  }
  return falls;
}

/**
 * Whether steps without a time, or all with the same one, make a whole conversation, and break no must, when they are read
 * backwards: a log that has its newest line first.
 */
export function isWholeBackwards(steps: readonly SentStep[], rules: RuleSet): boolean {
  if (steps.length < 2 || steps.some(({ time }) => time !== steps[0]!.time)) return false;
  const backwards = new ConversationTracker(undefined, rules);
  for (const request of requestsOf(steps).reverse()) {
    const { status } = request[0]!;
    const { breaches } = backwards.take({ steps: request, status });
    if (breaches.some(({ finding }) => finding.level === 'must')) return false;
  }
  return backwards.state.ended;
}

/** How many orders of the requests of several logs are tried. */
const maxTries = 2000;

/**
 * Whether steps in several logs break no must in an order that their times allow, each log as it stands. When there are too many
 * orders to try, they may.
 */
export function isInOrderSomehow(steps: readonly SentStep[], rules: RuleSet): boolean {
  const logs = [...Map.groupBy(steps, ({ file }) => file).values()].map((of) =>
    requestsOf(byTime(of.toSorted((one, other) => one.line - other.line))).filter(
      ([first]) => !isRefused(first!.status),
    ),
  );
  if (logs.length < 2) return false;
  // Without any, a repetition is a duplicate.
  const hasStatuses = steps.some(({ status }) => status !== undefined);
  let tries = 0;
  const goesOn = (
    at: readonly number[],
    state: ConversationState,
    repeatable: readonly string[],
  ): boolean => {
    tries += 1;
    if (tries > maxTries) return true;
    const next = logs.flatMap((log, index) =>
      at[index]! < log.length ? [{ index, request: log[at[index]!]! }] : [],
    );
    if (next.length === 0) return true;
    return next.some(({ index, request }) => {
      if (next.some((other) => isBefore(other.request[0]!, request[0]!))) return false;
      const moved = at.with(index, at[index]! + 1);
      const after = taken(request, state, rules);
      const wording = JSON.stringify(request.map(({ step }) => step));
      const { status } = request[0]!;
      const mayComeAgain = status === undefined ? hasStatuses : isUnanswered(status);
      if (after) return goesOn(moved, after, mayComeAgain ? [...repeatable, wording] : repeatable);
      return repeatable.includes(wording) && goesOn(moved, state, repeatable);
    });
  };
  return goesOn(
    logs.map(() => 0),
    newConversation,
    [],
  );
}

/** The state after a request; undefined when it breaks a must. */
function taken(
  request: readonly SentStep[],
  before: ConversationState,
  rules: RuleSet,
): ConversationState | undefined {
  let state = before;
  for (const step of request) {
    const next = advance(state, step, rules);
    if (next.breaches.some(({ finding }) => finding.level === 'must')) return undefined;
    state = next.state;
  }
  return state;
}

function isBefore({ time: one }: SentStep, { time: other }: SentStep): boolean {
  return one !== undefined && other !== undefined && isCertainlyBefore(one, other);
}
