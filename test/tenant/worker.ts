// Code in a real worker thread, as cucumber runs scenarios in parallel.
import { Worker } from 'node:worker_threads';

/** @returns what the code posted to its parent, when the thread has ended */
export function inWorker(source: string, workerData?: unknown): { worker: Worker; done: Promise<unknown[]> } {
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), { workerData });
  const posted: unknown[] = [];
  worker.on('message', (message) => posted.push(message));
  const done = new Promise<unknown[]>((resolve, reject) => {
    worker.on('error', reject);
    worker.on('exit', () => resolve(posted));
  });
  return { worker, done };
}
