// evidence.ndjson: a line for each exchange, written at once, so that a crash loses nothing.
import { appendFileSync, closeSync, openSync } from 'node:fs';
import path from 'node:path';
import type { Exchange } from '../tenant/exchange.ts';

export interface EvidenceRecord extends Exchange {
  scenario?: { name: string; uri: string; line: number };
  /** Left out for what a scenario itself sends. */
  purpose?: 'tidying up';
}

/**
 * Appends to the evidence of a run. Several workers do so at the same time, each in whole lines.
 * Writes synchronously: what a stream has buffered would be lost when the process dies.
 */
export class Journal {
  #file: number | undefined;
  #error: unknown;

  constructor(reportsDir: string) {
    this.#attempt(() => {
      this.#file = openSync(path.join(reportsDir, 'evidence.ndjson'), 'a');
    });
  }

  write(record: EvidenceRecord): void {
    const file = this.#file;
    if (file !== undefined) this.#attempt(() => appendFileSync(file, `${JSON.stringify(record)}\n`));
  }

  /** @throws when a line could not be written: then the evidence is incomplete */
  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    if (file !== undefined) this.#attempt(() => closeSync(file));
    if (this.#error) throw this.#error;
  }

  /** Keeps the error for `close`: a full disk must not stop the run. */
  #attempt(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#error ??= error;
    }
  }
}
