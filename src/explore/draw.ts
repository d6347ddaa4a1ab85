// What is left to chance, drawn by fast-check: the same for the same seed.
import fc from 'fast-check';

export interface Draw {
  /** A whole number from 0 to below this. */
  below(limit: number): number;
  /** @param probability from 0 to 1 */
  chance(probability: number): boolean;
  of<Item>(items: readonly Item[]): Item;
  /** An item, each as likely as its weight says; one weight at least is not 0. */
  weighted<Item>(items: readonly Item[], weightOf: (item: Item) => number): Item;
}

const finest = 1_000_000;

/** Draws for one excursion. @param build has to draw all that it needs */
export function drawn<Made>(seed: number, build: (draw: Draw) => Made): Made {
  const arbitrary = fc.gen().map((value) => {
    const below = (limit: number) => value(nat, limit - 1);
    const draw: Draw = {
      below,
      chance: (probability) => below(finest) < probability * finest,
      of: (items) => items[below(items.length)]!,
      weighted(items, weightOf) {
        const whole = items.reduce((sum, item) => sum + weightOf(item), 0);
        let left = (whole * below(finest)) / finest;
        for (const item of items) {
          left -= weightOf(item);
          if (left < 0) return item;
        }
        return items.at(-1)!;
      },
    };
    return build(draw);
  });
  return fc.sample(arbitrary, { seed, numRuns: 1 })[0]!;
}

function nat(max: number): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max });
}
