// Logs that are packed in another way than gzip.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { archiveAdvice } from '../../src/logs/packed.ts';
import { foundIn, inShort, requestsIn, skippedIn, threeLines } from './logs.ts';

test('zstd is read, several frames of it, and within a gzip', async () => {
  const packed = zstdCompressSync(threeLines);
  assert.equal(requestsIn(await foundIn(packed)).length, 3);
  assert.deepEqual(inShort(await foundIn(Buffer.concat([packed, packed]))).length, 6);
  assert.equal(requestsIn(await foundIn(gzipSync(packed))).length, 3);
  assert.equal(requestsIn(await foundIn(gzipSync(gzipSync(threeLines)))).length, 3);
});

test('a zstd that is cut off says so', async () => {
  const packed = zstdCompressSync(Buffer.from(threeLines.repeat(500)));
  const [skipped] = skippedIn(await foundIn(packed.subarray(0, packed.length - 6)));
  assert.match(skipped!.reason, /^the zstd is truncated or damaged here/);
});

for (const [start, command] of [
  ['PK\x03\x04', 'unzip -p'],
  ['\xfd7zXZ\0', 'xz -dc'],
  ['BZh91AY', 'bzip2 -dc'],
  [`${'\0'.repeat(257)}ustar\0`, 'tar -xOf'],
] as const) {
  test(`the command for ${command.split(' ')[0]} is named`, async () => {
    const advice = archiveAdvice(Buffer.from(start, 'latin1'));
    assert.ok(advice?.includes(`${command} FILE | npm run check -- -`), advice);
    assert.deepEqual(inShort(await foundIn(Buffer.from(`${start}....`, 'latin1'))), [`1 skipped ${advice}`]);
  });
}
