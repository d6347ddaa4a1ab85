// What a requirement has come to night after night: since when it is broken, and whether it comes and goes. Reading and
// keeping the lines is done elsewhere.
import type { ConformanceReport, History, HistoryLine, RequirementHistory } from './report-types.ts';

/** So many runs are shown one by one. */
const maxRuns = 60;
/** Whether something comes and goes, a fortnight shows. */
const fortnight = 14;

/** What tells one run from another, and the runs that it is compared with. */
export interface RunInHistory {
  run: string;
  series: string;
  specRevision: string;
  /** Whether parts of the selection are missing, as a shard that was lost. */
  hasGaps: boolean;
}

export function historyLine(
  report: ConformanceReport,
  { run, series, specRevision, hasGaps }: RunInHistory,
): HistoryLine {
  const { startedAt, durationMs, requests, verdict, suite, scenarios, requirements, selection } = report;
  return {
    run,
    series,
    startedAt,
    durationMs,
    requests,
    verdict,
    complete: !hasGaps && scenarios.total > 0 && scenarios.notRun === 0,
    selection: selection.words,
    suite: { version: suite.version, commit: suite.commit },
    specRevision,
    scenarios: { ...scenarios },
    requirements: Object.fromEntries(requirements.map((one) => [one.id, one.verdict])),
  };
}

/**
 * @param lines of all runs that are known, in the order of their beginnings
 * @returns null when the run is not complete: then it is not compared with others
 */
export function historyOf(lines: readonly HistoryLine[], now: HistoryLine): History | null {
  if (!now.complete) return null;
  const nights = [...lines.filter((line) => isBefore(line, now)), now];
  return {
    nights: nights.length,
    runs: nights.slice(-maxRuns).map(({ startedAt, verdict, durationMs, requests }) => ({
      startedAt,
      verdict,
      durationMs,
      requests,
    })),
    // A single run says nothing about what was before.
    requirements:
      nights.length < 2 ? [] : Object.keys(now.requirements).flatMap((id) => aboutOne(id, nights) ?? []),
  };
}

/** Whether it is a run before, and one to compare with. */
function isBefore({ series, complete, startedAt, run }: HistoryLine, now: HistoryLine): boolean {
  if (!complete || series !== now.series || (run === now.run && startedAt === now.startedAt)) return false;
  return Date.parse(startedAt) <= Date.parse(now.startedAt);
}

/** undefined when there is nothing to say: it holds, and has not come and gone. */
function aboutOne(id: string, nights: readonly HistoryLine[]): RequirementHistory | undefined {
  const decided = nights.filter((night) => isKnown(night.requirements[id]));
  const last = decided.at(-1);
  // What tonight did not decide is not broken tonight, whatever it was before.
  const isBrokenNow = isBroken(nights.at(-1)!.requirements[id]);
  const recent = decided.slice(-fortnight).map((night) => isBroken(night.requirements[id]));
  const changes = recent.filter((one, index) => index > 0 && one !== recent[index - 1]).length;
  if (!last || (!isBrokenNow && changes < 2)) return undefined;
  return {
    id,
    isNew: nights.slice(0, -1).every((night) => !(id in night.requirements)),
    broken: isBrokenNow ? streak(id, decided, nights[0]!) : null,
    changes,
    within: recent.length,
  };
}

function streak(
  id: string,
  decided: readonly HistoryLine[],
  oldest: HistoryLine,
): NonNullable<RequirementHistory['broken']> {
  const held = decided.findLastIndex((night) => !isBroken(night.requirements[id]));
  const since = decided.slice(held + 1);
  return {
    nights: since.length,
    since: since[0]!.startedAt,
    orEarlier: held < 0 && id in oldest.requirements,
  };
}

/** What the tenant breaks is broken, whether that is a warning, or known and tolerated. */
function isBroken(verdict: string | undefined): boolean {
  return verdict !== undefined && ['fail', 'warning', 'known-deviation'].includes(verdict);
}

function isKnown(verdict: string | undefined): boolean {
  return verdict !== undefined && !['inconclusive', 'not-applicable', 'not-tested'].includes(verdict);
}
