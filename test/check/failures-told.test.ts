// Failures that logs without statuses tell of, at the end of one and the beginning of the next, as rotation leaves them.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { checkFiles } from '../../src/check/check-files.ts';
import { defaultSenderProfile } from '../../src/protocol/sent-request.ts';
import { bodiesOf } from './checked-lines.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'failures-told-'));
after(() => rmSync(folder, { recursive: true }));

async function verdictOf(...logs: string[][]): Promise<string> {
  const files = logs.map((lines, index) => {
    const file = path.join(folder, `log-${index}`);
    writeFileSync(file, `${lines.join('\n')}\n`);
    return file;
  });
  const report = { conversation() {}, finding() {}, end() {} };
  const { verdict } = await checkFiles(files, { profile: defaultSenderProfile, report });
  return verdict;
}

describe('a request at the end of a log, and again at the beginning of the next', () => {
  const lines = bodiesOf('the minimum conversation').map((body) => `sending ${JSON.stringify(body)}`);
  const [entry, exit, end] = lines as [string, string, string];
  const failed = 'WARN call failed, retrying';
  const others = Array.from({ length: 3000 }, (_, index) => `INFO ${index} calls are waiting for an agent`);

  for (const [where, first, second] of [
    ['at the end of the first', [entry, failed], [entry, exit, end]],
    ['at the beginning of the second', [entry], [failed, entry, exit, end]],
    ['beside the second request', [entry], [`retrying ${entry}`, exit, end]],
    ['in long logs', [...others, entry, ...others, failed], [...others, entry, exit, end]],
  ] as const) {
    test(`may be a retry when a failure is told of ${where}`, async () => {
      assert.equal(await verdictOf([...first], [...second]), 'inconclusive');
      assert.equal(await verdictOf([...first, ...second]), 'inconclusive');
    });
  }

  test('may be one in logs with times', async () => {
    const at = (second: number, line: string) => `2026-05-04T09:30:0${second}Z ${line}`;
    const logs = [
      [at(0, entry), at(1, failed)],
      [at(2, entry), at(3, exit), at(4, end)],
    ];
    assert.equal(await verdictOf(...logs), 'inconclusive');
  });

  test('is a duplicate when no failure is told of', async () => {
    assert.equal(await verdictOf([...others, entry, ...others], [entry, exit, end]), 'non-conformant');
  });

  test('is a duplicate when it is in one of them, and the failure is in the other', async () => {
    assert.equal(await verdictOf([entry, entry, exit, end], [failed]), 'non-conformant');
    assert.equal(await verdictOf([failed], [entry, entry, exit, end]), 'non-conformant');
  });
});
