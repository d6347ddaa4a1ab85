// Merges several logs into one by time, such as the logs of two nodes that serve the same conversations.
import type { LogEntry } from './log-entry.ts';

interface Source {
  batches: AsyncIterator<LogEntry[]>;
  batch: LogEntry[];
  next: number;
}

const batchSize = 1000;

/** @param logs each sorted by time; a record without a time is taken at once */
export async function* merged(logs: readonly AsyncIterable<LogEntry[]>[]): AsyncGenerator<LogEntry[]> {
  if (logs.length === 1) {
    yield* logs[0]!;
    return;
  }
  let sources: Source[] = logs.map((log) => ({ batches: log[Symbol.asyncIterator](), batch: [], next: 0 }));
  let out: LogEntry[] = [];
  while (true) {
    for (const source of sources) await refill(source);
    sources = sources.filter(({ batch, next }) => next < batch.length);
    if (sources.length === 0) break;
    // Nothing to wait for until a batch is used up.
    while (sources.every(({ batch, next }) => next < batch.length)) {
      const earliest = sources.reduce((one, other) => (timeOfNext(other) < timeOfNext(one) ? other : one));
      out.push(earliest.batch[earliest.next]!);
      earliest.next += 1;
    }
    if (out.length >= batchSize) {
      yield out;
      out = [];
    }
  }
  if (out.length > 0) yield out;
}

async function refill(source: Source): Promise<void> {
  while (source.next >= source.batch.length) {
    const { done, value } = await source.batches.next();
    if (done) {
      source.batch = [];
      source.next = 0;
      return;
    }
    source.batch = value;
    source.next = 0;
  }
}

function timeOfNext({ batch, next }: Source): number {
  const found = batch[next]!;
  return found.kind === 'request'
    ? (found.record.time ?? Number.NEGATIVE_INFINITY)
    : Number.NEGATIVE_INFINITY;
}
