// Which requirement a refusal of a well-formed transfer breaks: that of its form when the same transfer is accepted in another
// one, that of its target when only the other is accepted, once. A healthy tenant gets no request more.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { suite, test } from 'node:test';
import { faults } from '../../src/sandbox/faults/catalogue.ts';
import type { ConformanceReport } from '../../src/verdict/report-types.ts';
import { type Run, run } from './harness.ts';
import { before, sandboxWith } from './tenants.ts';

const transfers = 'features/routing/transfer-to-an-agent-or-a-queue.feature';
const callbacks = 'features/routing/callback.feature';

function reportOf({ reports }: Run): ConformanceReport {
  return JSON.parse(readFileSync(path.join(reports, 'conformance.json'), 'utf8'));
}

function withVerdict(report: ConformanceReport, verdict: string): string[] {
  return report.requirements.filter((one) => one.verdict === verdict).map(({ id }) => id);
}

function failed(ended: Run): string[] {
  return withVerdict(reportOf(ended), 'fail');
}

function findingsOf(ended: Run): string[] {
  return reportOf(ended).requirements.flatMap(({ findings }) => findings.map(({ message }) => message));
}

async function ofFault(name: string, ...args: string[]): Promise<Run> {
  const env = await sandboxWith(faults.find((one) => one.name === name)!.behaviour());
  return run(args, { env, measured: true });
}

interface Transfer {
  parameters: Record<string, string>;
  incoming: IncomingMessage;
}

/** A tenant that answers some transfers itself. @param answerTo undefined for the sandbox's own */
async function answering(
  answerTo: (transfer: Transfer) => { status: number; body: string } | undefined,
): Promise<Run> {
  const { env } = await before((body, incoming, response) => {
    if (!incoming.url?.includes('assign-conversation')) return false;
    const query = Object.fromEntries(new URL(incoming.url, 'http://tenant').searchParams);
    const answer = answerTo({ parameters: { ...query, ...JSON.parse(body) }, incoming });
    if (!answer) return false;
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    return true;
  });
  return run([transfers], { env, measured: true });
}

function transferred({ botSessionId, sessionId, queueId, aId }: Record<string, string>) {
  const target = queueId ? { queueId } : { agentId: aId };
  const outcome = { sessionId: sessionId ?? botSessionId, ...target, status: 'transferred' };
  return { status: 200, body: JSON.stringify({ ...outcome, requestCompletedAt: Date.now() }) };
}

const refused = { status: 400, body: '{"message":"Bad Request"}' };

suite('A refused transfer is charged', { concurrency: 2 }, () => {
  const byFault: Record<string, string> = {
    'does-not-serve-assign-conversation': 'ASSIGN-REQ-01',
    'refuses-a-transfer-with-a-charset': 'ASSIGN-REQ-01',
    'expects-the-orgId-under-another-name': 'ASSIGN-REQ-03',
    'refuses-an-orgId-with-a-queue': 'ASSIGN-REQ-03',
    'expects-the-session-of-a-queue-under-another-name': 'ASSIGN-REQ-04',
    'requires-a-queue-besides-the-agent': 'ASSIGN-REQ-05',
    'requires-an-agent-besides-the-queue': 'ASSIGN-REQ-06',
    'looks-for-the-token-of-a-transfer-in-another-header': 'ASSIGN-AUTH-04',
  };
  for (const [fault, broken] of Object.entries(byFault)) {
    test(`${fault}: to ${broken} alone`, async () => {
      const ended = await ofFault(fault, transfers);
      assert.equal(ended.code, 1, ended.output);
      assert.deepEqual(failed(ended), [broken], ended.output);
    });
  }

  test('and what else its scenarios are about is not reached', async () => {
    const ended = await ofFault('expects-the-orgId-under-another-name', transfers);
    const session = reportOf(ended).requirements.find(({ id }) => id === 'ASSIGN-REQ-04')!;
    assert.equal(session.verdict, 'inconclusive');
    assert.match(
      session.reason!,
      /^not reached, for ASSIGN-REQ-03 is broken before: refused with 400: .*; accepted with organizationId besides orgId/,
    );
  });

  test('and what is about both targets is not shown by one that was accepted', async () => {
    const ended = await ofFault('requires-an-agent-besides-the-queue', transfers);
    const undecided = withVerdict(reportOf(ended), 'inconclusive');
    for (const id of ['ASSIGN-REQ-02', 'ASSIGN-REQ-03', 'ASSIGN-REQ-04'])
      assert.ok(undecided.includes(id), `${id}: ${ended.output}`);
  });

  test('to the callbackUrl when that of an earlier transfer is accepted, and no outcome is one too many', async () => {
    const ended = await ofFault('accepts-only-one-callbackUrl', callbacks, transfers);
    assert.deepEqual(failed(ended), ['ASSIGN-REQ-02'], ended.output);
    assert.match(ended.output, /; accepted with the callbackUrl of an earlier transfer$/m);
    assert.deepEqual(
      findingsOf(ended).filter((message) => message.includes('posted')),
      [],
    );
  });

  test('to what is special about its callbackUrl', async () => {
    const ended = await ofFault('refuses-a-callbackUrl-with-a-query', callbacks, '--name', 'has a query');
    assert.deepEqual(failed(ended), ['ASSIGN-REQ-02'], ended.output);
    assert.match(ended.output, /; accepted with a plain callbackUrl$/m);
  });

  test('to the header that no table has, as a warning, and no must passes for that', async () => {
    const ended = await ofFault('refuses-the-accountid-header', transfers);
    assert.equal(ended.code, 3, ended.output);
    const report = reportOf(ended);
    assert.deepEqual(withVerdict(report, 'warning'), ['ASSIGN-REQ-07']);
    const passed = withVerdict(report, 'pass').filter((id) => id.startsWith('ASSIGN-'));
    assert.deepEqual(passed, []);
  });

  test('to the name of the session by a tenant that takes no name it does not know', async () => {
    const ended = await answering(({ parameters }) =>
      'botSessionId' in parameters || !('sessionId' in parameters) ? refused : transferred(parameters),
    );
    assert.deepEqual(failed(ended), ['ASSIGN-REQ-04'], ended.output);
    assert.match(ended.output, /; accepted with sessionId in place of botSessionId$/m);
  });

  test('to the place of its parameters, which depends on X-22', async () => {
    const ended = await answering(({ incoming }) => (incoming.url!.includes('?') ? undefined : refused));
    assert.deepEqual(failed(ended), ['ASSIGN-REQ-02'], ended.output);
    assert.match(
      ended.output,
      /accepted with its parameters in the query, where TENANT_ASSIGN_PARAMETERS_IN=query/,
    );
  });

  test('to its target when it is refused in every form, and the words name no parameter of it', async () => {
    const ended = await answering(({ parameters }) =>
      'aId' in parameters && !('queueId' in parameters)
        ? { status: 404, body: '{"message":"no such queueId"}' }
        : undefined,
    );
    assert.deepEqual(failed(ended), ['ASSIGN-REQ-05'], ended.output);
  });

  test('to no parameter that the words name, unless the answer depends on it', async () => {
    const ended = await answering(() => ({ status: 403, body: '{"message":"orgId: access denied"}' }));
    assert.deepEqual(failed(ended), ['ASSIGN-REQ-01'], ended.output);
  });

  test('to its answer when the same transfer is accepted once more', async () => {
    let count = 0;
    const ended = await answering(() => {
      count += 1;
      return count % 5 === 1 ? { status: 500, body: '' } : undefined;
    });
    const broken = failed(ended);
    assert.ok(broken.length > 0 && broken.every((id) => id.startsWith('ASSIGN-RESP-')), broken.join());
    assert.match(
      ended.output,
      /; accepted when sent once more: the tenant refuses the same transfer now and then$/m,
    );
  });

  test('to no form that was accepted only because the session was free again', async () => {
    let count = 0;
    const ended = await answering(({ parameters }) => {
      count += 1;
      return count % 12 === 1 ? transferred(parameters) : { status: 423, body: '{"message":"busy"}' };
    });
    assert.equal(ended.code, 1, ended.output);
    assert.deepEqual(
      findingsOf(ended).filter((message) => /accepted with/.test(message)),
      [],
    );
  });

  test('to what the scenario is about when its controls get no answer', async () => {
    let count = 0;
    const { env } = await before((_, incoming, response) => {
      if (!incoming.url?.includes('assign-conversation')) return false;
      count += 1;
      if (count > 1) incoming.socket.destroy();
      else response.writeHead(400, { 'content-type': 'application/json' }).end('{"message":"no"}');
      return true;
    });
    const ended = await run([transfers, '--tags', '@ASSIGN-REQ-06'], { env });
    assert.deepEqual(failed(ended), ['ASSIGN-REQ-06'], ended.output);
  });
});

test('a healthy tenant gets no control', async () => {
  const { messages } = await run([transfers]);
  assert.ok(!messages.some(({ attachment }) => attachment?.body.includes('"label":"control: the refused')));
});

test('an outcome that never comes is charged once, also where the transfer cannot succeed', async () => {
  const silent = faults.find(({ name }) => name === 'does-not-post-an-outcome')!;
  const env = { ...(await sandboxWith(silent.behaviour())), CALLBACK_TIMEOUT_MS: '500' };
  const ended = await run([callbacks], { env, measured: true });
  assert.deepEqual(failed(ended), ['ASSIGN-CB-01']);
  assert.deepEqual(withVerdict(reportOf(ended), 'warning'), []);
  assert.ok(
    findingsOf(ended).some((message) =>
      /posted nothing .*; nor does it post anything for a transfer that can succeed$/.test(message),
    ),
  );
});
