// A long file is searched piece by piece, and nothing is lost where two pieces meet.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Canary } from '../../src/run/canary.ts';

const secret = 'the-secret-of-this-run';
const piece = 64 * 1024;
const step = piece - piece / 16;

suite('A secret is found', () => {
  const places: Record<string, number> = {
    'at the beginning': 0,
    'across the end of the first piece': piece - 10,
    'in what two pieces share': piece - 200,
    'where the second piece begins': step,
    'across the end of a later piece': 2 * step + piece - 10,
    'at the end': 5 * piece,
  };
  for (const [where, at] of Object.entries(places)) {
    test(where, async (context) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'canary-'));
      context.after(() => rmSync(folder, { recursive: true, force: true }));
      const file = path.join(folder, 'evidence.ndjson');
      const size = Math.max(5 * piece, at) + secret.length;
      const bytes = Buffer.alloc(size, 'some evidence, ');
      bytes.write(secret, at);
      writeFileSync(file, bytes);
      const packed = path.join(folder, 'messages.ndjson.gz');
      writeFileSync(packed, gzipSync(bytes));
      const { leaks, unsearched } = await new Canary(piece).search(secret, [file, packed]);
      const found = [file, packed].map((name) => `${name}, byte ${at}: the client secret`);
      assert.deepEqual(leaks, found);
      assert.deepEqual(unsearched, []);
    });
  }
});

test('A file of exactly one piece, or empty, is searched once', async (context) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'canary-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const size of [0, piece, piece + 1]) {
    const file = path.join(folder, String(size));
    writeFileSync(file, Buffer.alloc(size, 'x'));
    assert.deepEqual(await new Canary(piece).search(secret, [file]), { leaks: [], unsearched: [] });
  }
});

test('What is packed and cut off is searched as far as it goes; what is not packed is named', async (context) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'canary-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const [cut, plain, gone] = ['cut.gz', 'plain.gz', 'gone.gz'].map((name) => path.join(folder, name));
  const whole = Buffer.concat([gzipSync(`${secret}\n`), gzipSync('more of it')]);
  writeFileSync(cut!, whole.subarray(0, -12));
  writeFileSync(plain!, 'not packed');
  const { leaks, unsearched } = await new Canary(piece).search(secret, [cut!, plain!, gone!]);
  assert.deepEqual(leaks, [`${cut}, byte 0: the client secret`]);
  assert.deepEqual(unsearched, [`${plain}: Z_DATA_ERROR`, `${gone}: ENOENT`]);
});
