// MAX_REQUESTS_PER_MINUTE is what the tenant takes in all. Shards run at the same time, and none knows of the others: each takes
// an equal part of it.

interface Rate {
  MAX_REQUESTS_PER_MINUTE?: string | undefined;
  MAX_REQUESTS_PER_MINUTE_FOR?: string | undefined;
  /** How many shards the run is cut into; the command sets it. */
  CONFORMANCE_SHARDS?: string | undefined;
}

/** How many requests this process sends a minute; undefined: as many as it can. */
export function ownRate(values: Rate): number | undefined {
  const { MAX_REQUESTS_PER_MINUTE: most } = values;
  return most ? Number(most) / sharesOf(values) : undefined;
}

/** What this process sends, in a sentence; undefined when it sends all that is set. */
export function ownRateInWords(values: Rate): string | undefined {
  const [rate, shares] = [ownRate(values), sharesOf(values)];
  if (rate === undefined || shares === 1) return undefined;
  const own = Number(rate.toFixed(1));
  return `MAX_REQUESTS_PER_MINUTE=${values.MAX_REQUESTS_PER_MINUTE} is for all ${shares} shards together: this one sends ${own} a minute. MAX_REQUESTS_PER_MINUTE_FOR=each-shard has each send all of it.`;
}

/** Into how many parts the limit is cut. */
export function sharesOf({ MAX_REQUESTS_PER_MINUTE_FOR: which, CONFORMANCE_SHARDS }: Rate): number {
  return which === 'each-shard' ? 1 : Number(CONFORMANCE_SHARDS || 1);
}
