// What is remembered of conversations, by an id: a map that forgets what was set longest ago when it is full.

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
    const [oldest] = this.#values.keys();
    this.#values.delete(oldest!);
  }

  /** Those set longest ago first. */
  values(): Iterable<Value> {
    return this.#values.values();
  }

  get size(): number {
    return this.#values.size;
  }
}
