// The words of a check, for all formats. Each format escapes what is quoted from a log.

import type { LogPosition } from '../../logs/log-entry.ts';
import { ambiguitiesOf, basisInWords, documentTitles, requirement } from '../../protocol/catalogue.ts';
import { counted, grouped } from '../../text/count.ts';
import { type Verdict, verdictOf, worst } from '../../verdict/policy.ts';
import type { Refusal } from '../refusals.ts';
import type { BrokenRequirement, CheckSummary, PlacedFinding, Totals } from '../result.ts';
import type { ReportContext } from './report.ts';

/** The verdict on a broken rule, by the policy. */
export function ruleVerdict({ level }: Pick<BrokenRequirement, 'level'>, { failOn }: FailOn): Verdict {
  return verdictOf('broken', level, failOn);
}

type FailOn = Pick<ReportContext, 'failOn'>;
type Judged = FailOn & Pick<ReportContext, 'only'>;

/** "non-conformant: 2 requirements are broken, 1 has a warning"; "conformant in part: 1 requirement was judged (--only)" */
export function describeVerdict(summary: CheckSummary, context: Judged): string {
  const { verdict, rules, totals } = summary;
  const byRequirement = Map.groupBy(rules, (rule) => rule.requirement);
  const verdicts = [...byRequirement.values()].map((of) =>
    worst(of.map((rule) => ruleVerdict(rule, context))),
  );
  const [broken, warned] = (['fail', 'warning'] as const).map(
    (wanted) => verdicts.filter((one) => one === wanted).length,
  ) as [number, number];
  const facts = [
    ...(broken > 0 ? [`${counted(broken, 'requirement')} ${broken === 1 ? 'is' : 'are'} broken`] : []),
    ...(warned > 0
      ? [`${broken > 0 ? warned : counted(warned, 'requirement')} ${warned === 1 ? 'has' : 'have'} a warning`]
      : []),
  ];
  if (verdict === 'inconclusive' && facts.length === 0) {
    facts.push(totals.requests === 0 ? 'nothing was judged' : 'not everything could be judged');
  }
  // Of the other requirements it says nothing.
  const isPart = context.only !== undefined && verdict === 'conformant';
  if (isPart) {
    const judged = summary.coverage.judged.length;
    facts.push(`${counted(judged, 'requirement')} ${judged === 1 ? 'was' : 'were'} judged (--only)`);
  }
  const name = isPart ? `${verdict} in part` : verdict;
  return facts.length > 0 ? `${name}: ${facts.join(', ')}` : name;
}

/** The reasons that `describeVerdict` does not contain. */
export function furtherReasons(summary: CheckSummary, context: Judged): string[] {
  const verdict = describeVerdict(summary, context);
  return summary.reasons.filter((reason) => !verdict.includes(reason));
}

/** "Stated in Hooks API for Internal Transfers, End of Conversation; depends on X-09 (order of a cold transfer)" */
export function basisOf({ requirement: id }: Pick<BrokenRequirement, 'requirement'>): string {
  const { basis, source } = requirement(id);
  const titles = source.map((name) => documentTitles[name] ?? name);
  const depends = ambiguitiesOf(id);
  return basisInWords(basis, titles) + (depends.length > 0 ? `; depends on ${depends.join(', ')}` : '');
}

/** "12 times, in 7 conversations" */
export function seen({ count, conversations }: BrokenRequirement): string {
  const times = count === 1 ? 'once' : `${grouped(count)} times`;
  return conversations === 0 ? times : `${times}, in ${counted(conversations, 'conversation')}`;
}

/** "day.ndjson:12" */
export function describePosition({ file, line }: LogPosition): string {
  return `${file === '-' ? 'standard input' : file}:${line}`;
}

/** "events[0]", or the field; empty for a finding about the whole request. */
export function describePart({ event, pointer }: PlacedFinding): string {
  return event === undefined ? pointer : `events[${event}]`;
}

/** "3 requests of lost-1 with 401: expired" */
export function describeRefusal({ conversationId, status, answer, count }: Refusal): string {
  const whose = conversationId === undefined ? '' : ` of conversation ${conversationId}`;
  return `${counted(count, 'request')}${whose} with ${status}${answer === undefined ? '' : `: ${answer}`}`;
}

/** "12 of 62 rules had something to judge" */
export function describeCoverage({ coverage: { judged, notJudged } }: CheckSummary): string {
  return `${judged.length} of ${judged.length + notJudged.length} rules had something to judge`;
}

/** The totals, one line each. */
export function figures(totals: Totals): [name: string, text: string][] {
  const { lines, requests, conversations, skipped, others, refused, retries } = totals;
  return [
    [
      'lines',
      listed(lines, [
        [requests, requests === 1 ? 'request' : 'requests'],
        [others, others === 1 ? 'other call' : 'other calls'],
        [skipped, 'that could not be read'],
      ]),
    ],
    [
      'requests',
      listed(requests, [
        [refused, 'refused by the receiver'],
        [retries, retries === 1 ? 'retry' : 'retries'],
      ]),
    ],
    ['conversations', listed(conversations, conversationVerdicts(totals))],
  ];
}

/** Worst first. */
export function conversationVerdicts({
  failed,
  warned,
  passed,
}: Totals): [count: number, verdict: Verdict][] {
  return [
    [failed, 'fail'],
    [warned, 'warning'],
    [passed, 'pass'],
  ];
}

function listed(all: number, parts: readonly [count: number, name: string][]): string {
  const named = parts.filter(([count]) => count > 0).map(([count, name]) => `${grouped(count)} ${name}`);
  return grouped(all) + (named.length > 0 ? `: ${named.join(', ')}` : '');
}
