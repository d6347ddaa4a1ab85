// `npm run sandbox`: the reference tenant on its own, to try an adapter or the harness against it. With --record it records
// and checks what it receives, and with --forward it does so in front of a real tenant.

import { isIP } from 'node:net';
import { Command, InvalidArgumentError, Option } from 'commander';
import { durationMs } from '../check/duration.ts';
import { defaultIdleMs } from '../check/log-check-options.ts';
import { CodedError } from '../errors/coded-error.ts';
import { type RotationOptions, runRecorder } from '../recorder/run.ts';
import type { Fault } from '../sandbox/faults/fault.ts';
import { defaultPort, demoIdentity } from '../sandbox/identity.ts';
import { callbackText, requestText, settingsBlock } from '../sandbox/terminal.ts';
import { startVariation, type Variation } from '../sandbox/variations/variation.ts';
import { codeOf } from '../system/error-code.ts';
import { usedWrongly } from '../system/exit-codes.ts';
import { fromWhereTyped } from '../system/typed-path.ts';
import { harmless, printable } from '../text/terminal.ts';
import {
  deviatingTenant,
  deviationText,
  faultList,
  faultsOf,
  variationList,
  variationsOf,
} from './deviating-tenants.ts';
import { outputMayBeLost } from './own-process.ts';

const sizes: Readonly<Record<string, number>> = { kb: 1e3, mb: 1e6, gb: 1e9 };

const command = new Command('sandbox')
  .description('Starts the reference tenant and prints the settings that point the harness at it.')
  .option('--port <number>', 'port to listen at; 0 for any free one', portOf, defaultPort)
  .option('--host <address>', 'address to bind', '127.0.0.1')
  .option('--fault <name>', 'deviate from the documents in this way; may be repeated', faultsOf)
  .option(
    '--variation <name>',
    'behave in this other way that the documents allow; may be repeated',
    variationsOf,
  )
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
  .option(
    '--rotate <size>',
    'with --record: from this size or age on a file is closed and packed; may be repeated',
    rotated,
  )
  .option(
    '--keep <time>',
    'with --record: how long after its last record a closed file is kept: 7d',
    durationOf,
  )
  .option('--fsync', 'with --record: a record is on the disk before its request is answered, for a power cut')
  .option(
    '--pseudonymise',
    'with --record: keep names, ids and texts as pseudonyms, so that every rule still works',
  )
  .option('--tenant <name>', 'with --record: read .env.NAME, not .env')
  .option('--list-faults', 'list all faults, each with the requirement that it breaks, and end')
  .option('--list-variations', 'list all conformant variations, and end')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usedWrongly));

function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('A port is a number from 0 to 65535, as in --port 4010.');
}

function hostNameOf(text: string): string {
  if (/^[\w.-]+$/.test(text) || isIP(text)) return text;
  throw new InvalidArgumentError('A name or an address alone, as in --host-name recorder.example.');
}

function rotated(text: string, before: RotationOptions = {}): RotationOptions {
  const [, amount, unit = ''] = /^(\d{1,6}(?:\.\d)?)(kB|MB|GB)$/i.exec(text) ?? [];
  const bytes = Number(amount) * (sizes[unit.toLowerCase()] ?? Number.NaN);
  if (bytes > 0) return { ...before, maxBytes: bytes };
  const ms = durationMs(text);
  if (ms !== undefined) return { ...before, maxAgeMs: ms };
  throw new InvalidArgumentError('A size or a time, as in --rotate 100MB or --rotate 1d.');
}

function durationOf(text: string): number {
  const ms = durationMs(text);
  if (ms !== undefined) return ms;
  throw new InvalidArgumentError('A time is a number and its unit, as in 30m, 90s or 500ms.');
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
  fault?: Fault[];
  variation?: Variation[];
  record?: string;
  forward?: string;
  timeout: number;
  idle: number;
  tenant?: string;
  hostName?: string[];
  rotate?: RotationOptions;
  keep?: number;
  fsync?: true;
  pseudonymise?: true;
  listFaults?: true;
  listVariations?: true;
}

const options = command.parse().opts<Options>();
const { port, host, fault = [], variation = [], listFaults, listVariations } = options;
const deviates = fault.length + variation.length > 0;

// The reader of a pipe may end first, as in `npm run sandbox | head`; a recorder continues.
outputMayBeLost();
if (options.record === undefined)
  process.stdout.on('error', (error) => process.exit(codeOf(error) === 'EPIPE' ? 0 : usedWrongly));
if (listFaults) console.log(faultList());
else if (listVariations) console.log(variationList());
else await started(options.record === undefined ? serve : () => record(fromWhereTyped(options.record!)));

async function started(start: () => Promise<void>): Promise<void> {
  try {
    for (const name of [
      'forward',
      'timeout',
      'idle',
      'tenant',
      'hostName',
      'rotate',
      'keep',
      'fsync',
      'pseudonymise',
    ] as const) {
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
  const { behaviour, ...how } = deviatingTenant(fault, variation);
  const tenant = await startVariation(how, {
    host,
    port,
    identity: demoIdentity,
    behaviour,
    onRequest: (line) => console.log(requestText(line)),
    onCallback: (line) => console.log(callbackText(line)),
  });
  const stop = async () => {
    await tenant.close();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  console.log(settingsBlock(tenant.settings));
  if (deviates) console.log(deviationText(fault, variation));
  console.log(`Listening at ${tenant.settings.TENANT_URL}; Ctrl-C ends it.`);
}

async function record(folder: string): Promise<void> {
  const { forward, timeout: timeoutMs, idle: idleMs, tenant } = options;
  if (forward !== undefined && deviates) {
    throw new CodedError(
      'OPTION_INVALID',
      '--fault and --variation are about the sandbox; with --forward the real tenant answers. Leave one out.',
    );
  }
  const { behaviour, front } = deviatingTenant(fault, variation);
  if (front) {
    throw new CodedError(
      'OPTION_INVALID',
      'This variation changes how answers are sent, which a recorder does itself: leave out --record or --variation.',
    );
  }
  const behind = {
    ...(forward === undefined ? {} : { forward: { url: forward, timeoutMs } }),
    ...(deviates ? { behaviour } : {}),
    ...(tenant === undefined ? {} : { tenant }),
  };
  const { hostName, rotate, keep, fsync, pseudonymise } = options;
  const more = {
    ...(hostName === undefined ? {} : { hostNames: hostName }),
    ...(rotate || keep !== undefined
      ? { rotation: { ...rotate, ...(keep === undefined ? {} : { keepMs: keep }) } }
      : {}),
    ...(fsync === undefined ? {} : { fsync }),
    ...(pseudonymise === undefined ? {} : { pseudonymise }),
  };
  if (deviates) console.log(deviationText(fault, variation));
  await runRecorder({ folder, host, port, idleMs, ...more, ...behind }, process.env);
}
