// Finds what items have in common that others do not. Pure; unaware of what the items and the traits are.

/** One thing that may be said of an item, in words that end a sentence: "with a redial entry". */
export interface Trait {
  words: string;
  /** Of two explanations that are equally good, the one with the lower rank is given. */
  rank: number;
  /** How far it is from what the item is. Two that add up to more than `mostDetail` are never joined: nobody reads that. */
  detail?: number;
}

export interface Item {
  isBad: boolean;
  traits: readonly Trait[];
}

export interface Explanation<One extends Item> {
  /** At most two; none when nearly all items are bad. */
  traits: Trait[];
  /** The bad items that have all the traits, in their order. */
  bad: One[];
  /** How many good items have all the traits. */
  good: number;
}

/** Below this, a common trait is chance. */
const fewest = 2;
/** A good item among those with the traits outweighs so many bad ones: an explanation has hardly any exception. */
const weightOfException = 9;
/** An explanation covers at least this share of the bad items: what explains less is not what went wrong. */
const leastShare = 0.1;

const mostDetail = 3;

/** The best explanations, one after the other, each of what the ones before leave over. At most `limit`. */
export function explanations<One extends Item>(items: readonly One[], limit: number): Explanation<One>[] {
  const found: Explanation<One>[] = [];
  const bad = items.filter(({ isBad }) => isBad).length;
  let left = items;
  while (found.length < limit) {
    const best = bestExplanation(left);
    if (!best || best.bad.length < Math.max(fewest, leastShare * bad)) break;
    found.push(best);
    const explained = new Set<Item>(best.bad);
    left = left.filter((item) => !explained.has(item));
  }
  return found;
}

/** The items that have a trait, or several, as a set of bits. */
type Bits = Uint32Array;

interface Candidate {
  traits: Trait[];
  bad: Bits;
  good: Bits;
  badCount: number;
  score: number;
}

function bestExplanation<One extends Item>(items: readonly One[]): Explanation<One> | undefined {
  const bad = items.filter(({ isBad }) => isBad);
  const good = items.filter(({ isBad }) => !isBad);
  if (bad.length < fewest) return undefined;
  const everything = candidate([], allOf(bad.length), allOf(good.length));
  const singles = traitsOf(bad)
    .map((trait) => candidate([trait], having(trait, bad), having(trait, good)))
    .filter(({ badCount }) => badCount >= fewest);
  let best = better(everything, undefined);
  for (const single of singles) best = better(single, best);
  for (const [index, one] of singles.entries()) {
    for (const other of singles.slice(index + 1)) {
      // Both together never explain more than each alone.
      if (best && Math.min(one.badCount, other.badCount) < best.score) continue;
      const traits = [...one.traits, ...other.traits];
      if (traits.reduce((sum, { detail = 0 }) => sum + detail, 0) > mostDetail) continue;
      best = better(candidate(traits, both(one.bad, other.bad), both(one.good, other.good)), best);
    }
  }
  if (!best) return undefined;
  const { traits } = best;
  const has = (item: Item) => traits.every((trait) => hasTrait(item, trait));
  return { traits, bad: bad.filter(has), good: good.filter(has).length };
}

function candidate(traits: Trait[], bad: Bits, good: Bits): Candidate {
  const badCount = count(bad);
  return { traits, bad, good, badCount, score: badCount - weightOfException * count(good) };
}

function better(one: Candidate, best: Candidate | undefined): Candidate | undefined {
  if (one.score < fewest) return best;
  if (!best || one.score > best.score) return one;
  if (one.score < best.score) return best;
  return weight(one) < weight(best) ? one : best;
}

/** The fewer traits and the plainer, the lower. */
function weight({ traits }: Candidate): number {
  return traits.reduce((sum, { rank }) => sum + 100 + rank, 0);
}

function traitsOf(items: readonly Item[]): Trait[] {
  const byWords = new Map(items.flatMap(({ traits }) => traits).map((trait) => [trait.words, trait]));
  return [...byWords.values()];
}

function hasTrait({ traits }: Item, { words }: Trait): boolean {
  return traits.some((one) => one.words === words);
}

function having(trait: Trait, items: readonly Item[]): Bits {
  const bits = new Uint32Array(Math.ceil(items.length / 32));
  for (const [index, item] of items.entries())
    if (hasTrait(item, trait)) bits[index >> 5]! |= 1 << (index & 31);
  return bits;
}

function allOf(length: number): Bits {
  const bits = new Uint32Array(Math.ceil(length / 32));
  for (let index = 0; index < length; index += 1) bits[index >> 5]! |= 1 << (index & 31);
  return bits;
}

function both(one: Bits, other: Bits): Bits {
  return one.map((word, index) => word & other[index]!);
}

function count(bits: Bits): number {
  let sum = 0;
  for (let word of bits) for (; word !== 0; word = (word & (word - 1)) >>> 0) sum += 1;
  return sum;
}
