// The catalogue of faults has to be complete, or the proof shows less than it seems to.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type RequirementId, tenantRequirements } from '../../src/protocol/catalogue.ts';
import { catalogueProblems } from '../../src/prove/catalogue-problems.ts';
import type { Fault } from '../../src/sandbox/faults/fault.ts';

const fault = (name: string, breaks: RequirementId): Fault => ({
  name,
  breaks,
  description: 'It does.',
  behaviour: () => ({}),
});

/** Two of each must, one of each should. */
const complete = tenantRequirements.flatMap(({ id, level }) => {
  if (level === 'may') return [];
  return level === 'must' ? [fault(`a-${id}`, id), fault(`b-${id}`, id)] : [fault(`a-${id}`, id)];
});

suite('the catalogue of faults', () => {
  test('is complete with two faults of each must and one of each should', () => {
    assert.deepEqual(catalogueProblems(complete, [{ name: 'is-slow' }]), []);
  });

  const cases: Record<string, [Fault[], string]> = {
    'lacks a second fault of a must': [
      complete.filter(({ name }) => name !== 'b-HOOKS-EP-01'),
      'HOOKS-EP-01 (must) needs 2 faults, but has 1',
    ],
    'lacks a fault of a should': [
      complete.filter(({ breaks }) => breaks !== 'HOOKS-ERR-02'),
      'HOOKS-ERR-02 (should) needs 1 fault, but has 0',
    ],
    'has a fault that breaks a may': [
      [...complete, fault('says-no', 'HOOKS-MSG-10')],
      'says-no breaks HOOKS-MSG-10, which is a may and cannot be broken',
    ],
    'has a name twice': [
      [...complete, fault('a-HOOKS-EP-01', 'HOOKS-EP-02')],
      'a-HOOKS-EP-01 is used as a name 2 times',
    ],
    'has the name of a variation': [
      [...complete, fault('is-slow', 'HOOKS-EP-02')],
      'is-slow is used as a name 2 times',
    ],
  };
  for (const [name, [faults, problem]] of Object.entries(cases)) {
    test(name, () => assert.deepEqual(catalogueProblems(faults, [{ name: 'is-slow' }]), [problem]));
  }
});
