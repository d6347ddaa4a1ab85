// Posts outcomes to callback URLs. A delivery is tried once and may fail: nobody but the terminal hears of it.

import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { codeOf } from '../system/error-code.ts';
import type { Post } from './assign-conversation.ts';

const timeoutMs = 5000;

/** How one delivery went. Only the origin of the URL is told: the rest may hold what is no one else's business. */
export interface DeliveryLine {
  time: Date;
  origin: string;
  status?: number;
  /** Why there is no status. */
  failure?: string;
}

export class CallbackDelivery {
  // A dispatcher of its own, so that closing the sandbox touches no other connection of the process.
  readonly #agent = new Agent({ connect: { timeout: timeoutMs } });
  readonly #closing = new AbortController();
  readonly #tell: (line: DeliveryLine) => void;

  constructor(tell: (line: DeliveryLine) => void) {
    this.#tell = tell;
  }

  /** AC, introduction: the outcome is posted to callbackUrl (ASSIGN-CB-01). Never rejects. */
  async post(url: string, { body: text, contentType, delayMs = 0 }: Post): Promise<void> {
    const { signal } = this.#closing;
    if (delayMs > 0) await sleep(delayMs, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return;
    const line = { time: new Date(), origin: URL.parse(url)?.origin ?? 'a callback URL that is none' };
    try {
      const { statusCode, body } = await request(url, {
        method: 'POST',
        headers: { 'content-type': contentType },
        body: text,
        dispatcher: this.#agent,
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      await body.dump();
      this.#tell({ ...line, status: statusCode });
    } catch (error) {
      if (!signal.aborted) this.#tell({ ...line, failure: reason(error) });
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#agent.destroy();
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  // A message might quote the URL.
  return error.name === 'TimeoutError' ? `no answer within ${timeoutMs} ms` : (codeOf(error) ?? error.name);
}
