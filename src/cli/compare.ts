// `npm run compare -- OLD.json NEW.json`: what changed from one run to another.

import './own-process.ts';
import { Command, Option } from 'commander';
import { endOfParsing, failed } from '../errors/failure.ts';
import { comparisonAsMarkdown, comparisonInWords } from '../report/comparison.ts';
import { comparisonForSlack, comparisonForTeams } from '../report/comparison-for-chat.ts';
import { historyById } from '../report/history-in-words.ts';
import { fromWhereTyped } from '../system/typed-path.ts';
import { terminalJson } from '../text/json.ts';
import { oneLine } from '../text/one-line.ts';
import { compareReports } from '../verdict/comparison.ts';
import type { Comparison, ConformanceReport } from '../verdict/report-types.ts';
import { reportsIn } from './read-report.ts';

const newlyFailing = 1;

const forms = {
  words: comparisonInWords,
  markdown: comparisonAsMarkdown,
  json: (comparison: Comparison) => terminalJson(comparison, 2),
  slack: (comparison: Comparison, history: ReadonlyMap<string, string>) =>
    terminalJson(comparisonForSlack(comparison, history)),
  teams: (comparison: Comparison, history: ReadonlyMap<string, string>) =>
    terminalJson(comparisonForTeams(comparison, history)),
};

const command = new Command('compare')
  .description(
    'Shows what changed from one run to another. Exit code 1: a requirement fails that did not fail before; one that is new to the suite does not count.',
  )
  .argument('<OLD.json>', 'reports/conformance.json of the earlier run')
  .argument('<NEW.json>', 'reports/conformance.json of the later run')
  .addOption(new Option('--format <form>', 'form of the output').choices(Object.keys(forms)).default('words'))
  .exitOverride(endOfParsing);

try {
  command.parse();
  const { format } = command.opts<{ format: keyof typeof forms }>();
  const [earlier, later] = command.args.map((file) => fromWhereTyped(file));
  process.exitCode = compare(earlier!, later!, format);
} catch (error) {
  failed(error);
}

function compare(oldFile: string, newFile: string, format: keyof typeof forms): number {
  const [earlier, later] = reportsIn([oldFile, newFile]) as [ConformanceReport, ConformanceReport];
  if (Date.parse(earlier.startedAt) > Date.parse(later.startedAt)) {
    console.error(
      `${oneLine(oldFile)} is newer than ${oneLine(newFile)}: the older report comes first. Are they swapped?\n`,
    );
  }
  const comparison = compareReports(earlier, later);
  console.log(forms[format](comparison, historyById(later)));
  return comparison.newlyFailing.length > 0 ? newlyFailing : 0;
}
