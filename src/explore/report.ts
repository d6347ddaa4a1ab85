// What an exploration has come to: its verdict by the policy of a run, as one object for the JSON file and for the terminal.

import { formsOf, type Redact } from '../evidence/redaction.ts';
import { type Level, type RequirementId, requirement } from '../protocol/catalogue.ts';
import type { TransitionCoverage } from '../protocol/lifecycle/transitions.ts';
import type { Exchange as Redacted } from '../tenant/exchange.ts';
import { counted } from '../text/count.ts';
import { isExpired, type KnownDeviation, matches } from '../verdict/deviations.ts';
import { type Verdict, verdictOf } from '../verdict/policy.ts';
import type { Exploration, Found } from './explore.ts';
import type { Script } from './script.ts';

export type ExplorationVerdict = 'partial' | 'non-conformant' | 'inconclusive';

export interface ExplorationFinding {
  requirement: RequirementId;
  level: Level;
  verdict: Verdict;
  message: string;
  why: string;
  /** Why it is a known deviation; null when it is none. */
  knownBecause: string | null;
  repeatable: boolean;
  /** Whether an answer came when it was sent again. */
  repeated: boolean;
  excursion: number;
  times: number;
  /** The scenario that was written; null when no sentence says what was sent. */
  feature: string | null;
  conversation: Script;
  /** What was sent and answered last. */
  exchange: Redacted;
}

export interface ExplorationReport {
  verdict: ExplorationVerdict;
  reasons: string[];
  tenant: { url: string; botId: string; profile: string | null; embedded: boolean };
  seed: number;
  concurrency: number;
  command: string;
  startedAt: string;
  durationMs: number;
  endedBy: Exploration['endedBy'];
  excursions: number;
  requests: Exploration['requests'];
  /** Excursions that got no answer which could be judged. */
  lost: number;
  coverage: TransitionCoverage;
  findings: ExplorationFinding[];
}

export interface ReportContext
  extends Pick<ExplorationReport, 'tenant' | 'seed' | 'concurrency' | 'command' | 'startedAt'> {
  failOn: 'must' | 'should';
  known: readonly KnownDeviation[];
  redact: Redact;
  /** Where the scenario of a finding was written. */
  featureOf(found: Found): string | null;
}

export function explorationReport(exploration: Exploration, context: ReportContext): ExplorationReport {
  const { failOn: _, known, redact, featureOf, ...facts } = context;
  const findings = exploration.found.map((found): ExplorationFinding => {
    const {
      requirement: id,
      isRepeatable: repeatable,
      wasRepeated: repeated,
      why,
      excursion,
      times,
      script,
      failure,
    } = found;
    const message = redact(found.message);
    const { level } = requirement(id);
    const deviation = deviationOf({ requirement: id, message }, known);
    return {
      requirement: id,
      level,
      verdict: verdictOn({ requirement: id, message }, context),
      message,
      why,
      knownBecause: deviation?.reason ?? null,
      repeatable,
      repeated,
      excursion,
      times,
      feature: featureOf(found),
      conversation: script,
      exchange: formsOf(failure.exchange, redact).reported,
    };
  });
  const { durationMs, endedBy, excursions, requests, lost, coverage } = exploration;
  return {
    verdict: verdictFrom(exploration, findings),
    reasons: reasonsOf(exploration, redact),
    ...facts,
    durationMs,
    endedBy,
    excursions,
    requests,
    lost,
    coverage,
    findings,
  };
}

type Judged = Pick<ExplorationFinding, 'requirement' | 'message'>;

/** @param finding its message without secrets */
export function verdictOn(
  finding: Judged,
  { known, failOn }: Pick<ReportContext, 'known' | 'failOn'>,
): Verdict {
  const outcome = deviationOf(finding, known) ? 'broken, as is known' : 'broken';
  return verdictOf(outcome, requirement(finding.requirement).level, failOn);
}

function deviationOf(finding: Judged, known: readonly KnownDeviation[]): KnownDeviation | undefined {
  return known.find((one) => !isExpired(one, new Date()) && matches(one, finding));
}

/** An exploration tries some of many ways, so it is partial at best. */
function verdictFrom(
  { endedBy, coverage, lost, notLookedInto }: Exploration,
  findings: readonly ExplorationFinding[],
): ExplorationVerdict {
  if (findings.some(({ verdict }) => verdict === 'fail')) return 'non-conformant';
  const isNothing = coverage.transitions.taken === 0;
  const isCutShort = endedBy === 'no answer' || endedBy === 'interrupt';
  return isCutShort || isNothing || lost > 0 || notLookedInto > 0 ? 'inconclusive' : 'partial';
}

function reasonsOf(
  { endedBy, lost, lostBecause = '', notLookedInto, coverage }: Exploration,
  redact: Redact,
): string[] {
  return [
    ...(endedBy === 'interrupt' ? ['The exploration was interrupted.'] : []),
    ...(endedBy === 'no answer' ? ['It was given up, since no answers came any more.'] : []),
    ...(lost > 0
      ? [`${counted(lost, 'excursion')} got no answer that could be judged. The last: ${redact(lostBecause)}`]
      : []),
    ...(notLookedInto > 0
      ? [
          `${counted(notLookedInto, 'more failure was', 'more failures were')} not looked into: what they break is not known.`,
        ]
      : []),
    ...(coverage.transitions.taken === 0 ? ['No event was accepted.'] : []),
  ];
}
