// Conformance reports made by hand: each test sets only what matters to it.
import type {
  ConformanceReport,
  ExchangeReport,
  FindingReport,
  ObservationReport,
  RequirementReport,
  RequirementVerdict,
} from '../../src/verdict/report-types.ts';

export function sampleReport(changes: Partial<ConformanceReport> = {}): ConformanceReport {
  return {
    verdict: 'conformant',
    reasons: [],
    causes: [],
    next: null,
    suite: { name: 'agent-ai-conformance', version: '0.1.0', commit: '1234567890abcdef', seed: 1 },
    tenant: { url: 'https://tenant.example', botId: 'st-1', profile: 'staging', embedded: false },
    startedAt: '2026-07-01T03:00:00.000Z',
    durationMs: 10_000,
    requests: 1241,
    selection: { whole: true, words: 'all features' },
    requirements: [],
    observations: [],
    scenarios: {
      total: 288,
      passed: 288,
      failed: 0,
      warnings: 0,
      inconclusive: 0,
      notApplicable: 0,
      knownDeviations: 0,
      recorded: 0,
      harnessErrors: 0,
      notRun: 0,
    },
    coverage: {
      requirements: 86,
      tested: 65,
      untestable: [{ id: 'HOOKS-RDL-02', reason: 'no answer shows it' }],
    },
    lostRequests: [],
    comparison: null,
    ...changes,
  };
}

/** @param changes the other members that the test is about */
export function sampleRequirement(
  id: string,
  verdict: RequirementVerdict,
  changes: Partial<RequirementReport> = {},
): RequirementReport {
  return {
    id,
    level: 'must',
    basis: 'stated',
    ambiguity: [],
    title: `the title of ${id}`,
    area: 'Answers of the hooks',
    source: ['Webhook API for Conversation Events'],
    verdict,
    scenarios: [],
    findings: [],
    reason: null,
    ...changes,
  };
}

export function sampleFinding(changes: Partial<FindingReport> = {}): FindingReport {
  return {
    message: 'success is HTTP 200, the tenant answered 202',
    expected: 'HTTP 200',
    actual: '202 {"STATUS":"QUEUED"}',
    scenario: 'features/hooks/answers.feature:12',
    verdict: 'fail',
    deviation: null,
    exchange: sampleExchange(),
    ...changes,
  };
}

export function sampleExchange(changes: Partial<ExchangeReport> = {}): ExchangeReport {
  return {
    event: 'TRIGGER_SUMMARY_EVENT, 7th of conversation conformance-1',
    request: { method: 'POST', url: 'https://tenant.example/hooks/st-1', headers: {}, body: '{}' },
    answer: { status: 202, headers: {}, body: '{"STATUS":"QUEUED"}' },
    failure: null,
    durationMs: 12,
    attempts: 1,
    repeat: `curl -i -X POST 'https://tenant.example/hooks/st-1' -H "token: $TENANT_JWT" --data-raw '{}'`,
    ...changes,
  };
}

export function sampleObservation(changes: Partial<ObservationReport> = {}): ObservationReport {
  return {
    ambiguity: 'X-14',
    question: 'What is the body of a success?',
    answer: 'empty',
    was: null,
    scenario: 'features/hooks/answers.feature:40',
    ...changes,
  };
}
