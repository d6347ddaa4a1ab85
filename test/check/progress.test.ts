import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { LogCheck } from '../../src/check/log-check.ts';
import { Progress } from '../../src/check/progress.ts';

function terminal(columns: number) {
  const written: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      written.push(String(chunk));
      done();
    },
  });
  return { stream: Object.assign(stream, { columns }) as unknown as NodeJS.WriteStream, written };
}

async function progressText(columns: number, total?: number): Promise<string> {
  const { stream, written } = terminal(columns);
  const progress = new Progress(stream, total);
  progress.update(new LogCheck(), 1);
  assert.deepEqual(written, [], 'not at once: a short check shows nothing');
  await pause(250);
  progress.update(new LogCheck(), 2_500_000);
  assert.equal(written.length, 1);
  progress.end();
  assert.equal(written[1], '\r\u001b[2K', 'the line is taken away');
  return stripVTControlCharacters(written[0]!).trim();
}

test('bytes, conversations, findings and the time that is left', async () => {
  assert.match(
    await progressText(100, 1_000_000_000),
    /^2\.5 MB of 1000\.0 MB, 0 conversations, 0 findings, \d+ (s|min) left$/,
  );
});

test('the size of standard input is unknown', async () => {
  assert.equal(await progressText(100), '2.5 MB, 0 conversations, 0 findings');
});

test('the line never exceeds a narrow terminal', async () => {
  assert.equal((await progressText(20, 1_000_000_000)).length, 19);
});
