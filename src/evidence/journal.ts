// evidence.ndjson: a line an exchange, written as it happens, so that a crash loses nothing that was seen.
import { appendFileSync, closeSync, openSync } from 'node:fs';
import path from 'node:path';
import type { Exchange } from '../tenant/exchange.ts';

export interface EvidenceRecord extends Exchange {
  scenario?: { name: string; uri: string; line: number };
}

/**
 * Appends to the run's evidence; several workers do so at the same time, each in whole lines.
 * It waits for each line: what a stream still holds is lost when the process dies.
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

  /** @throws when something could not be written: then the evidence is not complete */
  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    if (file !== undefined) this.#attempt(() => closeSync(file));
    if (this.#error) throw this.#error;
  }

  /** A disk that is full is no reason to stop judging; it is told at the end. */
  #attempt(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#error ??= error;
    }
  }
}
