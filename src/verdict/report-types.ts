// The parts of a conformance report, as schemas/conformance-report.schema.json describes them.
import type {
  ChangedRequirement,
  Comparison,
  ConformanceReport,
  HistoryLine,
} from '../protocol/generated/schema-types.ts';

export type { ChangedRequirement, Comparison, ConformanceReport, HistoryLine };
export type RequirementReport = ConformanceReport['requirements'][number];
export type RequirementVerdict = RequirementReport['verdict'];
export type ScenarioReference = RequirementReport['scenarios'][number];
export type FindingReport = RequirementReport['findings'][number];
export type ExchangeReport = NonNullable<FindingReport['exchange']>;
export type ObservationReport = ConformanceReport['observations'][number];
export type LostRequests = ConformanceReport['lostRequests'][number];
export type ProbableCause = ConformanceReport['causes'][number];
export type History = NonNullable<ConformanceReport['history']>;
export type RequirementHistory = History['requirements'][number];
