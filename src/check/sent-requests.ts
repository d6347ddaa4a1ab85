// The requests of a conversation, put together again from its steps.
import type { RuleSet } from '../protocol/lifecycle/rule-set.ts';
import { ConversationTracker } from '../protocol/lifecycle/tracker.ts';
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
 * Whether steps without a time make a whole conversation, and break no must, when they are read backwards: a log that has
 * its newest line first.
 */
export function isWholeBackwards(steps: readonly SentStep[], rules: RuleSet): boolean {
  if (steps.length < 2 || steps.some(({ time }) => time !== undefined)) return false;
  const backwards = new ConversationTracker(undefined, rules);
  for (const request of requestsOf(steps).reverse()) {
    const { status } = request[0]!;
    const { breaches } = backwards.take({ steps: request, status });
    if (breaches.some(({ finding }) => finding.level === 'must')) return false;
  }
  return backwards.state.ended;
}
