// Runs of which each has a part, and what is changed in what they have kept.
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { MessageFile, messageFileName, runEndType, runHeadType } from '../../src/evidence/message-file.ts';
import { type KeptRun, keptRun } from '../../src/merge/kept-run.ts';
import type { RunEnd, RunHead } from '../../src/run/run-head.ts';
import type { ConformanceReport } from '../../src/verdict/report-types.ts';
import { runCommand } from '../commands.ts';
import { temporaryFolder } from '../run/harness.ts';

export interface Ended {
  code: number;
  output: string;
}

/** Runs `merge` or `judge`. */
export async function command(
  name: 'merge' | 'judge',
  args: string[],
  more: Record<string, string> = {},
): Promise<Ended> {
  const env = { ...process.env, REPORTS_DIR: '', ...more } as Record<string, string>;
  const { code, stdout, stderr } = await runCommand([`src/cli/${name}.ts`, ...args], { env, measured: true });
  return { code, output: stripVTControlCharacters(`${stdout}\n${stderr}`) };
}

export function reportIn(folder: string): ConformanceReport {
  return JSON.parse(readFileSync(path.join(folder, 'conformance.json'), 'utf8'));
}

interface Changes {
  head?: (head: RunHead) => RunHead;
  /** undefined: as if the process had been killed. */
  end?: (end: RunEnd) => RunEnd | undefined;
  /** How many of the messages are left. */
  messages?: (envelopes: KeptRun['envelopes']) => KeptRun['envelopes'];
}

/** A copy of the reports in which the run is another one. */
export async function changed(folder: string, changes: Changes, name = 'copy'): Promise<string> {
  const run = await keptRun(folder);
  if ('problem' in run) throw new Error(run.problem);
  const copy = path.join(temporaryFolder(), name);
  mkdirSync(copy);
  cpSync(folder, copy, { recursive: true });
  rmSync(path.join(copy, messageFileName));
  const file = new MessageFile(copy);
  file.note(runHeadType, changes.head?.(run.head) ?? run.head);
  for (const envelope of changes.messages?.(run.envelopes) ?? run.envelopes) file.add(envelope);
  const end = changes.end ? changes.end(run.end!) : run.end;
  if (end) file.note(runEndType, end);
  file.close();
  return copy;
}
