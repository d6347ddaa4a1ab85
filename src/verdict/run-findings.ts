// Findings that do not come from a scenario: those made after the last one, and deviations that are no longer needed.
import { type RequirementId, requirement } from '../protocol/catalogue.ts';
import type { Finding } from '../protocol/finding.ts';
import type { DeviationStatus } from './deviation-status.ts';
import { type KnownDeviation, matches } from './deviations.ts';
import { type Verdict, verdictOf } from './policy.ts';
import type { FindingReport } from './report-types.ts';

export interface RunFinding {
  id: RequirementId;
  verdict: Verdict;
  finding: FindingReport;
}

/** Findings made after the last scenario are judged like all others. */
export function lateFindings(
  late: readonly Finding[],
  deviations: readonly DeviationStatus[],
  failOn: 'must' | 'should',
): RunFinding[] {
  return late.map((found) => {
    const known = deviations.find((one) => one.status === 'met' && matches(one.known, found))?.known;
    const verdict = verdictOf(known ? 'broken, as is known' : 'broken', found.level, failOn);
    return runFinding(found, verdict, known);
  });
}

/** A known deviation that the tenant no longer shows fails the run, so that somebody removes the entry. */
export function unexpectedPasses(
  statuses: readonly DeviationStatus[],
  failOn: 'must' | 'should',
): RunFinding[] {
  return statuses
    .filter(({ status }) => status === 'no longer needed')
    .map(({ known }) => {
      const { level } = requirement(known.requirement);
      const found: Finding = {
        requirement: known.requirement,
        level,
        message: `listed as a known deviation, but no finding says so any more: remove ${known.place}`,
        expected: `a finding that matches "${known.message}" (${known.reason})`,
        actual: 'none',
      };
      return runFinding(found, verdictOf('holds, though listed as broken', level, failOn), undefined);
    });
}

function runFinding(found: Finding, verdict: Verdict, known: KnownDeviation | undefined): RunFinding {
  const { message, expected, actual } = found;
  return {
    id: found.requirement,
    verdict,
    finding: {
      message,
      expected,
      actual,
      scenario: null,
      exchange: null,
      verdict: verdict as FindingReport['verdict'],
      deviation: known ? { reason: known.reason, link: known.link ?? null } : null,
    },
  };
}
