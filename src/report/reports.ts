// Writes the reports of an ended run: conformance.json, .md and .html, junit.xml, and the summary of a GitHub job.
import { appendFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { harmless } from '../text/terminal.ts';
import type { EndedRun } from '../verdict/ended-run.ts';
import type { ConformanceReport } from '../verdict/report-types.ts';
import { junit } from './junit.ts';
import { conformanceMarkdown } from './markdown.ts';
import { conformancePage } from './page/page.ts';

/** @param folder must exist */
export async function writeReports(run: EndedRun, folder: string): Promise<void> {
  const { report, results } = run;
  // Made one after the other: all at once would take tens of megabytes of memory.
  const files: Record<string, () => string> = {
    'conformance.json': () => `${JSON.stringify(report, null, 2)}\n`,
    'conformance.md': () => conformanceMarkdown(report),
    'conformance.html': () => conformancePage(report, results),
    'junit.xml': () => junit(run),
  };
  for (const [name, make] of Object.entries(files)) await writeFile(path.join(folder, name), make());
  await addToJobSummary(report);
}

/** A run does not fail because GitHub's file cannot be written. */
async function addToJobSummary(report: ConformanceReport): Promise<void> {
  const file = process.env.GITHUB_STEP_SUMMARY;
  if (!file) return;
  try {
    await appendFile(file, `${conformanceMarkdown(report)}\n`);
  } catch (error) {
    console.error(
      harmless(
        `GITHUB_STEP_SUMMARY ${file} cannot be written: ${error instanceof Error ? error.message : error}`,
      ),
    );
  }
}
