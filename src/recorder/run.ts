// npm run sandbox -- --record: from the options to the exit code.

import { words } from '../check/report/words.ts';
import type { CheckSummary } from '../check/result.ts';
import type { Behaviour } from '../sandbox/behaviour.ts';
import { callbackText, settingsBlock } from '../sandbox/terminal.ts';
import type { Env } from '../system/env.ts';
import { exitCodes } from '../system/exit-codes.ts';
import { printable } from '../text/terminal.ts';
import { checkForward, identityOf, profileOf, secretOf, withFiles } from './options.ts';
import { type Recorder, type RecorderOptions, startRecorder } from './recorder.ts';
import { conversationLine, greeting, looseLine, recordLines } from './terminal.ts';

export interface RunOptions extends Pick<RecorderOptions, 'folder' | 'host' | 'port' | 'idleMs'> {
  /** The real tenant that everything is passed on to; the reference tenant answers when left out. */
  forward?: { url: string; timeoutMs: number };
  /** A deliberate fault of the reference tenant. */
  behaviour?: Partial<Behaviour>;
  /** NAME of .env.NAME; .env when left out. */
  tenant?: string;
}

/**
 * Starts a recorder that tells on the terminal what it sees, and ends with the report when it is told to.
 * @throws CodedError; what listening throws, with its `code`
 */
export async function runRecorder(options: RunOptions, environment: Env): Promise<void> {
  const env = withFiles(environment, options.tenant);
  const { folder, host, port, idleMs, forward, behaviour } = options;
  if (forward) checkForward(forward.url, env);
  const own = forward ? undefined : identityOf(env);
  const clientSecret = secretOf(env);
  const recorder = await startRecorder({
    ...{ folder, host, port, idleMs, profile: profileOf(env) },
    tenant: own
      ? { identity: own.identity, ...(behaviour ? { behaviour } : {}) }
      : { forward: { ...forward!, env }, ...(clientSecret ? { clientSecret } : {}) },
    onRecord: (told) => recordLines(told, new Date()).forEach(say),
    onOver: (conversation, how) => say(conversationLine(conversation, how, new Date())),
    onLoose: (finding) => say(looseLine(finding)),
    onCallback: (line) => say(callbackText(line)),
    onTrouble: (text) => console.error(printable(text)),
  });
  endOnSignal(recorder);
  if (recorder.settings) {
    // A secret of the reader's own is nothing for a terminal; that of the sandbox is public.
    const { TENANT_CLIENT_SECRET: _, ...withoutSecret } = recorder.settings;
    say(settingsBlock(own?.isOfSettings ? withoutSecret : recorder.settings));
  }
  say(greeting(recorder, options));
}

function say(text: string): void {
  console.log(text);
}

/** The first signal ends in order, with the report; another one ends at once. */
function endOnSignal(recorder: Recorder): void {
  let ending = false;
  const end = async () => {
    if (ending) process.exit(exitCodes.inconclusive);
    ending = true;
    const waited = recorder.inFlight();
    if (waited > 0)
      say(`Waiting for the answers to ${waited} of the requests; Ctrl-C again ends it at once.`);
    const summary = await recorder.stop();
    process.stdout.write(`${report(summary)}\n`, () => process.exit(exitCodes[summary.verdict]));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  // Whoever reads the terminal may go away, as in `… | head`; what is recorded matters more.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

function report(summary: CheckSummary): string {
  const { isTTY, columns } = process.stdout;
  const color = isTTY && process.stdout.hasColors() && !process.env.NO_COLOR;
  return words(summary, { color, ...(isTTY && columns > 0 ? { columns } : {}) });
}
