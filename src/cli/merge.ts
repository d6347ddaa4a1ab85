// `npm run merge -- DIR…`: several runs, each of a part of the suite, as one.

import './own-process.ts';
import { Command } from 'commander';
import { merge } from '../merge/merge.ts';
import { summary } from '../report/summary.ts';
import { loadEnvironment } from '../run/environment.ts';
import { suite } from '../run/suite.ts';
import { exitCodes, usedWrongly } from '../system/exit-codes.ts';
import { fromWhereTyped } from '../system/typed-path.ts';
import { reportsDirOf } from '../tenant/settings.ts';
import { counted } from '../text/count.ts';
import { harmless } from '../text/terminal.ts';
import { type Answer, answer, type Say } from './answer.ts';
import { runInBrief } from './run-in-brief.ts';

const command = new Command('merge')
  .description(
    'Judges the shards of a run as one, and writes all reports of it. The exit code is that of npm test; what does not fit together is refused with 2, a missing shard is inconclusive (3).',
  )
  .argument('<DIR...>', 'folders of reports, folders above them, or patterns')
  .option(
    '--output <folder>',
    'where the reports go (default: where one run would write them: REPORTS_DIR, reports, or reports/NAME of a named tenant)',
  );

await answer<{ output?: string }>(command, ({ output }, args, say) => {
  loadEnvironment();
  return main(args, output, say);
});

/** Where a run of all would have written. */
function defaultFolder(profile: string | null): string {
  const { REPORTS_DIR } = process.env;
  return reportsDirOf({ REPORTS_DIR, TENANT_PROFILE: profile ?? '' });
}

async function main(given: readonly string[], output: string | undefined, say: Say): Promise<Answer> {
  const merged = await merge({
    given: given.map((one) => fromWhereTyped(one)),
    to: ({ tenant }) => (output === undefined ? defaultFolder(tenant.profile) : fromWhereTyped(output)),
    suite: suite(process.env),
  });
  const { ended, folder, runs, unwritten, notes } = merged;
  for (const note of notes) console.error(harmless(note));
  say(`${summary(ended, folder, unwritten)}\nMerged from ${counted(runs, 'run')}.`);
  const exitCode = unwritten.size > 0 ? usedWrongly : exitCodes[ended.report.verdict];
  return { json: { ...runInBrief(merged), runs }, exitCode };
}
