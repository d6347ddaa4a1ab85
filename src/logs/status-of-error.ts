// The status that an error names: clients make an error of an answer that is no success, and then the receiver did answer.
import { isObject } from '../protocol/requests.ts';
import { isSuccess, namedStatus, statusCode } from './status-code.ts';
import { statusInText } from './status-in-text.ts';

/** Members of an error that hold the status. */
const ofStatus = [
  'statusCode',
  'status_code',
  'httpStatus',
  'http_status',
  'httpStatusCode',
  'status',
  'code',
];
/** Members that lead to the answer, or to the error behind it. */
const within = ['response', 'res', 'resp', 'answer', 'reply', 'cause', 'error', 'innerException'];
const ofText = ['message', 'msg', 'detail', 'reason'];

const maxDepth = 4;

/** Undefined when it names none: then no answer came, as far as is known. */
export function statusOfError(error: unknown, depth = 0): number | undefined {
  if (typeof error === 'string') return statusInMessage(error);
  if (!isObject(error) || depth > maxDepth) return undefined;
  for (const name of ofStatus) {
    const code = statusCode(error[name]);
    if (code !== undefined) return code;
  }
  for (const name of within) {
    const code = statusOfError(error[name], depth + 1);
    if (code !== undefined) return code;
  }
  for (const name of ofText) {
    const text = error[name];
    const code = typeof text === 'string' ? statusInMessage(text) : undefined;
    if (code !== undefined) return code;
  }
  return undefined;
}

/** As Java and Python begin: "401 Unauthorized: …", "503 Server Error: … for url: …" */
const atTheStart = /^([45]\d\d)\b(?=\s+[A-Z]|\s*[:,("]|$)/;

function statusInMessage(message: string): number | undefined {
  const words = message
    .slice(0, 1000)
    .trim()
    .replace(/^(?:[\w.$]*(?:Error|Exception)(?:[\w.$]*):\s*)+/, '');
  const first = statusCode(atTheStart.exec(words)?.[1]);
  const named = namedStatus(words);
  return first ?? statusInText(words) ?? (isSuccess(named) ? undefined : named);
}
