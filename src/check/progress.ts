// A line of progress on the terminal, which is overwritten: how far a check has got, and what it has found so far.
import type { LogCheck } from './log-check.ts';

/** The shortest time between two updates. */
const intervalMs = 200;

export class Progress {
  readonly #terminal: NodeJS.WriteStream;
  readonly #total: number | undefined;
  readonly #started = performance.now();
  #updatedAt = this.#started;

  /** @param total bytes of all logs; omitted when that is not known, as for standard input */
  constructor(terminal: NodeJS.WriteStream, total?: number) {
    this.#terminal = terminal;
    this.#total = total;
  }

  update(check: LogCheck, bytes: number): void {
    const now = performance.now();
    if (now - this.#updatedAt < intervalMs) return;
    this.#updatedAt = now;
    const { conversations } = check.totals;
    const of = this.#total === undefined ? '' : ` of ${megabytes(this.#total)}`;
    const parts = [
      `${megabytes(bytes)}${of}`,
      `${conversations} conversations`,
      `${check.findings} findings`,
      this.#left(bytes, now),
    ];
    const text = parts.filter(Boolean).join(', ');
    this.#terminal.write(`\r\u001b[2K${text.slice(0, (this.#terminal.columns || 80) - 1)}`);
  }

  end(): void {
    this.#terminal.write('\r\u001b[2K');
  }

  #left(bytes: number, now: number): string {
    if (this.#total === undefined || bytes === 0) return '';
    const seconds = (((now - this.#started) / bytes) * Math.max(0, this.#total - bytes)) / 1000;
    if (seconds < 1) return '';
    return seconds < 90 ? `${Math.ceil(seconds)} s left` : `${Math.ceil(seconds / 60)} min left`;
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
