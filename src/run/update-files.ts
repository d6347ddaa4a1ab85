// --update-deviations and --update-observations: what a run has seen, written into the two files about the tenant.

import path from 'node:path';
import { type Document, isMap, isSeq, parseDocument, type YAMLSeq } from 'yaml';
import type { Env } from '../system/env.ts';
import { writeWhole } from '../system/file-beside.ts';
import { noteWritten } from '../system/made-files.ts';
import { counted } from '../text/count.ts';
import { type KnownDeviation, matches } from '../verdict/deviations.ts';
import { reasonToBeWritten } from '../verdict/deviations-file.ts';
import type { EndedRun } from '../verdict/ended-run.ts';
import { readObserved, updatedObserved } from '../verdict/observed-file.ts';
import type { ConformanceReport } from '../verdict/report-types.ts';
import { messagePattern } from './message-pattern.ts';
import { deviationsFile, observedFile, textOf } from './profile-files.ts';

/** Adds what fails, takes out what is no longer needed, and leaves the rest as it is. @returns what was done, in words */
export function updateDeviations({ report, deviations }: EndedRun, env: Env): string {
  const file = deviationsFile(env);
  const name = path.basename(file);
  const text = textOf(file);
  const document = parseDocument(text);
  const list = listOf(document);
  const obsolete = deviations.filter(({ status }) => status === 'no longer needed').map(({ known }) => known);
  const kept = list.items.filter((item) => !obsolete.some((known) => isEntryOf(item, known)));
  const removed = list.items.length - kept.length;
  const added = newEntries(
    report,
    deviations.map(({ known }) => known),
  );
  if (added.length === 0 && removed === 0) return `${name}: nothing to change.`;
  list.items = [...kept, ...added.map((entry) => document.createNode(entry))];
  if (list.items.length > 0) list.flow = false;
  const written = document.toString({ lineWidth: 0 });
  noteWritten(file);
  writeWhole(file, text.includes('\r\n') ? written.replaceAll('\n', '\r\n') : written);
  const todo =
    added.length > 0 ? ` The next run refuses it until each "reason: ${reasonToBeWritten}" says why.` : '';
  return `${name}: ${added.length} added, ${removed} removed.${todo}`;
}

type Entry = Pick<KnownDeviation, 'requirement' | 'message' | 'reason'>;

/** One for each kind of finding that fails. One that has expired is to be renewed by a person, not written again. */
function newEntries({ requirements }: ConformanceReport, known: readonly KnownDeviation[]): Entry[] {
  const entries = new Map<string, Entry>();
  for (const { id, findings } of requirements) {
    const requirement = id as KnownDeviation['requirement'];
    for (const { message, verdict } of findings) {
      if (verdict !== 'fail' || known.some((one) => matches(one, { requirement, message }))) continue;
      const entry = { requirement, message: messagePattern(message), reason: reasonToBeWritten };
      entries.set(`${requirement} ${entry.message}`, entry);
    }
  }
  return [...entries.values()];
}

/** By its content, not by its position: the file may have been edited since the run began. */
function isEntryOf(item: unknown, known: KnownDeviation): boolean {
  return (
    isMap(item) && item.get('requirement') === known.requirement && item.get('message') === known.message
  );
}

function listOf(document: Document.Parsed | Document): YAMLSeq {
  if (!isSeq(document.contents)) {
    const comment =
      document.commentBefore ?? ' What this tenant is known to break. See the README, "Known deviations".';
    document.contents = document.createNode([]) as never;
    document.commentBefore = comment;
  }
  return document.contents as unknown as YAMLSeq;
}

/** @returns what was done, in words */
export function updateObservations({ report }: EndedRun, env: Env): string {
  const file = observedFile(env);
  const name = path.basename(file);
  if (report.observations.length === 0) return `${name}: nothing was observed, so nothing was written.`;
  const before = readObserved(textOf(file), name).observed;
  const { inconclusive, notApplicable, notRun, harnessErrors } = report.scenarios;
  const complete = report.selection.whole && inconclusive + notApplicable + notRun + harnessErrors === 0;
  noteWritten(file);
  writeWhole(file, updatedObserved(before, report.observations, complete));
  const count = report.observations.length;
  return `${name}: ${counted(count, 'observation')} written.`;
}
