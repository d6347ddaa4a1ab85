// Logs in gzip: members, padding, and what can be read of a broken one.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readChunks } from '../../src/logs/read-log.ts';
import {
  all,
  asLines,
  bodies,
  chunksOf,
  foundIn,
  inShort,
  requestsIn,
  skippedIn,
  threeLines,
} from './logs.ts';

/** The optional fields of a header, which gzip(1) writes: extra, name, comment and checksum. */
function withName(packed: Buffer): Buffer {
  const header = Buffer.from(packed.subarray(0, 10));
  header[3] = 4 + 8 + 16 + 2;
  const fields = Buffer.from('\x02\x00xxday.ndjson\0of Monday\0cc', 'latin1');
  return Buffer.concat([header, fields, packed.subarray(10)]);
}

suite('gzip', () => {
  const packed = gzipSync(threeLines);

  for (const [what, log, lines] of [
    ['one member', packed, 3],
    ['two members', Buffer.concat([packed, packed]), 6],
    ['NUL bytes behind it', Buffer.concat([packed, Buffer.alloc(9000)]), 3],
  ] as const) {
    test(what, async () => {
      const found = await foundIn(log);
      assert.equal(requestsIn(found).length, lines);
      assert.equal(found.length, lines);
    });
  }

  test('in pieces that are cut at each byte', async () => {
    const log = Buffer.concat([packed, packed, Buffer.alloc(3)]);
    for (let at = 0; at <= log.length; at++) {
      const found = await all(readChunks(chunksOf(log, at), 'log'));
      assert.equal(requestsIn(found).length, 6, `cut at ${at}`);
      assert.equal(found.length, 6, `cut at ${at}`);
    }
  });

  test('a member that spans lines of another', async () => {
    const [one, two] = [threeLines.slice(0, 20), threeLines.slice(20)];
    assert.equal(requestsIn(await foundIn(Buffer.concat([gzipSync(one), gzipSync(two)]))).length, 3);
  });

  /** Lines that hardly compress, so that there are whole pieces before damaged bytes in the middle. */
  const many = Array.from({ length: 3000 }, (_, n) =>
    asLines({ query: Math.sin(n).toString(36).repeat(2) }),
  ).join('');

  test('truncated: what comes before is judged, and the line where it breaks off is reported', async () => {
    const whole = gzipSync(many);
    const found = await foundIn(whole.subarray(0, whole.length >> 1));
    const judged = requestsIn(found).length;
    assert.ok(judged > 1000 && judged < 2000, `${judged} were judged`);
    const reason = 'the gzip is truncated here';
    assert.deepEqual(
      skippedIn(found).map(({ line, reason, damage }) => [line, reason, damage]),
      [[judged + 1, reason, 'cut']],
    );
  });

  test('truncated in a line: its conversation is reported, if the line shows it', async () => {
    const line = Buffer.from(
      asLines({ query: 'x', conversationId: 'c-1', botId: randomBytes(30_000).toString('hex') }),
    );
    const whole = gzipSync(Buffer.concat([Buffer.from(threeLines), line]));
    const [skipped] = skippedIn(await foundIn(whole.subarray(0, -8000)));
    assert.deepEqual([skipped?.line, skipped?.conversationId, skipped?.damage], [4, 'c-1', 'cut']);
  });

  test('truncated in its last bytes: all lines are judged', async () => {
    const found = await foundIn(packed.subarray(0, -3));
    assert.deepEqual(inShort(found).slice(2), ['3 request', '4 skipped the gzip is truncated here']);
  });

  test('truncated in its first bytes', async () => {
    assert.deepEqual(inShort(await foundIn(packed.subarray(0, 5))), ['1 skipped the gzip is truncated here']);
  });

  test('damaged: what comes before is judged, and the line where it ends is reported', async () => {
    const damaged = gzipSync(many);
    damaged.fill(0xff, damaged.length >> 1, (damaged.length >> 1) + 50);
    const found = await foundIn(damaged);
    const firstWrong = found.findIndex(({ kind }) => kind !== 'request');
    assert.ok(firstWrong > 500, `${firstWrong} were judged`);
    // Damaged bytes may decompress to anything.
    const last = skippedIn(found).at(-1)!;
    assert.equal(found.at(-1)!.kind, 'skipped');
    assert.match(last.reason, /^the gzip is damaged here \(.+\); the rest was not read$/);
    assert.equal(last.damage, 'corrupt');
  });

  test('with a wrong checksum, and a high compression ratio', async () => {
    const wrong = gzipSync(asLines(bodies[0]).repeat(50_000));
    wrong[wrong.length - 8]! ^= 1;
    const found = await foundIn(wrong);
    const judged = requestsIn(found).length;
    assert.ok(judged > 30_000, `${judged} were judged`);
    const reason = 'the gzip is damaged here (incorrect data check); the rest was not read';
    assert.deepEqual(inShort(found).slice(judged), [`${judged + 1} skipped ${reason}`]);
    assert.equal(skippedIn(found)[0]!.damage, 'corrupt');
  });

  test('damaged in a header', async () => {
    const second = Buffer.from(packed);
    second[2] = 0;
    const found = await foundIn(Buffer.concat([gzipSync(many), second]));
    const judged = requestsIn(found).length;
    assert.equal(found.length, judged + 1);
    const reason = 'the gzip is damaged here (unknown compression method); the rest was not read';
    assert.deepEqual(inShort(found).at(-1), `${judged + 1} skipped ${reason}`);
  });

  for (const [what, tail, lines] of [
    ['blank lines', Buffer.from('\n \n'), 3],
    ['a member that is damaged at once', Buffer.concat([packed.subarray(0, 2), Buffer.alloc(40, 9)]), 3],
    ['a member with a name in its header', withName(packed), 6],
  ] as const) {
    test(`a short one before ${what}: all that is intact is read`, async () => {
      const found = await foundIn(Buffer.concat([packed, tail]));
      assert.equal(requestsIn(found).length, lines);
      const damages = skippedIn(found).map(({ damage }) => damage);
      assert.deepEqual(damages, lines === 3 ? ['cut'] : []);
    });
  }

  test('of a short one with damage in its middle, the lines before that are read', async () => {
    const damaged = gzipSync(many.slice(0, 4000));
    damaged.fill(0xff, damaged.length - 200, damaged.length - 100);
    const judged = requestsIn(await foundIn(damaged)).length;
    assert.ok(judged > 10, `${judged} were judged`);
  });

  test('followed by other bytes', async () => {
    const found = await foundIn(Buffer.concat([gzipSync(many), Buffer.alloc(4096), packed]));
    assert.equal(requestsIn(found).length, 3000);
    assert.deepEqual(
      inShort(found).at(-1),
      '3001 skipped the gzip ends here; other bytes come after it and were not read',
    );
    assert.equal(skippedIn(found)[0]!.damage, 'cut');
  });
});
