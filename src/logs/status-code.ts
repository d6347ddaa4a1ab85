// A value of a log as the status of an answer.
import { isObject } from '../protocol/requests.ts';

/** "200", "200.0", "503 Service Unavailable", "HTTP/1.1 200 OK" */
const inWords = /^\s*(?:HTTP\/[\d.]+\s+)?([1-5]\d\d)(?:\.0+)?(?:\s*[-–:]?\s*\(?[A-Z][A-Za-z' -]*\)?)?\s*$/;

/** The status of HTTP that a value holds, as a number, in words, or as MongoDB writes a number. */
export function statusCode(given: unknown): number | undefined {
  if (typeof given === 'number') return isCode(given) ? given : undefined;
  if (typeof given === 'string') {
    const number = inWords.exec(given)?.[1];
    return number === undefined ? undefined : Number(number);
  }
  return isObject(given)
    ? statusCode(given.$numberInt ?? given.$numberLong ?? given.$numberDouble)
    : undefined;
}

/** Of an answer that came. */
export function isSuccess(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status <= 299;
}

function isCode(number: number): boolean {
  return Number.isInteger(number) && number >= 100 && number <= 599;
}

/** What nginx and the load balancers of AWS write when the sender hung up before there was an answer. */
const hungUp: ReadonlySet<number> = new Set([499, 460]);

/** What stands for an answer that did not come: nothing, a number that is none of HTTP, a dash, or the word for it. */
const noAnswer =
  /^\s*(?:-|-1|0+|null|none|time[ _-]?out|timed[ _-]?out|no[ _-](?:answer|response)|E(?:TIMEDOUT|CONN[A-Z]+|AI_AGAIN|NOTFOUND|PIPE|HOSTUNREACH|NETUNREACH))\s*$/i;

/** As in SentRecord, of a value that a logger wrote: 0 when no answer came; undefined for what says neither. */
export function loggedStatus(given: unknown): number | undefined {
  const code = statusCode(given);
  if (code !== undefined) return hungUp.has(code) ? 0 : code;
  if (given === null || given === 0 || given === -1) return 0;
  if (typeof given === 'string') return noAnswer.test(given) ? 0 : undefined;
  return isObject(given) && Number(given.$numberInt ?? given.$numberLong ?? Number.NaN) <= 0 ? 0 : undefined;
}
