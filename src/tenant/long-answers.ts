// Bounds the memory that long answers take: Playwright holds each of them several times while it is read.

import type { Answer } from '../protocol/answers.ts';
import { collectGarbage } from '../system/collect-garbage.ts';
import type { TransportFailure } from './exchange.ts';

/** In UTF-16 units; a documented answer has a few hundred. */
const longBody = 1_000_000;

interface Outcome {
  answer?: Answer;
  failure?: TransportFailure;
}

/** Requests go as they come, but one after the other while the latest answer was long. */
export class LongAnswers {
  #latestWasLong = false;
  #turn: Promise<unknown> = Promise.resolve();

  /** @param request never rejects */
  async send(request: () => Promise<Outcome>): Promise<Outcome> {
    const sent = this.#latestWasLong ? this.#turn.then(collectGarbage).then(request) : request();
    if (this.#latestWasLong) this.#turn = sent;
    const outcome = await sent;
    const { answer, failure } = outcome;
    if (failure?.code === 'TRANSPORT_TOO_LONG') this.#latestWasLong = true;
    else if (answer) this.#latestWasLong = answer.body.length > longBody;
    return outcome;
  }
}
