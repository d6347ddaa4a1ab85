// What a log without statuses says of failures: in another line, or beside the body. It does not say for certain which request
// failed, so it is no status; but the same request straight after it may be a retry.
import type { Level } from './finder.ts';
import type { LogEntry, SentRecord } from './log-entry.ts';
import { canonical } from './names.ts';
import { isSuccess, isSurelyStatus } from './status-code.ts';
import { saysUnanswered, statusInText } from './status-in-text.ts';

/** How much of a line is looked at. */
const reach = 4000;

const inWords =
  /\bfail(?:ed|ure|s|ing)?\b|\bretrying\b|\bre-?sending\b|\bwill (?:retry|be retried)\b|\bunavailable\b|\bbad gateway\b|\btoo many requests\b|\b(?:rejected|refused|unsuccessful)\b|\bnot delivered\b/i;
/** As in "<-- 503", "got 503", "code: 503", "after 50ms - 503", and in a field of its own in a table. */
const asNumber =
  /(?:<-*|←|\b(?:got|response|reply|answer|code))["':=\s]{1,4}[345]\d\d\b(?![.:/]?\d)|[,;|\t]\s*"?[345]\d\d"?\s*(?:[,;|\t]|$)|\s-\s[345]\d\d\s*$/i;

/** Members that are false when a request has failed, and those that are true then, or on the next try. */
const successes = namesOf('success succeeded issuccess successful ok isok httpok responseok delivered sent');
const failures = namesOf(
  'failed isfailed haserror timedout istimeout willretry retry isretry retried redelivered',
);
/** Numbers of the try: the second, and the first after the first. */
const tries = namesOf('attempt attemptnumber attemptno attemptcount try trynumber deliveryattempt');
const retries = namesOf('retry retrycount retrynumber retryno xretrycount xretryattempt redeliverycount');
const allTries = namesOf('attempts tries');
const outcomes = namesOf('outcome result state status statusclass level severity loglevel lvl');
const texts = namesOf('msg message');
const isFailed =
  /^(?:fail|error|err$|fatal|crit|timeout|timed|request[ _-]?time[ _-]?out|reject|refused|unavail|ko$|nok$|[345]xx$)/i;

export class FailuresTold {
  readonly #onFailure: (() => void) | undefined;
  #count = 0;
  /** The latest request, while it has no status, and nothing was told since. */
  #latest: SentRecord | undefined;

  /** Nothing was told yet, and there was no request: what is told may be about one at the end of the log before. */
  #isBeforeRequests = true;

  /** @param onFailure called for each failure, even for one before the first request */
  constructor(onFailure?: () => void) {
    this.#onFailure = onFailure;
  }

  /** The entry as it is, once what it tells is noted: of each request once. @param levels what its body lies in */
  noted(entry: LogEntry, levels: readonly Level[] = []): LogEntry {
    if (entry.kind === 'request') this.#request(entry.record, levels);
    return entry;
  }

  #request(record: SentRecord, levels: readonly Level[]): void {
    this.#latest = record.status === undefined ? record : undefined;
    this.#isBeforeRequests = false;
    if (record.status !== undefined) return;
    // The newest line may come first: so it differs from what comes before, and from what comes after.
    const hasFailed = levels.some(tells);
    if (hasFailed) this.#failed();
    if (this.#count > 0) record.failuresBefore = this.#count;
    if (hasFailed) this.#failed();
  }

  /** A line, or a record, in which there is no request. */
  other(text: string): void {
    if (!this.#isHeard || !isOfFailure(text.slice(0, reach))) return;
    if (this.#latest) this.#failed();
    else this.#onFailure?.();
    this.#latest = undefined;
    this.#isBeforeRequests = false;
  }

  /** Members of a list, in which there is no request. */
  others(values: readonly unknown[]): void {
    for (const value of values) if (this.#isHeard) this.other(JSON.stringify(value) ?? '');
  }

  /** Whether another failure would say anything. */
  get #isHeard(): boolean {
    return this.#latest !== undefined || (this.#isBeforeRequests && this.#onFailure !== undefined);
  }

  #failed(): void {
    this.#count += 1;
    this.#onFailure?.();
  }
}

function tells(level: Level): boolean {
  if ('around' in level) return isOfFailure(level.around.slice(0, reach));
  if (!('object' in level)) return false;
  return Object.entries(level.object).some(([key, value]) => key !== level.key && isFailure(key, value));
}

/** How deep what lies beside a body is looked into. */
const maxDepth = 2;

function isFailure(key: string, value: unknown, depth = 0): boolean {
  const name = canonical(key);
  if (typeof value === 'object' && value !== null) {
    if (allTries(name)) return isOfFailure(JSON.stringify(value).slice(0, reach));
    if (depth >= maxDepth || Array.isArray(value)) return false;
    return Object.entries(value).some(([inner, one]) => isFailure(inner, one, depth + 1));
  }
  if (value === false) return successes(name);
  if (value === true) return failures(name);
  if (tries(name)) return Number(value) > 1;
  if (retries(name)) return Number(value) > 0;
  if (typeof value !== 'string') return false;
  if (isSurelyStatus(value)) return true;
  return outcomes(name) ? isFailed.test(value.trim()) : texts(name) && isOfFailure(value);
}

function namesOf(words: string): (name: string) => boolean {
  const names = new Set(words.split(' '));
  return (name) => names.has(name);
}

function isOfFailure(text: string): boolean {
  const status = statusInText(text);
  if (status !== undefined && !isSuccess(status)) return true;
  return inWords.test(text) || asNumber.test(text) || saysUnanswered(text);
}
