// Reads a log as a stream. The format is recognised by the bytes, never by the name of the file.
import { skip } from './call.ts';
import { type CsvForm, csvEntries, csvForm } from './csv.ts';
import { fromDocument, looksLikeDocument } from './document.ts';
import { harEntries, looksLikeHar } from './har.ts';
import { Lines } from './lines.ts';
import { LocalTimes } from './local-time.ts';
import type { LogEntry } from './log-entry.ts';
import { LineReader } from './ndjson.ts';
import { archiveAdvice, unpacked } from './packed.ts';
import { RecordReader } from './record.ts';
import { BrokenOff, peeked, storedBytes } from './source.ts';
import type { Where } from './where.ts';

export { LogError, logSize } from './source.ts';

export interface ReadOptions {
  /** Called with the number of bytes just read from the file; for a gzip these are compressed bytes. */
  onBytes?: (count: number) => void;
  /** The path of the hooks before /{botId}; omitted when it is a documented one. */
  hooksPath?: string;
  /** Where the parts of a call are, when somebody has said so: then even a HAR is read like any other document. */
  where?: Where;
  /** Called before the first entry when the log is a HAR, or another JSON document: then the line of an entry is its number. */
  onHar?: () => void;
  /** Called when the log tells of a failure, in a line of its own or beside a request without a status. */
  onFailure?: () => void;
  /** Called at the end of the log with what was found in it, in words: one text for each form. */
  onForms?: (forms: string[]) => void;
}

/** The bytes of a batch: few, so that parsed entries become garbage while they are young, which is cheap. */
const batchBytes = 64 * 1024;

/** How much of the text shows its format. */
const startBytes = 4096;

/**
 * The entries of a log: a record or a text to a line, one JSON document, a HAR or a CSV, packed or plain, UTF-8 or UTF-16.
 * They come in batches, in the order of the file; what cannot be judged is among them, with the reason.
 * @param file path, or "-" for standard input
 * @throws LogError when the file cannot be read at all
 */
export function readLog(file: string, options: ReadOptions = {}): AsyncGenerator<LogEntry[]> {
  return readChunks(storedBytes(file, options.onBytes), file, options);
}

/** The same for bytes from any source. */
export async function* readChunks(
  stored: AsyncGenerator<Buffer>,
  file: string,
  options: ReadOptions = {},
): AsyncGenerator<LogEntry[]> {
  try {
    const { start, all } = await peeked(unpacked(stored), startBytes);
    const utf16 = utf16Of(start);
    const advice = archiveAdvice(start);
    if (utf16 === undefined && advice !== undefined) {
      yield [skip({ file, line: 1 }, advice)];
      return;
    }
    const times = new LocalTimes();
    const text = utf16 === undefined ? { start, all } : await peeked(asUtf8(all, utf16), startBytes);
    for await (const batch of fromText(text, file, options)) {
      times.settle(batch);
      yield batch;
    }
  } finally {
    await stored.return(undefined);
  }
}

function fromText(
  { start, all }: Awaited<ReturnType<typeof peeked>>,
  file: string,
  options: ReadOptions,
): AsyncGenerator<LogEntry[]> {
  const text = withoutMark(all);
  if (looksLikeHar(start) && !options.where) return fromHar(text, file, options);
  if (looksLikeHar(start) || looksLikeDocument(start)) return fromJson(text, file, options);
  const form = csvForm(start);
  return form ? fromCsv(text, file, form, options) : fromLines(text, file, options);
}

async function* fromJson(
  text: AsyncGenerator<Buffer>,
  file: string,
  options: ReadOptions,
): AsyncGenerator<LogEntry[]> {
  options.onHar?.();
  const records = recordsFor(options);
  yield* unlessBrokenOff('JSON document', fromDocument(text, file, records), file);
  yield* theEnd(records, file, options);
}

async function* fromCsv(
  text: AsyncGenerator<Buffer>,
  file: string,
  form: CsvForm,
  options: ReadOptions,
): AsyncGenerator<LogEntry[]> {
  const records = recordsFor(options);
  yield* unlessBrokenOff('rest of the CSV', csvEntries(text, file, form, records), file);
  yield* theEnd(records, file, options);
}

async function* fromHar(
  text: AsyncGenerator<Buffer>,
  file: string,
  options: ReadOptions,
): AsyncGenerator<LogEntry[]> {
  options.onHar?.();
  yield* unlessBrokenOff('HAR', harEntries(text, file, options.hooksPath), file);
}

/** The entries of a document, of which a part shows nothing. */
async function* unlessBrokenOff(
  name: string,
  entries: AsyncGenerator<LogEntry[]>,
  file: string,
): AsyncGenerator<LogEntry[]> {
  try {
    yield* entries;
  } catch (error) {
    if (!(error instanceof BrokenOff)) throw error;
    const reason = `nothing of the ${name} could be judged: ${error.message}`;
    yield [skip({ file, line: 1 }, reason, { damage: error.damage })];
  }
}

async function* fromLines(
  text: AsyncGenerator<Buffer>,
  file: string,
  options: ReadOptions,
): AsyncGenerator<LogEntry[]> {
  const reader = new LineReader(file, recordsFor(options));
  const lines = new Lines(reader);
  try {
    for await (const chunk of text) {
      for (let at = 0; at < chunk.length; at += batchBytes) {
        lines.take(chunk.subarray(at, at + batchBytes));
        const found = reader.takeEntries();
        if (found.length > 0) yield found;
      }
    }
    lines.end();
  } catch (error) {
    if (!(error instanceof BrokenOff)) throw error;
    lines.brokenOff(error.message, error.damage);
  }
  reader.end();
  const found = reader.takeEntries();
  if (found.length > 0) yield found;
  yield* theEnd(reader.records, file, options);
}

function recordsFor({ hooksPath, where, onFailure }: ReadOptions): RecordReader {
  return new RecordReader(hooksPath, where, onFailure);
}

/** What is known only when all of a log was read. */
function* theEnd(
  { bodiless, shapes }: RecordReader,
  file: string,
  options: ReadOptions,
): Generator<LogEntry[]> {
  const found = bodiless.entries(file);
  if (found.length > 0) yield found;
  options.onForms?.(shapes.words);
}

type Utf16 = 'utf-16le' | 'utf-16be';

/** Recognised by the byte order mark, or by every other byte being NUL, as ASCII text has in UTF-16. */
function utf16Of(start: Buffer): Utf16 | undefined {
  if (start.length < 2) return undefined;
  const [first, second] = start;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (start.length < 4) return undefined;
  return isHalf(start, 1) ? 'utf-16le' : isHalf(start, 0) ? 'utf-16be' : undefined;
}

async function* asUtf8(chunks: AsyncGenerator<Buffer>, encoding: Utf16): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

function isHalf(start: Buffer, nul: 0 | 1): boolean {
  for (let at = 0; at < 4; at++) if ((start[at] === 0) !== (at % 2 === nul)) return false;
  return true;
}

const mark = Buffer.from('\ufeff');

/** Removes the byte order mark that some editors write. */
async function* withoutMark(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let first = true;
  for await (const chunk of chunks) {
    yield first && chunk.subarray(0, mark.length).equals(mark) ? chunk.subarray(mark.length) : chunk;
    first = false;
  }
}
