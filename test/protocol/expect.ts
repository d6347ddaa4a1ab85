// Compares a judgement with the expected one, in one call.
import assert from 'node:assert/strict';
import type { Answer } from '../../src/protocol/answers.ts';
import { type RequirementId, requirement } from '../../src/protocol/catalogue.ts';
import type { Judgement } from '../../src/protocol/finding.ts';
import { type Problem, sentence } from '../../src/protocol/problems.ts';

export function answer(status: number, body: unknown = '', contentType = 'application/json'): Answer {
  return {
    status,
    headers: { 'content-type': contentType },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

/** Nothing is broken, and exactly these requirements were decided. */
export function expectHolds(judgement: Judgement, ...checked: RequirementId[]): void {
  assert.deepEqual(judgement.findings, []);
  assert.deepEqual([...judgement.checked].sort(), checked.toSorted());
}

export interface Broken {
  requirement: RequirementId;
  wording: RegExp;
  /** The requirements that were also checked, and hold. */
  holds?: RequirementId[];
}

/** Exactly this one requirement is broken, with a finding that a reader can act on. */
export function expectBroken(judgement: Judgement, { requirement: id, wording, holds = [] }: Broken): void {
  const [found, ...more] = judgement.findings;
  assert.ok(found, `nothing was found, although ${id} is broken`);
  assert.deepEqual(more, []);
  assert.equal(found.requirement, id);
  assert.equal(found.level, requirement(id).level);
  assert.match(found.message, wording);
  for (const part of [found.message, found.expected, found.actual]) {
    assert.match(part, /\S/);
    assert.doesNotMatch(part, /\n|undefined|oneOf|anyOf/);
  }
  assert.deepEqual([...judgement.checked].sort(), [...holds, id].sort());
}

export interface Expected {
  wording: string;
  pointer: string;
  /** Empty when no requirement covers it. */
  requirements: readonly RequirementId[];
}

/** Exactly this one problem, word for word. */
export function expectProblem(found: Problem[], expected: Expected): void {
  assert.deepEqual(
    found.map((problem) => ({
      wording: sentence(problem),
      pointer: problem.pointer,
      requirements: problem.requirements,
    })),
    [expected],
  );
}
