// The run that a folder of reports has kept.
import { existsSync, globSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Envelope } from '@cucumber/messages';
import { messageFileName, readMessages, runEndType, runHeadType } from '../evidence/message-file.ts';
import { isObject } from '../protocol/requests.ts';
import type { RunEnd, RunHead } from '../run/run-head.ts';
import { codeOf } from '../system/error-code.ts';
import { oneLine } from '../text/one-line.ts';
import { formProblem, gapIn } from './kept-form.ts';

export interface KeptRun {
  folder: string;
  head: RunHead;
  /** undefined when the run was killed, or still goes on. */
  end: RunEnd | undefined;
  /** What cucumber said. */
  envelopes: Envelope[];
}

/**
 * @param given folders of reports, folders above them, or patterns
 * @returns the folders of the runs, each once, and what is wrong with what was given
 */
export function foldersOf(given: readonly string[]): { folders: string[]; problems: string[] } {
  const problems: string[] = [];
  const folders = given.flatMap((one) => {
    const named = existsSync(one) ? [one] : globSync(one);
    const found = named.flatMap(foldersBelow);
    if (found.length === 0) problems.push(`  ${oneLine(one)}  ${whyNone(one, named)}`);
    return found;
  });
  const once = new Map(folders.map((folder) => [realpathSync(folder), folder]));
  return { folders: [...once.values()].sort(byName), problems };
}

/** Those that have messages: the folder itself, and all below it. */
function foldersBelow(folder: string): string[] {
  return globSync(`**/${messageFileName}`, { cwd: folder }).map((file) =>
    path.join(folder, path.dirname(file)),
  );
}

function whyNone(given: string, named: readonly string[]): string {
  if (named.length === 0) return /[*?{[]/.test(given) ? 'matches no folder' : 'does not exist';
  return `has no ${messageFileName}, which every run writes into its reports`;
}

function byName(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}

/** A run, or what is wrong with its file. */
export async function keptRun(folder: string): Promise<KeptRun | { problem: string }> {
  const wrong = (why: string) => ({ problem: `  ${oneLine(path.join(folder, messageFileName))}  ${why}` });
  let all: Envelope[];
  try {
    all = await readMessages(folder);
  } catch (error) {
    return wrong(`cannot be read: ${codeOf(error) ?? oneLine((error as Error).message, 150)}`);
  }
  if (!all.every(isObject)) return wrong('has a line that is not a message');
  const head = noteOf<RunHead>(all, runHeadType);
  if (!head) return wrong('does not begin with what is known of its run; it may be cut off');
  if (head.version !== 1) return wrong('was written by another version of the suite: use that one');
  const end = noteOf<RunEnd>(all, runEndType);
  const envelopes = all.filter(({ attachment }) => !isNote(attachment?.mediaType));
  const formWrong = formProblem(head, end);
  if (formWrong) return wrong(formWrong);
  const run = { folder, head: head as RunHead, end: end as RunEnd | undefined, envelopes };
  const gap = gapIn(envelopes, run.end);
  return gap ? wrong(gap) : run;
}

function isNote(mediaType: string | undefined): boolean {
  return mediaType === runHeadType || mediaType === runEndType;
}

/** What is not an object counts as one without members: it is named as such. */
function noteOf<Note extends object>(
  envelopes: readonly Envelope[],
  mediaType: string,
): Partial<Note> | undefined {
  const found = envelopes.find(({ attachment }) => attachment?.mediaType === mediaType);
  return found && objectIn(found.attachment!.body);
}

function objectIn(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
