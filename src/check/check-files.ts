// Checks the files of a command line: reads them, merges them, reports.

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
  const { profile, report, onHar, onProgress, ...selection } = options;
  const check = new LogCheck({
    ...selection,
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
