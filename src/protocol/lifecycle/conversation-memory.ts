// A map with a limit, by conversation: when it is full, it forgets the entries that were set longest ago.

const maxConversations = 100_000;

export class ConversationMemory<Value> {
  readonly #values = new Map<string, Value>();
  readonly #limit: number;

  constructor(limit = maxConversations) {
    this.#limit = limit;
  }

  get(id: string): Value | undefined {
    return this.#values.get(id);
  }

  set(id: string, value: Value): void {
    // A Map keeps the order of insertion: deleting first makes the entry the youngest.
    this.#values.delete(id);
    this.#values.set(id, value);
    if (this.#values.size <= this.#limit) return;
    // Several at once: to find the oldest, a Map steps over the places of all entries that were deleted before.
    // Stryker disable next-line ArithmeticOperator: how many at once is a matter of speed
    let surplus = 1 + Math.floor(this.#limit / 16);
    for (const oldest of this.#values.keys()) {
      if (surplus === 0) break;
      surplus -= 1;
      this.#values.delete(oldest);
    }
  }

  /** The one set longest ago comes first. */
  values(): Iterable<Value> {
    return this.#values.values();
  }

  get size(): number {
    return this.#values.size;
  }
}
