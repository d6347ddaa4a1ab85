// The report of the run before, of the same tenant and the same part of the suite: what this one is compared with.
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { schemaErrors } from '../protocol/schemas.ts';
import type { ConformanceReport } from '../verdict/report-types.ts';

/** undefined when there was none that came to a verdict. */
export async function lastRun(
  reportsDir: string,
  now: ConformanceReport,
): Promise<ConformanceReport | undefined> {
  try {
    const report: unknown = JSON.parse(await readFile(fileOf(reportsDir, now), 'utf8'));
    // An older harness may have written another form.
    return schemaErrors('conformanceReport', report).length === 0 ? (report as ConformanceReport) : undefined;
  } catch {
    return undefined;
  }
}

/** A run that could not judge the tenant is nothing to compare the next one with. */
export async function keepAsLastRun(reportsDir: string, report: ConformanceReport): Promise<void> {
  if (report.verdict !== 'conformant' && report.verdict !== 'non-conformant') return;
  const file = fileOf(reportsDir, report);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(report));
}

/** The embedded sandbox has another port, and another bot, in each run. */
function fileOf(reportsDir: string, { tenant, selection }: ConformanceReport): string {
  const { url, botId, profile, embedded } = tenant;
  const which = JSON.stringify([profile, embedded ? 'embedded' : [url, botId], selection.words]);
  const key = createHash('sha256').update(which).digest('hex').slice(0, 12);
  return path.join(reportsDir, 'last-runs', `${profile ?? 'default'}-${key}.json`);
}
