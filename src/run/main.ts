// A conformance run: that of cucumber, checked before and judged after. Every cucumber option passes through.
import { type IRunConfiguration, runCucumber } from '@cucumber/cucumber/api';
import { CodedError } from '../errors/coded-error.ts';
import { inWords } from '../errors/in-words.ts';
import type { Env } from '../system/env.ts';
import { afterInterrupt, afterTermination, exitCodes } from '../system/exit-codes.ts';
import { noteWritten } from '../system/made-files.ts';
import { argumentsFromWhereTyped } from '../system/typed-path.ts';
import { ownRateInWords } from '../tenant/own-rate.ts';
import { readSettings, reportsDirOf, usesEmbeddedSandbox } from '../tenant/settings.ts';
import { counted } from '../text/count.ts';
import { harmless } from '../text/terminal.ts';
import { type EndedRun, endedRun } from '../verdict/ended-run.ts';
import { type Asked, askedOf, configurationWith } from './asked.ts';
import { Canary } from './canary.ts';
import { printHelpOfCucumber, readConfiguration } from './configuration.ts';
import { runThatNeverBegan, testedTenant, withError } from './end-of-run.ts';
import { checkSettings, loadEnvironment } from './environment.ts';
import { asInTheLastRun, totalOf } from './expected-requests.ts';
import { announceInterrupt } from './interrupt.ts';
import { lastRun } from './last-run.ts';
import { help, type OwnOptions, ownOptions } from './options.ts';
import { plan } from './plan.ts';
import { checkVersion, withoutLater } from './requirements-of-version.ts';
import {
  asItRan,
  folderOfRerun,
  type LastRun,
  nothingToRun,
  type OpenLastRun,
  onlyRerun,
  refuseOther,
  type Updated,
} from './rerun.ts';
import { secretsFound } from './secret-search.ts';
import { allSelected, selectionInWords } from './selection.ts';
import { updateDeviations, updateObservations } from './update-files.ts';

/** @returns the reports of this process that could not be written, each with the reason */
type WriteReports = (run: EndedRun, folder: string) => Promise<ReadonlyMap<string, string>>;

/** What is done by parts that this one does not know. */
export interface Others {
  /** Of a run that ended before its first scenario: no formatter was there yet. */
  writeReports: WriteReports;
  openLastRun: OpenLastRun;
  /** Hears of each run that comes to a verdict. */
  judged?(run: EndedRun): void;
  /** The file of the command, which --watch starts for each run. */
  command: string;
}

/**
 * Runs what the arguments ask for.
 * @returns the exit code of the design (decision 4); it never throws
 */
export async function main(argv: string[], others: Others): Promise<number> {
  const canary = new Canary();
  canary.watchTerminal();
  const code = await run(argv, canary, others).catch(notRun);
  const trouble = await secretsFound(canary);
  if (trouble.length === 0) return code;
  for (const text of trouble) console.error(harmless(text));
  const ended = endedRun();
  if (ended) await others.writeReports(withError(ended, trouble.join('\n')), reportsDirOf(process.env));
  return exitCodes.error;
}

/** @returns the exit code of a run that could not be begun, or not be ended */
function notRun(error: unknown): number {
  // Messages are shown as they are written for people; a stack would say where the harness noticed.
  const known = forPeople(error);
  // File names and settings are quoted in them: whoever chose those must not steer a terminal.
  console.error(harmless(inWords(known ?? innermost(error))));
  return exitSoon(known?.exitCode ?? exitCodes.error);
}

/** Only when all is written. @returns the code */
function exitSoon(code: number): number {
  // Cucumber does not close its plugins when a formatter cannot be loaded: they would keep the process alive.
  setTimeout(() => process.exit(process.exitCode ?? code), 200).unref();
  return code;
}

/**
 * A tenant that cannot be reached, or a set-up that it does not accept, is reported. @returns the exit code
 * @throws the error, when it is another one
 */
async function notJudged(error: unknown, asked: Asked, { writeReports, judged }: Others): Promise<number> {
  const known = forPeople(error);
  if (!known || !['TENANT_UNREACHABLE', 'TENANT_BUSY', 'SETUP_REFUSED'].includes(known.code)) throw error;
  console.error(harmless(known.message));
  const settings = readSettings(process.env);
  const tenant = testedTenant(settings, process.env);
  const { ended, trouble } = await runThatNeverBegan({ settings, tenant, asked }, known.message);
  for (const text of trouble) console.error(harmless(text));
  const unwritten = await writeReports(ended, settings.reportsDir);
  judged?.(ended);
  if (unwritten.size > 0) throw unwrittenError(unwritten);
  const profile = tenant.profile ? ` -- --tenant ${tenant.profile}` : '';
  console.error(
    `npm run doctor${profile} looks closer. The reports say so too: ${harmless(settings.reportsDir)}`,
  );
  return exitSoon(known.exitCode);
}

/** Cucumber closes the file of a report that the full disk has closed before. That it is not written is noted by then. */
function isOnlyOfClosedFile(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ERR_STREAM_DESTROYED' && endedRun() !== undefined;
}

/** The error itself, or the one that cucumber has wrapped, when its message is meant for people. */
function forPeople(error: unknown): CodedError | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.message.startsWith('Failed to import formatter')) {
    const why = innermost(error);
    const detail = why instanceof Error && why !== error ? ` (${why.message.split('\n')[0]})` : '';
    return new CodedError(
      'FORMAT_UNKNOWN',
      `${error.message}: there is no such --format, or its module cannot be loaded${detail}`,
    );
  }
  return error instanceof CodedError ? error : forPeople(error.cause);
}

/** Of the last run of the same scenarios; undefined when there was none, and for the embedded sandbox, whose number is known. */
async function requestsBefore(words: string, env: Env): Promise<number | undefined> {
  if (usesEmbeddedSandbox(env)) return undefined;
  const settings = readSettings(env);
  const before = await lastRun(settings, { tenant: testedTenant(settings, env), selection: { words } });
  return before?.requests;
}

/** Cucumber wraps what went wrong in "Plugin … errored": what a person can act on is the cause. */
function innermost(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? innermost(error.cause) : error;
}

function unwrittenError(unwritten: ReadonlyMap<string, string>): CodedError {
  const rows = [...unwritten].map(([name, why]) => `  ${name}: ${why}`);
  const where = `Reports could not be written to ${reportsDirOf(process.env)}:`;
  return new CodedError(
    'REPORTS_UNWRITABLE',
    [where, ...rows, 'Check the space on the disk and the rights, and run again.'].join('\n'),
  );
}

/** Workers and plugins read what was asked for in the environment. */
function applyToEnvironment(options: OwnOptions): void {
  if (options.profile) process.env.TENANT_PROFILE = options.profile;
  if (options.failOn) process.env.FAIL_ON = options.failOn;
  if (options.deep) process.env.CONFORMANCE_DEEP = 'true';
  if (options.values) process.env.CONFORMANCE_VALUES = options.values;
  if (options.updateObservations) process.env.CONFORMANCE_OBSERVE = 'anew';
}

/** Ctrl-C, what a CI and a container send when the time is up, and the end of the terminal. */
const endings = { SIGINT: afterInterrupt, SIGTERM: afterTermination, SIGHUP: afterTermination } as const;

/** The first of them ends the run with its reports, the second one at once. */
function endOnSecondInterrupt(): void {
  let interrupted = false;
  for (const [signal, code] of Object.entries(endings)) {
    process.on(signal, () => {
      if (interrupted) process.exit(code);
      interrupted = true;
      announceInterrupt();
    });
  }
}

async function run(argv: string[], canary: Canary, others: Others): Promise<number> {
  const { writeReports, judged } = others;
  if (argv.some((argument) => ['--help', '-h'].includes(argument))) {
    console.log(help);
    await printHelpOfCucumber();
  }
  const options = ownOptions(argumentsFromWhereTyped(argv));
  if (options.watch) return (await import('./watch.ts')).watchRuns(argv, options, others.command);
  applyToEnvironment(options);
  loadEnvironment();
  const reports = reportsDirOf(process.env);
  const toUpdate = options.rerun && (await others.openLastRun(reports));
  if (toUpdate) asItRan(toUpdate.head, options, process.env);
  if (options.requirements !== undefined) checkVersion(options.requirements);
  process.env.CONFORMANCE_REQUIREMENTS_OF = options.requirements ?? '';
  checkSettings();
  if (toUpdate) {
    process.env.REPORTS_DIR = folderOfRerun(reports);
    process.env.CONFORMANCE_RERUN = 'true';
  }
  // The formats in it are of that folder.
  const configuration = await readConfiguration(options);
  if (toUpdate) {
    onlyRerun(configuration);
    const { paths, count } = toUpdate.select(options.rerun!);
    refuseOther(toUpdate, askedAgain(configuration, options, toUpdate), process.env);
    if (count === 0) {
      console.log(nothingToRun(toUpdate, options.rerun!, process.env));
      return exitCodes[toUpdate.report.verdict];
    }
    configuration.sources.paths = paths;
    configuration.sources.defaultDialect = toUpdate.head.selection!.language;
  }
  const [, shards] = configuration.sources.shard?.split('/') ?? [];
  if (shards) process.env.CONFORMANCE_SHARDS = shards;
  const asked = askedAgain(configuration, options, toUpdate);
  if (options.requirements !== undefined) {
    const { sources } = configuration;
    sources.tagExpression = withoutLater(sources.tagExpression, options.requirements);
  }
  const selectionWords = selectionInWords({ ...asked.sources, ...asked });
  const { support, selected, expected: ofReference } = await plan(configuration, process.env, selectionWords);
  const expected = asInTheLastRun(
    ofReference,
    await requestsBefore(selectionWords || allSelected, process.env),
  );
  if (configuration.runtime.dryRun) {
    const inAll = `about ${counted(Math.round(totalOf(expected)), 'request')}`;
    console.log(`${selected} scenarios with ${inAll} have no errors; nothing was sent.`);
    return 0;
  }
  const rate = ownRateInWords(process.env);
  if (rate) console.error(rate);
  endOnSecondInterrupt();
  for (const target of Object.keys(configuration.formats.files)) noteWritten(target);
  try {
    await runCucumber({ ...configurationWith(configuration, asked, expected), support }, {}, canary.listen);
  } catch (error) {
    if (!isOnlyOfClosedFile(error)) return notJudged(error, asked, others);
  }
  const ended = endedRun();
  if (!ended)
    throw new CodedError(
      'PLUGIN_MISSING',
      'The run ended before it was judged: is src/run/plugin.ts configured?',
    );
  const result = toUpdate
    ? await updated(toUpdate, reports)
    : { ended, unwritten: await writeReports(ended, reports) };
  judged?.(result.ended);
  return over(options, result);
}

function askedAgain(
  configuration: IRunConfiguration,
  { requirements, updateDeviations: updatesDeviations }: OwnOptions,
  lastRun: LastRun | undefined,
): Asked {
  const again = lastRun?.head.selection;
  const sources = { ...configuration.sources };
  const asked = { ...askedOf({ ...configuration, sources }, requirements), updatesDeviations };
  return again ? { ...asked, again } : asked;
}

/** The reports of the last run, with what was run again in them. */
async function updated(lastRun: LastRun, reports: string): Promise<Updated> {
  process.env.REPORTS_DIR = reports;
  process.env.CONFORMANCE_RERUN = '';
  const update = await lastRun.update(folderOfRerun(reports));
  console.log(update.words);
  return update;
}

/** @returns the exit code */
function over(
  { updateDeviations: deviations, updateObservations: observations }: OwnOptions,
  { ended, unwritten }: Pick<Updated, 'ended' | 'unwritten'>,
): number {
  if (deviations) console.log(harmless(updateDeviations(ended, process.env)));
  if (observations) console.log(harmless(updateObservations(ended, process.env)));
  if (unwritten.size > 0) throw unwrittenError(unwritten);
  return exitCodes[ended.report.verdict];
}
