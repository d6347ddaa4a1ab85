// A log, read as it comes: what its bytes are is found out by looking at them, never by the name of the file.
import { skip } from './call.ts';
import { HarDocument, looksLikeHar } from './har.ts';
import { Lines } from './lines.ts';
import type { LogEntry } from './log-entry.ts';
import { LineReader } from './ndjson.ts';
import { BrokenOff, peeked, storedBytes, unpacked } from './source.ts';

export { LogError, logSize } from './source.ts';

export interface ReadOptions {
  /** Told how many bytes more were read of the file as it is stored: of a gzip, the packed ones. */
  onBytes?: (count: number) => void;
  /** The path of the hooks before /{botId}, where it is none of the documented ones. */
  hooksPath?: string;
  /** Told, before anything is found in it, that the log is a HAR: the lines of what is found are its entries. */
  onHar?: () => void;
}

/** A batch is what so many bytes hold: few enough for what is parsed to be let go before it has to be kept. */
const batchBytes = 64 * 1024;

/** As much of the text as shows what it is. */
const startBytes = 4096;

/**
 * What stands in a log: NDJSON or HAR 1.2, plain or gzip, UTF-8. A batch is what one piece of the file held, in the
 * order of the file; what cannot be judged is in it too, with the reason.
 * @param file path, or "-" for standard input
 * @throws LogError when the file cannot be read at all
 */
export function readLog(file: string, options: ReadOptions = {}): AsyncGenerator<LogEntry[]> {
  return readChunks(storedBytes(file, options.onBytes), file, options);
}

/** The same of bytes that come from anywhere. */
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
        const found = reader.taken();
        if (found.length > 0) yield found;
      }
    }
    lines.end();
  } catch (error) {
    if (!(error instanceof BrokenOff)) throw error;
    lines.brokenOff(error.message, error.damage);
  }
  const found = reader.taken();
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
  yield* document.found();
}

/** By its mark, or by every other byte being NUL, as ASCII is in it. */
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

/** Without the byte order mark that some editors put in front. */
async function* withoutMark(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let first = true;
  for await (const chunk of chunks) {
    yield first && chunk.subarray(0, mark.length).equals(mark) ? chunk.subarray(mark.length) : chunk;
    first = false;
  }
}
