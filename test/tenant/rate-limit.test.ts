// A tenant that limits the rate: everybody pauses, and a run is not given up while something gets through.
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { RateLimit } from '../../src/tenant/rate-limit.ts';
import { WaitingBudget } from '../../src/tenant/waiting-budget.ts';

const opened: { close(): void }[] = [];
after(() => {
  for (const one of opened) one.close();
});
let tenants = 0;

function budgetOf(ms: number): WaitingBudget {
  const budget = new WaitingBudget(ms);
  opened.push(budget);
  return budget;
}

/** Several clients of one tenant, as the workers of a run are. */
function clients(count: number, budget?: WaitingBudget): RateLimit[] {
  tenants += 1;
  const all = Array.from({ length: count }, () => new RateLimit(`http://tenant-${tenants}`, budget));
  opened.push(...all);
  return all;
}

async function waited(client: RateLimit): Promise<number> {
  const start = performance.now();
  await client.ready();
  return performance.now() - start;
}

suite('A pause', () => {
  test('is for all clients of the tenant, and for no other tenant', async () => {
    const [one, two] = clients(2) as [RateLimit, RateLimit];
    const [other] = clients(1) as [RateLimit];
    assert.equal(one.limited(700), true);
    await sleep(50);
    const [first, second, elsewhere] = await Promise.all([one, two, other].map(waited));
    assert.ok(first! > 500, `${first} ms`);
    assert.ok(second! > 500, `${second} ms`);
    assert.ok(elsewhere! < Math.min(first!, second!), `${elsewhere} ms`);
  });

  test('that is on already is joined: several requests in flight are one refusal', async () => {
    const [one] = clients(1) as [RateLimit];
    for (let request = 0; request < 20; request += 1) assert.equal(one.limited(300), true);
    assert.ok((await waited(one)) < 5000);
  });

  test('of more than two minutes is not waited for', () => {
    const [one] = clients(1) as [RateLimit];
    assert.equal(one.limited(121_000), 'a pause of 121 s is not waited for');
    assert.equal(one.limited(120_000), true);
  });
});

suite('A tenant is given up', () => {
  test('when nothing was answered after six pauses', () => {
    const [one] = clients(1) as [RateLimit];
    const results = Array.from({ length: 7 }, () => one.limited(0));
    assert.deepEqual(results, [...Array(6).fill(true), 'nothing was answered after 6 pauses']);
    one.answered();
    assert.equal(one.limited(0), true, 'but not for good');
  });

  test('when hardly anything gets through', () => {
    const [one] = clients(1, budgetOf(100_000)) as [RateLimit];
    assert.equal(pausesOf(60_000, 5, one), 2);
  });

  test('never while fifteen requests a minute get through', () => {
    const [one] = clients(1, budgetOf(100_000)) as [RateLimit];
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
