// What the receiver said when it refused a request: the message of its error, or the start of its answer. Without tokens.
import { isObject } from '../protocol/requests.ts';
import { oneLine } from '../text/one-line.ts';
import { parsed } from './json.ts';
import { isAnswerKey } from './names.ts';

const maxLength = 200;
/** What may be a token, or a part of one. */
const secret = /[\w+/=-]{20,}(?:\.[\w+/=-]*)*/g;

/** @param records what the body of the request lies in, from the inside */
export function answerWords(...records: readonly unknown[]): string | undefined {
  for (const record of records) {
    if (!isObject(record)) continue;
    for (const key of Object.keys(record)) {
      const words = isAnswerKey(key) ? wordsOf(record[key]) : undefined;
      if (words !== undefined) return oneLine(words.replace(secret, '…'), maxLength);
    }
  }
  return undefined;
}

function wordsOf(answer: unknown): string | undefined {
  if (typeof answer === 'string') {
    const read = /^\s*\{/.test(answer) ? parsed(answer) : undefined;
    if (read && 'value' in read) return wordsOf(read.value);
    return answer.trim() === '' ? undefined : answer;
  }
  if (!isObject(answer)) return undefined;
  for (const name of [
    'message',
    'errorMessage',
    'error_description',
    'detail',
    'reason',
    'error',
    'errors',
    'msg',
  ]) {
    const words = answer[name];
    if (typeof words === 'string' && words !== '') return words;
    const within =
      isObject(words) || Array.isArray(words) ? wordsOf(Array.isArray(words) ? words[0] : words) : undefined;
    if (within !== undefined) return within;
  }
  for (const name of ['body', 'content', 'text', 'data', 'payload']) {
    const words = wordsOf(answer[name]);
    if (words !== undefined) return words;
  }
  return undefined;
}
