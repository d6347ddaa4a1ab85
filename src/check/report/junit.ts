// A check for CI, as JUnit's XML: a suite an area of the documents, a case each requirement that binds the sender.

import type { Skipped } from '../../logs/log-entry.ts';
import { catalogue, type Requirement } from '../../protocol/catalogue.ts';
import { type Case, junitOf } from '../../report/junit-cases.ts';
import { counted, grouped } from '../../text/count.ts';
import { oneLine } from '../../text/one-line.ts';
import { worst } from '../../verdict/policy.ts';
import type { BrokenRule, CheckSummary, Example } from '../result.ts';
import type { ReportContext } from './report.ts';
import { partInWords, placeInWords, ruleVerdict, seen, statedIn, verdictInWords } from './wording.ts';

const logSuite = 'The log';
/** Letters of what a log says. */
const maxLength = 400;

export function junit(summary: CheckSummary, context: ReportContext): string {
  // A field that may be left out binds the tenant; of the wrong type it is the sender's mistake all the same.
  const broken = new Set(summary.rules.map(({ requirement }) => requirement));
  const asked = catalogue.filter(
    ({ id, binds }) => broken.has(id) || (binds !== 'tenant' && (!context.only || context.only.has(id))),
  );
  const suites = Map.groupBy(
    asked.map((requirement) => requirementCase(requirement, summary, context)),
    ({ classname }) => classname,
  );
  suites.set(logSuite, logCases(summary, context));
  return junitOf('Agent AI conformance of the sender', suites, context.at.toISOString());
}

function requirementCase(
  { id, title, area }: Requirement,
  { rules, totals }: CheckSummary,
  context: ReportContext,
): Case {
  const broken = rules.filter((rule) => rule.requirement === id);
  const one = { name: `${id} ${title}`, classname: area, seconds: 0, place: '' };
  if (broken.length === 0) {
    return totals.requests > 0
      ? { ...one, verdict: 'pass', reason: '' }
      : { ...one, verdict: 'not-applicable', reason: 'no request was judged' };
  }
  const [first] = broken.flatMap(({ examples }) => examples);
  return {
    ...one,
    verdict: worst(broken.map((rule) => ruleVerdict(rule, context)))!,
    reason: [first ? line(first.finding.message) : title, ...broken.flatMap(ruleInWords)].join('\n'),
    place: first ? line(placeInWords(first.finding)) : '',
  };
}

function ruleInWords(rule: BrokenRule): string[] {
  return [
    `${rule.level}, stated in ${statedIn(rule)}; found ${seen(rule)}`,
    ...rule.examples.map(exampleInWords),
  ];
}

function exampleInWords({ finding, conversation }: Example): string {
  const where = [
    placeInWords(finding),
    conversation && `conversation ${conversation.conversationId}`,
    partInWords(finding),
  ];
  return `${line(where.filter(Boolean).join(', '))}: ${line(finding.message)}`;
}

/** A reader of test cases alone must come to the verdict of the check. */
function logCases(summary: CheckSummary, context: ReportContext): Case[] {
  const { skipped, totals, verdict, reasons } = summary;
  const one = { classname: logSuite, seconds: 0 };
  const read: Case = {
    ...one,
    name: 'The log could be read',
    verdict: totals.skipped > 0 ? 'inconclusive' : 'pass',
    reason: totals.skipped > 0 ? skippedInWords(skipped, totals.skipped) : '',
    place: skipped[0] ? line(placeInWords(skipped[0])) : '',
  };
  if (verdict !== 'inconclusive' || totals.skipped > 0) return [read];
  const reason = [verdictInWords(summary, context), ...reasons].map((said) => line(said)).join('\n');
  return [read, { ...one, name: 'The check', verdict: 'inconclusive', reason, place: '' }];
}

function skippedInWords(shown: readonly Skipped[], all: number): string {
  const left = all - shown.length;
  return [
    `${counted(all, 'line')} could not be read`,
    ...shown.map((one) => `${line(placeInWords(one))}  ${line(one.reason)}`),
    ...(left > 0 ? [`… and ${grouped(left)} more`] : []),
  ].join('\n');
}

function line(text: string): string {
  return oneLine(text, maxLength);
}
