// Checks the files of a command line: reads them, merges them, reports.

import { merged } from '../logs/merge.ts';
import { readLog } from '../logs/read-log.ts';
import type { Where } from '../logs/where.ts';
import type { SenderProfile } from '../protocol/sent-request.ts';
import { entryWithout } from '../pseudonyms/entry.ts';
import type { Pseudonyms } from '../pseudonyms/pseudonyms.ts';
import { oneLine } from '../text/one-line.ts';
import { LogCheck } from './log-check.ts';
import type { LogCheckOptions } from './log-check-options.ts';
import { LoggedTwice } from './logged-twice.ts';
import { Overlap } from './overlap.ts';
import type { CheckReporter } from './report/report.ts';
import type { CheckSummary } from './result.ts';

export interface CheckOptions extends Pick<LogCheckOptions, 'idleMs' | 'only' | 'failOn'> {
  profile: SenderProfile;
  report: CheckReporter;
  /** Where the logs keep the parts of a call, when somebody has said so. */
  where?: Where;
  /** Everything that is reported has pseudonyms in place of personal data. */
  pseudonyms?: Pseudonyms;
  /** Called when a log turns out to be a HAR, before its first finding. */
  onHar?: (file: string) => void;
  /** Called after each batch. @param bytes read so far, of all logs */
  onProgress?: (check: LogCheck, bytes: number) => void;
}

/**
 * @param files "-" is standard input
 * @throws LogError when a file cannot be opened
 */
export async function checkFiles(files: readonly string[], options: CheckOptions): Promise<CheckSummary> {
  const { profile, report, pseudonyms, where, onHar, onProgress, ...selection } = options;
  const check = new LogCheck({
    ...selection,
    profile,
    onClosed: (conversation) => report.conversation(conversation),
    onLoose: (finding) => report.finding(finding),
  });
  const { hooksPath, ownPaths = [] } = profile;
  const shownPaths = [hooksPath ?? [], ownPaths].flat();
  const overlap = files.length > 1 ? new Overlap() : undefined;
  const forms = new Map<string, readonly string[]>();
  let bytes = 0;
  const onBytes = (count: number) => {
    bytes += count;
  };
  const twice = files.map(() => new LoggedTwice());
  const logs = files.map((file, index) =>
    twice[index]!.once(
      readLog(file, {
        ...(hooksPath ? { hooksPath } : {}),
        ...(where ? { where } : {}),
        onBytes,
        // In one log, each request says what was told before it.
        ...(files.length > 1 ? { onFailure: () => check.failureTold() } : {}),
        onHar: () => onHar?.(file),
        onForms: (found) => forms.set(file, found),
      }),
    ),
  );
  for await (const batch of merged(logs)) {
    for (const read of batch) {
      // Texts that are replaced by their lengths would look alike.
      if (read.kind === 'request' && overlap?.has(read.record)) continue;
      const found = pseudonyms ? entryWithout(read, shownPaths, pseudonyms) : read;
      if (found.kind === 'request') check.take(found.record);
      else if (found.kind === 'skipped') check.skip(found.skipped);
      else check.other();
    }
    onProgress?.(check, bytes);
  }
  const notes = [...twice, ...(overlap ? [overlap] : [])];
  for (const { doubts } of notes) for (const doubt of doubts) check.doubt(doubt);
  const counts = notes.flatMap(({ words }) => words ?? []);
  const summary = { ...check.end(), read: [...inSentences(forms), ...counts] };
  report.end(summary);
  return summary;
}

/** How many files are named with what was found in them. */
const maxFiles = 10;

/** What was found, with the name of its file when files differ. */
function inSentences(forms: ReadonlyMap<string, readonly string[]>): string[] {
  const [first, ...others] = [...forms.values()];
  if (others.every((found) => found.join('\n') === first!.join('\n'))) return [...(first ?? [])];
  const sentences = [...forms].flatMap(([file, found]) =>
    found.map((one) => `${oneLine(file, 100)}: ${one}`),
  );
  const left = sentences.length - maxFiles;
  return [...sentences.slice(0, maxFiles), ...(left > 0 ? [`… and ${left} more`] : [])];
}
