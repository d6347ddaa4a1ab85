// What the recorder shows, without ever waiting for whoever reads it: a terminal that is stopped (Ctrl-S, a frozen ssh), or
// a pipe that nobody reads. What could not be shown is counted.
import { counted } from '../text/count.ts';

/** How many bytes may wait for a reader. */
const maxWaitingBytes = 256 * 1024;

export class Output {
  readonly #stream: NodeJS.WriteStream;
  #missed = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    // Node writes to a terminal synchronously, and has no public switch for it.
    (stream as { _handle?: { setBlocking?: (blocking: boolean) => void } })._handle?.setBlocking?.(false);
    stream.on('drain', () => this.#tellMissed());
    // Whatever reads the output may go away, as in `… | head`: recording goes on.
    stream.on('error', () => {});
  }

  line(text: string): void {
    if (this.#stream.writableLength > maxWaitingBytes) {
      this.#missed += 1;
      return;
    }
    this.#tellMissed();
    this.#stream.write(`${text}\n`);
  }

  /** Shows a last text. Settled when it was read, or nobody has read it for so long. */
  async last(text: string, waitMs: number): Promise<void> {
    this.#tellMissed();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#stream.write(`${text}\n`, () => resolve());
    setTimeout(resolve, waitMs);
    await promise;
  }

  #tellMissed(): void {
    if (this.#missed === 0) return;
    const missed = this.#missed;
    this.#missed = 0;
    this.#stream.write(
      `… ${counted(missed, 'line')} could not be shown: nobody read the output. The record has all requests.\n`,
    );
  }
}
