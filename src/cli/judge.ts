// `npm run judge -- DIR`: an old run, judged again.

import './own-process.ts';
import { Command, Option } from 'commander';
import { judge } from '../merge/judge.ts';
import { comparisonInWords } from '../report/comparison.ts';
import { summary } from '../report/summary.ts';
import { loadEnvironment } from '../run/environment.ts';
import { readProfileFiles } from '../run/profile-files.ts';
import { suite } from '../run/suite.ts';
import { exitCodes, usedWrongly } from '../system/exit-codes.ts';
import { fromWhereTyped } from '../system/typed-path.ts';
import { harmless } from '../text/terminal.ts';
import { type Answer, answer, type Say } from './answer.ts';
import { runInBrief } from './run-in-brief.ts';

interface Options {
  output?: string;
  failOn?: 'must' | 'should';
}

const command = new Command('judge')
  .description(
    'Judges an old run by the suite and the lists of known deviations and observed behaviour of today, sends nothing, and says what comes out otherwise. The exit code is that of npm test.',
  )
  .argument('<DIR>', 'the folder of its reports')
  .option('--output <folder>', 'where the reports go (default: judged-again in that folder)')
  .addOption(
    new Option('--fail-on <level>', 'as for npm test (default: as it ran)').choices(['must', 'should']),
  );

await answer<Options>(command, (options, [folder], say) => {
  loadEnvironment();
  return main(folder!, options, say);
});

async function main(given: string, { output, failOn }: Options, say: Say): Promise<Answer> {
  const judged = await judge({
    given: fromWhereTyped(given),
    output: output === undefined ? undefined : fromWhereTyped(output),
    failOn,
    filesOf: (profile) => readProfileFiles(profile === null ? {} : { TENANT_PROFILE: profile }),
    suite: suite(process.env),
  });
  const { ended, folder, unwritten, notes } = judged;
  // It is set.
  const comparison = ended.report.comparison!;
  for (const note of notes) console.error(harmless(note));
  say(summary(ended, folder, unwritten));
  say(comparisonInWords(comparison));
  const exitCode = unwritten.size > 0 ? usedWrongly : exitCodes[ended.report.verdict];
  return { json: { ...runInBrief(judged), comparison }, exitCode };
}
