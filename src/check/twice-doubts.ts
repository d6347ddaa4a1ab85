// Why it is not known whether a request that a log has twice was sent once or twice.
import type { SentRecord } from '../logs/log-entry.ts';
import { isSuccess } from '../logs/status-code.ts';
import { counted } from '../text/count.ts';
import type { LogClock } from './log-clock.ts';

export class TwiceDoubts {
  /** The same id stands beside different bodies: then it is not that of a request. */
  isShared = false;
  /** Records of which the times do not say whether they are about the request before. */
  unsure = 0;
  /** Those that have its time, a whole second. */
  inSameSecond = 0;
  /** Requests with events and an id. */
  requests = 0;
  /** Answers, in a record without the request, that may be those of other exchanges. */
  foreignAnswers = 0;
  /** Requests that were put together from a record without a status and one with it. */
  #pairs = 0;
  /** Those that were accepted. */
  #accepted = 0;
  /** Answers that were found when their request had been judged. */
  #late = 0;

  /** A request was put together from two records. */
  pair(status: number | undefined): void {
    this.#pairs += 1;
    if (isSuccess(status)) this.#accepted += 1;
  }

  /** A request had been judged already when another record about it was found. */
  tooLate(before: SentRecord, { status, time }: SentRecord): void {
    const changes = status === undefined ? time !== before.time : !isSuccess(status);
    if (changes) this.#late += 1;
  }

  /** @param joined how many records were about a request that had one before */
  words(joined: number, clock: LogClock): string[] {
    const found: string[] = [];
    const doubtful = this.unsure + (clock.countsMilliseconds ? 0 : this.inSameSecond);
    if (this.isShared && joined > 0)
      found.push(onceOrTwice(joined, ', and other bodies have that id as well'));
    else if (doubtful > 0)
      found.push(onceOrTwice(doubtful, ', and the times do not say whether it was sent again'));
    // A log that notes both does so for most requests.
    else if (this.#accepted > 0 && 2 * this.#pairs < this.requests)
      found.push(onceOrTwice(this.#accepted, ' and a status, while most requests have a single record'));
    if (this.#late > 0)
      found.push(
        `${counted(this.#late, 'answer')} ${this.#late === 1 ? 'stands' : 'stand'} too far from the request in the log: the request was judged without it`,
      );
    if (this.foreignAnswers > 0) {
      const [has, they] = this.foreignAnswers === 1 ? ['has', 'it is'] : ['have', 'they are'];
      found.push(
        `${counted(this.foreignAnswers, 'response')} with an error ${has} the id of a request without a status: it is not known whether ${they} about that call; let each request have its status in its record, or "type": "request" as the response has its type`,
      );
    }
    return found;
  }
}

function onceOrTwice(count: number, why: string): string {
  const [has, was] = count === 1 ? ['has', 'it was'] : ['have', 'they were'];
  return `${counted(count, 'record')} ${has} the id and the body of one before${why}: it is not known whether ${was} sent once or twice`;
}
