// npm run sandbox -- --record: from the options to the exit code.

import { words } from '../check/report/words.ts';
import type { CheckSummary } from '../check/result.ts';
import type { Behaviour } from '../sandbox/behaviour.ts';
import { callbackText, settingsBlock } from '../sandbox/terminal.ts';
import type { Env } from '../system/env.ts';
import { exitCodes } from '../system/exit-codes.ts';
import { counted } from '../text/count.ts';
import { printable } from '../text/terminal.ts';
import { checkForward, identityOf, profileOf, secretOf, withFiles } from './options.ts';
import { type Recorder, type RecorderOptions, startRecorder } from './recorder.ts';
import { conversationLine, greeting, looseLine, recordLines } from './terminal.ts';

export interface RunOptions extends Pick<RecorderOptions, 'folder' | 'host' | 'port' | 'idleMs'> {
  /** The real tenant that all requests are passed on to; when left out, the reference tenant answers. */
  forward?: { url: string; timeoutMs: number };
  /** A deliberate fault of the reference tenant. */
  behaviour?: Partial<Behaviour>;
  /** NAME in .env.NAME; .env when left out. */
  tenant?: string;
}

/**
 * Starts a recorder that prints what it sees, and stops it with the report on a signal.
 * @throws CodedError; what listening throws, with its `code`
 */
export async function runRecorder(options: RunOptions, environment: Env): Promise<void> {
  const env = withFiles(environment, options.tenant);
  const { folder, host, port, idleMs, forward, behaviour } = options;
  if (forward) checkForward(forward.url, env);
  const sandbox = forward ? undefined : identityOf(env);
  const clientSecret = secretOf(env);
  const recorder = await startRecorder({
    ...{ folder, host, port, idleMs, profile: profileOf(env) },
    tenant: sandbox
      ? { identity: sandbox.identity, ...(behaviour ? { behaviour } : {}) }
      : { forward: { ...forward!, env }, ...(clientSecret ? { clientSecret } : {}) },
    onRecord: (recorded) => recordLines(recorded, new Date()).forEach(print),
    onOver: (conversation, how) => print(conversationLine(conversation, how, new Date())),
    onLoose: (finding) => print(looseLine(finding)),
    onCallback: (line) => print(callbackText(line)),
    onTrouble: (text) => console.error(printable(text)),
  });
  stopOnSignal(recorder);
  if (recorder.settings) {
    // The user's own secret must not be printed; that of the sandbox is public.
    const { TENANT_CLIENT_SECRET: _, ...withoutSecret } = recorder.settings;
    print(settingsBlock(sandbox?.isOfSettings ? withoutSecret : recorder.settings));
  }
  print(greeting(recorder, options));
}

function print(text: string): void {
  console.log(text);
}

/** The first signal stops the recorder in order, with the report; another one ends the process at once. */
function stopOnSignal(recorder: Recorder): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) process.exit(exitCodes.inconclusive);
    stopping = true;
    const inFlight = recorder.inFlight();
    if (inFlight > 0) {
      print(
        `Waiting for the answers to ${counted(inFlight, 'request')}; press Ctrl-C again to stop at once.`,
      );
    }
    const summary = await recorder.stop();
    process.stdout.write(`${report(summary)}\n`, () => process.exit(exitCodes[summary.verdict]));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // Whatever reads the output may go away, as in `… | head`: recording goes on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

function report(summary: CheckSummary): string {
  const { isTTY, columns } = process.stdout;
  const color = isTTY && process.stdout.hasColors() && !process.env.NO_COLOR;
  return words(summary, { color, ...(isTTY && columns > 0 ? { columns } : {}) });
}
