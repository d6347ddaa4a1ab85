// Reads a log as a stream. The format is recognised by the bytes, never by the name of the file.
import { skip } from './call.ts';
import { HarDocument, looksLikeHar } from './har.ts';
import { Lines } from './lines.ts';
import type { LogEntry } from './log-entry.ts';
import { LineReader } from './ndjson.ts';
import { archiveAdvice, unpacked } from './packed.ts';
import { BrokenOff, peeked, storedBytes } from './source.ts';

export { LogError, logSize } from './source.ts';

export interface ReadOptions {
  /** Called with the number of bytes just read from the file; for a gzip these are compressed bytes. */
  onBytes?: (count: number) => void;
  /** The path of the hooks before /{botId}; omitted when it is a documented one. */
  hooksPath?: string;
  /** Called before the first entry when the log is a HAR: then the line of an entry is its number. */
  onHar?: () => void;
}

/** The bytes of a batch: few, so that parsed entries become garbage while they are young, which is cheap. */
const batchBytes = 64 * 1024;

/** How much of the text shows its format. */
const startBytes = 4096;

/**
 * The entries of a log: NDJSON or HAR 1.2, plain or gzip, UTF-8. They come in batches, in the order of the file; what
 * cannot be judged is among them, with the reason.
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
    if (isUtf16(start)) {
      yield [skip({ file, line: 1 }, 'the file is UTF-16, not UTF-8; nothing of it was read')];
      return;
    }
    const advice = archiveAdvice(start);
    if (advice !== undefined) {
      yield [skip({ file, line: 1 }, advice)];
      return;
    }
    const text = withoutMark(all);
    yield* looksLikeHar(start) ? fromHar(text, file, options) : fromLines(text, file, options);
  } finally {
    await stored.return(undefined);
  }
}

async function* fromLines(
  text: AsyncGenerator<Buffer>,
  file: string,
  options: ReadOptions,
): AsyncGenerator<LogEntry[]> {
  const reader = new LineReader(file, options.hooksPath);
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
  const found = reader.takeEntries();
  if (found.length > 0) yield found;
}

async function* fromHar(
  text: AsyncGenerator<Buffer>,
  file: string,
  options: ReadOptions,
): AsyncGenerator<LogEntry[]> {
  options.onHar?.();
  const document = new HarDocument(file, options.hooksPath);
  try {
    for await (const chunk of text) if (!document.take(chunk)) break;
  } catch (error) {
    if (!(error instanceof BrokenOff)) throw error;
    yield [
      skip({ file, line: 1 }, `nothing of the HAR could be judged: ${error.message}`, {
        damage: error.damage,
      }),
    ];
    return;
  }
  yield* document.logEntries();
}

/** Recognised by the byte order mark, or by every other byte being NUL, as ASCII text has in UTF-16. */
function isUtf16(start: Buffer): boolean {
  if (start.length < 2) return false;
  const [first, second] = start;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return start.length >= 4 && (isHalf(start, 0) || isHalf(start, 1));
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
