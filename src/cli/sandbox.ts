// npm run sandbox: the reference tenant on its own, for trying an adapter or the harness against it.
import { Command, InvalidArgumentError } from 'commander';
import { closest } from 'fastest-levenshtein';
import type { DeliveryLine } from '../sandbox/callback-delivery.ts';
import { faults } from '../sandbox/faults/catalogue.ts';
import type { Fault } from '../sandbox/faults/fault.ts';
import { demoIdentity } from '../sandbox/identity.ts';
import { type RequestLine, type Sandbox, startSandbox } from '../sandbox/server.ts';

/** Used wrongly, as everywhere in this project. */
const usedWrongly = 2;

const command = new Command('sandbox')
  .description('Starts the reference tenant and prints the settings that point the harness at it.')
  .option('--port <number>', 'port to listen at; 0 for any free one', portOf, 4010)
  .option('--host <address>', 'address to bind', '127.0.0.1')
  .option('--fault <name>', 'deviate from the documents in this one way', faultOf)
  .option('--list-faults', 'list all faults, each with the requirement that it breaks, and end')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usedWrongly));

function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('A port is a number from 0 to 65535, as in --port 4010.');
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

/** Name, requirement and sentence, one below the other. */
function faultList(): string {
  const nameWidth = Math.max(...faults.map(({ name }) => name.length));
  const idWidth = Math.max(...faults.map(({ breaks }) => breaks.length));
  return faults
    .map(({ name, breaks, says }) => `${name.padEnd(nameWidth)}  ${breaks.padEnd(idWidth)}  ${says}`)
    .join('\n');
}

function faultText({ name, breaks, says }: Fault): string {
  return `Faulty on purpose, by ${name}, which breaks ${breaks}: ${says}`;
}

/** What went wrong when the server could not listen, and what to do about it. */
function startProblem(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return `Port ${port} of ${host} is in use. Stop what listens there, or choose another port: npm run sandbox -- --port ${port < 65_535 ? port + 1 : 0}`;
  }
  if (code === 'EACCES') {
    return `Port ${port} needs more rights than this user has. Choose one from 1024 on: npm run sandbox -- --port 4010`;
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `${printable(host)} is no address of this machine. Leave --host out for 127.0.0.1, or use 0.0.0.0 for every address.`;
  }
  return `The sandbox could not start: ${error instanceof Error ? error.message : String(error)}`;
}

function settingsBlock(settings: Record<string, string>): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  return ['# Reference tenant: put this into .env', ...lines, ''].join('\n');
}

function requestText(line: RequestLine): string {
  const what = line.events.length > 0 ? line.events.map(printable).join('+') : pathOf(line);
  const about = line.conversationId === undefined ? '' : `  ${printable(line.conversationId)}`;
  return `${timeOf(line.time)}  ${line.status}  ${cut(what)}${about}`;
}

function pathOf(line: RequestLine): string {
  return `${line.method} ${printable(line.path)}`;
}

function callbackText(line: DeliveryLine): string {
  return `${timeOf(line.time)}  ${line.status ?? line.failure}  callback to ${printable(line.origin)}`;
}

function timeOf(time: Date): string {
  return time.toISOString().slice(11, 23);
}

/** What came over the wire must not steer the terminal: no control, format or line-breaking characters. */
function printable(text: string): string {
  return cut(text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '�'));
}

function cut(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

interface Options {
  port: number;
  host: string;
  fault?: Fault;
  listFaults?: true;
}

const { port, host, fault, listFaults } = command.parse().opts<Options>();
let sandbox: Sandbox | undefined;

async function stop(): Promise<void> {
  await sandbox?.close();
  process.exit(0);
}

process.on('SIGINT', stop);
process.on('SIGTERM', stop);
// The reader of a pipe may go away first, as in `npm run sandbox | head`.
process.stdout.on('error', stop);

if (listFaults) console.log(faultList());
else await serve();

async function serve(): Promise<void> {
  try {
    sandbox = await startSandbox({
      host,
      port,
      identity: demoIdentity,
      ...(fault ? { behaviour: fault.behaviour() } : {}),
      onRequest: (line) => console.log(requestText(line)),
      onCallback: (line) => console.log(callbackText(line)),
    });
    console.log(settingsBlock(sandbox.settings));
    if (fault) console.log(faultText(fault));
    console.log(`Listening at ${sandbox.url}; Ctrl-C ends it.`);
  } catch (error) {
    console.error(startProblem(error, host, port));
    process.exitCode = usedWrongly;
  }
}
