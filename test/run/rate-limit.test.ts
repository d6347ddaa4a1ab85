// A run at a tenant that allows so many requests in a span of time, without a setting for it.
import assert from 'node:assert/strict';
import { before as beforeAll, suite, test } from 'node:test';
import { fewAtATime, type Run, run } from './harness.ts';
import { before } from './tenants.ts';

const spanMs = 2000;
const perSpan = 12;

/** Allows so many requests in each span, and says how long to wait when it is told to. */
async function limited(saysHowLong: boolean): Promise<Record<string, string>> {
  let begun = 0;
  let count = 0;
  const { env } = await before((_, __, response) => {
    if (Date.now() - begun >= spanMs) [begun, count] = [Date.now(), 0];
    count += 1;
    if (count <= perSpan) return false;
    response.writeHead(429, saysHowLong ? { 'retry-after': '1' } : {}).end('slow down');
    return true;
  });
  return env;
}

suite('A tenant that limits the rate', () => {
  const args = ['summary', 'cold-transfer'].map((name) => `features/conversation-events/${name}.feature`);
  let runs: Run[];
  beforeAll(async () => {
    runs = await fewAtATime([
      async () => run(args, { env: await limited(true) }),
      async () => run([...args, '--parallel', '3'], { env: await limited(true) }),
      async () => run(args, { env: await limited(false) }),
    ]);
  });
  for (const [index, name] of [
    'that says how long to wait',
    'with three workers',
    'that does not say how long',
  ].entries()) {
    test(`${name}, is judged all the same`, () => {
      const { code, output } = runs[index]!;
      assert.equal(code, 0, output);
      assert.match(output, /^verdict +partial: no breach/m);
      assert.match(output, /The tenant limits the rate: it answered 429 .*MAX_REQUESTS_PER_MINUTE=\d+ keeps/);
    });
  }
});
