// Nobody reads what the recorder shows: it goes on, and counts what it could not show.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { isInstalled } from '../processes.ts';
import { until } from '../time-limit.ts';

const module = JSON.stringify(new URL('../../src/recorder/output.ts', import.meta.url));
/** Shows two megabytes, says in a file that it has, and ends when it is asked to. */
const script = `
  import { existsSync, writeFileSync } from 'node:fs';
  import { Output } from ${module};
  const output = new Output(process.stdout);
  const [, , done, go] = process.argv;
  for (let number = 0; number < 20_000; number += 1) {
    output.line('line ' + number + ' '.repeat(90));
    if (number % 1000 === 0) await new Promise(setImmediate);
  }
  writeFileSync(done, '');
  while (!existsSync(go)) await new Promise((resolve) => setTimeout(resolve, 10));
  await output.last('the report', 100);
  writeFileSync(done, 'ended');
  process.exit(7);`;

const commands: Record<string, (node: string[]) => string[]> = {
  'a pipe': (node) => node,
  'a terminal': (node) => [
    'script',
    '-qec',
    node.map((one) => `'${one.replaceAll("'", "'\\''")}'`).join(' '),
    '/dev/null',
  ],
};
for (const [name, command] of Object.entries(commands)) {
  for (const isRead of [false, true]) {
    test(`${name} that ${isRead ? 'is read late' : 'nobody reads'} holds nothing up`, async (context) => {
      if (name === 'a terminal' && (process.platform !== 'linux' || !isInstalled('script'))) {
        return context.skip('there is no program that makes a terminal');
      }
      const folder = mkdtempSync(path.join(tmpdir(), 'output-'));
      const file = path.join(folder, 'script.mjs');
      writeFileSync(file, script);
      const [done, go] = [path.join(folder, 'done'), path.join(folder, 'go')];
      const [program, ...args] = command([process.execPath, file, done, go]);
      const child = spawn(program!, args, { stdio: ['ignore', 'pipe', 'ignore'] });
      const exit = once(child, 'exit');
      context.after(() => {
        child.kill('SIGKILL');
        rmSync(folder, { recursive: true, force: true });
      });
      await until(() => existsSync(done));
      let text = '';
      if (isRead) {
        child.stdout.on('data', (chunk) => {
          text += chunk;
        });
        await until(() => /line \d+ +\r?\n/.test(text) && text.includes('could not be shown'));
      }
      writeFileSync(go, '');
      await until(() => readFileSync(done, 'utf8') === 'ended');
      // A terminal that nobody reads keeps the program that makes it waiting, though not the recorder in it.
      if (isRead || name === 'a pipe') assert.equal((await exit)[0], 7);
      if (!isRead) return;
      await until(() => text.includes('the report'));
      const shown = text.match(/^line /gm)!.length;
      const missed = [...text.matchAll(/^… ([\d,]+) lines? could not be shown/gm)].map(([, count]) =>
        Number(count!.replaceAll(',', '')),
      );
      assert.equal(shown + missed.reduce((sum, one) => sum + one, 0), 20_000);
    });
  }
}
