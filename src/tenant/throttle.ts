// MAX_REQUESTS_PER_MINUTE, over all worker threads: the main thread hands out slots, a worker waits for its own.
import { randomUUID } from 'node:crypto';
import { BroadcastChannel } from 'node:worker_threads';

type Message =
  /** Worker to main thread. */
  | { type: 'ask'; id: string }
  /** Main thread to all workers. */
  | { type: 'heard'; id: string }
  | { type: 'go'; id: string }
  | { type: 'closed' };

const channelName = 'conformance-throttle';
/** Far longer than the main thread is ever busy with a report. */
const heardWithinMs = 30_000;
const nobody = 'MAX_REQUESTS_PER_MINUTE is set, but nobody in this process hands out slots';

/** For the main thread: hands out slots that are 60000/perMinute milliseconds apart, first come, first served. */
export function startThrottle(perMinute: number): { close(): void } {
  const spacingMs = 60_000 / perMinute;
  const channel = new BroadcastChannel(channelName);
  const post = (message: Message) => channel.postMessage(message);
  const queue: string[] = [];
  let lastAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;

  /** One timer at a time, counted from when the last slot really went out: a late slot does not crowd the next. */
  function next(): void {
    if (timer || queue.length === 0) return;
    timer = setTimeout(
      () => {
        timer = undefined;
        lastAt = performance.now();
        post({ type: 'go', id: queue.shift()! });
        next();
      },
      Math.max(0, Math.ceil(lastAt + spacingMs - performance.now())),
    );
    timer.unref();
  }

  channel.onmessage = ({ data: message }: { data: Message }) => {
    if (message.type !== 'ask') return;
    queue.push(message.id);
    post({ type: 'heard', id: message.id });
    next();
  };
  channel.unref();
  return {
    close() {
      clearTimeout(timer);
      post({ type: 'closed' });
      channel.close();
    },
  };
}

interface Asked extends PromiseWithResolvers<void> {
  /** Runs until the main thread has confirmed that it received the message. */
  patience: NodeJS.Timeout;
}

export class Throttle {
  readonly #channel: BroadcastChannel | undefined;
  readonly #asked = new Map<string, Asked>();

  constructor(perMinute?: number) {
    if (perMinute === undefined) return;
    this.#channel = new BroadcastChannel(channelName);
    this.#channel.onmessage = ({ data }: { data: Message }) => this.#receive(data);
    this.#channel.unref();
  }

  /**
   * Resolves when the next request may be sent: at once without a limit.
   * @throws when nobody in this process hands out slots, or has stopped doing so
   */
  async ready(): Promise<void> {
    if (!this.#channel) return;
    const id = randomUUID();
    const slot = Promise.withResolvers<void>();
    const patience = setTimeout(() => slot.reject(new Error(nobody)), heardWithinMs);
    this.#asked.set(id, { ...slot, patience });
    // A request that waits for a slot keeps its thread alive.
    this.#channel.ref();
    this.#channel.postMessage({ type: 'ask', id } satisfies Message);
    try {
      await slot.promise;
    } finally {
      clearTimeout(patience);
      this.#asked.delete(id);
      if (this.#asked.size === 0) this.#channel.unref();
    }
  }

  close(): void {
    this.#refuse();
    this.#channel?.close();
  }

  #receive(message: Message): void {
    if (message.type === 'closed') {
      this.#refuse();
      return;
    }
    const asked = this.#asked.get(message.id);
    if (message.type === 'heard') clearTimeout(asked?.patience);
    if (message.type === 'go') asked?.resolve();
  }

  #refuse(): void {
    for (const { reject } of this.#asked.values()) {
      reject(new Error('The throttle was closed while a request waited for its slot'));
    }
  }
}
