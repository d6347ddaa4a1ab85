// Runs the commands as people run them: a clean environment, a folder of its own for each report.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { Envelope } from '@cucumber/messages';
import { schemas } from '../../src/protocol/schemas.ts';
import { RunCollector } from '../../src/verdict/collector.ts';
import { runCommand } from '../commands.ts';
import { type Ended, startNode } from '../processes.ts';

type Env = Record<string, string>;

export const conformanceCommand = ['src/cli/test.ts'];
export const cucumberCommand = ['node_modules/@cucumber/cucumber/bin/cucumber.js'];
export const reportCommand = ['src/cli/report.ts'];

export interface Run {
  code: number;
  stdout: string;
  stderr: string;
  /** Both, without colours. */
  output: string;
  seconds: number;
  /** REPORTS_DIR of the run. */
  reports: string;
  /** What its messages came to; empty when it ended before the first scenario. */
  collected: RunCollector;
  messages: Envelope[];
}

export interface Options {
  command?: string[];
  env?: Env;
  /** Whether coverage counts it; most runs go through the same lines, so it does not when left out. */
  measured?: boolean;
  /** REPORTS_DIR; a new temporary folder when left out. */
  reports?: string;
  /** Called with the process once it runs. */
  onStart?: (child: ChildProcess) => void;
}

const ends: (() => unknown)[] = [];
after(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Something to undo when the tests of the file are over. */
export function atEnd(end: () => unknown): void {
  ends.push(end);
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'conformance-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/** Runs a command to its end, `npm test` unless another is given. */
export async function run(args: string[], options: Options = {}): Promise<Run> {
  const reports = options.reports ?? temporaryFolder();
  const messageFile = path.join(temporaryFolder(), 'messages.ndjson');
  const command = options.command ?? conformanceCommand;
  const format = command === reportCommand ? [] : ['--format', `message:${messageFile}`];
  const startedAt = performance.now();
  const { code, stdout, stderr } = await endOf([...command, ...format, ...args], {
    ...options,
    env: { ...cleanEnvironment(), REPORTS_DIR: reports, ...options.env },
  });
  const messages = readMessages(messageFile);
  const collected = new RunCollector();
  for (const message of messages) collected.add(message);
  return {
    code,
    stdout,
    stderr,
    output: stripVTControlCharacters(`${stdout}\n${stderr}`),
    seconds: (performance.now() - startedAt) / 1000,
    reports,
    collected,
    messages,
  };
}

/** In a process of its own only what depends on one. */
async function endOf(args: string[], { env = {}, measured = false, onStart }: Options): Promise<Ended> {
  const [file = '', ...others] = args;
  const hasWorkers = others.some((argument) => argument.startsWith('--parallel'));
  if (file.startsWith('src/') && !hasWorkers && !onStart) {
    return runCommand([file, ...others], { env, measured });
  }
  const started = startNode({ after: atEnd }, args, { env, measured });
  onStart?.(started.child);
  const code = await started.code();
  return { code, stdout: started.stdout(), stderr: started.stderr() };
}

const kept =
  /^(PATH|PATHEXT|HOME|USERPROFILE|SYSTEMROOT|COMSPEC|TEMP|TMP|TMPDIR|LANG|JAVA_HOME|NODE_V8_COVERAGE)$/i;
const settings = Object.keys((schemas.settings as { properties: object }).properties);
const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];

/** Empty text counts as unset, and wins over a .env of whoever runs these tests: no real tenant is ever reached. */
function cleanEnvironment(): Env {
  const own = Object.entries(process.env).filter((entry): entry is [string, string] => kept.test(entry[0]));
  const unset = [...settings, ...proxies, 'TENANT_PROFILE'].map((name) => [name, '']);
  return { ...Object.fromEntries(own), ...Object.fromEntries(unset) };
}

function readMessages(file: string): Envelope[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}

/** Verdict of each scenario, by where it stands. */
export function verdicts(of: Run): Record<string, string | undefined> {
  const rows = of.collected.results.map(({ uri, line, name, verdict }) => [
    `${uri}:${line} ${name}`,
    verdict,
  ]);
  return Object.fromEntries(rows.sort());
}

export interface Received {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface SmallServer {
  url: string;
  server: Server;
  received: Received[];
}

/** A tenant of a few lines; what it receives is kept. */
export async function smallServer(
  answer: (request: Received, response: ServerResponse) => void,
): Promise<SmallServer> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '', headers } = request;
    received.push({ method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') });
    answer(received.at(-1)!, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, received };
}

export const secret = 'a-secret-that-must-never-be-shown';

/** Complete settings for a tenant that is not the sandbox; without routing. */
/** Settings for a tenant that may refuse every event: the gate is off, so that its scenarios run. */
export function settingsFor(url: string): Env {
  return {
    CONFORMANCE_GATE: 'off',
    TENANT_URL: url,
    TENANT_BOT_ID: 'st-1a2b3c4d-0000-5111-8222-333344445555',
    TENANT_CLIENT_ID: 'cs-1a2b3c4d-0000-5111-8222-333344445555',
    TENANT_CLIENT_SECRET: secret,
  };
}

/** Runs tasks a few at a time: the processes would otherwise take each other's time. */
export async function fewAtATime<Result>(tasks: (() => Promise<Result>)[], atOnce = 2): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const lane = async () => {
    while (next < tasks.length) {
      const index = next++;
      results[index] = await tasks[index]!();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return results;
}
