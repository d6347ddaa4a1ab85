// What `npm run mutate:sandbox` runs for each mutant of the reference tenant: the suite, first @smoke and then all of it, until it
// notices the mutant. Exit code: that of the run which did; 0 when none did.
import './own-process.ts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Of its own: a run that finds another one in its folder ends with an error, which would count as noticed. */
const folder = mkdtempSync(path.join(tmpdir(), 'mutant-'));
const test = ['src/cli/start.js', 'src/cli/test.ts', '--fail-fast', '--fail-on', 'should'];
try {
  process.exitCode = (await run([...test, '--tags', '@smoke'])) || (await run(test));
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

async function run(args: string[]): Promise<number> {
  const env = { ...process.env, REPORTS_DIR: folder };
  const [code] = await once(spawn(process.execPath, args, { env, stdio: 'inherit' }), 'exit');
  return code ?? 1;
}
