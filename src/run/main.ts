// A conformance run: cucumber's own, looked over before and judged after. Every cucumber option passes through.
import { runCucumber } from '@cucumber/cucumber/api';
import { CallbackListenError } from '../tenant/callback-listener.ts';
import { EnvFileError } from '../tenant/env-files.ts';
import { SettingsError } from '../tenant/settings.ts';
import { RunCollector } from '../verdict/collector.ts';
import { exitCode } from '../verdict/policy.ts';
import { readConfiguration } from './configuration.ts';
import { checkSettings, loadEnvironment } from './environment.ts';
import { announceInterrupt } from './interrupt.ts';
import { lateOutcomes } from './late-outcomes.ts';
import { ownOptions } from './options.ts';
import { plan } from './plan.ts';
import { RunError } from './run-error.ts';

/** Runs what the arguments ask for. @returns the exit code of the design (decision 4); it never throws */
export async function main(argv: string[]): Promise<number> {
  try {
    return await run(argv);
  } catch (error) {
    // Messages are shown as they are written for people; a stack would say where the harness noticed.
    const known = forPeople(error);
    console.error(known?.message ?? innermost(error));
    // Cucumber does not close its plugins when a formatter cannot be loaded: they would keep the process alive.
    setTimeout(() => process.exit(), 100).unref();
    return known instanceof RunError ? known.exitCode : 2;
  }
}

/** The error itself, or the one that cucumber has wrapped, when its message is meant for people. */
function forPeople(error: unknown): Error | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.message.startsWith('Failed to import formatter')) {
    return new RunError(2, `${error.message}: there is no such --format, or its module cannot be loaded`);
  }
  const known = [RunError, SettingsError, EnvFileError, CallbackListenError].some(
    (type) => error instanceof type,
  );
  return known ? error : forPeople(error.cause);
}

/** Cucumber wraps what went wrong in "Plugin … errored": what a person can act on is the cause. */
function innermost(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? innermost(error.cause) : error;
}

async function run(argv: string[]): Promise<number> {
  const options = ownOptions(argv);
  if (options.profile) process.env.TENANT_PROFILE = options.profile;
  if (options.failOn) process.env.FAIL_ON = options.failOn;
  loadEnvironment();
  checkSettings();
  const configuration = await readConfiguration(options);
  const { support, selected } = await plan(configuration);
  if (configuration.runtime.dryRun) {
    console.log(`${selected} scenarios are in order; nothing was sent.`);
    return 0;
  }
  const collector = new RunCollector();
  let interrupted = false;
  process.on('SIGINT', () => {
    if (interrupted) process.exit(130);
    interrupted = true;
    announceInterrupt();
  });
  await runCucumber({ ...configuration, support }, {}, collector.add);
  const code = codeOf(collector, selected, interrupted);
  if (lateOutcomes.length === 0 || code === 2) return code;
  console.error(`ASSIGN-CB-01 (must)  an outcome is posted once\n  ${lateOutcomes.join('\n  ')}`);
  return 1;
}

/** Fewer scenarios than were selected, or an error around the run, is never green. */
function codeOf(run: RunCollector, selected: number, interrupted: boolean): number {
  const verdicts = run.results.flatMap((result) => result.verdict ?? []);
  const code = exitCode(verdicts);
  if (run.exception) return 2;
  if (verdicts.length === selected || code === 1 || code === 2) return code;
  if (interrupted) return 3;
  console.error(`${selected - verdicts.length} of ${selected} scenarios did not run to their end.`);
  return 2;
}
