// What surrounds a run, with `npm test` and with a bare `npx cucumber-js`: the embedded sandbox when no tenant is
// configured, the callback listener, the transport of the workers, the folder for the reports. Workers find it all in the environment.
import { randomBytes } from 'node:crypto';
import type { Plugin, PluginCleanup } from '@cucumber/cucumber/api';
import { randomIdentity, startSandbox } from '../sandbox/server.ts';
import { publishDeliveries } from '../tenant/callback-inbox.ts';
import { startCallbackListener } from '../tenant/callback-listener.ts';
import { readSettings, usesEmbeddedSandbox } from '../tenant/settings.ts';
import { RunCollector } from '../verdict/collector.ts';
import { keepEndedRun } from '../verdict/ended-run.ts';
import { type Asked, optionsKey, type PluginOptions } from './asked.ts';
import { endRun, testedTenant } from './end-of-run.ts';
import { checkSettings } from './environment.ts';
import { gate } from './gate.ts';
import { listenForInterrupt } from './interrupt.ts';
import { watchOutcomes } from './late-outcomes.ts';
import { readProfileFiles } from './profile-files.ts';
import { prepareReports } from './reports-folder.ts';
import { shareWithWorkers } from './sender.ts';

type Close = () => Promise<void> | void;

const plugin: Plugin<PluginOptions> = {
  type: 'plugin',
  optionsKey,
  async coordinator({ logger, on, options }): Promise<PluginCleanup | undefined> {
    // Cucumber passes a plugin none of its own options.
    if (process.argv.some((argument) => ['--dry-run', '-d'].includes(argument))) return undefined;
    const run = new RunCollector();
    on('message', run.add);
    const closers: Close[] = [];
    const close = async () => {
      for (const step of closers.reverse()) await step();
    };
    try {
      await surround(run, options.asked, closers, (text) => logger.warn(text));
    } catch (error) {
      await close();
      throw error;
    }
    return close;
  },
};

export default plugin;

async function surround(
  run: RunCollector,
  asked: Asked | undefined,
  closers: Close[],
  warn: (text: string) => void,
): Promise<void> {
  const env = process.env;
  checkSettings();
  env.CONFORMANCE_RUN ??= randomBytes(3).toString('hex');
  if (usesEmbeddedSandbox(env)) {
    const sandbox = await startSandbox({ identity: randomIdentity() });
    closers.push(() => sandbox.close());
    Object.assign(env, sandbox.settings, { CONFORMANCE_EMBEDDED: 'true' });
    env.CALLBACK_TIMEOUT_MS ||= '2000';
  }
  const settings = readSettings(env);
  const { deviations } = readProfileFiles(env);
  for (const text of await prepareReports(settings.reportsDir)) warn(text);
  const listener = await startCallbackListener({
    host: settings.callback.host,
    port: settings.callback.port,
  });
  closers.push(() => listener.close());
  env.CALLBACK_PUBLIC_URL ||= listener.url;
  const published = publishDeliveries(listener);
  const lateOutcomes = watchOutcomes(listener, published);
  const interruption = listenForInterrupt();
  closers.push(() => interruption.close());
  const startedAt = Date.now();
  const tenant = testedTenant(settings, env);
  const judge = async () => {
    const { interrupted } = interruption;
    const facts = { startedAt, late: lateOutcomes(), known: deviations, interrupted };
    const { ended, trouble } = await endRun({ run, settings, tenant, asked, ...facts });
    keepEndedRun(ended);
    for (const text of trouble) warn(text);
  };
  let begun = false;
  closers.push(async () => {
    if (begun) await judge();
    const strangers = listener.unexpected().filter(({ issued }) => !issued).length;
    if (strangers > 0) warn(`${strangers} callbacks came to paths that this run never gave out`);
    const dropped = listener.dropped();
    if (dropped > 0) warn(`${dropped} callbacks were too many or too large to keep; they were only counted`);
    published.close();
  });
  const latencyMs = await gate(env, warn);
  if (latencyMs !== undefined) env.CONFORMANCE_LATENCY_MS = `${latencyMs}`;
  const shared = shareWithWorkers(settings, env);
  closers.push(() => shared.close());
  begun = true;
}
