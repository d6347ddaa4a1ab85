import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { unpacked } from '../../src/recorder/wire/bodies.ts';

const plain = Buffer.from('{"STATUS":"OK"}');

test('each content coding is unpacked, deflate with and without its frame', () => {
  const packed: [string, Buffer][] = [
    ['gzip', gzipSync(plain)],
    ['X-GZip', gzipSync(plain)],
    ['br', brotliCompressSync(plain)],
    ['zstd', zstdCompressSync(plain)],
    ['deflate', deflateSync(plain)],
    ['deflate', deflateRawSync(plain)],
    ['gzip, br', brotliCompressSync(gzipSync(plain))],
  ];
  for (const [coding, bytes] of packed) assert.deepEqual(unpacked(bytes, coding), plain, coding);
});

test('a body with an unknown coding, or another one than its header says, stays as it came', () => {
  for (const coding of ['gzip', 'br', 'deflate', 'identity', 'something', '', undefined]) {
    assert.deepEqual(unpacked(plain, coding), plain, String(coding));
  }
});

test('a decompression bomb stays packed', () => {
  const bomb = gzipSync(Buffer.alloc(80_000_000));
  assert.equal(unpacked(bomb, 'gzip'), bomb);
});
