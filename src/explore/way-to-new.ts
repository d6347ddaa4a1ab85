// The shortest way from where a conversation stands to a pair of transitions that was never taken.

import type { Participant, Step } from '../protocol/lifecycle/step.ts';
import {
  type Followed,
  oneOfEachKind,
  pairOf,
  placeInModel,
  waysOn,
} from '../protocol/lifecycle/transitions.ts';

interface Reached {
  at: Followed;
  way: readonly Step[];
}

/** @returns the steps, the last of which completes the pair; none when no new pair can be reached any more */
export function wayToNewPair(
  from: Followed,
  agents: readonly Participant[],
  isTaken: (pair: string) => boolean,
): readonly Step[] {
  const seen = new Set([placeInModel(from)]);
  let reached: Reached[] = [{ at: from, way: [] }];
  while (reached.length > 0) {
    const next: Reached[] = [];
    for (const { at, way } of reached) {
      for (const { step, after } of waysOn(at, oneOfEachKind(at, agents))) {
        const whole = [...way, step];
        if (at.last !== undefined && !isTaken(pairOf(at.last, after.last!))) return whole;
        const place = placeInModel(after);
        if (seen.has(place)) continue;
        seen.add(place);
        next.push({ at: after, way: whole });
      }
    }
    reached = next;
  }
  return [];
}
