// Reads a conformance.json that somebody names.
import { readFileSync } from 'node:fs';
import { CodedError } from '../errors/coded-error.ts';
import { problems, sentence } from '../protocol/problems.ts';
import { codeOf } from '../system/error-code.ts';
import { oneLine } from '../text/one-line.ts';
import type { ConformanceReport } from '../verdict/report-types.ts';

const maxProblems = 5;

type Reading = { report: ConformanceReport } | { problem: CodedError };

/** @throws CodedError with all that is wrong */
export function reportsIn(files: readonly string[]): ConformanceReport[] {
  const read = files.map(readReport);
  const problems = read.flatMap((one) => ('problem' in one ? [one.problem] : []));
  const [first, ...others] = new Map(problems.map((problem) => [problem.message, problem])).values();
  if (first)
    throw new CodedError(first.code, [first.text, ...others.map(({ message }) => message)].join('\n'));
  return read.flatMap((one) => ('report' in one ? [one.report] : []));
}

/** A report, or what is wrong with the file and what to do about it. */
function readReport(file: string): Reading {
  const name = oneLine(file);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return { problem: new CodedError('REPORT_UNREADABLE', `${name} ${unreadable(error)}`) };
  }
  const found = problems('conformanceReport', value, 'report').map((one) => oneLine(sentence(one), 200));
  if (found.length === 0) return { report: value as ConformanceReport };
  return {
    problem: new CodedError(
      'REPORT_INVALID',
      [
        `${name} is not a conformance report of this version of the suite. Give a conformance.json, or run npm test again to write one.`,
        ...found.slice(0, maxProblems).map((text) => `  ${text}`),
        ...(found.length > maxProblems ? [`  … and ${found.length - maxProblems} more`] : []),
      ].join('\n'),
    ),
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
