import { type Level, type RequirementId, requirement } from './catalogue.ts';

/** One broken requirement, in words for people. */
export interface Finding {
  requirement: RequirementId;
  level: Level;
  /** What is wrong, in one line. */
  message: string;
  expected: string;
  actual: string;
  /** How the tenant accepts what it has refused, as its controls have shown: "without experience". */
  acceptedForm?: string;
}

/**
 * The result of one check: the requirements that it decided, and a finding for each that is broken.
 * A requirement in `checked` without a finding holds.
 */
export interface Judgement {
  checked: RequirementId[];
  findings: Finding[];
}

export function finding(id: RequirementId, message: string, expected: string, actual: string): Finding {
  return { requirement: id, level: requirement(id).level, message, expected, actual };
}

export function holds(...ids: RequirementId[]): Judgement {
  return { checked: [...new Set(ids)], findings: [] };
}

/** `found.requirement` is broken; the requirements in `also` were checked as well, and hold. */
export function broken(found: Finding, ...also: RequirementId[]): Judgement {
  return { checked: [...new Set([...also, found.requirement])], findings: [found] };
}

export function together(judgements: Judgement[]): Judgement {
  return {
    checked: [...new Set(judgements.flatMap((judgement) => judgement.checked))],
    findings: judgements.flatMap((judgement) => judgement.findings),
  };
}
