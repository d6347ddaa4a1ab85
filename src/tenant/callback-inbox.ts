// Brings deliveries from the listener, which lives in the main thread, to the scenario that waits for them, which
// lives in a worker thread, or in the main thread too when a run is serial.
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { BroadcastChannel } from 'node:worker_threads';
import type { RequirementId } from '../protocol/catalogue.ts';
import type { Finding } from '../protocol/finding.ts';
import type { CallbackListener, ReceivedDelivery } from './callback-listener.ts';
import { pathOf } from './callback-path.ts';

export type { ReceivedDelivery } from './callback-listener.ts';

type Message =
  /** Inbox to listener. All three are acknowledged, after everything that was delivered before. */
  | { type: 'expect'; id: string; key: string }
  | { type: 'catch up'; id: string }
  | ({ type: 'withhold'; id: string } & Withheld)
  | { type: 'refused'; key: string; breaks: RequirementId }
  | { type: 'ignore'; key: string }
  /** Listener to every inbox. */
  | { type: 'done'; id: string; isWithheld: boolean }
  | { type: 'delivery'; delivery: Omit<ReceivedDelivery, 'body'>; body: Uint8Array };

/** That nothing came for a key is a finding only if the listener can be reached at all. */
export interface Withheld {
  key: string;
  finding: Finding;
}

const channelName = 'conformance-callbacks';
/** Far longer than the main thread is ever busy with a report. */
const acknowledgedWithinMs = 30_000;

export interface PublishedDeliveries {
  /** When the transfer of a key was refused: what is broken if it was carried out all the same. */
  refusedUnder(key: string): RequirementId | undefined;
  /** Whether nothing that comes for a key shows anything. */
  isIgnored(key: string): boolean;
  /** What was withheld, when something has come after all: then the listener can be reached, and these are findings. */
  noLongerWithheld(): readonly Withheld[];
  close(): void;
}

/**
 * For the main thread: passes what the listener receives to every inbox of the process.
 * @param isKnownReachable whether the tenant is known to reach the listener before anything has come
 */
export function publishDeliveries(
  listener: CallbackListener,
  isKnownReachable: boolean,
): PublishedDeliveries {
  const refused = new Map<string, RequirementId>();
  const ignored = new Set<string>();
  const withheld: Withheld[] = [];
  const channel = new BroadcastChannel(channelName);
  const post = (message: Message) => channel.postMessage(message);
  let closed = false;
  channel.onmessage = ({ data: message }: { data: Message }) => {
    if (message.type === 'refused') refused.set(message.key, message.breaks);
    if (message.type === 'ignore') ignored.add(message.key);
    if (message.type === 'expect') listener.expect(message.key);
    const isWithheld = message.type === 'withhold' && !isKnownReachable && listener.requests() === 0;
    if (isWithheld) withheld.push({ key: message.key, finding: message.finding });
    if (message.type === 'expect' || message.type === 'catch up' || message.type === 'withhold')
      post({ type: 'done', id: message.id, isWithheld });
  };
  channel.unref();
  listener.onDelivery(({ body, ...delivery }) => {
    // A copy of these bytes alone: a Buffer is a part of a pool, all of which would be copied to every thread.
    if (!closed) post({ type: 'delivery', delivery, body: new Uint8Array(body) });
  });
  return {
    refusedUnder: (key) => refused.get(key),
    isIgnored: (key) => ignored.has(key),
    noLongerWithheld: () => (listener.requests() > 0 ? withheld : []),
    close() {
      closed = true;
      channel.close();
    },
  };
}

/** What came for one key, and a promise for the first of it. */
interface Slot {
  received: ReceivedDelivery[];
  firstAt?: number;
  first: PromiseWithResolvers<void>;
}

export class CallbackInbox {
  readonly #channel = new BroadcastChannel(channelName);
  readonly #slots = new Map<string, Slot>();
  readonly #asked = new Map<string, (isWithheld: boolean) => void>();
  readonly #closing = new AbortController();

  constructor() {
    this.#channel.onmessage = ({ data }: { data: Message }) => this.#receive(data);
    this.#channel.unref();
  }

  /**
   * A new key that nobody can guess, and the path to append to the public URL of the listener. Once this resolves the
   * listener takes deliveries for it.
   * @param key rootKey for the public URL without a path, which one transfer at a time can have
   * @throws when no listener of this process answers
   */
  async register(key: string = randomBytes(16).toString('hex')): Promise<{ key: string; path: string }> {
    // Before the listener knows the key, so that nothing can come too early.
    this.#slots.set(key, { received: [], first: Promise.withResolvers() });
    await this.#ask((id) => ({ type: 'expect', id, key }));
    return { key, path: pathOf(key) };
  }

  /**
   * Everything that has come for a key settleMs after the first delivery; nothing when none has come deadlineMs after
   * this call. Deliveries that came before the call count.
   */
  async wait(
    key: string,
    { deadlineMs, settleMs }: { deadlineMs: number; settleMs: number },
  ): Promise<ReceivedDelivery[]> {
    const slot = this.#slots.get(key);
    if (!slot) throw new Error(`The callback key ${key} was never registered, or is forgotten`);
    if (slot.firstAt === undefined) await this.#first(slot, deadlineMs);
    // No message does not mean no delivery: a thread may have been too busy to pass it on.
    if (slot.firstAt === undefined) await this.#ask((id) => ({ type: 'catch up', id }));
    if (slot.firstAt === undefined) return [];
    const left = slot.firstAt + settleMs - performance.now();
    if (left > 0) await sleep(left, undefined, { signal: this.#closing.signal });
    return [...slot.received];
  }

  /**
   * Nothing came for the key. @returns whether that shows nothing for now, since nothing has come for any other key either
   * and the listener is not known to be reachable: should something come later, the run ends with the finding
   */
  async withhold(key: string, finding: Finding): Promise<boolean> {
    return await this.#ask((id) => ({ type: 'withhold', id, key, finding }));
  }

  /** The transfer of the key was refused: an outcome of its success would be one too many. @param breaks what that breaks */
  refused(key: string, breaks: RequirementId): void {
    if (this.#slots.delete(key))
      this.#channel.postMessage({ type: 'refused', key, breaks } satisfies Message);
  }

  /** Whether and how often something comes for the key shows nothing: the transfer is a control. */
  ignore(key: string): void {
    this.#slots.delete(key);
    this.#channel.postMessage({ type: 'ignore', key } satisfies Message);
  }

  /** Nobody waits for the key any more. What comes for it later is looked at when the run is over. */
  forget(key: string): void {
    this.#slots.delete(key);
  }

  /**
   * A pending wait() ends with an AbortError. The keys are not forgotten: an outcome that nobody has waited for may still
   * arrive, and is not one too many.
   */
  close(): void {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    this.#channel.close();
  }

  async #first(slot: Slot, deadlineMs: number): Promise<void> {
    const heard = new AbortController();
    const signal = AbortSignal.any([heard.signal, this.#closing.signal]);
    // The timer also keeps the thread alive meanwhile: the channel does not.
    await Promise.race([slot.first.promise, sleep(deadlineMs, undefined, { signal })]);
    heard.abort();
  }

  async #ask(message: (id: string) => Message): Promise<boolean> {
    const id = randomUUID();
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const heard = new AbortController();
    const signal = AbortSignal.any([heard.signal, this.#closing.signal]);
    this.#asked.set(id, resolve);
    this.#channel.postMessage(message(id));
    try {
      const answer = await Promise.race([
        promise,
        sleep(acknowledgedWithinMs, 'nobody' as const, { signal }),
      ]);
      if (answer === 'nobody') throw new Error('No callback listener of this process answers');
      return answer;
    } finally {
      heard.abort();
      this.#asked.delete(id);
    }
  }

  #receive(message: Message): void {
    if (message.type === 'done') this.#asked.get(message.id)?.(message.isWithheld);
    if (message.type !== 'delivery') return;
    const { delivery, body } = message;
    const slot = this.#slots.get(delivery.key);
    if (!slot) return;
    slot.received.push({ ...delivery, body: Buffer.from(body.buffer, body.byteOffset, body.byteLength) });
    slot.firstAt ??= performance.now();
    slot.first.resolve();
  }
}
