// The command `npm run explore`: opens the way to the tenant, explores, writes what was found, and says how it ended.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { CodedError, withCode } from '../errors/coded-error.ts';
import { Canary } from '../run/canary.ts';
import { codeOf } from '../system/error-code.ts';
import { afterInterrupt, exitCodes } from '../system/exit-codes.ts';
import { writtenFiles } from '../system/made-files.ts';
import { replaceFile } from '../system/replace-file.ts';
import { harmless } from '../text/terminal.ts';
import { type Exploration, explore, type Found } from './explore.ts';
import { featureName, featureOf } from './feature.ts';
import { type ExplorationReport, explorationReport } from './report.ts';
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
}

export const defaultRequests = 600;
/** Where scenarios are written. */
export const defaultFolder = 'explored';
const progressEveryMs = 10_000;

/** @returns the exit code of the design */
export async function exploreTenant(command: ExploreCommand): Promise<number> {
  const { env } = process;
  const abort = new AbortController();
  const onInterrupt = () => {
    if (abort.signal.aborted) process.exit(afterInterrupt);
    abort.abort();
    console.error('Interrupted: what is open is ended, then comes the report. Once more ends at once.');
  };
  process.on('SIGINT', onInterrupt);
  const session = await openExploreSession(env, (text) => console.error(text));
  try {
    const startedAt = new Date().toISOString();
    const exploration = await explored(session, command, abort.signal);
    const features = await written(exploration, command);
    const report = explorationReport(exploration, {
      tenant: {
        url: session.settings.url,
        botId: session.settings.botId,
        profile: env.TENANT_PROFILE || null,
        embedded: session.embedded,
      },
      seed: command.seed,
      concurrency: command.concurrency,
      command: commandLine(command),
      startedAt,
      failOn: session.settings.failOn,
      known: session.deviations,
      redact: session.redact,
      featureOf: (found) => features.get(found) ?? null,
    });
    console.log(harmless(explorationInWords(report)));
    if (command.json !== undefined) await writeJson(command.json, report);
    return (await leaked()) ? exitCodes.error : exitCodes[report.verdict];
  } finally {
    process.off('SIGINT', onInterrupt);
    await session.close();
  }
}

async function explored(
  { reached, settings }: ExploreSession,
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
    };
    return await explore(reached, options, signal, (now) => {
      sent = now.requests;
      found = now.found;
    });
  } finally {
    clearInterval(timer);
  }
}

/** Writes a scenario for each failure that happens again. @returns where each is */
async function written({ found }: Exploration, command: ExploreCommand): Promise<ReadonlyMap<Found, string>> {
  const features = new Map<Found, string>();
  const origin = { seed: command.seed, command: commandLine(command) };
  for (const one of found) {
    const text = one.isRepeatable ? featureOf(one, origin) : undefined;
    if (text === undefined) continue;
    const file = path.join(command.folder, featureName(one, origin)).replaceAll('\\', '/');
    await writing(file, async () => {
      await mkdir(command.folder, { recursive: true });
      await replaceFile(file, text);
    });
    features.set(one, file);
  }
  return features;
}

async function writeJson(file: string, report: ExplorationReport): Promise<void> {
  const text = `${JSON.stringify(report, null, 2)}\n`;
  await writing(file, () => replaceFile(file, text));
}

async function writing(file: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const why = codeOf(error) ?? (error as Error).message;
    throw new CodedError(
      'REPORTS_UNWRITABLE',
      `${file} cannot be written: ${why}. Check the folder and its rights, and run again.`,
    );
  }
}

/** Whether a secret is in what was written; says so. */
async function leaked(): Promise<boolean> {
  const { leaks, unsearched } = await new Canary().search(
    process.env.TENANT_CLIENT_SECRET ?? '',
    writtenFiles(),
  );
  if (leaks.length > 0)
    console.error(
      harmless(
        withCode('SECRET_LEAKED', `a secret is in what was written: delete it\n  ${leaks.join('\n  ')}`),
      ),
    );
  if (unsearched.length > 0)
    console.error(
      harmless(withCode('SEARCH_INCOMPLETE', `could not be searched:\n  ${unsearched.join('\n  ')}`)),
    );
  return leaks.length + unsearched.length > 0;
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
