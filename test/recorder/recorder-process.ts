// Starts `npm run sandbox` as a process, without the settings of whoever runs the tests.
import path from 'node:path';
import { parseEnv } from 'node:util';
import { startCommand } from '../commands.ts';
import { repository, type StartedProcess } from '../processes.ts';
import { ends, newFolder } from './recorders.ts';

const script = path.join(repository, 'src/cli/sandbox.ts');
const owner = { after: (end: () => unknown) => void ends.push(end) };

export function run(args: string[], env: Record<string, string> = {}, cwd = newFolder()): StartedProcess {
  return startCommand(owner, [script, '--port', '0', ...args], { env: { ...withoutTenant, ...env }, cwd });
}

const withoutTenant = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^TENANT_|_PROXY$/i.test(name)),
);

export async function started(
  run: StartedProcess,
): Promise<{ url: string; settings: Record<string, string> }> {
  const output = await run.says(/Listening at \S+;/);
  const [, url] = /Listening at (\S+);/.exec(output)!;
  return { url: url!, settings: parseEnv(output) as Record<string, string> };
}
