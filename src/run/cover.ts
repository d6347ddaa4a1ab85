// The least that decides everything: a greedy cover, out of which what is not needed any more is taken again.

export interface Candidate {
  cost: number;
  decides: ReadonlySet<string>;
}

/**
 * @param all in a fixed order, which decides between equals
 * @returns in that order; all that any of them decides is decided, and by none of them in vain
 */
export function smallestCover<One extends Candidate>(all: readonly One[]): One[] {
  const open = new Set(all.flatMap(({ decides }) => [...decides]));
  const chosen = new Set<One>();
  while (open.size > 0) {
    const best = all
      .map((one) => ({ one, gain: one.decides.intersection(open).size }))
      .filter(({ gain }) => gain > 0)
      .reduce((least, other) => (other.one.cost / other.gain < least.one.cost / least.gain ? other : least));
    chosen.add(best.one);
    for (const id of best.one.decides) open.delete(id);
  }
  for (const one of [...chosen].toSorted((a, b) => b.cost - a.cost)) {
    const others = new Set([...chosen].flatMap((other) => (other === one ? [] : [...other.decides])));
    if (one.decides.isSubsetOf(others)) chosen.delete(one);
  }
  return all.filter((one) => chosen.has(one));
}
