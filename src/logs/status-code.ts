// A value of a log as the status of an answer.
import { untyped } from './typed-value.ts';

/** "200", "200.0", "503 Service Unavailable", "503 SERVICE_UNAVAILABLE", "HTTP/1.1 200 OK" */
const inWords =
  /^\s*(?:HTTP(?:\/[\d.]+)?\s+)?([1-5]\d\d)(?:\.0+)?(?:\s*[-–:]?\s*\(?[A-Z][A-Za-z' _-]*\)?)?\s*$/;

/** The first line of an answer as it came. */
const ofAnswer = /^\s*HTTP\/[\d.]+ ([1-5]\d\d)\b/;

/** The status of HTTP that a value holds, as a number or in words. */
export function statusCode(value: unknown): number | undefined {
  const given = untyped(value);
  if (typeof given === 'number') return isCode(given) ? given : undefined;
  if (typeof given !== 'string') return undefined;
  const number = (inWords.exec(given) ?? ofAnswer.exec(given))?.[1];
  return number === undefined ? undefined : Number(number);
}

/**
 * What standards, and the libraries that name a status in place of its number, call it: ServiceUnavailable, BAD_GATEWAY. Not
 * RequestTimeout: a client whose own time is up says so too, and then no answer came.
 */
const byName: Readonly<Record<string, number>> = {
  ok: 200,
  created: 201,
  accepted: 202,
  nocontent: 204,
  badrequest: 400,
  unauthorized: 401,
  unauthorised: 401,
  forbidden: 403,
  notfound: 404,
  methodnotallowed: 405,
  conflict: 409,
  unprocessableentity: 422,
  unprocessablecontent: 422,
  toomanyrequests: 429,
  internalservererror: 500,
  badgateway: 502,
  serviceunavailable: 503,
  gatewaytimeout: 504,
};

/** The status that a text names, and says nothing else. */
export function namedStatus(given: unknown): number | undefined {
  if (typeof given !== 'string' || given.length > 40) return undefined;
  return byName[given.toLowerCase().replace(/[^a-z]/g, '')];
}

/** Those that other things have for a status as well: a call that ends, a record that is put in step. */
const ofAnything = new Set([200, 201, 202, 204, 403, 404, 409]);

/** Whether a name is that of a status of HTTP, whatever it stands beside. */
export function isSurelyStatus(given: unknown): boolean {
  const code = namedStatus(given);
  return code !== undefined && !ofAnything.has(code);
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

/** What stands for an answer that did not come: nothing, a number that is none of HTTP, a dash, or the word for it, as in databases \N. */
const noAnswer =
  /^\s*(?:-|\\N|-1|0+|null|none|time[ _-]?out|timed[ _-]?out|no[ _-](?:answer|response)|E(?:TIMEDOUT|CONN[A-Z]+|AI_AGAIN|NOTFOUND|PIPE|HOSTUNREACH|NETUNREACH))\s*$/i;

/** As in SentRecord, of a value that a logger wrote: 0 when no answer came; undefined for what says neither. */
export function loggedStatus(value: unknown): number | undefined {
  const given = untyped(value);
  const code = statusCode(given);
  if (code !== undefined) return hungUp.has(code) ? 0 : code;
  if (given === null || given === 0 || given === -1) return 0;
  return typeof given === 'string' && noAnswer.test(given) ? 0 : namedStatus(given);
}
