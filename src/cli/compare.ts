// `npm run compare -- OLD.json NEW.json`: what changed from one run to another.

import './own-process.ts';
import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { withCode } from '../errors/coded-error.ts';
import { inWords } from '../errors/in-words.ts';
import { problems, sentence } from '../protocol/problems.ts';
import { comparisonAsMarkdown, comparisonInWords } from '../report/comparison.ts';
import { comparisonForSlack, comparisonForTeams } from '../report/comparison-for-chat.ts';
import { codeOf } from '../system/error-code.ts';
import { usedWrongly } from '../system/exit-codes.ts';
import { fromWhereTyped } from '../system/typed-path.ts';
import { terminalJson } from '../text/json.ts';
import { oneLine } from '../text/one-line.ts';
import { harmless } from '../text/terminal.ts';
import { compareReports } from '../verdict/comparison.ts';
import type { Comparison, ConformanceReport } from '../verdict/report-types.ts';

const newlyFailing = 1;
const maxProblems = 5;

const forms = {
  words: comparisonInWords,
  markdown: comparisonAsMarkdown,
  json: (comparison: Comparison) => terminalJson(comparison, 2),
  slack: (comparison: Comparison) => terminalJson(comparisonForSlack(comparison)),
  teams: (comparison: Comparison) => terminalJson(comparisonForTeams(comparison)),
};

const command = new Command('compare')
  .description(
    'Shows what changed from one run to another. Exit code 1: a requirement fails that did not fail before.',
  )
  .argument('<OLD.json>', 'reports/conformance.json of the earlier run')
  .argument('<NEW.json>', 'reports/conformance.json of the later run')
  .addOption(new Option('--format <form>', 'form of the output').choices(Object.keys(forms)).default('words'))
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usedWrongly));

try {
  command.parse();
  const { format } = command.opts<{ format: keyof typeof forms }>();
  const [earlier, later] = command.args.map((file) => fromWhereTyped(file));
  process.exitCode = compare(earlier!, later!, format);
} catch (error) {
  console.error(harmless(inWords(error)));
  process.exitCode = usedWrongly;
}

function compare(oldFile: string, newFile: string, format: keyof typeof forms): number {
  const [earlier, later] = [read(oldFile), read(newFile)];
  if ('problem' in earlier || 'problem' in later) {
    const problems = [earlier, later].flatMap((one) => ('problem' in one ? [one.problem] : []));
    console.error([...new Set(problems)].join('\n'));
    return usedWrongly;
  }
  if (Date.parse(earlier.report.startedAt) > Date.parse(later.report.startedAt)) {
    console.error(
      `${oneLine(oldFile)} is newer than ${oneLine(newFile)}: the older report comes first. Are they swapped?\n`,
    );
  }
  const comparison = compareReports(earlier.report, later.report);
  console.log(forms[format](comparison));
  return comparison.newlyFailing.length > 0 ? newlyFailing : 0;
}

type Reading = { report: ConformanceReport } | { problem: string };

/** A report, or what is wrong with the file and what to do about it. */
function read(file: string): Reading {
  const name = oneLine(file);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return { problem: withCode('REPORT_UNREADABLE', `${name} ${unreadable(error)}`) };
  }
  const found = problems('conformanceReport', value, 'report').map((one) => oneLine(sentence(one), 200));
  if (found.length === 0) return { report: value as ConformanceReport };
  return {
    problem: [
      withCode(
        'REPORT_INVALID',
        `${name} is not a conformance report of this version of the suite. Give a conformance.json, or run npm test again to write one.`,
      ),
      ...found.slice(0, maxProblems).map((text) => `  ${text}`),
      ...(found.length > maxProblems ? [`  … and ${found.length - maxProblems} more`] : []),
    ].join('\n'),
  };
}

function unreadable(error: unknown): string {
  if (error instanceof SyntaxError) {
    return `is not JSON: ${oneLine(error.message, 150)}. Give the conformance.json that npm test writes into reports/; this one may be cut off.`;
  }
  const code = codeOf(error);
  if (code === 'ENOENT')
    return 'does not exist. npm test writes reports/conformance.json; a relative path starts from this folder.';
  if (code === 'EISDIR') return 'is a folder. Give the conformance.json in it.';
  return `cannot be read: ${oneLine(String(error), 150)}. Check its rights.`;
}
