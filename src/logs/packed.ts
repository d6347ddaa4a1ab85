// Decompresses a log: gzip and zstd. Of another archive it says how to unpack it.
import { finished } from 'node:stream/promises';
import { createZstdDecompress, type ZstdDecompress } from 'node:zlib';
import { gunzipped, isGzip } from './gunzip.ts';
import { BrokenOff, peeked } from './source.ts';

/** The bytes of a file, decompressed if it is a gzip or a zstd, even one in the other. */
export async function* unpacked(stored: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const { start, all } = await peeked(stored, zstdStart.length);
  if (isGzip(start)) yield* unpacked(gunzipped(all));
  else if (start.subarray(0, zstdStart.length).equals(zstdStart)) yield* unpacked(unzstd(all));
  else yield* all;
}

const zstdStart = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

const ofPlaywright =
  '. One of Playwright has its bodies in files of their own: unzip -d FOLDER FILE, then npm run check -- FOLDER/har.har, or FOLDER/trace.network';

/** Archives that are not read: how each begins, its name, and the command that unpacks it to standard output, and what else there is to say. */
const archives: [start: Buffer, name: string, command: string, note?: string][] = [
  [Buffer.from('PK\x03\x04', 'latin1'), 'a zip', 'unzip -p FILE', ofPlaywright],
  [Buffer.from('\xfd7zXZ\0', 'latin1'), 'packed with xz', 'xz -dc FILE'],
  [Buffer.from('BZh'), 'packed with bzip2', 'bzip2 -dc FILE'],
  [Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1'), 'a 7z archive', '7z x -so FILE'],
  [Buffer.from('\x04\x22\x4d\x18', 'latin1'), 'packed with lz4', 'lz4 -dc FILE'],
];

/** What to do about a file that is an archive; undefined for any other. @param start of its bytes, unpacked */
export function archiveAdvice(start: Buffer): string | undefined {
  const isTar = start.length > 262 && start.toString('latin1', 257, 262) === 'ustar';
  const [, name, command, note = ''] = isTar
    ? [undefined, 'a tar archive', 'tar -xOf FILE']
    : (archives.find(([magic]) => start.subarray(0, magic.length).equals(magic)) ?? []);
  return name && `the file is ${name}, which is not read: ${command} | npm run check -- -${note}`;
}

const pieceBytes = 4096;

/** A zstd may have several frames, one after the other. */
async function* unzstd(stored: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let out: Buffer[] = [];
  const begun = () => {
    const stream = createZstdDecompress({ chunkSize: 256 * 1024 });
    stream.on('data', (chunk) => out.push(chunk));
    stream.on('error', () => {});
    return { stream, fed: 0 };
  };
  let frame = begun();
  try {
    for await (const chunk of stored) {
      for (let at = 0; at < chunk.length; ) {
        const piece = chunk.subarray(at, at + pieceBytes);
        await write(frame.stream, piece);
        frame.fed += piece.length;
        const left = frame.fed - frame.stream.bytesWritten;
        at += piece.length - left;
        const ready = out;
        out = [];
        yield* ready;
        // The frame is over, and what is left belongs to the next one.
        if (left > 0) frame = begun();
      }
    }
    frame.stream.end();
    await finished(frame.stream);
    yield* out;
  } catch (error) {
    yield* out;
    if (error instanceof BrokenOff) throw error;
    const why = `the zstd is truncated or damaged here (${(error as Error).message}); the rest was not read`;
    throw new BrokenOff(why, 'corrupt');
  } finally {
    frame.stream.destroy();
  }
}

/** @throws zlib's error when the bytes are damaged */
async function write(stream: ZstdDecompress, piece: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once('error', reject);
    stream.write(piece, (error) => {
      stream.off('error', reject);
      if (error) reject(error);
      else resolve();
    });
  });
}
