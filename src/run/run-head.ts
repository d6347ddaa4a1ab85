// What is known of a run as a whole, kept with its messages: what it was about, for whoever puts several runs together, and
// how it ended.
import { createHash } from 'node:crypto';
import { catalogue, type Level } from '../protocol/catalogue.ts';
import type { Env } from '../system/env.ts';
import type { Settings } from '../tenant/settings.ts';
import type { RunContext } from '../verdict/assessment.ts';
import type { KnownDeviation } from '../verdict/deviations.ts';
import type { LateFinding } from '../verdict/late-findings.ts';
import type { ObservedAnswer } from '../verdict/observed.ts';
import type { ConformanceReport } from '../verdict/report-types.ts';
import type { Asked } from './asked.ts';
import type { ProfileFiles } from './profile-files.ts';
import { selectionInWords } from './selection.ts';
import { suite } from './suite.ts';

export interface RunHead {
  /** Of this form. */
  version: 1;
  /** Several runs put together, an old one judged again, or a part of one that was run again. */
  madeBy?: 'merge' | 'judge' | 'rerun';
  /** In the names of its conversations. */
  run: string;
  suite: ConformanceReport['suite'];
  /** Of the catalogue of requirements, in a few characters. */
  specRevision: string;
  /** The requirements of a team, each with its level. */
  ownRequirements?: Record<string, Level>;
  tenant: ConformanceReport['tenant'];
  /** How the tenant reads what is ambiguous, and what else decides what is sent to it and how it is judged. */
  dialect: Record<string, string>;
  failOn: Settings['failOn'];
  /** null when cucumber-js was called itself: then it is not known what was selected. */
  selection: RunSelection | null;
  /** ISO 8601. */
  startedAt: string;
  deviations: readonly KnownDeviation[];
  observed: readonly ObservedAnswer[];
}

export interface RunSelection {
  /** Without the shard; empty for all features. */
  words: string;
  /** As in 1/4. */
  shard: string | null;
  /** Of feature files that name none. */
  language: string;
  /** The version of the suite whose requirements are judged; left out for those of now. */
  requirements?: string;
}

export interface RunEnd extends Pick<RunContext, 'stoppedBecause'> {
  /** ISO 8601. */
  endedAt: string;
  late: readonly LateFinding[];
  /** Why no scenario ran. */
  trouble?: string;
  /** Of runs that were put together: what is missing, a sentence each. */
  missing?: readonly string[];
  /** The scenarios that were run again, and how they had ended before. */
  again?: RunContext['again'];
}

export interface Beginning {
  settings: Settings;
  tenant: ConformanceReport['tenant'];
  asked: Asked | undefined;
  files: ProfileFiles;
  startedAt: number;
}

export function runHead({ settings, tenant, asked, files, startedAt }: Beginning, env: Env): RunHead {
  return {
    version: 1,
    run: env.CONFORMANCE_RUN ?? '',
    suite: suite(env),
    ...requirementsOfToday(),
    tenant,
    dialect: dialectOf(settings, env),
    failOn: settings.failOn,
    selection: asked ? (asked.again ?? selectedBy(asked)) : null,
    ...(asked?.again ? { madeBy: 'rerun' as const } : {}),
    startedAt: new Date(startedAt).toISOString(),
    deviations: files.deviations,
    observed: files.observed,
  };
}

export function specRevision(): string {
  return createHash('sha256').update(JSON.stringify(catalogue)).digest('hex').slice(0, 12);
}

/** What a run was judged by, and whoever judges it again judges by. */
export function requirementsOfToday(): Required<Pick<RunHead, 'specRevision' | 'ownRequirements'>> {
  const own = catalogue.filter(({ basis }) => basis === 'own');
  return {
    specRevision: specRevision(),
    ownRequirements: Object.fromEntries(own.map(({ id, level }) => [id, level])),
  };
}

function selectedBy({ sources: { shard, ...sources }, requirements }: Asked): RunSelection {
  return {
    words: selectionInWords(sources),
    shard: shard || null,
    language: sources.defaultDialect,
    ...(requirements === undefined ? {} : { requirements }),
  };
}

/** By the names of the settings, so that a difference can be put right. */
function dialectOf(settings: Settings, env: Env): Record<string, string> {
  const { dialect, ownPaths, routing } = settings;
  return {
    TENANT_AUTH_HEADER: settings.authHeader,
    TENANT_HOOKS_PATH: settings.hooksPath,
    TENANT_END_PATH: ownPaths.end ?? '',
    TENANT_REDIAL_PATH: ownPaths.redial ?? '',
    TENANT_LANGUAGES: settings.languages.join(','),
    TENANT_TRANSFER_TYPE_CASE: dialect.transferTypeCase,
    TENANT_IS_EXT_AD_AS: dialect.isExtAdAs,
    TENANT_QUALITY_MODULE: String(dialect.customFields === 'sent'),
    TENANT_ASSIGN_PARAMETERS_IN: settings.assignParametersIn,
    'the settings for routing': Object.keys(routing).sort().join(' '),
    FAIL_ON: settings.failOn,
    '--deep': String(env.CONFORMANCE_DEEP === 'true'),
  };
}
