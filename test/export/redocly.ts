// What redocly finds in a description of the API, by the rules of redocly.yaml.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Ended, repository, runNode } from '../processes.ts';

const manifest = createRequire(import.meta.url).resolve('@redocly/cli/package.json');
const command = path.join(path.dirname(manifest), 'bin', 'cli.js');
const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };

/** @param folder for the file that it reads */
export async function lint(folder: string, document: object): Promise<Ended> {
  const file = path.join(folder, 'linted.json');
  writeFileSync(file, JSON.stringify(document));
  const args = [command, 'lint', '--config', path.join(repository, 'redocly.yaml'), file];
  return runNode(args, { cwd: folder, env, measured: false });
}
