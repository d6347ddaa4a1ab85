// Which requirement a refusal of a well-formed event breaks: that of its form when the same event is accepted in another
// one, that of the order when it is accepted elsewhere, once. A healthy tenant gets no request more.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { faults } from '../../src/sandbox/faults/catalogue.ts';
import type { ConformanceReport } from '../../src/verdict/report-types.ts';
import { type Run, run } from './harness.ts';
import { profile } from './profiles.ts';
import { before, sandboxWith } from './tenants.ts';

const warmTransfer = 'features/conversation-events/warm-transfer.feature';
const transferEvents = 'features/conversation-events/transfer-events.feature';

function reportOf({ reports }: Run): ConformanceReport {
  return JSON.parse(readFileSync(path.join(reports, 'conformance.json'), 'utf8'));
}

function withVerdict(report: ConformanceReport, verdict: string): string[] {
  return report.requirements.filter((one) => one.verdict === verdict).map(({ id }) => id);
}

async function ofFault(name: string, ...args: string[]): Promise<Run> {
  const env = await sandboxWith(faults.find((one) => one.name === name)!.behaviour());
  return run(args, { env, measured: true });
}

suite('A refusal is charged', { concurrency: 2 }, () => {
  for (const [fault, event] of [
    ['ends-only-a-conversation-with-a-language', 'END_OF_CONVERSATION'],
    ['summarises-only-a-conversation-with-a-language', 'TRIGGER_SUMMARY_EVENT'],
  ] as const) {
    test(`to the form of an earlier event, also where only the tidying up sends it: ${event}`, async () => {
      const ended = await ofFault(fault, transferEvents);
      assert.equal(ended.code, 1, ended.output);
      assert.deepEqual(withVerdict(reportOf(ended), 'fail'), ['HOOKS-XFER-06']);
      assert.match(
        ended.output,
        new RegExp(`${event} with .*; accepted after transfer events with another language`),
      );
    });
  }

  test('to the order, and not to the forms in which the event came', async () => {
    const ended = await ofFault('lets-only-the-first-agent-redial', transferEvents);
    assert.equal(ended.code, 1, ended.output);
    const report = reportOf(ended);
    assert.deepEqual(withVerdict(report, 'fail'), ['HOOKS-RDL-01']);
    const form = report.requirements.find(({ id }) => id === 'HOOKS-XFER-06')!;
    assert.equal(form.verdict, 'inconclusive');
    assert.match(
      form.reason!,
      /^not reached, for HOOKS-RDL-01 is broken before: refused with 400: redial entry .*; accepted at another place/,
    );
  });

  test('to the form, and not to the order', async () => {
    const ended = await ofFault(
      'accepts-transfer-types-only-in-lower-case',
      'features/conversation-events/cold-transfer.feature',
      transferEvents,
    );
    assert.deepEqual(withVerdict(reportOf(ended), 'fail'), ['HOOKS-XFER-05']);
    assert.match(
      ended.output,
      /^fail +HOOKS-XFER-05 \(must\) .*; accepted with the transfer type in the other letter case$/m,
    );
  });

  test('to the field that differs, not to all that the control of another scenario changes', async () => {
    const ended = await ofFault(
      'refuses-a-true-senduser-flag',
      'features/conversation-events/messages.feature',
    );
    assert.deepEqual(withVerdict(reportOf(ended), 'fail'), ['HOOKS-MSG-06']);
  });

  test('to the kind of event, where it is refused in every form and at every place', async () => {
    const ended = await ofFault(
      'expects-another-name-of-the-end',
      'features/conversation-events/minimum-conversation.feature',
    );
    assert.deepEqual(withVerdict(reportOf(ended), 'fail'), ['HOOKS-ENV-07']);
  });

  test('once for each message, and one that is refused hides none after it', async () => {
    const { env } = await before((body, _, response) => {
      if (!/🙏|<b>/.test(body)) return false;
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"message":"no"}');
      return true;
    });
    const ended = await run(['--name', 'The customer says all kinds of things'], { env, measured: true });
    const [result] = ended.collected.results;
    const findings = result!.record!.checks.flatMap(({ finding }) => finding ?? []);
    assert.deepEqual(
      findings.map(({ requirement }) => requirement),
      ['HOOKS-MSG-01', 'HOOKS-MSG-01'],
    );
    const sent = result!.record!.exchanges.filter(({ label }) =>
      /^user message, \w+ request of conversation [^,]+$/.test(label),
    );
    assert.equal(sent.length, 8, sent.map(({ label }) => label).join());
  });

  test('to the form that it is about, where that is the form of one author alone', async () => {
    for (const [fault, broken] of [
      ['refuses-genesys-as-the-source-of-a-user', 'HOOKS-MSG-05'],
      ['treats-a-false-sendagent-flag-as-missing', 'HOOKS-MSG-07'],
    ] as const) {
      const ended = await ofFault(fault, '--tags', `@${broken}`);
      assert.deepEqual(withVerdict(reportOf(ended), 'fail'), [broken]);
    }
  });

  test('to a form that was shown often enough, without a control each', async () => {
    const ended = await ofFault('treats-a-false-sendagent-flag-as-missing', 'features/conversation-events');
    const report = reportOf(ended);
    assert.deepEqual(withVerdict(report, 'fail'), ['HOOKS-MSG-07']);
    assert.deepEqual(withVerdict(report, 'warning'), []);
    const { findings } = report.requirements.find(({ id }) => id === 'HOOKS-MSG-07')!;
    const unasked = findings.filter(({ message }) =>
      /; accepted with sendAgentMessage true elsewhere$/.test(message),
    );
    assert.ok(unasked.length > 5, String(unasked.length));
  });

  test('to the answer, when it is accepted a moment later, and to no form, value or order', async () => {
    const together = 'A call and a chat of the same agent take turns';
    const names = ['A consultant leaves last', together].flatMap((name) => ['--name', name]);
    const ended = await ofFault('takes-an-entry-in-a-moment-after-its-answer', ...names);
    assert.equal(ended.code, 1, ended.output);
    assert.deepEqual(withVerdict(reportOf(ended), 'fail'), ['HOOKS-RESP-01']);
    assert.match(
      ended.output,
      /accepted a moment later: an event takes effect only some time after its answer/,
    );
  });

  test('to the answer, when the same request is accepted once more, and to no form, value or order', async () => {
    const ended = await ofFault('answers-500-to-each-seventh-request', transferEvents, warmTransfer);
    const report = reportOf(ended);
    assert.deepEqual(withVerdict(report, 'fail'), ['HOOKS-RESP-01']);
    assert.deepEqual(withVerdict(report, 'inconclusive'), []);
    assert.match(
      ended.output,
      /^fail +HOOKS-RESP-01 \(must\) .*; accepted when sent once more: the tenant refuses the same request now and then$/m,
    );
  });

  test('to the order, when a second try is accepted wherever the first is refused', async () => {
    const tried = new Set<string>();
    const { env } = await before((body, _, response) => {
      if (!body.includes('"warm"') && !body.includes('"WARM"')) return false;
      const { conversationId } = JSON.parse(body) as { conversationId: string };
      if (tried.has(conversationId)) return false;
      tried.add(conversationId);
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"message":"no"}');
      return true;
    });
    const failed = withVerdict(reportOf(await run([warmTransfer], { env })), 'fail');
    assert.ok(failed.length > 0 && !failed.includes('HOOKS-RESP-01'), failed.join());
  });

  test('to conversations at the same time, when it is accepted with no other one open', async () => {
    for (const fault of [
      'begins-no-conversation-beside-one-with-a-like-id',
      'lets-only-two-conversations-be-open',
      'answers-one-request-at-a-time',
    ]) {
      const ended = await ofFault(fault, 'features/conversation-events/simultaneous-conversations.feature');
      assert.deepEqual(withVerdict(reportOf(ended), 'fail'), ['HOOKS-SEQ-15'], `${fault}\n${ended.output}`);
    }
  });

  test('to the conversationId, and to no form that is accepted with another one', async () => {
    const ended = await ofFault('accepts-conversationids-of-up-to-40-characters', transferEvents);
    assert.deepEqual(withVerdict(reportOf(ended), 'fail'), ['HOOKS-ENV-01'], ended.output);
  });

  test('and never makes the verdict better when a control gets no answer', async () => {
    let refused = 0;
    const { env } = await before((body, request, response) => {
      if (refused > 0 && !body.includes('hooks-xfer-12')) return false;
      if (refused > 0) {
        request.socket.destroy();
        return true;
      }
      if (!body.includes('"redial"')) return false;
      refused += 1;
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"message":"no"}');
      return true;
    });
    const ended = await run([transferEvents, '--tags', '@HOOKS-XFER-12'], { env });
    assert.match(ended.output, /^warning +HOOKS-XFER-12 \(should\) +refused with 400: redial entry/m);
  });
});

suite('One cause is charged once', { concurrency: 2 }, () => {
  const ofEvents = 'features/conversation-events/';
  for (const [fault, requirement, ...features] of [
    ['accepts-only-entries', 'HOOKS-XFER-02', 'cold-transfer'],
    ['looks-up-the-bot-only-for-transfers', 'HOOKS-EP-04', 'endpoint-and-envelope'],
    ['requires-a-summary-before-the-end', 'HOOKS-SUM-05', 'redial'],
    ['requires-a-summary-after-a-redial', 'HOOKS-RDL-07', 'redial', 'minimum-conversation'],
    ['refuses-a-summary-after-a-redial', 'HOOKS-RDL-01', 'redial'],
    ['refuses-messages-with-an-experience', 'HOOKS-MSG-12', 'refused-requests', 'minimum-conversation'],
    ['answers-200-with-an-error', 'HOOKS-RESP-02', 'minimum-conversation'],
    ['carries-out-what-a-bad-token-asks-for', 'HOOKS-AUTH-01', 'authentication'],
    ['forgets-a-conversation-that-rests-for-a-second', 'HOOKS-SEQ-14', 'long-conversation'],
  ] as const) {
    test(`${fault}: ${requirement}`, async () => {
      const report = reportOf(await ofFault(fault, ...features.map((name) => `${ofEvents}${name}.feature`)));
      const broken = ['fail', 'warning'].flatMap((verdict) => withVerdict(report, verdict));
      assert.deepEqual(broken, [requirement]);
    });
  }
});

suite('What is accepted is charged', { concurrency: 2 }, () => {
  for (const [fault, plainer, finer, feature] of [
    [
      'checks-only-that-a-token-is-present',
      'HOOKS-AUTH-01',
      'HOOKS-AUTH-03',
      'conversation-events/authentication',
    ],
    ['accepts-a-message-for-any-bot', 'HOOKS-ERR-01', 'HOOKS-ERR-04', 'conversation-events/unknown-bot'],
    ['fails-on-an-unknown-bot', 'HOOKS-ERR-01', 'HOOKS-ERR-04', 'conversation-events/unknown-bot'],
    ['transfers-with-any-token', 'ASSIGN-AUTH-01', 'ASSIGN-AUTH-02', 'routing/refused-transfers'],
  ] as const) {
    test(`to ${plainer}, which explains that ${finer} does not hold: ${fault}`, async () => {
      const ended = await ofFault(fault, `features/${feature}.feature`);
      const report = reportOf(ended);
      assert.deepEqual(withVerdict(report, 'fail'), [plainer]);
      assert.deepEqual(withVerdict(report, 'warning'), []);
      const { verdict, reason } = report.requirements.find(({ id }) => id === finer)!;
      assert.equal(verdict, 'inconclusive');
      assert.match(reason!, new RegExp(`^not reached, for ${plainer} is broken before: `));
      assert.match(ended.output, /the same request is answered so when /);
    });
  }

  test('to both, where the plainer one is a known deviation: the finer one is still decided', async () => {
    const { behaviour } = faults.find(({ name }) => name === 'accepts-a-message-for-any-bot')!;
    const env = await sandboxWith(behaviour());
    const own = profile(env);
    own.deviations.write(
      '- requirement: HOOKS-ERR-01\n  message: answered 200\n  reason: comes with release 12\n',
    );
    const feature = 'features/conversation-events/unknown-bot.feature';
    const ended = await run([feature, ...own.args], { env, measured: true });
    const report = reportOf(ended);
    assert.deepEqual(withVerdict(report, 'known-deviation'), ['HOOKS-ERR-01']);
    assert.deepEqual(withVerdict(report, 'warning'), ['HOOKS-ERR-04']);
  });

  test('to the finer defect, where the plainer one is refused', async () => {
    const ended = await ofFault(
      'compares-the-appId-loosely',
      'features/conversation-events/authentication.feature',
    );
    const report = reportOf(ended);
    assert.deepEqual(withVerdict(report, 'fail'), []);
    assert.deepEqual(withVerdict(report, 'warning'), ['HOOKS-AUTH-03']);
  });
});

test('a healthy tenant gets no control', async () => {
  const { messages } = await run(['features/conversation-events/redial.feature']);
  assert.ok(!messages.some(({ attachment }) => attachment?.body.includes('"label":"control, ')));
});
