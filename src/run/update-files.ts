// --update-deviations and --update-observations: what a run has seen, written into the two files about the tenant.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Document, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { matches, reasonToBeWritten } from '../verdict/deviations.ts';
import type { EndedRun } from '../verdict/ended-run.ts';
import { readObserved, updatedObserved } from '../verdict/observed.ts';
import { deviationsFile, observedFile, textOf } from './profile-files.ts';

type Env = Record<string, string | undefined>;

/** Adds what fails, takes out what is no longer needed, and leaves the rest as it is. @returns what was done, in words */
export function updateDeviations({ report, deviations }: EndedRun, env: Env): string {
  const file = deviationsFile(env);
  const name = path.basename(file);
  const document = parseDocument(textOf(file));
  const known = deviations.map((one) => one.known);
  const fails = report.requirements.flatMap(({ id, findings }) =>
    findings.filter(({ verdict }) => verdict === 'fail').map(({ message }) => ({ requirement: id, message })),
  );
  const added = new Map<string, object>();
  for (const { requirement, message } of fails) {
    // An entry that has expired is to be renewed by a person, not written a second time.
    if (
      known.some(
        (one) =>
          matches({ ...one }, { requirement: one.requirement, message }) && one.requirement === requirement,
      )
    )
      continue;
    const entry = { requirement, message: pattern(message), reason: reasonToBeWritten };
    added.set(`${requirement} ${entry.message}`, entry);
  }
  const removed = deviations.flatMap(({ status }, index) => (status === 'no longer needed' ? [index] : []));
  if (added.size === 0 && removed.length === 0) return `${name}: nothing to change.`;
  const list = listOf(document);
  for (const index of removed.reverse()) list.delete(index);
  for (const entry of added.values()) list.add(document.createNode(entry) as YAMLMap);
  if (list.items.length > 0) list.flow = false;
  writeFileSync(file, document.toString({ lineWidth: 0 }));
  const todo =
    added.size > 0 ? ` The next run refuses it until each "reason: ${reasonToBeWritten}" says why.` : '';
  return `${name}: ${added.size} added, ${removed.length} removed.${todo}`;
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

/** A regular expression for a message, in which numbers that change from run to run may be others. */
function pattern(message: string): string {
  const escaped = message.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return escaped.replace(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\b\d{6,}\b/gi, '.+');
}

/** @returns what was done, in words */
export function updateObservations({ report }: EndedRun, env: Env): string {
  const file = observedFile(env);
  const name = path.basename(file);
  if (report.observations.length === 0) return `${name}: nothing was observed, so nothing was written.`;
  const before = readObserved(textOf(file), name).observed;
  const complete = report.selection.whole && report.scenarios.inconclusive === 0;
  writeFileSync(file, updatedObserved(before, report.observations, complete));
  const count = report.observations.length;
  return `${name}: ${count} ${count === 1 ? 'observation' : 'observations'} written.`;
}
