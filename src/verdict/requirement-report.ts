// One requirement of a conformance report: its verdict, the scenarios that gave it, and the findings.

import { curl } from '../evidence/curl.ts';
import { ambiguitiesOf, documentTitles, type Requirement, whyUntestable } from '../protocol/catalogue.ts';
import { truncateWithNote } from '../text/truncate.ts';
import { type RequirementCheck, verdictOfChecks } from './checks-by-requirement.ts';
import type { ScenarioResult } from './collector.ts';
import { eventOf, lostInWords } from './lost-requests.ts';
import { isDecided, type Verdict, worst } from './policy.ts';
import type {
  ExchangeReport,
  FindingReport,
  LostRequests,
  RequirementReport,
  RequirementVerdict,
  ScenarioReference,
} from './report-types.ts';
import type { RunFinding } from './run-findings.ts';
import type { ScenarioRecord } from './scenario-record.ts';

/**
 * @param checks made by the scenarios, of this requirement
 * @param run what the run has besides: findings of any requirement that were made after the last scenario, transport failures,
 * and, of a part of the suite, how many scenarios the requirement has in all
 */
export function requirementReport(
  entry: Requirement,
  checks: RequirementCheck[],
  run: { all: readonly RunFinding[]; lost: readonly LostRequests[]; of: number | undefined },
): RequirementReport {
  const { all, lost, of } = run;
  const after = all.filter(({ id }) => id === entry.id);
  const verdict = worst(
    [verdictOfChecks(checks), ...after.map((one) => one.verdict)].flatMap((one) => one ?? []),
  );
  return {
    id: entry.id,
    level: entry.level,
    title: entry.title,
    area: entry.area,
    basis: entry.basis,
    source: entry.source.map((name) => documentTitles[name] ?? name),
    ambiguity: ambiguitiesOf(entry.id),
    verdict: reportedVerdict(verdict),
    ...partOf(checks, verdict, of),
    scenarios: unique(checks.map(({ result }) => result)).map(referenceTo),
    findings: [
      ...oneOfAKind(checks.flatMap(findingOf)),
      ...lostFindings(checks, lost),
      ...after.map(({ finding }) => finding),
    ],
    reason: reasonOf(entry, verdict, checks),
  };
}

/** What only some of its scenarios have shown is said to be so: others may show a breach. */
function partOf(
  checks: readonly RequirementCheck[],
  verdict: Verdict | undefined,
  of = 0,
): Pick<RequirementReport, 'part'> {
  const deciding = checks.filter(({ check }) => isDecided(check.verdict)).map(({ result }) => result);
  const scenarios = unique(deciding).length;
  return isDecided(verdict) && scenarios > 0 && scenarios < of ? { part: { scenarios, of } } : {};
}

/** Optional behaviour conforms either way; an error of the harness shows nothing about the tenant. */
function reportedVerdict(verdict: Verdict | undefined): RequirementVerdict {
  if (verdict === undefined) return 'not-tested';
  if (verdict === 'recorded') return 'pass';
  if (verdict === 'harness-error') return 'inconclusive';
  return verdict;
}

function reasonOf(
  entry: Requirement,
  verdict: Verdict | undefined,
  checks: RequirementCheck[],
): string | null {
  if (verdict === undefined) return whyUntestable(entry) ?? 'no scenario of this run checks it';
  if (verdict === 'recorded') {
    return `optional, and the tenant does without: ${checks.find(({ check }) => check.finding)?.check.finding?.message}`;
  }
  if (isDecided(verdict)) return null;
  const about = checks.filter(({ check }) => check.verdict === verdict);
  const [first, ...others] = unique(about.map(whyUndecided));
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  const prefix = verdict === 'harness-error' ? 'the harness failed: ' : '';
  return `${prefix}${first ?? 'not reached'}${more}`;
}

/** A scenario may find the same thing in each of its events: only the first is kept. */
function oneOfAKind(findings: readonly FindingReport[]): FindingReport[] {
  const kinds = Map.groupBy(findings, ({ scenario, message }) => `${scenario} ${message}`);
  return [...kinds.values()].map(([first]) => first!);
}

function whyUndecided({ check, result }: RequirementCheck): string {
  const before = result.record?.checks.find((one) => one.finding)?.finding;
  if (check.outcome === 'not reached' && before) {
    return `not reached, for ${before.requirement} is broken before: ${before.message}`;
  }
  return firstLine(result.reason ?? 'its scenario ended early');
}

function findingOf({ check, result }: RequirementCheck): FindingReport[] {
  const { finding: found, deviation } = check;
  if (!found) return [];
  return [
    {
      message: found.message,
      expected: found.expected,
      actual: found.actual,
      scenario: placeOf(result),
      verdict: check.verdict as FindingReport['verdict'],
      deviation: deviation ? { reason: deviation.reason, link: deviation.link ?? null } : null,
      exchange:
        found.exchange === undefined
          ? null
          : exchangeReport(result.record!.exchanges[found.exchange], found.repeat),
    },
  ];
}

/** One finding for each kind of request that got no answer. */
function lostFindings(checks: readonly RequirementCheck[], lost: readonly LostRequests[]): FindingReport[] {
  const findings = new Map<string, FindingReport>();
  for (const { check, result } of checks) {
    const exchange = result.record?.exchanges.at(-1);
    if (check.outcome !== 'transport failed' || !exchange?.failure) continue;
    const { kind, message } = exchange.failure;
    const entry = lost.find(({ event, failure }) => event === eventOf(exchange) && failure === kind);
    if (!entry || findings.has(entry.event + entry.failure)) continue;
    findings.set(entry.event + entry.failure, {
      message: `no answer that could be judged: ${lostInWords(entry)}`,
      expected: 'an answer',
      actual: message,
      scenario: placeOf(result),
      verdict: 'inconclusive',
      deviation: null,
      exchange: exchangeReport(exchange),
    });
  }
  return [...findings.values()];
}

function exchangeReport(
  exchange: ScenarioRecord['exchanges'][number] | undefined,
  repeat?: string,
): ExchangeReport | null {
  if (!exchange) return null;
  const { label, request, answer, failure, durationMs, attempts } = exchange;
  return {
    event: label,
    request: { ...request, ...(request.body === undefined ? {} : { body: cut(request.body) }) },
    answer: answer ? { ...answer, body: cut(answer.body) } : null,
    failure: failure?.message ?? null,
    durationMs,
    attempts,
    repeat: repeat ?? curl(request),
  };
}

/** The evidence holds the whole body; the report has to stay readable. */
const maxBodyLength = 8 * 1024;

function cut(body: string): string {
  return truncateWithNote(body, maxBodyLength, ' (cut: see evidence.ndjson)');
}

/** uri:line of a scenario, as findings and observations name it. */
export function placeOf({ uri, line }: ScenarioResult): string {
  return `${uri}:${line}`;
}

function referenceTo({ name, uri, line, verdict }: ScenarioResult): ScenarioReference {
  return { name, uri, line, verdict: verdict ?? 'not-run' };
}

function firstLine(text: string): string {
  return text.split('\n')[0]!.trim();
}

function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}
