// evidence.ndjson: a line an exchange, written as it happens, so that a crash loses nothing that was seen.
import { createWriteStream, type WriteStream } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import type { Exchange } from '../tenant/exchange.ts';

export interface EvidenceRecord extends Exchange {
  scenario?: { name: string; uri: string; line: number };
}

/** Appends to the run's evidence; several workers do so at the same time, each in whole lines. */
export class Journal {
  readonly #stream: WriteStream;
  #error: Error | undefined;

  constructor(reportsDir: string) {
    this.#stream = createWriteStream(path.join(reportsDir, 'evidence.ndjson'), { flags: 'a' });
    this.#stream.on('error', (error) => {
      this.#error = error;
    });
  }

  write(record: EvidenceRecord): void {
    this.#stream.write(`${JSON.stringify(record)}\n`);
  }

  /** @throws when something could not be written: then the evidence is not complete */
  async close(): Promise<void> {
    if (this.#error) throw this.#error;
    this.#stream.end();
    await finished(this.#stream);
  }
}
