// A tenant that limits the rate: everybody pauses, and a run is not given up while something gets through.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { RateLimit } from '../../src/tenant/rate-limit.ts';
import { WaitingBudget } from '../../src/tenant/waiting-budget.ts';

async function waited(client: RateLimit): Promise<number> {
  const start = performance.now();
  await client.ready();
  return performance.now() - start;
}

suite('A pause', () => {
  test('is waited for as long as the tenant asks', async () => {
    const limit = new RateLimit();
    assert.ok((await waited(limit)) < 500, 'none is on');
    assert.equal(limit.limited(700), true);
    assert.ok((await waited(limit)) > 600);
  });

  test('that is on already is joined: several requests in flight are one refusal', async () => {
    const one = new RateLimit();
    for (let request = 0; request < 20; request += 1) assert.equal(one.limited(300), true);
    assert.ok((await waited(one)) < 5000);
  });

  test('of more than two minutes is not waited for', () => {
    const one = new RateLimit();
    assert.equal(one.limited(121_000), 'a pause of 121 s is not waited for');
    assert.equal(one.limited(120_000), true);
  });
});

suite('A tenant is given up', () => {
  test('when nothing was answered after six pauses', () => {
    const one = new RateLimit();
    const results = Array.from({ length: 7 }, () => one.limited(0));
    assert.deepEqual(results, [...Array(6).fill(true), 'nothing was answered after 6 pauses']);
    one.answered();
    assert.equal(one.limited(0), true, 'but not for good');
  });

  test('when hardly anything gets through', () => {
    const one = new RateLimit(new WaitingBudget(100_000));
    assert.equal(pausesOf(60_000, 5, one), 2);
  });

  test('never while fifteen requests a minute get through', () => {
    const one = new RateLimit(new WaitingBudget(100_000));
    assert.equal(pausesOf(60_000, 15, one), 50);
  });
});

/** How many pauses are granted, of fifty, with so many answers between two of them. */
function pausesOf(ms: number, answers: number, client: RateLimit): number {
  const now = Date.now;
  let passed = 0;
  Date.now = () => now() + passed;
  try {
    for (let pause = 0; pause < 50; pause += 1) {
      for (let answer = 0; answer < answers; answer += 1) client.answered();
      if (client.limited(ms) !== true) return pause;
      passed += ms + 1;
    }
    return 50;
  } finally {
    Date.now = now;
  }
}
