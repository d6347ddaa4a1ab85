// The bytes of a log: how they are cut into lines, in any chunks, and what can be wrong with them.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { writeLog } from '../../bench/check-log.ts';
import type { LogEntry } from '../../src/logs/log-entry.ts';
import { LogError, logSize, readChunks, readLog } from '../../src/logs/read-log.ts';
import { startNode } from '../processes.ts';
import {
  all,
  asLines,
  bodies,
  chunksOf,
  fileOf,
  folder,
  foundIn,
  inShort,
  requestsIn,
  skippedIn,
  threeLines,
} from './logs.ts';

suite('Lines', () => {
  for (const [what, log] of [
    ['ended by a newline', threeLines],
    ['ended by carriage return and newline', threeLines.replaceAll('\n', '\r\n')],
    ['the last one not ended', threeLines.trimEnd()],
    ['a byte order mark before them', `\ufeff${threeLines}`],
  ] as const) {
    test(what, async () => {
      const found = await foundIn(log);
      assert.deepEqual(inShort(found), ['1 request', '2 request', '3 request']);
      assert.deepEqual(
        requestsIn(found),
        bodies.map((body) => ({ body })),
      );
    });
  }

  test('empty ones count as lines of the file, but have no entry', async () => {
    const [one, two] = bodies.map((body) => asLines(body));
    assert.deepEqual(inShort(await foundIn(`\n \t\r\n${one}\r\n\n${two}\n  `)), ['3 request', '6 request']);
  });

  test('none', async () => {
    assert.deepEqual(await foundIn(''), []);
    assert.deepEqual(await foundIn('\n'), []);
  });

  test('in pieces that are cut at each byte', async () => {
    const log = Buffer.from(`\ufeff${threeLines}no JSON 🙂\n\n${threeLines.trimEnd()}`);
    const whole = await all(readChunks(chunksOf(log), 'log'));
    assert.equal(whole.length, 7);
    for (let at = 0; at <= log.length; at++) {
      assert.deepEqual(await all(readChunks(chunksOf(log, at), 'log')), whole, `cut at ${at}`);
    }
    const bytes = [...log.keys()];
    assert.deepEqual(await all(readChunks(chunksOf(log, ...bytes), 'log')), whole);
  });

  test('the last one cut off', async () => {
    assert.deepEqual(inShort(await foundIn(threeLines.slice(0, -5))), [
      '1 request',
      '2 request',
      '3 skipped the file ends in the middle of this line',
    ]);
  });

  test('the last one neither JSON nor the start of a request', async () => {
    assert.deepEqual(inShort(await foundIn(`${threeLines}the end`)).slice(3), [
      "4 skipped not JSON: Unexpected token 'h'",
    ]);
  });
});

suite('Bytes that are not text', () => {
  test('one in a line: it is named, and the other lines are read', async () => {
    const wrong = Buffer.concat([
      Buffer.from('{"query":"\ufffd é'),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('"}\n'),
    ]);
    const found = await foundIn(Buffer.concat([Buffer.from(threeLines), wrong, Buffer.from(threeLines)]));
    assert.deepEqual(inShort(found).slice(3, 5), [
      '4 skipped invalid UTF-8: byte 17 of the line is 0xc3',
      '5 request',
    ]);
    assert.equal(requestsIn(found).length, 6);
  });

  test('in a line that came in two pieces', async () => {
    const log = Buffer.from([0x7b, 0xff, 0x7d, 0x0a]);
    const found = await all(readChunks(chunksOf(log, 1), 'log'));
    assert.deepEqual(inShort(found), ['1 skipped invalid UTF-8: byte 2 of the line is 0xff']);
  });

  test('the file ends in the middle of a character', async () => {
    const log = Buffer.from('{"query":"🙂"}');
    assert.deepEqual(inShort(await foundIn(log.subarray(0, 12))), [
      '1 skipped invalid UTF-8: byte 11 of the line is 0xf0, and the file ends without a line end',
    ]);
  });

  for (const [what, log] of [
    ['with its mark', Buffer.from(`\ufeff${threeLines}`, 'utf16le')],
    ['with its mark, the other way round', Buffer.from(`\ufeff${threeLines}`, 'utf16le').swap16()],
    ['without a mark', Buffer.from(threeLines, 'utf16le')],
    ['without a mark, the other way round', Buffer.from(threeLines, 'utf16le').swap16()],
  ] as const) {
    test(`UTF-16, ${what}`, async () => {
      assert.deepEqual(requestsIn(await foundIn(log)), requestsIn(await foundIn(threeLines)));
      const pieces = await all(readChunks(chunksOf(log, ...log.keys()), 'log'));
      assert.equal(requestsIn(pieces).length, 3);
    });
  }
});

suite('A line of more than 10 MB', () => {
  const long = (bytes: number) => `{"query":"${'x'.repeat(bytes - 12)}"}`;

  test('is reported with its length, and the next one is read', async () => {
    const found = await foundIn(`${threeLines}${long(10_485_760)}\n${threeLines}`);
    assert.equal(requestsIn(found).length, 6);
    assert.deepEqual(
      skippedIn(found).map(({ line, reason }) => [line, reason]),
      [[4, 'the line is 10.5 MB long; lines of up to 10 MB are read']],
    );
  });

  test('at the end of the file, and in one piece', async () => {
    const log = Buffer.from(`${long(25_000_000)}\n${long(12_000_000)}`);
    assert.deepEqual(inShort(await all(readChunks(chunksOf(log), 'log'))), [
      '1 skipped the line is 25.0 MB long; lines of up to 10 MB are read',
      '2 skipped the line is 12.0 MB long; lines of up to 10 MB are read',
    ]);
  });

  test('one of 10 MB is read', async () => {
    assert.deepEqual(inShort(await foundIn(`${long(10_000_000)}\n`)), ['1 request']);
    assert.match(inShort(await foundIn(`${long(10_000_001)}\n`))[0]!, /^1 skipped the line is 10\.0 MB/);
  });
});

suite('Files', () => {
  test('are named in their entries', async () => {
    const file = fileOf(`${asLines(bodies[0])}x\n`);
    assert.deepEqual(await all(readLog(file)), [
      { kind: 'request', record: { file, line: 1, body: bodies[0] } },
      { kind: 'skipped', skipped: { file, line: 2, reason: "not JSON: Unexpected token 'x'" } },
    ] satisfies LogEntry[]);
  });

  test('have a size, and report how much of it was read', async () => {
    const log = gzipSync(randomBytes(600_000));
    const file = fileOf(log);
    let count = 0;
    await all(readLog(file, { onBytes: (more) => (count += more) }));
    assert.equal(logSize(file), log.length);
    assert.equal(count, log.length);
    assert.equal(logSize('-'), undefined);
  });

  for (const [what, file, message] of [
    ['is not there', path.join(folder, 'no\u001b[2Jwhere'), /no�\[2Jwhere: there is no such file$/],
    ['is a folder', folder, /is a folder; name the files in it$/],
  ] as const) {
    test(`one that ${what}`, async () => {
      const isTold = (error: Error) => error instanceof LogError && message.test(error.message);
      await assert.rejects(all(readLog(file)), isTold);
      assert.throws(() => logSize(file), isTold);
    });
  }

  test('need not be read to their end', async () => {
    const file = fileOf(threeLines.repeat(50_000));
    let read = 0;
    for await (const _ of readLog(file, { onBytes: (more) => (read += more) })) break;
    assert.ok(read < statSync(file).size);
  });

  test('with a conformant log of the bench', async () => {
    const file = path.join(folder, 'bench');
    await writeLog(file, { conversations: 300, eventsEach: 8 });
    const found = await all(readLog(file));
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    assert.equal(lines.length, 2400);
    assert.deepEqual(
      requestsIn(found),
      lines.map((line) => ({ body: JSON.parse(line) })),
    );
  });
});

const module = new URL('../../src/logs/read-log.ts', import.meta.url).href;

for (const [what, log] of [
  ['plain', Buffer.from(threeLines)],
  ['gzip', gzipSync(threeLines)],
] as const) {
  test(`Standard input, ${what}`, async (context) => {
    const script = `
      import { readLog } from ${JSON.stringify(module)};
      for await (const batch of readLog('-')) console.log(JSON.stringify(batch));`;
    const reader = startNode(context, ['--input-type=module', '--eval', script], { input: null });
    for (const byte of log) reader.child.stdin.write(Buffer.from([byte]));
    reader.child.stdin.end();
    assert.equal(await reader.code(), 0, reader.stderr());
    const found = reader
      .stdout()
      .trimEnd()
      .split('\n')
      .flatMap((line) => JSON.parse(line));
    assert.deepEqual(
      found,
      bodies.map((body, index) => ({ kind: 'request', record: { file: '-', line: index + 1, body } })),
    );
  });
}
