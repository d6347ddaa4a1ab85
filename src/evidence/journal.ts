// evidence.ndjson: a line for each exchange, written at once, so that a crash loses nothing.
import { appendFileSync, closeSync, openSync } from 'node:fs';
import path from 'node:path';
import type { Exchange } from '../tenant/exchange.ts';

export const evidenceName = 'evidence.ndjson';

/** What a request is for: to be refused for its defect, to ask what the documents leave open, to leave the tenant clean. */
export type EvidencePurpose = 'to be refused' | 'open question' | 'tidying up';

export interface EvidenceRecord extends Exchange {
  scenario?: { name: string; uri: string; line: number };
  /** Left out for a request that is as documented. */
  purpose?: EvidencePurpose;
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
      this.#file = openSync(path.join(reportsDir, evidenceName), 'a');
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
