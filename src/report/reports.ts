// Writes the reports of an ended run: conformance.json, .md and .html, junit.xml, and the summary of a GitHub job.
import { appendFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { replaceFile } from '../system/replace-file.ts';
import { harmless } from '../text/terminal.ts';
import type { EndedRun } from '../verdict/ended-run.ts';
import type { ConformanceReport } from '../verdict/report-types.ts';
import { junit } from './junit.ts';
import { conformanceMarkdown } from './markdown.ts';
import { conformancePage } from './page/page.ts';
import { noteReport, unwrittenReports } from './report-files.ts';

const written = new WeakMap<EndedRun, Promise<void>>();

/**
 * Once for each run, whoever asks first.
 * @param folder must exist
 * @returns the reports of this process that could not be written, each with the reason
 */
export async function writeReports(run: EndedRun, folder: string): Promise<Map<string, string>> {
  const writing = written.get(run) ?? write(run, folder);
  written.set(run, writing);
  await writing;
  return await unwrittenReports();
}

async function write(run: EndedRun, folder: string): Promise<void> {
  const { report, results } = run;
  // Made one after the other: all at once would take tens of megabytes of memory.
  const files: Record<string, () => string> = {
    'conformance.json': () => `${JSON.stringify(report, null, 2)}\n`,
    'conformance.md': () => conformanceMarkdown(report),
    'conformance.html': () => conformancePage(report, results),
    'junit.xml': () => junit(run),
  };
  for (const [name, make] of Object.entries(files)) {
    const writing = replaceFile(path.join(folder, name), make());
    noteReport(name, writing);
    await writing.catch(() => {});
  }
  for (const [name, why] of Object.entries(run.unwritten ?? {})) noteReport(name, Promise.reject(why));
  noteReport('evidence.ndjson', checkEvidence(path.join(folder, 'evidence.ndjson'), report.requests));
  await addToJobSummary(report);
}

/** It is written while the run goes on; a run that could not do so is a failure of the harness. @throws when it is not there */
async function checkEvidence(file: string, requests: number): Promise<void> {
  if (requests > 0 && (await stat(file)).size === 0) throw new Error('it is empty');
}

/** A run does not fail because GitHub's file cannot be written. */
async function addToJobSummary(report: ConformanceReport): Promise<void> {
  const file = process.env.GITHUB_STEP_SUMMARY;
  if (!file || process.env.CONFORMANCE_RERUN === 'true') return;
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
