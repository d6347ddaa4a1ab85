// Ctrl-C: the current step is abandoned, what follows is skipped, and the reports of what was done are written. Workers are
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

/** A promise that resolves when the run is interrupted, and whether it is. */
export interface Interruption {
  readonly interrupted: boolean;
  readonly whenInterrupted: Promise<'skipped'>;
  close(): void;
}

export function listenForInterrupt(): Interruption {
  const channel = new BroadcastChannel(name);
  channel.unref();
  let interrupted = false;
  const whenInterrupted = new Promise<'skipped'>((resolve) => {
    channel.onmessage = () => {
      interrupted = true;
      resolve('skipped');
    };
  });
  return {
    get interrupted() {
      return interrupted;
    },
    whenInterrupted,
    close: () => channel.close(),
  };
}
