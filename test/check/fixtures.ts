// Results of a check made by hand, for the tests of the reports: each test gives only what matters to it.

import type { Format } from '../../src/check/report/formats.ts';
import { formats } from '../../src/check/report/formats.ts';
import type { ReportContext } from '../../src/check/report/report.ts';
import type {
  BrokenRequirement,
  CheckedConversation,
  CheckSummary,
  Example,
  PlacedFinding,
  SentStep,
  Totals,
} from '../../src/check/result.ts';
import { catalogue } from '../../src/protocol/catalogue.ts';
import { type SenderFinding, senderFinding } from '../../src/protocol/lifecycle/lifecycle.ts';
import type { Step } from '../../src/protocol/lifecycle/step.ts';

export const context: ReportContext & { color: boolean } = {
  failOn: 'must',
  files: ['logs/day.ndjson'],
  at: new Date('2026-07-01T03:00:00Z'),
  color: false,
};

/** "NA entry 1" is a transfer of Agent 1; anything else is the type of the step. */
export function steps(...texts: string[]): SentStep[] {
  return texts.map((text, index) => ({
    step: stepOf(text),
    event: 0,
    file: 'logs/day.ndjson',
    line: index + 1,
    time: undefined,
    status: undefined,
  }));
}

function stepOf(text: string): Step {
  const [transfer, transition, number] = text.split(' ');
  if (!number) return { type: text } as Step;
  const agent = { identity: `agent-${number}`, name: `Agent ${number}` };
  return { type: 'transfer', transfer, transition, agent } as Step;
}

/** Agent 2 takes over while Agent 1 is still there, in line 2. */
export const hastyTakeOver = steps(
  'NA entry 1',
  'cold entry 2',
  'cold exit 1',
  'message',
  'NA exit 2',
  'summary',
  'end',
);

export function placed(finding: SenderFinding, line = 2, file = 'logs/day.ndjson'): PlacedFinding {
  return { ...finding, file, line };
}

export const hasty = placed(
  senderFinding(
    'HOOKS-SEQ-07',
    'Agent 2 ("agent-2") joins by cold transfer while Agent 1 ("agent-1") has not left',
    '/events/0',
    0,
  ),
);

export function conversation(
  conversationId = 'call-1',
  changes: Partial<CheckedConversation> = {},
): CheckedConversation {
  return {
    conversationId,
    verdict: 'fail',
    findings: [hasty],
    further: [],
    steps: hastyTakeOver,
    ...changes,
  };
}

/** A rule with one example, unless it is given others. */
export function brokenRule(changes: Partial<BrokenRequirement> = {}): BrokenRequirement {
  const examples: readonly Example[] = changes.examples ?? [{ finding: hasty, conversation: conversation() }];
  const [{ finding }] = examples as [Example];
  return {
    requirement: finding.requirement,
    level: finding.level,
    count: examples.length,
    conversations: examples.filter((one) => one.conversation).length,
    examples,
    ...changes,
  };
}

export function totals(changes: Partial<Totals> = {}): Totals {
  return {
    lines: 1010,
    requests: 1000,
    conversations: 125,
    skipped: 0,
    others: 10,
    refused: 0,
    retries: 0,
    passed: 124,
    warned: 0,
    failed: 1,
    ...changes,
  };
}

const senders = catalogue.filter(({ binds }) => binds !== 'tenant').map(({ id }) => id);

export function summary(changes: Partial<CheckSummary> = {}): CheckSummary {
  return {
    verdict: 'non-conformant',
    reasons: ['1 requirement is broken'],
    totals: totals(),
    rules: [brokenRule()],
    skipped: [],
    refusals: [],
    coverage: { judged: senders, notJudged: [] },
    read: [],
    ...changes,
  };
}

/** The summary of a conformant check. */
export function conformant(changes: Partial<CheckSummary> = {}): CheckSummary {
  return summary({
    verdict: 'conformant',
    reasons: [],
    rules: [],
    totals: totals({ passed: 125, failed: 0 }),
    ...changes,
  });
}

/** The report of a check in one of the formats. */
export async function written(
  format: Format,
  whole: CheckSummary,
  found: { conversations?: readonly CheckedConversation[]; loose?: readonly PlacedFinding[] } = {},
  changes: Partial<typeof context> = {},
): Promise<string> {
  const pieces: string[] = [];
  const report = await formats[format]({ ...context, ...changes }, (piece) => pieces.push(piece));
  for (const one of found.conversations ?? []) report.conversation(one);
  for (const one of found.loose ?? []) report.finding(one);
  report.end(whole);
  return pieces.join('');
}

/** A hostile log, which tries to control the terminal or the page of a reader. */
export function hostile(attack: string) {
  const message = `participant.type is ${attack}`;
  const file = `${attack}.ndjson`;
  const found = placed(senderFinding('HOOKS-XFER-09', message, `/${attack}`, 0, 'must'), 1, file);
  const agent = { identity: attack, name: attack };
  const step: Step = { type: 'transfer', transfer: 'NA', transition: 'entry', agent };
  const bad = conversation(attack, {
    findings: [found],
    steps: [{ step, event: 0, file, line: 1, time: undefined, status: undefined }],
  });
  const skipped = { file, line: 3, reason: `not JSON: ${attack}` };
  const whole = summary({
    reasons: [attack],
    rules: [brokenRule({ examples: [{ finding: found, conversation: bad }, { finding: found }] })],
    skipped: [skipped],
    totals: totals({ skipped: 1 }),
  });
  return { whole, found: { conversations: [bad], loose: [found] }, changes: { files: [file] } };
}
