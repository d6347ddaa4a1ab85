// The report of the run that has ended in this process. The plugin that surrounds a run makes it, the reporters and the
// command read it. This is the one thing about a run that is kept at module level: cucumber makes the plugin and the
// formatters itself, and hands nothing from one to the other.
import type { ScenarioResult } from './collector.ts';
import type { DeviationStatus } from './deviation-status.ts';
import type { ConformanceReport } from './report-types.ts';

export interface EndedRun {
  report: ConformanceReport;
  results: readonly ScenarioResult[];
  deviations: readonly DeviationStatus[];
}

let ended: EndedRun | undefined;

export function keepEndedRun(run: EndedRun): void {
  ended = run;
}

/** undefined until the scenarios are over, and when nothing was run. */
export function endedRun(): EndedRun | undefined {
  return ended;
}
