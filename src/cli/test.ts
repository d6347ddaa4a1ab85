// `npm test`: cucumber's own run, looked over before and judged after. Every cucumber option passes through.
import { type IRunConfiguration, loadConfiguration, runCucumber } from '@cucumber/cucumber/api';
import { checkSettings, loadEnvironment } from '../run/environment.ts';
import { announceInterrupt } from '../run/interrupt.ts';
import { ownOptions } from '../run/options.ts';
import { plan } from '../run/plan.ts';
import { RunError } from '../run/run-error.ts';
import { CallbackListenError } from '../tenant/callback-listener.ts';
import { EnvFileError } from '../tenant/env-files.ts';
import { SettingsError } from '../tenant/settings.ts';
import { RunCollector } from '../verdict/collector.ts';
import { exitCode } from '../verdict/policy.ts';

// Messages are shown as they are written for people; a stack would say where the harness noticed.
process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  const known = forPeople(error);
  console.error(known?.message ?? error);
  return known instanceof RunError ? known.exitCode : 2;
});

/** The error itself, or the one that cucumber has wrapped, when its message is meant for people. */
function forPeople(error: unknown): Error | undefined {
  if (!(error instanceof Error)) return undefined;
  const known = [RunError, SettingsError, EnvFileError, CallbackListenError].some(
    (type) => error instanceof type,
  );
  return known ? error : forPeople(error.cause);
}

async function main(argv: string[]): Promise<number> {
  const { profile, failOn, cucumber, configFile, configProfiles } = ownOptions(argv);
  if (profile) process.env.TENANT_PROFILE = profile;
  if (failOn) process.env.FAIL_ON = failOn;
  loadEnvironment();
  checkSettings();
  const configuration = await readConfiguration(cucumber, configFile, configProfiles);
  const { support, selected } = await plan(configuration, {});
  if (configuration.runtime.dryRun) {
    console.log(`${selected} scenarios are in order; nothing was sent.`);
    return 0;
  }
  const run = new RunCollector();
  let interrupted = false;
  process.on('SIGINT', () => {
    if (interrupted) process.exit(130);
    interrupted = true;
    announceInterrupt();
  });
  await runCucumber({ ...configuration, support }, {}, run.add);
  return codeOf(run, selected, interrupted);
}

/** Fewer scenarios than were selected, or an error around the run, is never green. */
function codeOf(run: RunCollector, selected: number, interrupted: boolean): number {
  const verdicts = run.results.flatMap((result) => result.verdict ?? []);
  const code = exitCode(verdicts);
  if (run.exception) return 2;
  if (verdicts.length === selected || code === 1 || code === 2) return code;
  if (!interrupted)
    console.error(`${selected - verdicts.length} of ${selected} scenarios did not run to their end.`);
  return interrupted ? 3 : 2;
}

/** Cucumber's parser ends the process with 1 for an unknown option, which would mean "non-conformant". */
async function readConfiguration(
  provided: string[],
  file: string | undefined,
  profiles: string[],
): Promise<IRunConfiguration> {
  const usedWrongly = (code: number) => {
    if (code === 1) process.exitCode = 2;
  };
  process.on('exit', usedWrongly);
  try {
    const { runConfiguration } = await loadConfiguration(
      { provided, profiles, ...(file ? { file } : {}) },
      {},
    );
    checkShard(runConfiguration.sources.shard);
    return runConfiguration;
  } finally {
    process.off('exit', usedWrongly);
  }
}

function checkShard(shard: string | undefined): void {
  if (!shard) return;
  const [index = 0, total = 0] = /^(\d+)\/(\d+)$/.exec(shard)?.slice(1).map(Number) ?? [];
  if (index < 1 || index > total) {
    throw new RunError(2, `--shard ${shard}: must be INDEX/TOTAL with INDEX from 1 to TOTAL, like 1/4`);
  }
}
