// `--rerun`: what did not pass in the last run is run again, in a folder of its own, and the reports of the last run are
// brought up to date by what it has shown.
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { IRunConfiguration } from '@cucumber/cucumber/api';
import { CodedError } from '../errors/coded-error.ts';
import { randomIdentity, settingsOf } from '../sandbox/identity.ts';
import type { Env } from '../system/env.ts';
import { readSettings, usesEmbeddedSandbox } from '../tenant/settings.ts';
import type { EndedRun } from '../verdict/ended-run.ts';
import type { ConformanceReport } from '../verdict/report-types.ts';
import type { Asked } from './asked.ts';
import { testedTenant } from './end-of-run.ts';
import type { OwnOptions } from './options.ts';
import { readProfileFiles } from './profile-files.ts';
import { type RunHead, runHead } from './run-head.ts';
import { selectionInWords } from './selection.ts';

/** What can be run again, and how a scenario of it has ended. */
export const rerunnable = {
  failed: ['fail', 'unexpected-pass', 'harness-error'],
  warning: ['warning'],
  inconclusive: ['inconclusive', 'not-run'],
} as const satisfies Record<string, readonly string[]>;

export type Rerunnable = keyof typeof rerunnable;

/** Where the reports of what is run again go by themselves: in the folder of the last run, out of the way of patterns. */
export const rerunFolder = '.rerun';

/** The run whose reports a folder has. */
export interface LastRun {
  head: RunHead;
  report: ConformanceReport;
  /** Its verdict and the reasons for it, a line each. */
  words: string;
  /** Files of its scenarios that ended so, with their lines. */
  select(which: readonly Rerunnable[]): { paths: string[]; count: number };
  /** @throws CodedError with all that is not as it was */
  refuseOther(now: RunHead): void;
  /** Judges the whole again and writes its reports anew. @param from the folder of what was run again */
  update(from: string): Promise<Updated>;
}

export interface Updated {
  ended: EndedRun;
  unwritten: ReadonlyMap<string, string>;
  /** For the terminal. */
  words: string;
}

/** @throws CodedError when there is none, or one of another suite */
export type OpenLastRun = (folder: string) => Promise<LastRun>;

/** It is run as it was, unless something else is asked for, which is then refused. */
export function asItRan(head: RunHead, options: OwnOptions, env: Env): void {
  const { seed } = head.suite;
  const requirements = head.selection?.requirements;
  env.FAIL_ON ||= head.failOn;
  env.CONFORMANCE_VALUES ||= seed === null ? 'plain' : String(seed);
  if (head.dialect['--deep'] === 'true') env.CONFORMANCE_DEEP = 'true';
  if (requirements !== undefined) options.requirements ??= requirements;
}

/** @throws CodedError when something else selects scenarios as well */
export function onlyRerun({ sources }: Pick<IRunConfiguration, 'sources'>): void {
  const words = selectionInWords(sources);
  if (words === '') return;
  throw new CodedError(
    'OPTION_INVALID',
    `--rerun selects what did not pass in the last run, so it takes no other selection: leave out ${words}`,
  );
}

/** Before anything is sent, and also when nothing is left to be sent. @throws CodedError */
export function refuseOther(lastRun: LastRun, asked: Asked, env: Env): void {
  const { head } = lastRun;
  const isEmbedded = usesEmbeddedSandbox(env);
  if (isEmbedded && !head.tenant.embedded)
    throw new CodedError(
      'RERUN_IMPOSSIBLE',
      `the last run was against ${head.tenant.url}, and TENANT_URL is not set: set it, or run npm test without --rerun`,
    );
  const whole = isEmbedded ? asEmbedded(head, env) : env;
  const settings = readSettings(whole);
  const tenant = testedTenant(settings, whole);
  const files = readProfileFiles(whole);
  lastRun.refuseOther(runHead({ settings, tenant, asked, files, startedAt: Date.now() }, whole));
}

/** The embedded sandbox has no address yet; that of the last run stands for it. */
function asEmbedded({ tenant }: RunHead, env: Env): Env {
  return { ...env, ...settingsOf(tenant.url, randomIdentity()), CONFORMANCE_EMBEDDED: 'true' };
}

const endedSo: Record<Rerunnable, string> = {
  failed: 'has failed',
  warning: 'came to a warning',
  inconclusive: 'was inconclusive',
};

/** That all is well, or why it is not: what is left is about the run as a whole, or of another kind. */
export function nothingToRun(
  { words, report, head }: LastRun,
  which: readonly Rerunnable[],
  env: Env,
): string {
  const kinds = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(
    which.map((one) => endedSo[one]),
  );
  const nothing = `Nothing to run again: no scenario of the last run ${kinds}.`;
  if (['conformant', 'partial'].includes(report.verdict)) return nothing;
  const { deviations } = readProfileFiles(env);
  const changed = isDeepStrictEqual(deviations, head.deviations)
    ? []
    : [
        'The list of known deviations has changed since: npm run judge judges the last run by it, and npm test runs anew.',
      ];
  return [nothing, 'The last run stays as it was:', words, ...changed].join('\n');
}

export function folderOfRerun(reports: string): string {
  return path.join(reports, rerunFolder);
}
