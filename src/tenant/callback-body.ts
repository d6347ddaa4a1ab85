// Reads what is posted to the callback listener, within two limits: that of one body, and that of all bodies that are held
// at a time, kept or still being received. Unaware of keys and of answers.
import type { Readable } from 'node:stream';

/** The bytes that may be held at a time, by all bodies together. */
export class Room {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  /** @returns false, and takes none, when there are not as many left */
  take(bytes: number): boolean {
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.#left += bytes;
  }
}

/** What became of a body. One that is whole still takes its bytes of the room; any other takes none. */
export type BodyRead = { kind: 'whole'; bytes: Buffer } | { kind: 'too long' } | { kind: 'without room' };

/**
 * A body of at most `limit` bytes. Any other one is still read to its end: a client that is writing would see a reset
 * instead of the answer. @throws when the client goes away before the end
 */
export async function readBody(request: Readable, limit: number, room: Room): Promise<BodyRead> {
  let held = Buffer.alloc(0);
  let size = 0;
  let read: BodyRead | undefined;
  const abandon = (instead: BodyRead) => {
    room.giveBack(size);
    held = Buffer.alloc(0);
    size = 0;
    return instead;
  };
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      if (read) continue;
      if (size + chunk.length > limit) read = abandon({ kind: 'too long' });
      else if (!room.take(chunk.length)) read = abandon({ kind: 'without room' });
      else {
        held = appended(held, size, chunk);
        size += chunk.length;
      }
    }
  } catch (error) {
    abandon({ kind: 'without room' });
    throw error;
  }
  // A copy of as many bytes as there are: what they were collected in is up to twice as long.
  const bytes = Buffer.allocUnsafeSlow(size);
  held.copy(bytes, 0, 0, size);
  return read ?? { kind: 'whole', bytes };
}

/** One buffer, not a list: a body that comes a byte at a time would take a hundred times its size in objects. */
function appended(held: Buffer<ArrayBuffer>, size: number, chunk: Buffer): Buffer<ArrayBuffer> {
  let longer = held;
  if (size + chunk.length > held.length) {
    longer = Buffer.allocUnsafeSlow(Math.max(1024, 2 * (size + chunk.length)));
    held.copy(longer, 0, 0, size);
  }
  chunk.copy(longer, size);
  return longer;
}
