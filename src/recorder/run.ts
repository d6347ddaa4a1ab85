// npm run sandbox -- --record: from the options to the exit code.

import { words } from '../check/report/words.ts';
import type { CheckSummary } from '../check/result.ts';
import type { Behaviour } from '../sandbox/behaviour.ts';
import { callbackText, settingsBlock } from '../sandbox/terminal.ts';
import type { Env } from '../system/env.ts';
import { exitCodes } from '../system/exit-codes.ts';
import { senderProfileOf } from '../tenant/sender-profile.ts';
import { counted } from '../text/count.ts';
import { printable } from '../text/terminal.ts';
import {
  checkForward,
  identityOf,
  pseudonymiseOf,
  refuseOwnAddress,
  secretOf,
  withFiles,
} from './options.ts';
import { Output } from './output.ts';
import { type Recorder, type RecorderOptions, startRecorder } from './recorder.ts';
import { conversationLine, greeting, looseLine, recordLines } from './terminal.ts';

export type RotationOptions = NonNullable<RecorderOptions['rotation']>;

export interface RunOptions
  extends Pick<RecorderOptions, 'folder' | 'host' | 'port' | 'idleMs' | 'hostNames' | 'fsync' | 'rotation'> {
  /** The real tenant that all requests are passed on to; when left out, the reference tenant answers. */
  forward?: { url: string; timeoutMs: number };
  /** A deliberate fault of the reference tenant. */
  behaviour?: Partial<Behaviour>;
  /** NAME in .env.NAME; .env when left out. */
  tenant?: string;
  /** Records are kept without personal data, as RECORD_PSEUDONYMISE says as well. */
  pseudonymise?: boolean;
}

/**
 * Starts a recorder that prints what it sees, and stops it with the report on a signal.
 * @throws CodedError; what listening throws, with its `code`
 */
export async function runRecorder(options: RunOptions, environment: Env): Promise<void> {
  const env = withFiles(environment, options.tenant);
  const { folder, host, port, idleMs, hostNames = [], fsync = false, forward, behaviour, rotation } = options;
  if (forward) {
    checkForward(forward.url, env);
    await refuseOwnAddress(forward.url, { host, port });
  }
  const sandbox = forward ? undefined : identityOf(env);
  const clientSecret = secretOf(env);
  const pseudonymise = pseudonymiseOf(env, options.pseudonymise ?? false);
  const [output, trouble] = [new Output(process.stdout), new Output(process.stderr)];
  const print = (text: string) => output.line(text);
  const recorder = await startRecorder({
    ...{ folder, host, port, idleMs, hostNames, fsync, profile: senderProfileOf(env) },
    ...(pseudonymise ? { pseudonymise } : {}),
    ...(rotation ? { rotation } : {}),
    tenant: sandbox
      ? { identity: sandbox.identity, ...(behaviour ? { behaviour } : {}) }
      : { forward: { ...forward!, env }, ...(clientSecret ? { clientSecret } : {}) },
    onRecord: (recorded) => recordLines(recorded, new Date()).forEach(print),
    onOver: (conversation, how) => print(conversationLine(conversation, how, new Date())),
    onLoose: (finding) => print(looseLine(finding)),
    onCallback: (line) => print(callbackText(line)),
    onTrouble: (text) => trouble.line(printable(text)),
    onReading: (lines) =>
      print(`Reading an earlier recording of ${counted(lines, 'line')}; the recorder listens after that.`),
  });
  stopOnSignal(recorder, output);
  if (recorder.settings) {
    // The user's own secret must not be printed; that of the sandbox is public.
    const { TENANT_CLIENT_SECRET: _, ...withoutSecret } = recorder.settings;
    print(settingsBlock(sandbox?.isOfSettings ? withoutSecret : recorder.settings));
  }
  print(greeting(recorder, { ...options, hasPseudonyms: pseudonymise !== undefined }));
}

/** The first signal stops the recorder in order, with the report; another one ends the process at once. */
function stopOnSignal(recorder: Recorder, output: Output): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) process.exit(exitCodes.inconclusive);
    stopping = true;
    const awaited = recorder.awaited();
    if (awaited > 0) {
      output.line(
        `Waiting for the answers to ${counted(awaited, 'request')}; press Ctrl-C again to stop at once.`,
      );
    }
    const summary = await recorder.stop();
    await output.last(report(summary), unreadMs);
    process.exit(exitCodes[summary.verdict]);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
}

/** How long the report waits for somebody to read it. */
const unreadMs = 2000;

function report(summary: CheckSummary): string {
  const { isTTY, columns } = process.stdout;
  const color = isTTY && process.stdout.hasColors() && !process.env.NO_COLOR;
  return words(summary, { color, ...(isTTY && columns > 0 ? { columns } : {}) });
}
