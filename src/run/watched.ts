// A run that `npm test -- --watch` has started: it hands its verdict to the process that watches, and does not outlive it.
import { afterInterrupt } from '../system/exit-codes.ts';

export const watchedVariable = 'CONFORMANCE_WATCHED';

export function isWatched(): boolean {
  return process.env[watchedVariable] === 'true' && process.send !== undefined;
}

export function endWithWatcher(): void {
  process.on('disconnect', () => process.exit(afterInterrupt));
  // Listening would keep the process alive.
  process.channel?.unref();
}

export function sayVerdict(text: string): void {
  process.send?.(text);
}
