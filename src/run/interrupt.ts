// Ctrl-C, or SIGTERM: the current step is abandoned, what follows is skipped, and the reports of what was done are written. Workers are
// threads, so a channel informs them.
import { BroadcastChannel } from 'node:worker_threads';

const name = 'conformance-interrupt';

/** In the thread that hears the signal. */
export function announceInterrupt(): void {
  const channel = new BroadcastChannel(name);
  channel.postMessage('interrupted');
  // Closing at once could drop the message.
  setTimeout(() => channel.close(), 100).unref();
}

export interface Interruption {
  readonly interrupted: boolean;
  /** What the work comes to, or 'skipped' as soon as the run is interrupted. */
  orSkipped<T>(work: Promise<T>): Promise<T | 'skipped'>;
  close(): void;
}

export function listenForInterrupt(): Interruption {
  const channel = new BroadcastChannel(name);
  channel.unref();
  let interrupted = false;
  // Not one promise for all: each race against it would stay with it, and keep the scenario, until the run ends.
  const waiting = new Set<(skipped: 'skipped') => void>();
  channel.onmessage = () => {
    interrupted = true;
    for (const skip of waiting) skip('skipped');
  };
  return {
    get interrupted() {
      return interrupted;
    },
    orSkipped<T>(work: Promise<T>) {
      const { promise, resolve, reject } = Promise.withResolvers<T | 'skipped'>();
      if (interrupted) resolve('skipped');
      waiting.add(resolve);
      work.then(resolve, reject).finally(() => waiting.delete(resolve));
      return promise;
    },
    close: () => channel.close(),
  };
}
