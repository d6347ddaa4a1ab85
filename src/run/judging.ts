// The judging of what scenarios have shown, when they are over: once for a run, and once for what several runs have shown
// together. All that it looks at is handed to it, except for the feature files, which say what the suite has.
import { type RequirementId, requirement } from '../protocol/catalogue.ts';
import { isOfVersion } from '../protocol/since.ts';
import { assess, type RunContext } from '../verdict/assessment.ts';
import { checksByRequirement } from '../verdict/checks-by-requirement.ts';
import type { RunCollector } from '../verdict/collector.ts';
import { deviationStatuses } from '../verdict/deviation-status.ts';
import type { KnownDeviation } from '../verdict/deviations.ts';
import type { EndedRun } from '../verdict/ended-run.ts';
import { type LateFinding, withLateFindings } from '../verdict/late-findings.ts';
import { seenWhole } from './selection.ts';
import { scenariosOfSuite } from './suite-scenarios.ts';

export interface Facts extends Omit<RunContext, 'deviations' | 'late'> {
  run: Pick<RunCollector, 'results' | 'selected' | 'exception'>;
  /** What was found when the scenarios were over. */
  late: readonly LateFinding[];
  known: readonly KnownDeviation[];
  /** When it is judged: a known deviation may have expired. */
  now: Date;
  /** The language of feature files that name none. */
  language: string;
}

/** What is found, and known, of requirements that are not judged. */
function withoutLater<About extends Pick<Facts, 'late' | 'known' | 'requirements'>>(facts: About): About {
  const isJudged = (one: { requirement: RequirementId }) =>
    isOfVersion(requirement(one.requirement), facts.requirements);
  return { ...facts, late: facts.late.filter(isJudged), known: facts.known.filter(isJudged) };
}

export async function judged({ run, now, language, ...all }: Facts): Promise<EndedRun> {
  const { late, known, ...context } = withoutLater(all);
  const placed = withLateFindings(run.results, late, { failOn: context.failOn, known, now });
  const { results, unplaced } = placed;
  const ids = known.map((one) => one.requirement);
  const whole = await seenWhole(run, ids, { language, whole: context.selection.whole });
  const checks = checksByRequirement(results);
  const deviations = deviationStatuses(known, { checks, late: unplaced, whole, now });
  const { selected, exception } = run;
  const part = context.selection.whole ? {} : { scenariosOf: await scenariosOfSuite(language) };
  const report = assess(
    { results, selected, exception },
    { ...context, ...part, deviations, late: unplaced },
  );
  return { report, results, deviations };
}
