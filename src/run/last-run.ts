// The report of the run before, of the same tenant and the same part of the suite: what this one is compared with.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { schemaErrors } from '../protocol/schemas.ts';
import { replaceFile } from '../system/replace-file.ts';
import type { Settings } from '../tenant/settings.ts';
import type { ConformanceReport } from '../verdict/report-types.ts';

export type Where = Pick<Settings, 'reportsDir' | 'failOn'>;

/** What runs that can be compared with each other have in common. */
interface Series {
  tenant: ConformanceReport['tenant'];
  selection: Pick<ConformanceReport['selection'], 'words'>;
}

/** undefined when there was none that came to a verdict. */
export async function lastRun(where: Where, now: Series): Promise<ConformanceReport | undefined> {
  return await reportIn(fileOf(where, now));
}

/** The one before it: a run that is brought up to date may be the last itself. */
export async function runBeforeLast(where: Where, now: Series): Promise<ConformanceReport | undefined> {
  return await reportIn(beforeThat(fileOf(where, now)));
}

async function reportIn(file: string): Promise<ConformanceReport | undefined> {
  try {
    const report: unknown = JSON.parse(await readFile(file, 'utf8'));
    // An older harness may have written another form.
    return schemaErrors('conformanceReport', report).length === 0 ? (report as ConformanceReport) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A run that could not judge the tenant, or did not finish, is not kept: the next one cannot be compared with it.
 * @param again whether it is the last run, brought up to date
 * @returns why it could not be kept, when it could not
 */
export async function keepAsLastRun(
  where: Where,
  report: ConformanceReport,
  { again = false } = {},
): Promise<string[]> {
  const judged = ['conformant', 'partial', 'non-conformant', 'list-needs-tidying'].includes(report.verdict);
  if (!judged || report.scenarios.notRun > 0) return [];
  const file = fileOf(where, report);
  try {
    await mkdir(path.dirname(file), { recursive: true });
    if (!again) await rename(file, beforeThat(file)).catch(() => {});
    await replaceFile(file, JSON.stringify(report));
    return [];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [`the next run cannot be compared with this one: ${why}`];
  }
}

function fileOf({ reportsDir, failOn }: Where, series: Series): string {
  return path.join(reportsDir, 'last-runs', `${seriesOf(series, failOn)}.json`);
}

function beforeThat(file: string): string {
  return file.replace(/\.json$/, '.before.json');
}

/**
 * A name for the runs that can be compared with each other: those of one tenant and one selection. The embedded sandbox has
 * another port, and another bot, in each run.
 */
export function seriesOf({ tenant, selection }: Series, ...more: string[]): string {
  const { url, botId, profile, embedded } = tenant;
  const which = JSON.stringify([profile, embedded ? 'embedded' : [url, botId], selection.words, ...more]);
  const key = createHash('sha256').update(which).digest('hex').slice(0, 12);
  return `${profile ?? 'default'}-${key}`;
}
