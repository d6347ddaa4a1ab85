// How the listener reads a body: within its bounds, and giving back all room that it does not need.
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { suite, test } from 'node:test';
import { Room, readBody } from '../../src/tenant/callback-body.ts';

/** @returns how many bytes of a room are free */
function free(room: Room): number {
  let bytes = 0;
  while (room.take(1)) bytes += 1;
  room.giveBack(bytes);
  return bytes;
}

const inPieces = (...pieces: string[]) => Readable.from(pieces.map((piece) => Buffer.from(piece)));

suite('A body', () => {
  test('is put together from its pieces, and takes its room until that is given back', async () => {
    const room = new Room(10);
    const read = await readBody(inPieces('ab', '', 'c', 'de'), 5, room);
    assert.deepEqual(read, { kind: 'whole', bytes: Buffer.from('abcde') });
    assert.equal(free(room), 5);
    room.giveBack(5);
    assert.equal(free(room), 10);
  });

  test('may be empty', async () => {
    const room = new Room(0);
    assert.deepEqual(await readBody(inPieces(), 5, room), { kind: 'whole', bytes: Buffer.alloc(0) });
  });

  test('that is too long is read to its end, and takes no room', async () => {
    const room = new Room(10);
    const body = inPieces('abc', 'def', 'g');
    assert.deepEqual(await readBody(body, 5, room), { kind: 'too long' });
    assert.ok(body.readableEnded);
    assert.equal(free(room), 10);
  });

  test('without room for it is read to its end, and takes none', async () => {
    const room = new Room(5);
    const body = inPieces('abc', 'def', 'g', 'h');
    assert.deepEqual(await readBody(body, 100, room), { kind: 'without room' });
    assert.ok(body.readableEnded);
    assert.equal(free(room), 5);
  });

  test('shares the room with the others that are being received', async () => {
    const room = new Room(5);
    const first = new Readable({ read() {} });
    first.push('abc');
    const reading = readBody(first, 100, room);
    await new Promise(setImmediate);
    assert.deepEqual(await readBody(inPieces('abc'), 100, room), { kind: 'without room' });
    first.push('de');
    first.push(null);
    assert.deepEqual(await reading, { kind: 'whole', bytes: Buffer.from('abcde') });
  });

  test('that breaks off gives its room back', async () => {
    const room = new Room(5);
    const body = new Readable({ read() {} });
    body.push('abc');
    const reading = readBody(body, 100, room);
    await new Promise(setImmediate);
    assert.equal(free(room), 2);
    body.destroy(new Error('aborted'));
    await assert.rejects(reading, /aborted/);
    assert.equal(free(room), 5);
  });

  test('that comes a byte at a time is kept as it is, and takes no more room than its bytes', async () => {
    const text = Array.from({ length: 5000 }, (_, n) => String(n % 10)).join('');
    const read = await readBody(inPieces(...text), 5000, new Room(5000));
    assert.ok(read.kind === 'whole');
    assert.equal(read.bytes.toString(), text);
    assert.ok(read.bytes.buffer.byteLength <= 5000, 'not the buffer that collected it');
  });
});
