// The processes of the benchmark: those that send the conversations, the server that receives them, and the cost of each.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import manifest from '../package.json' with { type: 'json' };
import { schemas } from '../src/protocol/schemas.ts';
import type { Cost } from './measured.ts';
import type { FromServer } from './server.ts';

export const repository = path.dirname(import.meta.dirname);
/** `npm test` as package.json has it, with the flags that it gives to Node. */
export const npmTest = manifest.scripts.test.replace(/^node /, '').split(' ');
const measured = pathToFileURL(path.join(import.meta.dirname, 'measured.ts')).href;

/** Empty text counts as not set, so that .env changes nothing in a measured run. */
const noSettings = Object.fromEntries(Object.keys(schemas.settings.properties).map((name) => [name, '']));

export interface Run extends Cost {
  /** From the start of the process to its end. */
  wallMs: number;
  /** From the first request that the server saw to the end of the process. */
  sinceFirstMs: number;
}

export class Bench {
  readonly #folder: string;
  readonly #server: ChildProcess;
  readonly #tenant: Record<string, string>;
  readonly #conversations: number;
  #runs = 0;

  private constructor(folder: string, server: ChildProcess, port: number, conversations: number) {
    this.#folder = folder;
    this.#server = server;
    this.#conversations = conversations;
    this.#tenant = {
      TENANT_URL: `http://127.0.0.1:${port}`,
      TENANT_BOT_ID: 'st-1a2b3c4d-0000-5111-8222-333344445555',
      TENANT_CLIENT_ID: 'cs-1a2b3c4d-0000-5111-8222-333344445555',
      TENANT_CLIENT_SECRET: 'a secret for nothing but the benchmark',
    };
  }

  static async open(conversations: number): Promise<Bench> {
    const folder = await mkdtemp(path.join(tmpdir(), 'conformance-bench-'));
    const server = fork(path.join(import.meta.dirname, 'server.ts'));
    const [first] = (await once(server, 'message')) as [FromServer];
    if (!('port' in first)) throw new Error('The server sent another message before its port');
    return new Bench(folder, server, first.port, conversations);
  }

  async close(): Promise<void> {
    this.#server.disconnect();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** (a) and (b). @param file bare-undici.ts or bare-playwright.ts */
  async bare(file: string): Promise<Run> {
    return this.#toServer([path.join(import.meta.dirname, file)], (this.#conversations + 1) * 8);
  }

  /** (c) with a scenario for each conversation, and the one that `harnessOnce` has. */
  async harness(): Promise<Run> {
    return this.#harness(this.#conversations + 1);
  }

  async harnessOnce(): Promise<Run> {
    return this.#harness(1);
  }

  /** One scenario of the committed features against the embedded sandbox, as a person runs it. */
  async oneScenario(): Promise<Run> {
    return this.#run([...npmTest, '--name', '^A call is handed over twice$'], repository);
  }

  /** Cucumber with one step that does nothing: the shortest run there can be. */
  async emptyRun(): Promise<Run> {
    const cucumber = path.join(repository, 'node_modules/@cucumber/cucumber/bin/cucumber.js');
    const folder = path.join(import.meta.dirname, 'empty-run');
    return this.#run([cucumber, '--import', 'nothing.ts', 'nothing.feature'], folder);
  }

  async #harness(scenarios: number): Promise<Run> {
    const file = path.join(this.#folder, 'cold-transfer.feature');
    await writeFile(file, feature(scenarios));
    // The harness first sends one request, to see whether there is a tenant.
    return this.#toServer([...npmTest, file.replaceAll('\\', '/')], scenarios * 8 + 1);
  }

  async #toServer(args: string[], expected: number): Promise<Run> {
    const run = await this.#run(args, repository, this.#tenant);
    const end = Date.now();
    this.#server.send('how many?');
    const [seen] = (await once(this.#server, 'message')) as [FromServer];
    if (!('requests' in seen) || seen.requests !== expected) {
      throw new Error(`${args[0]}: ${JSON.stringify(seen)}, expected ${expected} requests`);
    }
    return { ...run, sinceFirstMs: end - seen.firstAt };
  }

  async #run(args: string[], cwd: string, settings: Record<string, string> = {}): Promise<Run> {
    // A folder for each run: ext4 is slow to create files in a folder where many were deleted in the last half minute.
    this.#runs += 1;
    const own = path.join(this.#folder, String(this.#runs));
    await mkdir(own);
    const run = await measure(args, cwd, path.join(own, 'cost.json'), {
      ...settings,
      NO_PROXY: '127.0.0.1',
      REPORTS_DIR: path.join(own, 'reports'),
      BENCH_CONVERSATIONS: String(this.#conversations),
    });
    return { ...run, sinceFirstMs: Number.NaN };
  }
}

/**
 * Runs Node with these arguments and measures it.
 * @param costFile the process writes its cost there
 * @param codes the exit codes that are expected
 * @throws when it ends with any other
 */
export async function measure(
  args: string[],
  cwd: string,
  costFile: string,
  env: Record<string, string> = {},
  codes: readonly unknown[] = [0],
): Promise<Cost & { wallMs: number }> {
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', measured, ...args], {
    cwd,
    env: { ...process.env, ...noSettings, ...env, BENCH_COST: costFile },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
  const [code] = await once(child, 'close');
  const wallMs = performance.now() - started;
  if (!codes.includes(code))
    throw new Error(`${args.join(' ')} ended with ${code}:\n${Buffer.concat(output)}`);
  return { wallMs, ...(JSON.parse(await readFile(costFile, 'utf8')) as Cost) };
}

/** A feature with the cold transfer flow in each scenario. */
function feature(scenarios: number): string {
  const example = (n: number) => `
    Example: A call is handed over twice (${n})
      Given a voice conversation answered by Agent 1
      When Agent 1 hands the call over to Agent 2
      And Agent 2 hands the call over to Agent 3
      And Agent 3 leaves as the last one
      And a summary is requested
      And the conversation ends
      Then the tenant has accepted every event
`;
  return `Feature: Cold transfer

  @HOOKS-SEQ-13
  Rule: The previous agent leaves before the next one joins
${Array.from({ length: scenarios }, (_, n) => example(n + 1)).join('')}`;
}
