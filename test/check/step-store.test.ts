import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Chain, none, StepStore } from '../../src/check/step-store.ts';
import type { Step } from '../../src/protocol/lifecycle/step.ts';

const newChain = (): Chain => ({ first: none, last: none, agents: [], kept: 0 });
const agent = (number: number) => ({ identity: `agent-${number}`, name: `Agent ${number}` });
const steps: Step[] = [
  { type: 'transfer', transfer: 'NA', transition: 'entry', agent: agent(1) },
  { type: 'message' },
  { type: 'transfer', transfer: 'warm', transition: 'entry', agent: agent(2) },
  { type: 'transfer', transfer: 'cold', transition: 'exit', agent: agent(2) },
  { type: 'transfer', transfer: 'redial', transition: 'exit', agent: agent(1) },
  { type: 'summary' },
  { type: 'unclear' },
  { type: 'end' },
];

test('the steps of many conversations and files are kept', () => {
  const store = new StepStore();
  const chains = Array.from({ length: 500 }, newChain);
  for (const [index, step] of steps.entries()) {
    for (const [number, chain] of chains.entries()) {
      const record = { file: `log-${number % 3}`, line: index * 1000 + number, body: {} };
      store.add(chain, { step, event: step.type === 'message' ? undefined : index }, record);
    }
  }
  for (const [number, chain] of chains.entries()) {
    assert.deepEqual(
      store.steps(chain),
      steps.map((step, index) => ({
        step,
        event: step.type === 'message' ? undefined : index,
        file: `log-${number % 3}`,
        line: index * 1000 + number,
        time: undefined,
        status: undefined,
      })),
    );
    assert.deepEqual(store.place(chain), { file: `log-${number % 3}`, line: 7000 + number });
  }
});

test('the places of a released conversation are used again, without harm to others', () => {
  const store = new StepStore();
  const [kept, ...others] = Array.from({ length: 4 }, newChain) as [Chain, Chain, Chain, Chain];
  const record = { file: 'log', line: 1, body: {} };
  for (const chain of [kept, ...others]) for (const step of steps) store.add(chain, { step }, record);
  for (const chain of others) store.release(chain);
  assert.deepEqual(store.steps(others[0]!), []);
  store.release(newChain());
  const next = newChain();
  for (const step of [...steps, ...steps, ...steps, ...steps])
    store.add(next, { step }, { ...record, line: 2 });
  assert.deepEqual(
    store.steps(kept).map(({ step, line }) => [step, line]),
    steps.map((step) => [step, 1]),
  );
  assert.equal(store.steps(next).length, 4 * steps.length);
});

test('times and statuses are kept; steps are sorted by time, and one without a time stays behind the one before', () => {
  const store = new StepStore();
  const chain = newChain();
  const at = (line: number, time?: number, status?: number) =>
    store.add(
      chain,
      { step: { type: 'message' } },
      {
        file: 'log',
        line,
        body: {},
        ...(time === undefined ? {} : { time }),
        ...(status === undefined ? {} : { status }),
      },
    );
  at(1, 30, 200);
  at(2, undefined, 0);
  at(3, 10, 429);
  at(4, 20);
  assert.deepEqual(
    store.steps(chain).map(({ line, time, status }) => [line, time, status]),
    [
      [3, 10, 429],
      [4, 20, undefined],
      [1, 30, 200],
      [2, undefined, 0],
    ],
  );
});
