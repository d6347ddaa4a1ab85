// A connection that loses one request in twenty, or its answer: whatever it takes down is inconclusive, and nothing else.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import type { Exchange } from '../../src/tenant/exchange.ts';
import { type FaultyConnection, faultyConnection } from './faulty-connection.ts';
import { type Run, run } from './harness.ts';

const conversations = 300;
const inTwenty = 20;
/** In addition to the whole suite: many conversations with few requests each. */
const more = [
  'features/conversation-events',
  'features/observations',
  '--tags',
  'not (@HOOKS-AUTH-01 or @HOOKS-AUTH-03)',
];

/** The same places in each run of this test (a linear congruential generator). */
function unluckyOnes(seed: number): () => boolean {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31 < 1 / inTwenty;
  };
}

function evidenceOf({ reports }: Run): Exchange[] {
  const lines = readFileSync(path.join(reports, 'evidence.ndjson'), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}

suite('a connection that loses one request in twenty', () => {
  let connection: FaultyConnection;
  let runs: Run[];
  let lost = 0;

  before(async () => {
    const isLost = unluckyOnes(4);
    connection = await faultyConnection(async ({ conversationId, socket, answer }) => {
      if (conversationId === undefined || !isLost()) return false;
      lost += 1;
      // Every second one has reached the tenant: only the answer is lost.
      if (lost % 2 === 0) await answer();
      return socket.resetAndDestroy();
    });
    const env = { ...connection.env, CONFORMANCE_GATE: 'off' };
    runs = await Promise.all([run([], { env }), run(more, { env })]);
  });

  const results = () => runs.flatMap(({ collected }) => collected.results);
  /** From the evidence, which also has what was being sent when a scenario gave up; outcomes do not come over this connection. */
  const exchanges = () =>
    runs.flatMap(evidenceOf).filter(({ request }) => request.url.startsWith(connection.env.TENANT_URL!));

  test(`has carried ${conversations} conversations`, (context) => {
    const carried = new Set(connection.passages.map(({ conversationId }) => conversationId)).size;
    assert.ok(carried >= conversations, `${carried} conversations`);
    const share = lost / connection.passages.length;
    assert.ok(share > 0.03 && share < 0.07, `${lost} of ${connection.passages.length} lost`);
    const seconds = runs.map((each) => each.seconds.toFixed(1)).join(' and ');
    context.diagnostic(
      `${carried} conversations, ${lost} of ${connection.passages.length} lost, ${seconds} s`,
    );
  });

  test('leaves every scenario a right verdict', () => {
    for (const { uri, line, name, verdict, reason, record } of results()) {
      const failed = record?.exchanges.some(({ failure }) => failure !== undefined);
      const right = failed ? ['inconclusive'] : ['pass', 'recorded'];
      assert.ok(right.includes(`${verdict}`), `${uri}:${line} ${name} is ${verdict}: ${reason}`);
      if (failed) assert.match(`${reason}`, /not sent again/);
    }
    for (const { code, output } of runs) assert.equal(code, 3, output);
  });

  test('has every loss noticed, and none that was not', () => {
    const failures = exchanges().flatMap(({ failure }) => failure ?? []);
    assert.equal(failures.length, lost);
    assert.deepEqual([...new Set(failures.map(({ kind }) => kind))], ['reset']);
  });

  test('gets no request a second time', () => {
    assert.deepEqual([...new Set(exchanges().map(({ attempts }) => attempts))], [1]);
    assert.equal(connection.passages.length, exchanges().length);
    assert.equal(
      connection.arrived.length,
      connection.passages.length - Math.ceil(lost / 2),
      'at the tenant',
    );
  });
});
