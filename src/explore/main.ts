// The command `npm run explore`: opens the way to the tenant, explores, writes what was found, and says how it ended.
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CodedError } from '../errors/coded-error.ts';
import { Canary } from '../run/canary.ts';
import { testedTenant } from '../run/end-of-run.ts';
import { secretsFound } from '../run/secret-search.ts';
import { codeOf } from '../system/error-code.ts';
import { afterInterrupt, afterTermination, exitCodes } from '../system/exit-codes.ts';
import { makeFolder } from '../system/make-folder.ts';
import { replaceFile } from '../system/replace-file.ts';
import { terminalJson } from '../text/json.ts';
import { harmless } from '../text/terminal.ts';
import { type Exploration, explore, type Found } from './explore.ts';
import { featureName, featureOf } from './feature.ts';
import { type ExplorationReport, explorationReport, verdictOn } from './report.ts';
import { type ExploreSession, openExploreSession } from './session.ts';
import { explorationInWords } from './words.ts';

export interface ExploreCommand {
  seed: number;
  requests?: number;
  minutes?: number;
  concurrency: number;
  plainValues: boolean;
  /** For the scenarios. */
  folder: string;
  /** File for the report as JSON. */
  json?: string;
  /** Of the report on standard output. */
  format: 'words' | 'json';
}

export const defaultRequests = 600;
/** Where scenarios are written. */
export const defaultFolder = 'explored';
const signals = ['SIGINT', 'SIGTERM'] as const;
const progressEveryMs = 10_000;

/** @returns the exit code of the design */
export async function exploreTenant(command: ExploreCommand): Promise<number> {
  const { env } = process;
  const abort = new AbortController();
  const onInterrupt = (signal: NodeJS.Signals) => {
    if (abort.signal.aborted) process.exit(signal === 'SIGINT' ? afterInterrupt : afterTermination);
    abort.abort();
    console.error('Interrupted: what is open is ended, then comes the report. Once more ends at once.');
  };
  for (const signal of signals) process.on(signal, onInterrupt);
  await checkPlaces(command);
  const session = await openExploreSession(env, (text) => console.error(text));
  try {
    const startedAt = new Date().toISOString();
    const exploration = await explored(session, command, abort.signal);
    const features = scenariosOf(exploration, command, session.redact);
    const report = explorationReport(exploration, {
      tenant: testedTenant(session.settings, env),
      seed: command.seed,
      concurrency: command.concurrency,
      command: commandLine(command),
      startedAt,
      failOn: session.settings.failOn,
      known: session.deviations,
      redact: session.redact,
      featureOf: (found) => features.get(found)?.file ?? null,
    });
    console.log(command.format === 'json' ? terminalJson(report, 2) : harmless(explorationInWords(report)));
    const problems = await write(report, [...features.values()], command);
    const trouble = await secretsFound(new Canary());
    for (const text of trouble) console.error(harmless(text));
    if (problems.length > 0) throw unwritable(problems);
    return trouble.length > 0 ? exitCodes.error : exitCodes[report.verdict];
  } finally {
    for (const signal of signals) process.off(signal, onInterrupt);
    await session.close();
  }
}

async function explored(
  { reached, settings, deviations: known, redact }: ExploreSession,
  { seed, requests, minutes, concurrency, plainValues }: ExploreCommand,
  signal: AbortSignal,
): Promise<Exploration> {
  let sent = 0;
  let found = 0;
  const say = () => console.error(`${sent} requests so far, ${found} findings`);
  const timer = setInterval(say, progressEveryMs);
  try {
    const options = {
      seed,
      concurrency,
      plainValues,
      ...(requests === undefined && minutes !== undefined
        ? {}
        : { maxRequests: requests ?? defaultRequests }),
      ...(minutes === undefined ? {} : { maxMs: minutes * 60_000 }),
      refusesWrongOrder: settings.wrongOrder === 'refused',
      givenCustomFields: settings.dialect.customFields === 'sent',
      fails: ({ requirement, message }: Pick<Found, 'requirement' | 'message'>) =>
        verdictOn({ requirement, message: redact(message) }, { known, failOn: settings.failOn }) === 'fail',
    };
    return await explore(reached, options, signal, (now) => {
      sent = now.requests;
      found = now.found;
    });
  } finally {
    clearInterval(timer);
  }
}

interface Scenario {
  file: string;
  text: string;
}

/** A scenario for each failure that happens again. */
function scenariosOf(
  { found }: Exploration,
  command: ExploreCommand,
  redact: (text: string) => string,
): ReadonlyMap<Found, Scenario> {
  const scenarios = new Map<Found, Scenario>();
  const origin = { seed: command.seed, command: commandLine(command), redact };
  for (const one of found) {
    const text = one.isRepeatable ? featureOf(one, origin) : undefined;
    if (text === undefined) continue;
    const file = path.join(command.folder, featureName(one, origin)).replaceAll('\\', '/');
    scenarios.set(one, { file, text });
  }
  return scenarios;
}

/** @returns what could not be written */
async function write(
  report: ExplorationReport,
  scenarios: readonly Scenario[],
  { json }: ExploreCommand,
): Promise<string[]> {
  const files = [
    ...scenarios,
    ...(json === undefined ? [] : [{ file: json, text: `${JSON.stringify(report, null, 2)}\n` }]),
  ];
  const problems: string[] = [];
  for (const { file, text } of files) {
    try {
      makeFolder(path.dirname(file));
      await replaceFile(file, text);
    } catch (error) {
      problems.push(problemWith(file, error));
    }
  }
  return problems;
}

/** Before anything is sent: what an hour has found must not be lost to a folder without rights. @throws CodedError */
async function checkPlaces({ folder, json }: ExploreCommand): Promise<void> {
  const problems: string[] = [];
  const places = new Map([
    [folder, folder],
    ...(json === undefined ? [] : ([[path.dirname(json), json]] as const)),
  ]);
  for (const [place, name] of places) {
    try {
      await tryToWrite(place);
      if (name !== place && statSync(name, { throwIfNoEntry: false })?.isDirectory())
        problems.push(`${name} cannot be written: it is a folder.`);
    } catch (error) {
      problems.push(problemWith(name, error));
    }
  }
  if (problems.length > 0) throw unwritable(problems);
}

/** Leaves no trace. @throws what making the folder, or writing into it, throws */
async function tryToWrite(folder: string): Promise<void> {
  const made = makeFolder(folder);
  try {
    const file = path.join(folder, `.${randomUUID()}.tmp`);
    await writeFile(file, '', { flag: 'wx' });
    await rm(file);
  } finally {
    if (made !== undefined) await rm(made, { recursive: true, force: true });
  }
}

function problemWith(file: string, error: unknown): string {
  return `${file} cannot be written: ${codeOf(error) ?? (error as Error).message}.`;
}

function unwritable(problems: readonly string[]): CodedError {
  return new CodedError(
    'REPORTS_UNWRITABLE',
    [...problems, 'Check the folder and its rights, and run again.'].join('\n'),
  );
}

/** What repeats the exploration: with one request at a time, to the letter. */
function commandLine({ seed, requests, minutes, concurrency, plainValues }: ExploreCommand): string {
  const profile = process.env.TENANT_PROFILE;
  const options = [
    ...(profile ? [`--tenant ${profile}`] : []),
    `--seed ${seed}`,
    ...(requests === undefined ? [] : [`--requests ${requests}`]),
    ...(minutes === undefined ? [] : [`--minutes ${minutes}`]),
    ...(concurrency === 1 ? [] : [`--concurrency ${concurrency}`]),
    ...(plainValues ? ['--plain-values'] : []),
  ];
  return `npm run explore -- ${options.join(' ')}`;
}
