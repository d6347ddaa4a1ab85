// The colour of each verdict on a terminal.
import type { Verdict } from '../verdict/policy.ts';
import type { ConformanceReport } from '../verdict/report-types.ts';

type Colour = 'red' | 'yellow' | 'green' | 'dim';

export const verdictColours: Record<Verdict | 'not-tested', Colour> = {
  'harness-error': 'red',
  fail: 'red',
  'unexpected-pass': 'yellow',
  inconclusive: 'yellow',
  warning: 'yellow',
  'known-deviation': 'dim',
  recorded: 'dim',
  pass: 'green',
  'not-applicable': 'dim',
  'not-tested': 'dim',
};

export const runColours: Record<ConformanceReport['verdict'], Colour> = {
  conformant: 'green',
  partial: 'green',
  'non-conformant': 'red',
  'list-needs-tidying': 'yellow',
  inconclusive: 'yellow',
  error: 'red',
};
