// Decompresses gzip (RFC 1952) in pieces, so that intact data is kept, whether damaged bytes or something other than gzip
// follow it. Node's own reader drops the output of a failing piece.
import { crc32, createInflateRaw, type InflateRaw } from 'node:zlib';
import { BrokenOff } from './source.ts';

/** The output of a damaged piece is lost, so pieces are small, and at first very small; small ones are slower. */
const pieceBytes = { first: 64, later: 4096 };
/** How many bytes come in the very small pieces. */
const firstBytes = 16 * 1024;

/** A gzip may have several members, and NUL bytes after the last one. */
export async function* gunzipped(stored: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const input = new Input(stored);
  for (let members = 0; ; members += 1) {
    const start = await input.take(10, 10);
    if (start.length === 0 && members > 0) return;
    if (members > 0 && !isGzip(start)) {
      await refuseAllButPadding(start, input);
      return;
    }
    await endOfHeader(start, input, members);
    yield* member(input);
  }
}

export function isGzip(start: Buffer): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

/** Bytes that are taken one after the other, and can be given back. */
class Input {
  readonly #source: AsyncGenerator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);
  taken = 0;

  constructor(source: AsyncGenerator<Buffer>) {
    this.#source = source;
  }

  /** @returns fewer than `least` bytes only at the end */
  async take(most: number, least = 1): Promise<Buffer> {
    while (this.#rest.length < least) {
      const next = await this.#source.next();
      if (next.done) break;
      this.#rest = this.#rest.length === 0 ? next.value : Buffer.concat([this.#rest, next.value]);
    }
    const part = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(part.length);
    this.taken += part.length;
    return part;
  }

  giveBack(part: Buffer): void {
    // It was taken last, so it goes back in front of the rest.
    this.#rest = this.#rest.length === 0 ? part : Buffer.concat([part, this.#rest]);
    this.taken -= part.length;
  }
}

const flags = { headerCrc: 2, extra: 4, name: 8, comment: 16 };

/** Reads the rest of a header. @throws BrokenOff when it is truncated, or its compression method is unknown */
async function endOfHeader(start: Buffer, input: Input, members: number): Promise<void> {
  if (start.length < 10) throw truncated();
  const [, , method, flag] = start as unknown as [number, number, number, number];
  // The members before it are whole: their checksums were right.
  if (method !== 8) throw damaged('unknown compression method', members > 0 ? 'cut' : 'corrupt');
  if (flag & flags.extra) {
    const length = await exactly(2, input);
    await exactly(length.readUInt16LE(), input);
  }
  if (flag & flags.name) await toNul(input);
  if (flag & flags.comment) await toNul(input);
  if (flag & flags.headerCrc) await exactly(2, input);
}

async function exactly(count: number, input: Input): Promise<Buffer> {
  const part = await input.take(count, count);
  if (part.length < count) throw truncated();
  return part;
}

async function toNul(input: Input): Promise<void> {
  while ((await exactly(1, input))[0] !== 0);
}

async function* member(input: Input): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: 256 * 1024 });
  let out: Buffer[] = [];
  inflate.on('data', (chunk) => out.push(chunk));
  inflate.on('error', () => {});
  let [fed, size, sum] = [0, 0, 0];
  try {
    for (;;) {
      const piece = await input.take(input.taken < firstBytes ? pieceBytes.first : pieceBytes.later);
      if (piece.length === 0) throw truncated();
      await write(inflate, piece);
      fed += piece.length;
      for (const chunk of out) {
        size += chunk.length;
        sum = crc32(chunk, sum);
      }
      const ready = out;
      out = [];
      yield* ready;
      const left = fed - inflate.bytesWritten;
      if (left > 0) {
        input.giveBack(piece.subarray(piece.length - left));
        break;
      }
    }
    const trailer = await exactly(8, input);
    if (trailer.readUInt32LE() !== sum) throw damaged('incorrect data check', 'corrupt');
    if (trailer.readUInt32LE(4) !== size % 2 ** 32) throw damaged('incorrect length check', 'corrupt');
  } finally {
    inflate.destroy();
  }
}

/** @throws BrokenOff when the bytes are damaged */
async function write(inflate: InflateRaw, piece: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(damaged(error.message, 'corrupt'));
    inflate.once('error', fail);
    inflate.write(piece, (error) => {
      inflate.off('error', fail);
      if (error) fail(error);
      else resolve();
    });
  });
}

async function refuseAllButPadding(start: Buffer, input: Input): Promise<void> {
  for (let bytes = start; bytes.length > 0; bytes = await input.take(pieceBytes.later)) {
    if (bytes.some((byte) => byte !== 0)) {
      throw new BrokenOff('the gzip ends here; other bytes come after it and were not read');
    }
  }
}

function truncated(): BrokenOff {
  return new BrokenOff('the gzip is truncated here');
}

function damaged(why: string, damage: BrokenOff['damage']): BrokenOff {
  return new BrokenOff(`the gzip is damaged here (${why}); the rest was not read`, damage);
}
