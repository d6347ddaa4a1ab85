// From the files of a command line to a report: reads, merges, checks.

import { merged } from '../logs/merge.ts';
import { readLog } from '../logs/read-log.ts';
import type { SenderProfile } from '../protocol/sent-request.ts';
import { LogCheck } from './log-check.ts';
import type { LogCheckOptions } from './log-check-options.ts';
import type { CheckReport } from './report/report.ts';
import type { CheckSummary } from './result.ts';

export interface CheckOptions extends Pick<LogCheckOptions, 'idleMs' | 'only' | 'failOn'> {
  profile: SenderProfile;
  report: CheckReport;
  /** Told of a log that turns out to be a HAR, before anything is found in it. */
  onHar?: (file: string) => void;
  /** Told after each piece of a log: how many bytes of all logs were read so far. */
  onProgress?: (check: LogCheck, bytes: number) => void;
}

/**
 * @param files "-" is standard input
 * @throws LogError when a file cannot be opened
 */
export async function checkFiles(files: readonly string[], options: CheckOptions): Promise<CheckSummary> {
  const { profile, report, onHar, onProgress, ...asked } = options;
  const check = new LogCheck({
    ...asked,
    profile,
    onClosed: (conversation) => report.conversation(conversation),
    onLoose: (finding) => report.finding(finding),
  });
  const { hooksPath } = profile;
  let bytes = 0;
  const onBytes = (count: number) => {
    bytes += count;
  };
  const logs = files.map((file) =>
    readLog(file, { ...(hooksPath ? { hooksPath } : {}), onBytes, onHar: () => onHar?.(file) }),
  );
  for await (const batch of merged(logs)) {
    for (const found of batch) {
      if (found.kind === 'request') check.take(found.record);
      else if (found.kind === 'skipped') check.skip(found.skipped);
      else check.other();
    }
    onProgress?.(check, bytes);
  }
  const summary = check.end();
  report.end(summary);
  return summary;
}
