// A check as SARIF. Its validity against the schema of SARIF 2.1.0 was checked by hand; here is what a
// reader relies on.
import assert from 'node:assert/strict';
import path from 'node:path';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { senderFinding } from '../../../src/protocol/lifecycle/lifecycle.ts';
import { conformant, conversation, hasty, hostile, placed, summary, totals, written } from '../fixtures.ts';

/** Its only run. */
function runOf(text: string) {
  const log = JSON.parse(text);
  assert.equal(log.version, '2.1.0');
  assert.equal(log.runs.length, 1);
  return log.runs[0];
}

const uriOf = async (file: string): Promise<string> => {
  const found = conversation('call-1', { findings: [{ ...hasty, file }] });
  const [result] = runOf(await written('sarif', summary(), { conversations: [found] })).results;
  return result.locations[0].physicalLocation.artifactLocation.uri;
};

suite('A check as SARIF', () => {
  test('has a result for each finding, at its line, with its rule', async () => {
    const loose = placed(senderFinding('ASSIGN-REQ-01', 'callbackUrl is missing', '/callbackUrl'), 33);
    const run = runOf(await written('sarif', summary(), { conversations: [conversation()], loose: [loose] }));
    assert.deepEqual(run.tool.driver.rules[0], {
      id: 'HOOKS-SEQ-07',
      shortDescription: {
        text: 'Cold transfer: the previous agent exits before the next one enters, so that one agent at most is active',
      },
      help: {
        text: 'Stated in Webhook API for Conversation Events, Hooks API for Internal Transfers; depends on X-09 (order of a cold transfer)',
      },
      properties: { level: 'must' },
    });
    const [first, second] = run.results;
    const { partialFingerprints, ...rest } = first;
    assert.deepEqual(rest, {
      ruleId: 'HOOKS-SEQ-07',
      ruleIndex: 0,
      level: 'error',
      message: { text: hasty.message },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: 'logs/day.ndjson' }, region: { startLine: 2 } },
          logicalLocations: [{ name: 'call-1', kind: 'conversation' }],
        },
      ],
      properties: { event: 0, pointer: '/events/0' },
    });
    assert.deepEqual(
      [second.ruleId, run.tool.driver.rules[second.ruleIndex].id],
      ['ASSIGN-REQ-01', 'ASSIGN-REQ-01'],
    );
    assert.equal('logicalLocations' in second.locations[0], false);
  });

  test('the level follows the policy', async () => {
    const levels = async (failOn: 'must' | 'should') => {
      const findings = (['must', 'should', 'may'] as const).map((level) => ({ ...hasty, level }));
      const found = conversation('call-1', { findings });
      const { results } = runOf(await written('sarif', summary(), { conversations: [found] }, { failOn }));
      return results.map(({ level }: { level: string }) => level);
    };
    assert.deepEqual(await levels('must'), ['error', 'warning', 'note']);
    assert.deepEqual(await levels('should'), ['error', 'error', 'note']);
  });

  test('the same mistake in the same conversation has the same fingerprint, at any line', async () => {
    const moved = conversation('call-1', { findings: [{ ...hasty, line: 99, file: 'other.ndjson' }] });
    const other = conversation('call-2');
    const run = runOf(await written('sarif', summary(), { conversations: [conversation(), moved, other] }));
    const prints = run.results.map((one: { partialFingerprints: object }) =>
      JSON.stringify(one.partialFingerprints),
    );
    assert.equal(prints[0], prints[1]);
    assert.notEqual(prints[0], prints[2]);
  });

  test('a thousand results of a rule are listed, and the others are counted', async () => {
    const conversations = Array.from({ length: 1003 }, (_, index) => conversation(`call-${index}`));
    const run = runOf(await written('sarif', summary(), { conversations }));
    assert.equal(run.results.length, 1000);
    const [notification] = run.invocations[0].toolExecutionNotifications;
    assert.equal(notification.level, 'note');
    assert.equal(notification.message.text, 'HOOKS-SEQ-07: the first 1000 of 1003 results are listed');
    assert.equal(notification.properties.leftOut, 3);
  });

  test('lines that could not be read are an error of the run', async () => {
    const skipped = [{ file: 'a.ndjson', line: 7, reason: 'not JSON' }];
    const whole = conformant({ verdict: 'inconclusive', skipped, totals: totals({ skipped: 3 }) });
    const [invocation] = runOf(await written('sarif', whole)).invocations;
    assert.equal(invocation.executionSuccessful, false);
    const [first, second] = invocation.toolExecutionNotifications;
    assert.deepEqual(first, {
      level: 'error',
      message: { text: 'not JSON' },
      locations: [{ physicalLocation: { artifactLocation: { uri: 'a.ndjson' }, region: { startLine: 7 } } }],
    });
    assert.equal(second.message.text, '… and 2 more that could not be read');
  });

  test('a HAR has entries instead of lines', async () => {
    const found = conversation('call-1', { findings: [{ ...hasty, file: 'day.har' }, hasty] });
    const skipped = [{ file: 'day.har', line: 7, reason: 'no body was recorded' }];
    const whole = summary({ skipped, totals: totals({ skipped: 1 }) });
    const text = await written('sarif', whole, { conversations: [found] }, { hars: new Set(['day.har']) });
    const { invocations, results } = runOf(text);
    const physicalLocation = { artifactLocation: { uri: 'day.har' } };
    assert.deepEqual(results[0].locations[0].physicalLocation, physicalLocation);
    assert.deepEqual(results[0].properties, { event: 0, pointer: '/events/0', entry: 2 });
    assert.deepEqual(results[1].locations[0].physicalLocation.region, { startLine: 2 });
    assert.equal('entry' in results[1].properties, false);
    const [notification] = invocations[0].toolExecutionNotifications;
    assert.deepEqual(notification.locations, [{ physicalLocation }]);
    assert.deepEqual(notification.properties, { entry: 7 });
  });

  test('a file is named by a proper URI', async () => {
    assert.equal(await uriOf('./a b/tag:#1?.ndjson'), 'a%20b/tag%3A%231%3F.ndjson');
    assert.equal(await uriOf(path.join('..', 'logs', '%41.ndjson')), '../logs/%2541.ndjson');
    const absolute = path.resolve('logs', 'a b.ndjson');
    assert.equal(fileURLToPath(await uriOf(absolute)), absolute);
    assert.equal(await uriOf('-'), '-');
    assert.equal(await uriOf('a\ud800.ndjson'), 'a%EF%BF%BD.ndjson');
  });

  test('a message is text: no placeholder, no link, nothing for a terminal', async () => {
    const attack = '{0} [click](https://evil.example)\u001b[2J\u009b\r\n\u202e';
    const { whole, found, changes } = hostile(attack);
    const text = await written('sarif', whole, found, changes);
    assert.doesNotMatch(text, /[^\P{Cc}\n]|\p{Cf}/u);
    assert.doesNotMatch(JSON.parse(text).runs[0].results[0].locations[0].logicalLocations[0].name, /\p{Cc}/u);
    const { message } = runOf(text).results[0];
    assert.ok(
      message.text.startsWith('participant.type is {{0}} [click] (https://evil.example)'),
      message.text,
    );
  });
});
