// Which harness this is: its name and version, and the commit that it was checked out at.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import manifest from '../../package.json' with { type: 'json' };
import type { Env } from '../system/env.ts';
import { withoutSecret } from '../tenant/secret-in-environment.ts';
import type { ConformanceReport } from '../verdict/report-types.ts';
import { seedOf } from './values-seed.ts';

export function suite(env: Env): ConformanceReport['suite'] {
  return { name: manifest.name, version: manifest.version, commit: commit(), seed: seedOf(env) };
}

/** null without a repository, or without git. */
function commit(): string | null {
  try {
    const cwd = fileURLToPath(new URL('../../', import.meta.url));
    const output = execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: withoutSecret(process.env),
    });
    return output.toString().trim();
  } catch {
    return null;
  }
}
