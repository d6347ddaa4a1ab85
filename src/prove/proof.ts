// All results as one object, and whether they prove the suite.
import type { Proof } from '../protocol/generated/schema-types.ts';

type Results = Pick<Proof, 'unfaulted' | 'faults' | 'variations'>;

interface Ended extends Results {
  startedAt: number;
  selection: readonly string[] | null;
  full: boolean;
}

export function proofOf({ startedAt, selection, full, ...results }: Ended): Proof {
  const problems = problemsOf(results);
  return {
    startedAt: new Date(startedAt).toISOString(),
    durationMs: Date.now() - startedAt,
    form: full ? 'full' : 'quick',
    selection: selection && [...selection],
    proven: problems.length === 0,
    problems,
    totals: totalsOf(results),
    ...results,
  };
}

function problemsOf({ unfaulted, faults, variations }: Results): string[] {
  return [
    ...(unfaulted.outcome === 'green' ? [] : [`the sandbox without a fault: ${unfaulted.outcome}`]),
    ...faults
      .filter(({ outcome }) => outcome !== 'killed')
      .map(({ name, breaks, outcome }) => `${name} (${breaks}): ${outcome}`),
    ...variations
      .filter(({ outcome }) => outcome !== 'green')
      .map(({ name, outcome }) => `${name}: ${outcome}`),
  ];
}

function totalsOf({ faults, variations }: Results): Proof['totals'] {
  const count = (outcome: Proof['faults'][number]['outcome']) =>
    faults.filter((one) => one.outcome === outcome).length;
  return {
    faults: faults.length,
    killed: count('killed'),
    killedByAnother: count('killed by another'),
    survived: count('survived'),
    notJudged: count('not judged'),
    variations: variations.length,
    falseAlarms: variations.filter(({ outcome }) => outcome !== 'green').length,
  };
}
