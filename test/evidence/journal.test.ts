// evidence.ndjson: whole lines from every writer, nothing lost when the process dies, an error when it cannot be written.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { type EvidenceRecord, Journal } from '../../src/evidence/journal.ts';
import { startNode } from '../processes.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'journal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const source = new URL('../../src/evidence/journal.ts', import.meta.url).href;

function recordOf(name: string, line: number, size = 10): EvidenceRecord {
  return {
    scenario: { name, uri: 'a.feature', line },
    request: { method: 'POST', url: 'http://tenant/', headers: {}, body: `${'é\n'.repeat(size)}🙂` },
    startedAt: 1,
    durationMs: 2,
    attempts: 1,
  };
}

/** The lines, each of them complete JSON. */
function kept(): EvidenceRecord[] {
  const text = readFileSync(path.join(folder, 'evidence.ndjson'), 'utf8');
  assert.ok(text === '' || text.endsWith('\n'), 'the last line is whole');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

/** The writer and number of each line, in the order of the file. */
function linesOf(records: EvidenceRecord[]): Record<string, number[]> {
  const lines: Record<string, number[]> = {};
  for (const { scenario } of records) {
    const own = lines[scenario!.name] ?? [];
    lines[scenario!.name] = [...own, scenario!.line];
  }
  return lines;
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

suite('A journal', () => {
  test('writes a line for each record', async () => {
    const journal = new Journal(folder);
    const records = [
      recordOf('one', 1),
      recordOf('two', 2, 50_000),
      { ...recordOf('three', 3), attempts: 3 },
    ];
    for (const record of records) journal.write(record);
    await journal.close();
    assert.deepEqual(kept(), records);
  });

  test('has written a line when write() returns', () => {
    const journal = new Journal(folder);
    journal.write(recordOf('one', 1));
    assert.equal(kept().length, 1);
    return journal.close();
  });

  test('appends to an existing file', async () => {
    for (const line of [1, 2]) {
      const journal = new Journal(folder);
      journal.write(recordOf('again', line));
      await journal.close();
    }
    assert.deepEqual(linesOf(kept()), { again: [1, 2] });
  });

  test('loses nothing when the process dies at once', async (context) => {
    const script = `
      import { Journal } from ${JSON.stringify(source)};
      const journal = new Journal(${JSON.stringify(folder)});
      const request = { method: 'POST', url: 'http://tenant/', headers: {}, body: 'x'.repeat(10000) };
      for (let line = 0; line < 200; line++) {
        const scenario = { name: 'crash', uri: 'a.feature', line };
        journal.write({ scenario, request, startedAt: 1, durationMs: 2, attempts: 1 });
      }
      process.kill(process.pid, 'SIGKILL');`;
    const writing = startNode(context, ['--input-type=module', '--eval', script]);
    assert.equal((await writing.exit()).signal, 'SIGKILL', writing.stderr());
    assert.deepEqual(linesOf(kept()), { crash: upTo(200) });
  });
});

suite('Several journals in one file do not break each other’s lines', () => {
  test('in one thread', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const journals = names.map((name) => ({ name, journal: new Journal(folder) }));
    for (const line of upTo(200)) {
      for (const { name, journal } of journals) journal.write(recordOf(name, line, line * 7));
    }
    await Promise.all(journals.map(({ journal }) => journal.close()));
    assert.deepEqual(linesOf(kept()), Object.fromEntries(names.map((name) => [name, upTo(200)])));
  });

  test('in two worker threads and this one', async () => {
    const worker = (name: string) => {
      const script = `
        import { Journal } from ${JSON.stringify(source)};
        const journal = new Journal(${JSON.stringify(folder)});
        for (let line = 0; line < 300; line++) {
          const request = { method: 'POST', url: 'http://tenant/', headers: {}, body: '${name}'.repeat(line * 50) };
          const scenario = { name: '${name}', uri: 'a.feature', line };
          journal.write({ scenario, request, startedAt: 1, durationMs: 2, attempts: 1 });
          if (line % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
        }
        await journal.close();`;
      return once(new Worker(new URL(`data:text/javascript,${encodeURIComponent(script)}`)), 'exit');
    };
    const done = [worker('left'), worker('right')];
    const journal = new Journal(folder);
    for (const line of upTo(300)) {
      journal.write(recordOf('main', line, line * 20));
      if (line % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await journal.close();
    assert.deepEqual(await Promise.all(done), [[0], [0]]);
    assert.deepEqual(linesOf(kept()), { main: upTo(300), left: upTo(300), right: upTo(300) });
  });
});

suite('Evidence that cannot be written', () => {
  test('makes close() throw, and does not stop the run', async () => {
    const journal = new Journal(path.join(folder, 'nowhere'));
    journal.write(recordOf('one', 1));
    journal.write(recordOf('two', 2));
    await assert.rejects(journal.close(), { code: 'ENOENT' });
  });

  test('makes close() throw even when nothing was written', async () => {
    await assert.rejects(new Journal(path.join(folder, 'nowhere')).close(), { code: 'ENOENT' });
  });

  test('makes close() throw when a disk is full', {
    skip: process.platform !== 'linux' && 'needs /dev/full',
  }, async () => {
    symlinkSync('/dev/full', path.join(folder, 'evidence.ndjson'));
    const journal = new Journal(folder);
    journal.write(recordOf('one', 1));
    await assert.rejects(journal.close(), { code: 'ENOSPC' });
  });
});
