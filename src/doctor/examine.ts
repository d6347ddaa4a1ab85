// Makes the checks one after the other, and skips those that would only repeat what an earlier one has found.
import { exitCodes, usedWrongly } from '../system/exit-codes.ts';
import { type Check, checks, ofTheUser } from './checks.ts';
import { type Diagnosis, toFix, transportProblem } from './diagnosis.ts';
import { type Examination, NoAnswer } from './examination.ts';

export interface Result extends Diagnosis {
  check: string;
}

/** @param onResult is called with each result as it is known. It never throws for what is wrong with the tenant. */
export async function examine(
  examination: Examination,
  onResult: (result: Result) => void,
  selected: readonly Check[] = checks,
): Promise<Result[]> {
  const results: Result[] = [];
  /** What has to be fixed or was skipped, and what has to be fixed first for it. */
  const failed = new Map<string, string>();
  for (const check of selected) {
    const missing = check.needs.find((name) => failed.has(name));
    const found = missing === undefined ? await look(check, examination) : [skipped(failed.get(missing)!)];
    if (missing !== undefined) failed.set(check.name, failed.get(missing)!);
    for (const diagnosis of found) {
      const result = { check: check.name, ...diagnosis };
      results.push(result);
      onResult(result);
      if (diagnosis.mark !== 'fix') continue;
      failed.set(check.name, check.name);
      if (diagnosis.setting) failed.set(diagnosis.setting, diagnosis.setting);
    }
  }
  return results;
}

async function look(check: Check, examination: Examination): Promise<Diagnosis[]> {
  try {
    return [await check.look(examination)].flat();
  } catch (error) {
    if (error instanceof NoAnswer) return [transportProblem(error.message)];
    const why = error instanceof Error ? error.message : String(error);
    return [
      toFix(`could not be checked: ${why}`, 'run it again; if it fails again, it is a defect of the harness'),
    ];
  }
}

function skipped(first: string): Diagnosis {
  return { mark: 'skipped', found: `not checked: fix ${first} first`, todo: [] };
}

/** 0: nothing to fix. 2: settings. 3: anything else that has to be fixed. */
export function exitCodeOf(results: Result[]): number {
  const wrong = results.filter(({ mark }) => mark === 'fix');
  if (wrong.some(({ check }) => ofTheUser.includes(check))) return usedWrongly;
  return wrong.length > 0 ? exitCodes.inconclusive : exitCodes.conformant;
}
