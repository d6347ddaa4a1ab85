// Reads a log that is one JSON document, or JSON over several lines: a list, an export of a search, a report of an API tool.
// It is read as a whole; the line of an entry is its number.
import { isObject } from '../protocol/requests.ts';
import { withoutExamples } from './answers.ts';
import { rowsIn } from './attributes.ts';
import { skip } from './call.ts';
import { endOfJson } from './embedded.ts';
import { bodiesIn, type FoundBody, memberOf } from './finder.ts';
import { parsed } from './json.ts';
import type { LogEntry } from './log-entry.ts';
import { PassedOver } from './passed-over.ts';
import type { RecordReader } from './record.ts';
import { likelyText } from './unread-entry.ts';
import { maxDocumentBytes, wholeText } from './whole-text.ts';

const batchEntries = 1000;

/** Whether a text begins like JSON that goes on over several lines, or like a list. */
export function looksLikeDocument(start: Buffer): boolean {
  const text = start
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  if (/^\[\s*[[{]/.test(text)) return true;
  if (!/^[{[]/.test(text)) return false;
  const [first = '', ...more] = text.split('\n');
  const next = more.find((line) => line.trim() !== '');
  const read = parsed(first);
  if ('value' in read || !read.isUnfinished || next === undefined) return false;
  // Otherwise a line was cut, in a log whose other lines are whole.
  return !/^\s*\{/.test(next) || !('value' in parsed(next));
}

export async function* fromDocument(
  text: AsyncGenerator<Buffer>,
  file: string,
  records: RecordReader,
): AsyncGenerator<LogEntry[]> {
  const failed = (reason: string) => [skip({ file, line: 1 }, reason)];
  const whole = await wholeText(text);
  if ('text' in whole) yield* batches(valuesOf(whole.text), file, records);
  else if (whole.problem === 'too long') {
    yield failed(
      `the file is one JSON document of more than ${maxDocumentBytes / 1e6} MB, so it was not read: jq -c '.[]' FILE | npm run check -- -`,
    );
  } else {
    yield failed(`the file is one JSON document, and not UTF-8: byte ${whole.byte} is invalid`);
  }
}

/** A record; what a list has beside its records; or why the rest cannot be read. */
type Read = { value: unknown; text: string } | { between: unknown[] } | { reason: string; isCut: boolean };

/** The values of a text, one after the other. */
function* valuesOf(text: string): Generator<Read> {
  const whole = parsed(text);
  if ('value' in whole) {
    const list = listIn(whole.value);
    if (list) for (const one of list) yield 'value' in one ? { ...one, text: likelyText } : one;
    else yield { value: whole.value, text: likelyText };
    return;
  }
  for (let at = 0; at < text.length; ) {
    const start = at + (/^[\s,]*/.exec(text.slice(at, at + 100_000))?.[0].length ?? 0);
    if (start >= text.length) return;
    const end = /[[{]/.test(text[start]!) ? endOfJson(text, start) : undefined;
    const read = end === undefined ? { reason: 'it does not end' } : parsed(text.slice(start, end));
    if (!('value' in read)) {
      const line = text.slice(0, start).split('\n').length;
      const part = start === 0 ? 'the file is one JSON document' : 'the file is JSON over several lines';
      yield {
        reason: `${part}, and from line ${line} on it cannot be read: ${read.reason}`,
        isCut: end === undefined,
      };
      return;
    }
    for (const one of listIn(read.value) ?? [{ value: read.value }])
      yield 'value' in one ? { ...one, text: text.slice(start, end) } : one;
    at = end!;
  }
}

/** The entries of a document: its list, that of a HAR, or the records in which bodies were found. */
function listIn(value: unknown): Iterable<{ value: unknown } | { between: unknown[] }> | undefined {
  if (Array.isArray(value)) return asValues(value);
  if (!isObject(value)) return undefined;
  const { log } = value;
  if (isObject(log) && Array.isArray(log.entries)) return asValues(log.entries);
  const rows = rowsIn(value);
  if (rows) return asValues(rows);
  const found = Map.groupBy(withoutExamples(bodiesIn(value)), memberOf);
  found.delete(undefined);
  return found.size > 0 ? withWhatIsBetween(found) : undefined;
}

function asValues(list: readonly unknown[]): Iterable<{ value: unknown }> {
  return Iterator.from(list).map((value) => ({ value }));
}

function* withWhatIsBetween(
  found: ReadonlyMap<unknown, readonly FoundBody[]>,
): Generator<{ value: unknown } | { between: unknown[] }> {
  const passedOver = new PassedOver();
  for (const [value, [first]] of found) {
    yield { between: passedOver.before(first!.levels) };
    yield { value };
  }
  yield { between: passedOver.rest() };
}

function* batches(values: Iterable<Read>, file: string, records: RecordReader): Generator<LogEntry[]> {
  let [line, batch] = [0, [] as LogEntry[]];
  for (const read of values) {
    if ('between' in read) {
      records.failures.others(read.between);
      continue;
    }
    line += 1;
    const place = { file, line };
    if ('reason' in read) batch.push(skip(place, read.reason, read.isCut ? { damage: 'cut' } : {}));
    else batch.push(...records.entries(read.value, place, read.text));
    if (batch.length >= batchEntries) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
