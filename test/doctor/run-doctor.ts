// Runs the doctor as people do, in a folder of its own, so that it reads no .env of the person who runs the tests.
import path from 'node:path';
import { schemas } from '../../src/protocol/schemas.ts';
import { runCommand } from '../commands.ts';
import { repository } from '../processes.ts';
import { temporaryFolder } from '../run/harness.ts';

type Env = Record<string, string>;

export interface Line {
  mark: string;
  found: string;
  todo: string[];
}

export interface Visit {
  code: number;
  /** Standard output, then standard error; colours are off. */
  output: string;
  /** Names of the checks, in the order of their lines. */
  order: string[];
  /** The last line of a check. */
  of(check: string): Line;
  /** The lines that are not in order: "✗ token", "! bot", "– TLS". */
  amiss: string[];
  last: string;
  seconds: number;
}

const settings = Object.keys((schemas.settings as { properties: object }).properties);
const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];
const ours = /^(TENANT|CALLBACK|CONVERSATION|NODE_EXTRA_CA_CERTS)/;

function environment(): Record<string, string | undefined> {
  const unset = [...settings, ...proxies].filter((name) => !name.startsWith('NODE_'));
  const own = Object.entries(process.env).filter(
    ([name]) => !unset.includes(name.toUpperCase()) && !ours.test(name),
  );
  return { ...Object.fromEntries(own), NO_COLOR: '1', FORCE_COLOR: undefined };
}

export async function doctor(env: Env = {}, args: string[] = [], cwd = temporaryFolder()): Promise<Visit> {
  const started = performance.now();
  const { code, stdout, stderr } = await runCommand([path.join(repository, 'src/cli/doctor.ts'), ...args], {
    cwd,
    env: { ...environment(), ...env },
  });
  return { code, seconds: (performance.now() - started) / 1000, ...read(stdout + stderr) };
}

function read(output: string): Omit<Visit, 'code' | 'seconds'> {
  const lines: (Line & { check: string })[] = [];
  for (const line of output.split('\n')) {
    const [, mark, check, found] = /^([✓!✗–]) (.*?) {2,}(.*)$/.exec(line) ?? [];
    if (mark) lines.push({ mark, check: check!, found: found!, todo: [] });
    else if (/^ +→ /.test(line)) lines.at(-1)!.todo.push(line.trim().slice(2));
  }
  return {
    output,
    order: lines.map(({ check }) => check),
    of(check) {
      const line = lines.findLast((one) => one.check === check);
      if (!line) throw new Error(`No line of ${check} in:\n${output}`);
      return line;
    },
    amiss: lines.filter(({ mark }) => mark !== '✓').map(({ mark, check }) => `${mark} ${check}`),
    last: output.trimEnd().split('\n').at(-1)!,
  };
}
