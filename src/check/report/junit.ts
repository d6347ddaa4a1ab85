// A check as JUnit XML, for CI: a suite for each area of the documents, a case for each requirement that binds the sender.

import type { LogPosition, Skipped } from '../../logs/log-entry.ts';
import { type Requirement, senderRequirements } from '../../protocol/catalogue.ts';
import { type Case, junitOf } from '../../report/junit-cases.ts';
import { counted, grouped } from '../../text/count.ts';
import { oneLine } from '../../text/one-line.ts';
import { worst } from '../../verdict/policy.ts';
import type { BrokenRequirement, CheckSummary, Example } from '../result.ts';
import type { ReportContext } from './report.ts';
import {
  basisOf,
  describeCoverage,
  describePart,
  describePosition,
  describeVerdict,
  ruleVerdict,
  seen,
} from './wording.ts';

const logSuite = 'The log';
/** Characters of a text from a log. */
const maxLength = 400;

export function junit(summary: CheckSummary, context: ReportContext): string {
  const listed = senderRequirements.filter(({ id }) => context.only?.has(id) ?? true);
  const suites = Map.groupBy(
    listed.map((requirement) => requirementCase(requirement, summary, context)),
    ({ classname }) => classname,
  );
  suites.set(logSuite, logCases(summary, context));
  return junitOf('Agent AI conformance of the sender', suites, context.at.toISOString());
}

function requirementCase(
  { id, title, area }: Requirement,
  { rules, coverage }: CheckSummary,
  context: ReportContext,
): Case {
  const broken = rules.filter((rule) => rule.requirement === id);
  const base = { name: `${id} ${title}`, classname: area, seconds: 0 };
  if (broken.length === 0) {
    return coverage.judged.includes(id)
      ? { ...base, verdict: 'pass', reason: '' }
      : { ...base, verdict: 'not-applicable', reason: 'not judged: the log has nothing that could break it' };
  }
  const [first] = broken.flatMap(({ examples }) => examples);
  return {
    ...base,
    verdict: worst(broken.map((rule) => ruleVerdict(rule, context)))!,
    reason: [first ? line(first.finding.message) : title, ...broken.flatMap(describeRule)].join('\n'),
    ...(first ? { at: placeOf(first.finding) } : {}),
  };
}

function placeOf(position: LogPosition): NonNullable<Case['at']> {
  return { file: line(position.file === '-' ? 'standard input' : position.file), line: position.line };
}

function describeRule(rule: BrokenRequirement): string[] {
  return [`${rule.level}. ${basisOf(rule)}. Found ${seen(rule)}`, ...rule.examples.map(describeExample)];
}

function describeExample({ finding, conversation }: Example): string {
  const where = [
    describePosition(finding),
    conversation && `conversation ${conversation.conversationId}`,
    describePart(finding),
  ];
  return `${line(where.filter(Boolean).join(', '))}: ${line(finding.message)}`;
}

/** Cases for the log itself, so that the test cases alone lead to the verdict of the check. */
function logCases(summary: CheckSummary, context: ReportContext): Case[] {
  const { skipped, totals, verdict, reasons } = summary;
  const base = { classname: logSuite, seconds: 0 };
  const read: Case = {
    ...base,
    name: 'The log could be read',
    verdict: totals.skipped > 0 ? 'inconclusive' : 'pass',
    reason: totals.skipped > 0 ? describeSkipped(skipped, totals.skipped) : describeCoverage(summary),
    ...(skipped[0] ? { at: placeOf(skipped[0]) } : {}),
  };
  if (verdict !== 'inconclusive' || totals.skipped > 0) return [read];
  const reason = [describeVerdict(summary, context), ...reasons].map((one) => line(one)).join('\n');
  return [read, { ...base, name: 'The check', verdict: 'inconclusive', reason }];
}

function describeSkipped(shown: readonly Skipped[], all: number): string {
  const left = all - shown.length;
  return [
    `${counted(all, 'line')} could not be read`,
    ...shown.map((one) => `${line(describePosition(one))}  ${line(one.reason)}`),
    ...(left > 0 ? [`… and ${grouped(left)} more`] : []),
  ].join('\n');
}

function line(text: string): string {
  return oneLine(text, maxLength);
}
