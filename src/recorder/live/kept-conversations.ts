// The conversations that are over, for whoever asks: bounded by how many there are and by how many steps they have together.
import type { LiveConversation } from './live-check.ts';

export interface Bounds {
  conversations: number;
  steps: number;
}

export class KeptConversations {
  readonly #byId = new Map<string, LiveConversation>();
  readonly #bounds: Bounds;
  #steps = 0;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  get(id: string): LiveConversation | undefined {
    return this.#byId.get(id);
  }

  /** Forgets those that were set longest ago when there is too much. */
  set(id: string, conversation: LiveConversation): void {
    this.#delete(id);
    this.#byId.set(id, conversation);
    this.#steps += stepsOf(conversation);
    if (!this.#exceeds(1)) return;
    // Several at once: to find the oldest, a Map steps over the places of all that were deleted before.
    for (const oldest of this.#byId.keys()) {
      if (oldest === id || !this.#exceeds(15 / 16)) break;
      this.#delete(oldest);
    }
  }

  #exceeds(share: number): boolean {
    const { conversations, steps } = this.#bounds;
    return this.#byId.size > conversations * share || this.#steps > steps * share;
  }

  #delete(id: string): void {
    const known = this.#byId.get(id);
    if (!known) return;
    this.#byId.delete(id);
    this.#steps -= stepsOf(known);
  }
}

function stepsOf({ checked }: LiveConversation): number {
  return checked.steps.length;
}
