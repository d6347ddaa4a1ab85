// The status of the answer to a request, in any of the forms that logs have.
import { isObject } from '../protocol/requests.ts';
import { parsed } from './json.ts';
import { isSurelyStatus, loggedStatus, statusCode } from './status-code.ts';
import { statusOfError } from './status-of-error.ts';

/** As in SentRecord: 0 when no answer came; undefined when that was not recorded. */
export function statusOf(record: Record<string, unknown>): number | undefined {
  const recorded = statusOfAnswer(record);
  return recorded ? recorded : (statusOfFailure(record) ?? recorded);
}

/** By the documented members that say so. */
export function statusOfAnswer({ status, answer }: Record<string, unknown>): number | undefined {
  const of = isObject(answer) ? answer : {};
  const logged = loggedStatus(status);
  if (logged !== undefined && statusCode(status) !== undefined) return logged;
  for (const one of [answer, of.status, of.statusCode, of.code]) {
    const code = statusCode(one);
    if (code !== undefined) return code;
  }
  const named = codeOf(of.body) ?? codeOf(answer);
  if (named !== undefined) return named;
  const unanswered = [answer, of.status, of.statusCode].some((one) => loggedStatus(one) === 0);
  return isSurelyStatus(status) ? logged : logged === 0 || unanswered ? 0 : undefined;
}

/** By an error, which may be about something else: a status that is recorded says more. */
export function statusOfFailure({ error, failure }: Record<string, unknown>): number | undefined {
  const named = statusOfError(error) ?? statusOfError(failure);
  return named ?? (saysMore(error) || saysMore(failure) ? 0 : undefined);
}

/** The documented refusal has its status in its body as well (CE, Sample Response - Error): {"code":400,…} */
export function codeOf(body: unknown): number | undefined {
  if (isObject(body)) return statusCode(body.code);
  if (typeof body !== 'string' || !body.includes('"code"')) return undefined;
  const read = parsed(body);
  return 'value' in read && isObject(read.value) ? statusCode(read.value.code) : undefined;
}

/** Whether an error was logged: loggers also write an empty one when all went well. */
export function saysMore(error: unknown): boolean {
  if (typeof error === 'object' && error !== null) return Object.keys(error).length > 0;
  return typeof error === 'string' ? !/^\W*(null|none|undefined|false|ok)?\W*$/i.test(error) : Boolean(error);
}
