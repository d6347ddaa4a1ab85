// `npm run sandbox`: the reference tenant on its own, to try an adapter or the harness against it. With --record it records
// and checks what it receives, and with --forward it does so in front of a real tenant.

import { isIP } from 'node:net';
import { Command, InvalidArgumentError, Option } from 'commander';
import { closest } from 'fastest-levenshtein';
import { durationMs } from '../check/duration.ts';
import { defaultIdleMs } from '../check/log-check-options.ts';
import { CodedError } from '../errors/coded-error.ts';
import { runRecorder } from '../recorder/run.ts';
import { faults } from '../sandbox/faults/catalogue.ts';
import type { Fault } from '../sandbox/faults/fault.ts';
import { demoIdentity } from '../sandbox/identity.ts';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';
import { callbackText, requestText, settingsBlock } from '../sandbox/terminal.ts';
import { codeOf } from '../system/error-code.ts';
import { usedWrongly } from '../system/exit-codes.ts';
import { harmless, printable } from '../text/terminal.ts';
import { outputMayBeLost } from './own-process.ts';

const command = new Command('sandbox')
  .description('Starts the reference tenant and prints the settings that point the harness at it.')
  .option('--port <number>', 'port to listen at; 0 for any free one', portOf, 4010)
  .option('--host <address>', 'address to bind', '127.0.0.1')
  .option('--fault <name>', 'deviate from the documents in this one way', faultOf)
  .option('--record <folder>', 'write each request down before it is answered, and check who sends')
  .option('--forward <url>', 'with --record: pass everything on to this tenant, and its answers back')
  .addOption(
    new Option('--timeout <time>', 'with --forward: longest wait for an answer of the tenant')
      .argParser(durationOf)
      .default(30_000, '30s'),
  )
  .addOption(
    new Option('--idle <time>', 'with --record: a conversation without a request for so long is idle')
      .argParser(durationOf)
      .default(defaultIdleMs, '30m'),
  )
  .option(
    '--host-name <name>',
    'with --record: a name under which senders know the recorder; may be repeated',
    (name: string, names: string[] = []) => [...names, hostNameOf(name)],
  )
  .option('--fsync', 'with --record: a record is on the disk before its request is answered, for a power cut')
  .option('--tenant <name>', 'with --record: read .env.NAME, not .env')
  .option('--list-faults', 'list all faults, each with the requirement that it breaks, and end')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usedWrongly));

function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('A port is a number from 0 to 65535, as in --port 4010.');
}

function hostNameOf(text: string): string {
  if (/^[\w.-]+$/.test(text) || isIP(text)) return text;
  throw new InvalidArgumentError('A name or an address alone, as in --host-name recorder.example.');
}

function durationOf(text: string): number {
  const ms = durationMs(text);
  if (ms !== undefined) return ms;
  throw new InvalidArgumentError('A time is a number and its unit, as in 30m, 90s or 500ms.');
}

function faultOf(name: string): Fault {
  const fault = faults.find((one) => one.name === name);
  if (fault) return fault;
  const guess = closest(
    name,
    faults.map((one) => one.name),
  );
  throw new InvalidArgumentError(`There is no such fault; did you mean ${guess}? --list-faults lists all.`);
}

/** A line for each fault: its name, requirement and description. */
function faultList(): string {
  const nameWidth = Math.max(...faults.map(({ name }) => name.length));
  const idWidth = Math.max(...faults.map(({ breaks }) => breaks.length));
  return faults
    .map(
      ({ name, breaks, description }) =>
        `${name.padEnd(nameWidth)}  ${breaks.padEnd(idWidth)}  ${description}`,
    )
    .join('\n');
}

function faultText({ name, breaks, description }: Fault): string {
  return `Faulty on purpose, by ${name}, which breaks ${breaks}: ${description}`;
}

/** Why the server could not start, and what to do about it. */
function startProblem(error: unknown, host: string, port: number): CodedError {
  if (error instanceof CodedError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new CodedError(
      'PORT_IN_USE',
      `Port ${port} of ${host} is in use. Stop what listens there, or choose another port: npm run sandbox -- --port ${port < 65_535 ? port + 1 : 0}`,
    );
  }
  if (code === 'EACCES') {
    return new CodedError(
      'PORT_FORBIDDEN',
      `Port ${port} needs more rights than this user has. Choose one from 1024 on: npm run sandbox -- --port 4010`,
    );
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new CodedError(
      'HOST_UNKNOWN',
      `${printable(host)} is not an address of this machine. Leave --host out for 127.0.0.1, or use 0.0.0.0 for every address.`,
    );
  }
  const why = error instanceof Error ? error.message : String(error);
  return new CodedError('SANDBOX_FAILED', `The sandbox could not start: ${why}`);
}

interface Options {
  port: number;
  host: string;
  fault?: Fault;
  record?: string;
  forward?: string;
  timeout: number;
  idle: number;
  tenant?: string;
  hostName?: string[];
  fsync?: true;
  listFaults?: true;
}

const options = command.parse().opts<Options>();
const { port, host, fault, listFaults } = options;

// The reader of a pipe may end first, as in `npm run sandbox | head`; a recorder continues.
outputMayBeLost();
if (options.record === undefined)
  process.stdout.on('error', (error) => process.exit(codeOf(error) === 'EPIPE' ? 0 : usedWrongly));
if (listFaults) console.log(faultList());
else await started(options.record === undefined ? serve : () => record(options.record!));

async function started(start: () => Promise<void>): Promise<void> {
  try {
    for (const name of ['forward', 'timeout', 'idle', 'tenant', 'hostName', 'fsync'] as const) {
      if (options.record === undefined && command.getOptionValueSource(name) === 'cli') {
        throw new CodedError(
          'OPTION_INVALID',
          `--${name === 'hostName' ? 'host-name' : name} is for the recorder: name the folder that it writes to, with --record`,
        );
      }
    }
    await start();
  } catch (error) {
    console.error(harmless(startProblem(error, host, port).message));
    process.exitCode = usedWrongly;
  }
}

async function serve(): Promise<void> {
  const sandbox: Sandbox = await startSandbox({
    host,
    port,
    identity: demoIdentity,
    ...(fault ? { behaviour: fault.behaviour() } : {}),
    onRequest: (line) => console.log(requestText(line)),
    onCallback: (line) => console.log(callbackText(line)),
  });
  const stop = async () => {
    await sandbox.close();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  console.log(settingsBlock(sandbox.settings));
  if (fault) console.log(faultText(fault));
  console.log(`Listening at ${sandbox.url}; Ctrl-C ends it.`);
}

async function record(folder: string): Promise<void> {
  const { forward, timeout: timeoutMs, idle: idleMs, tenant } = options;
  if (forward !== undefined && fault) {
    throw new CodedError(
      'OPTION_INVALID',
      '--fault is one of the sandbox; with --forward the real tenant answers. Leave one out.',
    );
  }
  const behind = {
    ...(forward === undefined ? {} : { forward: { url: forward, timeoutMs } }),
    ...(fault ? { behaviour: fault.behaviour() } : {}),
    ...(tenant === undefined ? {} : { tenant }),
  };
  const { hostName, fsync } = options;
  const more = {
    ...(hostName === undefined ? {} : { hostNames: hostName }),
    ...(fsync === undefined ? {} : { fsync }),
  };
  if (fault) console.log(faultText(fault));
  await runRecorder({ folder, host, port, idleMs, ...more, ...behind }, process.env);
}
