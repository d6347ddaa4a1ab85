// What the sandbox remembers of conversations: a map that forgets the least recently used when it is full.

export const maxConversations = 100_000;

export class ConversationMemory<Value> {
  readonly #values = new Map<string, Value>();
  readonly #limit: number;

  constructor(limit = maxConversations) {
    this.#limit = limit;
  }

  get(conversationId: string): Value | undefined {
    return this.#values.get(conversationId);
  }

  set(conversationId: string, value: Value): void {
    // A Map keeps the order of insertion: deleting first makes the entry the youngest.
    this.#values.delete(conversationId);
    this.#values.set(conversationId, value);
    if (this.#values.size <= this.#limit) return;
    const [oldest] = this.#values.keys();
    this.#values.delete(oldest!);
  }

  get size(): number {
    return this.#values.size;
  }
}
