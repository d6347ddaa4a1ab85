// The transitions of the model, and how they are counted.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { advance } from '../../../src/protocol/lifecycle/lifecycle.ts';
import type { Participant, Step } from '../../../src/protocol/lifecycle/step.ts';
import {
  type Followed,
  followed,
  isHopeless,
  possible,
  TransitionCount,
  unbegun,
  waysOn,
} from '../../../src/protocol/lifecycle/transitions.ts';

const agents = [1, 2, 3, 4, 5].map((number): Participant => ({ identity: `agent-${number}`, name: '' }));

/** Some conversations of each length, all ways on of each; the same in each run. */
function reachable(): Followed[] {
  const found: Followed[] = [];
  let now = [unbegun];
  for (let length = 0; length < 9; length += 1) {
    found.push(...now);
    now = now
      .flatMap((one) => waysOn(one, agents).map(({ after }) => after))
      .filter((_, at) => at % 7 < 2)
      .slice(0, 300);
  }
  return found;
}

const everyStep: readonly Step[] = [
  ...agents.flatMap((agent) =>
    (['NA', 'cold', 'warm', 'redial'] as const).flatMap((transfer) =>
      (['entry', 'exit'] as const).map(
        (transition): Step => ({ type: 'transfer', transfer, transition, agent }),
      ),
    ),
  ),
  { type: 'message' },
  { type: 'summary' },
  { type: 'end' },
];

suite('the transitions of the model', () => {
  test('are those that the rules allow', () => {
    for (const one of reachable()) {
      for (const step of everyStep.filter((step) => isHopeless(one.state, step)))
        assert.notDeepEqual(advance(one.state, { step }).breaches, [], JSON.stringify({ one, step }));
      for (const { after } of waysOn(one, agents)) {
        assert.ok(possible().transitions.has(after.last!), after.last);
        if (one.last !== undefined) assert.ok(possible().pairs.has(`${one.last}, then ${after.last}`));
      }
    }
  });

  test('lead on from every place but the end', () => {
    const firsts = new Set([...possible().pairs].map((pair) => pair.split(', then ')[0]));
    const last = [...possible().transitions].filter((one) => !firsts.has(one));
    assert.deepEqual(last, ['end: left → ended']);
  });

  test('know a returning agent from a new one, and no one who follows himself', () => {
    const step = (transfer: 'NA' | 'cold' | 'warm', transition: 'entry' | 'exit', number: number): Step => {
      return { type: 'transfer', transfer, transition, agent: agents[number - 1]! };
    };
    const handedOver = [step('NA', 'entry', 1), step('cold', 'exit', 1)].reduce(
      (now: Followed, one) => followed(now, one)!,
      unbegun,
    );
    assert.equal(followed(handedOver, step('cold', 'entry', 1)), undefined);
    const second = followed(handedOver, step('cold', 'entry', 2))!;
    assert.equal(second.last, 'cold entry of a new agent: handed over → one agent');
    const back = followed(followed(second, step('cold', 'exit', 2))!, step('cold', 'entry', 1))!;
    assert.equal(back.last, 'cold entry of an agent who was there before: handed over → one agent');
  });
});

suite('the count of transitions', () => {
  const event = (transfertype: string, transition: string) => ({
    name: 'INTERNAL_TRANSFER_EVENT',
    transfertype,
    transition,
    participant: { identity: 'agent-1', name: 'Agent 1', type: 'agent' },
  });

  test('follows each conversation by itself, over several requests', () => {
    const count = new TransitionCount();
    count.take('a', { events: [event('NA', 'entry')] });
    count.take('b', { events: [event('NA', 'entry'), event('NA', 'exit')] });
    count.take('a', { events: [event('NA', 'exit')] });
    assert.equal(count.times('NA entry: nobody yet → one agent, then NA exit: one agent → left'), 2);
    assert.deepEqual(count.coverage.transitions, { taken: 2, possible: possible().transitions.size });
    assert.deepEqual(count.coverage.pairs, { taken: 1, possible: possible().pairs.size });
    assert.ok(count.coverage.neverTaken.includes('summary: left'));
    // What a pair lacks is said once.
    assert.ok(!count.coverage.neverTaken.some((one) => one.includes('summary: left, then')));
  });

  test('leaves a conversation that breaks a rule', () => {
    const count = new TransitionCount();
    count.take('a', { events: [event('NA', 'entry'), event('NA', 'entry'), event('NA', 'exit')] });
    count.take('a', { events: [event('NA', 'exit')] });
    assert.equal(count.coverage.transitions.taken, 1);
  });
});
