// Makes the checks one after the other, and leaves out those that would only repeat what an earlier one has found.
import { exitCodes, usedWrongly } from '../system/exit-codes.ts';
import { type Check, checks, ofTheUser } from './checks.ts';
import { type Diagnosis, mend, mendWay } from './diagnosis.ts';
import { type Examination, NoAnswer } from './examination.ts';

export interface Result extends Diagnosis {
  check: string;
}

/** @param tell is told of each result as it is known. It never throws for what is wrong with the tenant. */
export async function examine(examination: Examination, tell: (result: Result) => void): Promise<Result[]> {
  const results: Result[] = [];
  /** What is to be mended or was skipped, and what is to be mended first for it. */
  const failed = new Map<string, string>();
  for (const check of checks) {
    const missing = check.needs.find((name) => failed.has(name));
    const found = missing === undefined ? await look(check, examination) : [skipped(failed.get(missing)!)];
    if (missing !== undefined) failed.set(check.name, failed.get(missing)!);
    for (const diagnosis of found) {
      const result = { check: check.name, ...diagnosis };
      results.push(result);
      tell(result);
      if (diagnosis.mark !== 'mend') continue;
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
    if (error instanceof NoAnswer) return [mendWay(error.message)];
    const why = error instanceof Error ? error.message : String(error);
    return [mend(`could not be checked: ${why}`, 'run it again; if it stays, it is a fault of the harness')];
  }
}

function skipped(first: string): Diagnosis {
  return { mark: 'skipped', found: `not checked: mend ${first} first`, todo: [] };
}

/** 0: nothing to mend. 2: settings. 3: anything else that is to be mended (design, decision 4). */
export function exitCodeOf(results: Result[]): number {
  const wrong = results.filter(({ mark }) => mark === 'mend');
  if (wrong.some(({ check }) => ofTheUser.includes(check))) return usedWrongly;
  return wrong.length > 0 ? exitCodes.inconclusive : exitCodes.conformant;
}
