// Ctrl-C: the step in hand is let go, what follows is skipped, and the reports of what was done are written.
// Workers are threads, so the word reaches them over a channel.
import { BroadcastChannel } from 'node:worker_threads';

const name = 'conformance-interrupt';

let announced = false;

/** Whether this run was interrupted, in the thread that hears the signal. */
export function wasInterrupted(): boolean {
  return announced;
}

/** In the thread that hears the signal. */
export function announceInterrupt(): void {
  announced = true;
  const channel = new BroadcastChannel(name);
  channel.postMessage('interrupted');
  // Closing at once could drop the message.
  setTimeout(() => channel.close(), 100).unref();
}

/** In the thread that runs scenarios: a promise that resolves when the run is interrupted, and whether it is. */
export interface Interruption {
  readonly interrupted: boolean;
  readonly whenInterrupted: Promise<'skipped'>;
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
  };
}
