// Holds the report of the run that has ended in this process. The plugin around the run makes it; the formatters and the
// command read it. It is kept at module level because cucumber creates the plugin and the formatters itself, and passes
// nothing from one to the other. Nothing else about a run is kept like this.
import type { ScenarioResult } from './collector.ts';
import type { DeviationStatus } from './deviation-status.ts';
import type { ConformanceReport } from './report-types.ts';

export interface EndedRun {
  report: ConformanceReport;
  results: readonly ScenarioResult[];
  deviations: readonly DeviationStatus[];
  /** Files that were written while it went on and are not complete, each with the reason. */
  unwritten?: Readonly<Record<string, string>>;
}

let ended: EndedRun | undefined;

export function keepEndedRun(run: EndedRun): void {
  ended = run;
}

/** undefined until the scenarios have ended, and when nothing ran. */
export function endedRun(): EndedRun | undefined {
  return ended;
}
