// A run over a connection that fails in every possible way: each fault meets one scenario, and the one after it has a good
// connection again. What else is tested of this, and where:
// - test/tenant/transport-retries, transport-tls: each fault on one request, how many times it is sent, the pauses between.
// - test/tenant/answer-limit: how much of an answer is read.
// - test/run/unreachable: a connection that fails before the run. test/run/transport-failures: what the report says of lost events.
// - test/run/lossy-connection: 500 conversations over a connection that loses one request in twenty.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import type { ScenarioResult } from '../../src/verdict/collector.ts';
import { type Certificate, certificate } from './certificates.ts';
import { connectionFaults } from './connection-faults.ts';
import { type FaultyConnection, faultyConnection, lastAnswer, type Passage } from './faulty-connection.ts';
import { type Run, run, temporaryFolder } from './harness.ts';

/** The requests of each scenario are counted: what would end its conversation is none of them (test/run/tidying-up). */
const nothingAfterwards = { END_CONVERSATIONS: 'false' };

/** A feature with so many scenarios of one conversation each. */
function minimumConversations(number: number): string {
  const file = path.join(temporaryFolder(), 'many.feature');
  const rows = Array.from({ length: number }, (_, row) => `      | ${row + 1} |`);
  const outline = `Feature: Many
  @HOOKS-SEQ-04
  Scenario Outline: Conversation <number>
    Given a voice conversation answered by Agent 1
    When Agent 1 leaves as the last one
    And the conversation ends
    Then the tenant has accepted every event

    Examples:
      | number |
`;
  writeFileSync(file, `${outline}${rows.join('\n')}\n`);
  return file;
}

/** Called for each request: every second conversation meets the next fault, the others none. */
function inTurn(faults: string[]): { fault(passage: Passage): string | undefined; met: Map<string, string> } {
  const conversations = new Set<string>();
  const met = new Map<string, string>();
  return {
    met,
    fault({ conversationId }) {
      if (conversationId === undefined) return undefined;
      const isNew = !conversations.has(conversationId);
      conversations.add(conversationId);
      const next = faults[conversations.size / 2 - 1];
      if (isNew && next !== undefined) met.set(conversationId, next);
      return met.get(conversationId);
    },
  };
}

function conversationsOf({ record }: ScenarioResult): (string | undefined)[] {
  return (record?.exchanges ?? []).map(
    ({ request }) => JSON.parse(request.body ?? '{}').conversationId as string | undefined,
  );
}

/** The scenario that a fault met, its conversation, and the request itself. */
function meeting(ended: Run, met: Map<string, string>, fault: string) {
  const [conversationId] = [...met].find(([, name]) => name === fault) ?? assert.fail(`${fault} met nothing`);
  const result = ended.collected.results.find((each) => conversationsOf(each).includes(conversationId));
  assert.ok(result?.record, 'the scenario was reported to its end');
  const exchanges = result.record.exchanges.filter(({ request }) =>
    request.body?.includes(`"${conversationId}"`),
  );
  return { conversationId, result, exchanges, faulty: exchanges[1]! };
}

function assertOthersPass(ended: Run, met: Map<string, string>): void {
  const others = ended.collected.results.filter(
    (result) => !conversationsOf(result).some((id) => id !== undefined && met.has(id)),
  );
  assert.ok(others.length >= met.size, `${others.length} scenarios met no fault`);
  for (const { name, verdict, reason } of others) assert.equal(verdict, 'pass', `${name}: ${reason}`);
}

// They wait more than they work: both at the same time.
suite('in the middle of a run', { concurrency: true }, () => {
  suite('a fault of the connection:', () => {
    const names = Object.keys(connectionFaults);
    const turns = inTurn(names);
    let connection: FaultyConnection;
    let ended: Run;
    let peakMegabytes: number;

    before(async () => {
      connection = await faultyConnection((passage) => {
        const fault = turns.fault(passage);
        return fault !== undefined && passage.before >= 1 && connectionFaults[fault]!.meddle(passage);
      });
      const peak = path.join(temporaryFolder(), 'peak');
      const watch = new URL('peak-memory.ts', import.meta.url).href;
      ended = await run([minimumConversations(2 * names.length + 2), '--plain-values'], {
        env: {
          ...connection.env,
          REQUEST_TIMEOUT_MS: '1500',
          ...nothingAfterwards,
          NODE_OPTIONS: `--import=${watch}`,
          PEAK_MEMORY_FILE: peak,
        },
      });
      peakMegabytes = Number(readFileSync(peak, 'utf8')) / 1024;
    });

    for (const [name, { verdict, says, arrives, attempts }] of Object.entries(connectionFaults)) {
      test(name, () => {
        const { conversationId, result, exchanges, faulty } = meeting(ended, turns.met, name);
        assert.equal(result.verdict, verdict, result.reason);
        const said = `${faulty.failure?.kind}: ${result.reason}`;
        if (says) assert.match(said, says);
        assert.equal(faulty.attempts, attempts);
        const sent = connection.passages.filter((passage) => passage.conversationId === conversationId);
        assert.equal(sent.length, exchanges.length + attempts - 1, 'requests on the connection');
        assert.equal(
          connection.received(conversationId),
          exchanges.length - 1 + arrives,
          'requests at the tenant',
        );
      });
    }

    test('scenarios between them are judged as ever', () => assertOthersPass(ended, turns.met));

    test('the run comes to its end in time, with a verdict on what was judged', (context) => {
      assert.equal(ended.code, 1, ended.output);
      assert.ok(ended.seconds < 45, `${ended.seconds} s`);
      context.diagnostic(`${ended.seconds.toFixed(1)} s, ${Math.round(peakMegabytes)} MB at most`);
    });

    test('memory stays bounded, whatever is answered', () => {
      assert.ok(peakMegabytes > 50 && peakMegabytes < 400, `${peakMegabytes} MB`);
    });
  });

  suite('a connection that cannot be made:', () => {
    const turns = inTurn(['expired', 'wrong host', 'self-signed', 'refused', 'refused at first']);
    const [good, expired, wrongHost, selfSigned] = [
      certificate('good', 'IP:127.0.0.1', 30),
      certificate('expired', 'IP:127.0.0.1', -1),
      certificate('another', 'DNS:another.invalid', 30),
      certificate('stranger', 'IP:127.0.0.1', 30),
    ];
    const skip =
      good && expired && wrongHost && selfSigned
        ? false
        : 'no openssl on this machine to make certificates with';
    const presented: Record<string, Certificate | undefined> = {
      expired,
      'wrong host': wrongHost,
      'self-signed': selfSigned,
    };
    const refusedMs: Record<string, number> = { refused: 3000, 'refused at first': 200 };
    let connection: FaultyConnection;
    let ended: Run;

    before(async () => {
      if (skip) return;
      // The connection on which the first request of a conversation was answered is its last: the second needs another.
      connection = await faultyConnection(async (passage, of) => {
        const fault = turns.fault(passage);
        if (fault === undefined || passage.before !== 0) return false;
        if (presented[fault]) of.present(presented[fault], passage.socket);
        else of.refuse(refusedMs[fault]!, passage.socket);
        return lastAnswer(passage);
      }, good);
      const vouchedFor = path.join(temporaryFolder(), 'vouched-for.pem');
      writeFileSync(vouchedFor, Buffer.concat([good!.cert, expired!.cert, wrongHost!.cert]));
      ended = await run([minimumConversations(12), '--plain-values'], {
        env: { ...connection.env, ...nothingAfterwards, NODE_EXTRA_CA_CERTS: vouchedFor },
      });
    });

    const cases: Record<string, { verdict: string; attempts: number; says?: RegExp }> = {
      expired: {
        verdict: 'inconclusive',
        attempts: 1,
        says: /^TLS: .*certificate has expired: have it renewed/,
      },
      'wrong host': {
        verdict: 'inconclusive',
        attempts: 1,
        says: /^TLS: .*does not match certificate's altnames/,
      },
      'self-signed': {
        verdict: 'inconclusive',
        attempts: 1,
        says: /^TLS: .*self-signed.*NODE_EXTRA_CA_CERTS/,
      },
      refused: { verdict: 'inconclusive', attempts: 3, says: /^refused: .*TENANT_URL.*tried 3 times/ },
      'refused at first': { verdict: 'pass', attempts: 2 },
    };
    for (const [name, { verdict, attempts, says }] of Object.entries(cases)) {
      test(name, { skip }, () => {
        const { conversationId, result, exchanges, faulty } = meeting(ended, turns.met, name);
        assert.equal(result.verdict, verdict, `${result.reason}`);
        if (says) assert.match(`${faulty.failure?.kind}: ${result.reason}`, says);
        assert.equal(faulty.attempts, attempts);
        const arrived = verdict === 'pass' ? exchanges.length : 1;
        assert.equal(connection.received(conversationId), arrived, 'neither the event nor its token left');
      });
    }

    test('scenarios between them are judged as ever', { skip }, () => {
      assertOthersPass(ended, turns.met);
      assert.equal(ended.code, 3, ended.output);
    });
  });
});
