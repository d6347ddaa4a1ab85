// What a run of the suite returns to the proof: its report, and the scenarios with their tags.
import type { ScenarioResult } from '../verdict/collector.ts';
import type { EndedRun } from '../verdict/ended-run.ts';
import type { ConformanceReport } from '../verdict/report-types.ts';

export type JudgedScenario = Pick<ScenarioResult, 'uri' | 'line' | 'tags'> & {
  /** null: the scenario was selected, but did not run to its end. */
  verdict: NonNullable<ScenarioResult['verdict']> | null;
};

export interface JudgedRun {
  report: ConformanceReport;
  scenarios: JudgedScenario[];
}

/** A run that was judged, or why it was not. */
export type SuiteResult = JudgedRun | { trouble: string };

export function judgedRun({ report, results }: EndedRun): JudgedRun {
  return {
    report,
    scenarios: results.map(({ uri, line, tags, verdict = null }) => ({ uri, line, tags, verdict })),
  };
}
