// Posts outcomes to callback URLs. A delivery is tried once and may fail; only the terminal shows that.

import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { codeOf } from '../system/error-code.ts';
import type { Post } from './assign-conversation.ts';

const timeoutMs = 5000;

/** How one delivery went. Of the URL it has the origin only: the rest may be confidential. */
export interface DeliveryLine {
  time: Date;
  origin: string;
  status?: number;
  /** Why there is no status. */
  failure?: string;
}

export class CallbackDelivery {
  // Its own dispatcher, so that closing the sandbox closes no other connection of the process.
  readonly #agent = new Agent({ connect: { timeout: timeoutMs } });
  readonly #closing = new AbortController();
  readonly #report: (line: DeliveryLine) => void;

  constructor(report: (line: DeliveryLine) => void) {
    this.#report = report;
  }

  /** AC, introduction: the outcome is posted to callbackUrl (ASSIGN-CB-01). Never rejects. */
  async post(url: string, { method = 'POST', body: text, contentType, delayMs = 0 }: Post): Promise<void> {
    const { signal } = this.#closing;
    if (delayMs > 0) await sleep(delayMs, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return;
    const line = { time: new Date(), origin: URL.parse(url)?.origin ?? 'an invalid callback URL' };
    try {
      const { statusCode, body } = await request(url, {
        method,
        headers: { 'content-type': contentType },
        ...(method === 'POST' ? { body: text } : {}),
        dispatcher: this.#agent,
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      await body.dump();
      this.#report({ ...line, status: statusCode });
    } catch (error) {
      if (!signal.aborted) this.#report({ ...line, failure: reason(error) });
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
