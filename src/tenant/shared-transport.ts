// Workers send through the main thread: loading Playwright takes most of a second of processor time and 70 MB, so one thread
// does it for all. Each worker has a channel of its own to the main thread; a well-known one brings the two together.
import { randomUUID } from 'node:crypto';
import { BroadcastChannel } from 'node:worker_threads';
import type { Exchange, Sender, WireRequest } from './exchange.ts';
import { closedFailure, settingsOfRun } from './transport-failures.ts';

/** Far longer than the main thread is ever busy with a report. */
const heardWithinMs = 30_000;

/** Worker to main thread. */
interface Asked {
  id: number;
  wire: WireRequest;
}

/** Main thread to worker; the first message has neither. */
type Answered = { id: number; exchange: Exchange } | { id: number; error: string } | { ready: true };

/** Other runs of this process have others. */
function meetingPoint(run: string): string {
  return `conformance-transport ${run}`;
}

/**
 * For the main thread: sends what the workers of a run ask for.
 * @param open is called when the first worker asks
 */
export function shareTransport(
  run: string,
  open: () => Promise<Sender & { close(): Promise<void> }>,
): { close(): Promise<void> } {
  const meeting = new BroadcastChannel(meetingPoint(run));
  const channels: BroadcastChannel[] = [];
  let transport: ReturnType<typeof open> | undefined;
  let closed = false;

  function serve(name: string): void {
    const channel = new BroadcastChannel(name);
    channels.push(channel);
    const post = (message: Answered) => closed || channel.postMessage(message);
    channel.onmessage = async ({ data: { id, wire } }: { data: Asked }) => {
      try {
        transport ??= open();
        post({ id, exchange: await (await transport).send(wire) });
      } catch (error) {
        post({ id, error: error instanceof Error ? error.message : String(error) });
      }
    };
    channel.unref();
    post({ ready: true });
  }

  meeting.onmessage = ({ data: name }: { data: string }) => serve(name);
  meeting.unref();
  return {
    async close() {
      closed = true;
      for (const channel of [meeting, ...channels]) channel.close();
      await (await transport?.catch(() => undefined))?.close();
    },
  };
}

/** For a worker: its way to the transport of the main thread. */
export class SharedTransport implements Sender {
  readonly #channel: BroadcastChannel;
  readonly #asked = new Map<number, PromiseWithResolvers<Exchange> & { wire: WireRequest }>();
  readonly #ready = Promise.withResolvers<void>();
  #requests = 0;

  private constructor(name: string) {
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = ({ data }: { data: Answered }) => this.#receive(data);
    this.#channel.unref();
  }

  /** @throws when no main thread of this process shares the transport of that run */
  static async open(run: string): Promise<SharedTransport> {
    const name = `${meetingPoint(run)} ${randomUUID()}`;
    const transport = new SharedTransport(name);
    const meeting = new BroadcastChannel(meetingPoint(run));
    const nobody = new Error(
      'A worker has to send through the main thread, but nobody there shares a transport',
    );
    const patience = setTimeout(() => transport.#ready.reject(nobody), heardWithinMs);
    meeting.postMessage(name);
    try {
      await transport.#ready.promise;
    } finally {
      clearTimeout(patience);
      meeting.close();
    }
    return transport;
  }

  send(wire: WireRequest): Promise<Exchange> {
    this.#requests += 1;
    const asked = { ...Promise.withResolvers<Exchange>(), wire };
    this.#asked.set(this.#requests, asked);
    this.#channel.postMessage({ id: this.#requests, wire } satisfies Asked);
    return asked.promise;
  }

  /** What is still on its way comes to nothing. */
  async close(): Promise<void> {
    this.#channel.close();
    const failure = closedFailure(new Error('the transport is closed'), settingsOfRun);
    for (const { wire: request, resolve } of this.#asked.values()) {
      resolve({ request, startedAt: Date.now(), durationMs: 0, attempts: 1, failure });
    }
    this.#asked.clear();
  }

  #receive(message: Answered): void {
    if ('ready' in message) {
      this.#ready.resolve();
      return;
    }
    const asked = this.#asked.get(message.id);
    this.#asked.delete(message.id);
    if ('error' in message) asked?.reject(new Error(message.error));
    else asked?.resolve(message.exchange);
  }
}
