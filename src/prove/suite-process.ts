// A process that runs the suite again and again, one run after the other: the longest part of a short run is loading
// cucumber, the steps and the transport. Runs share nothing else.
import { PassThrough } from 'node:stream';
import type { ISupportCodeLibrary } from '@cucumber/cucumber/api';
import { useCompileCache } from '../system/compile-cache.ts';
import type { SuiteResult } from './judged-run.ts';

/** The message that starts a run; the process answers with a SuiteResult. */
export interface SuiteOrder {
  /** The settings of the run: its whole environment, besides the one that the process was started with. */
  settings: Record<string, string>;
  /** Scenarios as arguments of `npm test`; all of them when empty. */
  scenarios: readonly string[];
}

useCompileCache();
const { loadConfiguration, loadSupport, runCucumber } = await import('@cucumber/cucumber/api');
const { endedRun } = await import('../verdict/ended-run.ts');
const { judgedRun } = await import('./judged-run.ts');

const environment = { ...process.env };
let support: ISupportCodeLibrary | undefined;

process.on('message', async (order: SuiteOrder) => {
  process.send!(await run(order).catch(troubleOf));
});
// Nobody waits for an answer any more.
process.on('disconnect', () => process.exit());

async function run({ settings, scenarios }: SuiteOrder): Promise<SuiteResult> {
  // A run leaves messages for its workers in the environment.
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment, settings);
  const { runConfiguration } = await loadConfiguration({
    file: 'src/prove/cucumber.js',
    provided: [...scenarios],
  });
  support ??= (await loadSupport(runConfiguration)) as ISupportCodeLibrary;
  const before = endedRun();
  const silent = { stdout: new PassThrough().resume(), stderr: new PassThrough().resume() };
  await runCucumber({ ...runConfiguration, support }, silent);
  const ended = endedRun();
  if (!ended || ended === before) return { trouble: 'the run ended before it was judged' };
  if (ended.report.verdict !== 'error') return judgedRun(ended);
  return { trouble: `the harness failed: ${ended.report.reasons.join('; ')}` };
}

/** Cucumber wraps errors: the innermost one says what went wrong. */
function troubleOf(error: unknown): SuiteResult {
  if (error instanceof Error && error.cause instanceof Error) return troubleOf(error.cause);
  return { trouble: error instanceof Error ? error.message : String(error) };
}
