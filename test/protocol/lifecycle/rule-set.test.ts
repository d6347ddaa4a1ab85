// Which rules apply to a step: those of its kind, before or after the end.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { RuleSet } from '../../../src/protocol/lifecycle/rule-set.ts';
import type { LifecycleRule } from '../../../src/protocol/lifecycle/rules.ts';
import { newConversation } from '../../../src/protocol/lifecycle/state.ts';
import { stepsIn } from './judged.ts';

const rule = (clause: string, more: Partial<LifecycleRule> = {}): LifecycleRule => ({
  requirement: 'HOOKS-SEQ-06',
  clause,
  breach: () => undefined,
  ...more,
});

suite('A rule applies', () => {
  const rules = new RuleSet([
    rule('always'),
    rule('while it is open', { phase: 'open' }),
    rule('once it has ended', { phase: 'ended' }),
    rule('to messages', { steps: ['message'] }),
    rule('to the end of an ended one', { phase: 'ended', steps: ['end'] }),
  ]);
  const cases: [step: string, ended: boolean, clauses: string[]][] = [
    ['message', false, ['always', 'while it is open', 'to messages']],
    ['message', true, ['always', 'once it has ended', 'to messages']],
    ['end', false, ['always', 'while it is open']],
    ['end', true, ['always', 'once it has ended', 'to the end of an ended one']],
    ['NA entry 1', false, ['always', 'while it is open']],
  ];
  for (const [step, ended, clauses] of cases)
    test(`to ${step}${ended ? ' after the end' : ''}: ${clauses.join(', ')}`, () => {
      const found = rules.rulesFor({ ...newConversation, ended }, stepsIn(step)[0]!);
      assert.deepEqual(
        found.map(({ clause }) => clause),
        clauses,
      );
    });
});
