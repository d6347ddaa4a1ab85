// The order of a conversation, one clause at a time: what keeps it passes; what breaks it has that finding and no other.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type RequirementId, requirement } from '../../../src/protocol/catalogue.ts';
import { lifecycleRules } from '../../../src/protocol/lifecycle/rules.ts';
import { type Judged, judged } from './judged.ts';
import { type OrderCase, orderCases } from './order-cases.ts';

function reported({ requirement, level, message }: Judged) {
  return { requirement, level, message };
}

for (const [id, cases] of Object.entries<OrderCase[]>(orderCases)) {
  suite(`${id}: ${requirement(id as RequirementId).title}`, () => {
    for (const { kept, broken, wording, level = requirement(id as RequirementId).level } of cases) {
      test(`kept by ${kept}`, () => assert.deepEqual(judged(kept), []));
      test(`broken by ${broken}`, () => {
        assert.deepEqual(judged(broken).map(reported), [{ requirement: id, level, message: wording }]);
      });
    }
  });
}

suite('What is missing is reported together', () => {
  const alone = 'Agent 1 ("agent-1") left with cold exit, and no agent joined with cold entry';
  const expected: Record<string, [string, string][]> = {
    'NA entry 1, cold exit 1': [
      ['HOOKS-SEQ-08', alone],
      [
        'HOOKS-SEQ-16',
        "The conversation is not complete: the last agent's NA exit and END_OF_CONVERSATION did not come",
      ],
    ],
    message: [
      ['HOOKS-SEQ-12', 'A message is sent while no agent is in the conversation'],
      [
        'HOOKS-SEQ-16',
        "The conversation is not complete: the NA entry, the last agent's NA exit and END_OF_CONVERSATION did not come",
      ],
    ],
    'NA entry 1, cold exit 1, end': [
      ['HOOKS-SEQ-08', `${alone} before the END_OF_CONVERSATION`],
      [
        'HOOKS-SEQ-02',
        'END_OF_CONVERSATION comes after the cold exit of Agent 1 ("agent-1"); the NA exit of the last agent comes before it',
      ],
    ],
  };
  for (const [text, findings] of Object.entries(expected)) {
    test(text, () => {
      assert.deepEqual(
        judged(text).map(({ requirement, message }) => [requirement, message]),
        findings,
      );
    });
  }
});

test('a redial opens a call back, and no sender can break that (HOOKS-RDL-04)', () => {
  for (const text of ['redial entry 1, NA exit 1, end', 'redial entry 1, NA exit 1, summary, end']) {
    assert.deepEqual(judged(text), []);
  }
});

test('a conversation that goes on is not judged for what may still come', () => {
  for (const text of ['NA entry 1, …', 'NA entry 1, cold exit 1, …', 'NA entry 1, NA exit 1, summary, …']) {
    assert.deepEqual(judged(text), []);
  }
});

test('each rule has a case that breaks it', () => {
  const broken = Object.values<OrderCase[]>(orderCases)
    .flat()
    .flatMap((one) => judged(one.broken));
  for (const [name, rule] of Object.entries(lifecycleRules)) {
    const level = 'level' in rule ? rule.level : requirement(rule.requirement).level;
    const found = broken.some((one) => one.requirement === rule.requirement && one.level === level);
    assert.ok(found, `${name}: ${rule.requirement}`);
  }
});
