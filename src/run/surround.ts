// What surrounds a run: the embedded sandbox when no tenant is configured, the callback listener, the transport of the workers,
// the folder for the reports. Workers find it all in the environment.
import { randomBytes } from 'node:crypto';
import type { Envelope } from '@cucumber/messages';
import { MessageFile, messageFileName, runEndType, runHeadType } from '../evidence/message-file.ts';
import { publishDeliveries } from '../tenant/callback-inbox.ts';
import { startCallbackListener } from '../tenant/callback-listener.ts';
import { isKnownReachable } from '../tenant/callback-reach.ts';
import { readSettings } from '../tenant/settings.ts';
import type { RunCollector } from '../verdict/collector.ts';
import { keepEndedRun } from '../verdict/ended-run.ts';
import type { Asked } from './asked.ts';
import { startEmbedded } from './embedded-sandbox.ts';
import { endRun, stoppedBecause, testedTenant } from './end-of-run.ts';
import { checkSettings } from './environment.ts';
import { gate } from './gate.ts';
import { listenForInterrupt } from './interrupt.ts';
import { watchOutcomes } from './late-outcomes.ts';
import { readProfileFiles } from './profile-files.ts';
import { prepareReports } from './reports-folder.ts';
import { type RunEnd, runHead } from './run-head.ts';
import { shareWithWorkers } from './sender.ts';
import { shareKnowledge } from './tenant-knowledge.ts';

export type Close = () => Promise<void> | void;
export type Listen = (listener: (envelope: Envelope) => void) => void;

export interface Surrounded {
  run: RunCollector;
  asked: Asked | undefined;
  /** What is to be closed when the run is over, the last one first. */
  closers: Close[];
  listen: Listen;
  warn: (text: string) => void;
}

export async function surround({ run, asked, closers, listen, warn }: Surrounded): Promise<void> {
  const env = process.env;
  checkSettings();
  env.CONFORMANCE_RUN ??= randomBytes(3).toString('hex');
  const sandbox = await startEmbedded(env);
  if (sandbox) {
    closers.push(() => sandbox.close());
    env.CALLBACK_TIMEOUT_MS ||= '2000';
  }
  const settings = readSettings(env);
  const files = readProfileFiles(env);
  shareKnowledge(files);
  for (const text of await prepareReports(settings.reportsDir)) warn(text);
  const listener = await startCallbackListener({
    host: settings.callback.host,
    port: settings.callback.port,
  });
  closers.push(() => listener.close());
  env.CALLBACK_PUBLIC_URL ||= listener.url;
  const known = isKnownReachable(settings.url, env.CALLBACK_PUBLIC_URL, listener.url);
  const published = publishDeliveries(listener, known);
  const lateOutcomes = watchOutcomes(listener, published);
  const interruption = listenForInterrupt();
  closers.push(() => interruption.close());
  const startedAt = Date.now();
  const tenant = testedTenant(settings, env);
  const messages = new MessageFile(settings.reportsDir);
  messages.note(runHeadType, runHead({ settings, tenant, asked, files, startedAt }, env));
  listen(messages.add);
  const judge = async () => {
    const { interrupted } = interruption;
    const late = lateOutcomes();
    const facts = { startedAt, late, known: files.deviations, interrupted };
    const over = { run, settings, tenant, asked, ...facts };
    const { ended, trouble } = await endRun(over);
    const endedAt = new Date().toISOString();
    messages.note(runEndType, { endedAt, late, ...stoppedBecause(over) } satisfies RunEnd);
    const unwritten = messages.close();
    keepEndedRun(unwritten ? { ...ended, unwritten: { [messageFileName]: unwritten } } : ended);
    for (const text of trouble) warn(text);
  };
  let begun = false;
  closers.push(async () => {
    if (begun) await judge();
    else messages.close();
    const strangers = listener.unexpected().filter(({ issued }) => !issued).length;
    if (strangers > 0) warn(`${strangers} callbacks came to paths that this run never gave out`);
    const dropped = listener.dropped();
    if (dropped > 0) warn(`${dropped} callbacks were too many or too large to keep; they were only counted`);
    published.close();
  });
  const first = await gate(env, warn).catch((error: Error) => {
    const trouble = error.message;
    messages.note(runEndType, { endedAt: new Date().toISOString(), late: [], trouble } satisfies RunEnd);
    throw error;
  });
  if (first?.latencyMs !== undefined) env.CONFORMANCE_LATENCY_MS = `${first.latencyMs}`;
  env.CONFORMANCE_TAKES_ANYTHING = first?.takesAnything ? 'true' : '';
  const shared = shareWithWorkers(settings, env);
  closers.push(() => shared.close());
  begun = true;
}
