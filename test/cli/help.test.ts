// For every command, --help explains it and does nothing else.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import manifest from '../../package.json' with { type: 'json' };

const root = path.join(import.meta.dirname, '..', '..');
const scripts = Object.entries(manifest.scripts).filter(([, script]) => script.startsWith('node '));

suite('--help', () => {
  // A command that reads these settings fails.
  const cwd = mkdtempSync(path.join(tmpdir(), 'help-'));
  writeFileSync(path.join(cwd, '.env'), 'TENANT_URL=nonsense\n');
  after(() => rmSync(cwd, { recursive: true, maxRetries: 3 }));
  // Node may not write, nor start a process or a worker.
  const allowed = ['--permission', '--allow-fs-read=*'];
  const { NODE_V8_COVERAGE: _, ...env } = process.env;

  for (const [name, script] of scripts) {
    test(`of npm run ${name}`, () => {
      const args = script.split(' ').slice(1);
      const ours = args.map((arg) => (/\.[jt]s$/.test(arg) ? path.join(root, arg) : arg));
      const { status, stdout, stderr } = spawnSync(process.execPath, [...allowed, ...ours, '--help'], {
        cwd,
        env,
        encoding: 'utf8',
      });
      assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
      assert.match(stdout, /^(Usage: |Options of npm test )/);
      assert.deepEqual(readdirSync(cwd), ['.env']);
    });
  }

  test('of npm run check shows the default time as a person types it', () => {
    const { stdout } = spawnSync(process.execPath, ['src/cli/check.ts', '--help'], {
      cwd: root,
      encoding: 'utf8',
    });
    assert.match(stdout, /--idle <time>[\s\S]*\(default: 30m\)/);
  });
});
