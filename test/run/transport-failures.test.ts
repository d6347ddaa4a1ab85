// When the transport fails in the middle of a run: nothing is said about the tenant, and no event is sent twice.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { run, verdicts } from './harness.ts';
import { before } from './tenants.ts';

const minimum = 'features/conversation-events/minimum-conversation.feature';
const summary = ['--tags', '@HOOKS-SUM-03'];

suite('on the connection to the tenant', () => {
  /** No event a second time: no two requests are the same. */
  function sentOnce(received: { body: string }[]): void {
    assert.ok(received.length > 0);
    assert.equal(new Set(received.map(({ body }) => body)).size, received.length);
  }

  const isSummary = ({ body }: { body: string }) => body.includes('TRIGGER_SUMMARY_EVENT');

  test('a reset is inconclusive, and no event is sent again', async () => {
    const tenant = await before((body, request) => {
      if (!isSummary({ body })) return false;
      request.socket.destroy();
      return true;
    });
    const ended = await run(['--name', 'The documented type', '--name', 'takes a voice conversation'], {
      env: tenant.env,
    });
    assert.equal(ended.code, 3, ended.output);
    assert.deepEqual([...new Set(Object.values(verdicts(ended)))].sort(), ['inconclusive', 'pass']);
    assert.match(ended.output, /TRANSPORT_RESET /);
    sentOnce(tenant.received.filter(isSummary));
  });

  test('a tenant that drops one kind of event is visible as that, wherever it is read', async () => {
    const tenant = await before((body, request) => {
      if (!isSummary({ body })) return false;
      request.socket.destroy();
      return true;
    });
    const features = ['summary', 'cold-transfer'].map(
      (name) => `features/conversation-events/${name}.feature`,
    );
    const ended = await run(features, { env: tenant.env });
    assert.equal(ended.code, 3, ended.output);
    const said = /TRIGGER_SUMMARY_EVENT: reset, (\d+) of \1 times, while \d\d other requests were answered/;
    assert.match(ended.output, new RegExp(`^lost +${said.source}`, 'm'));
    const report = JSON.parse(readFileSync(path.join(ended.reports, 'conformance.json'), 'utf8'));
    const [lost] = report.lostRequests;
    assert.equal(lost.event, 'TRIGGER_SUMMARY_EVENT');
    assert.equal(lost.lost, tenant.received.filter(isSummary).length);
    const affected = report.requirements.filter(
      (entry: { verdict: string }) => entry.verdict === 'inconclusive',
    );
    assert.deepEqual(
      affected.map(({ id }: { id: string }) => id),
      // A cold transfer of five agents ends with a summary, too.
      ['HOOKS-SUM-01', 'HOOKS-SUM-02', 'HOOKS-SUM-03', 'HOOKS-SEQ-13'],
    );
    for (const { findings } of affected) assert.match(findings[0].message, said);
    for (const file of ['conformance.md', 'conformance.html']) {
      assert.match(readFileSync(path.join(ended.reports, file), 'utf8'), /TRIGGER(\\)?_SUMMARY(\\)?_EVENT/);
    }
  });

  test('a time-out is inconclusive, and no event is sent again', async () => {
    const tenant = await before((body) => isSummary({ body }));
    const ended = await run(summary, { env: { ...tenant.env, REQUEST_TIMEOUT_MS: '500' } });
    assert.equal(ended.code, 3, ended.output);
    assert.deepEqual([...new Set(Object.values(verdicts(ended)))].sort(), ['inconclusive']);
    assert.match(ended.output, /HOOKS-SUM-03|REQUEST_TIMEOUT_MS/);
    sentOnce(tenant.received.filter(isSummary));
  });

  test('a kind of event that is never answered in time is given up after three', async () => {
    const tenant = await before((body) => isSummary({ body }));
    const features = ['summary', 'languages'].map((name) => `features/conversation-events/${name}.feature`);
    const ended = await run(features, {
      env: { ...tenant.env, REQUEST_TIMEOUT_MS: '500', TENANT_LANGUAGES: 'en,fr,ja,ar' },
    });
    assert.equal(ended.code, 3, ended.output);
    assert.equal(tenant.received.filter(isSummary).length, 3);
    const reasons = ended.collected.results.map(({ reason }) => reason ?? '');
    assert.ok(
      reasons.filter((one) => /^TRIGGER_SUMMARY_EVENT was not sent: the 3 before it/.test(one)).length >= 2,
    );
    assert.ok(ended.collected.results.every(({ verdict }) => verdict !== 'pass'));
  });

  test('a tenant that is busy at first is asked again, and is conformant', async () => {
    const seen = new Set<string>();
    const tenant = await before((body, _, response) => {
      if (seen.has(body)) return false;
      seen.add(body);
      response.writeHead(429, { 'retry-after': '0' }).end();
      return true;
    });
    const ended = await run([minimum], { env: { ...tenant.env, CONFORMANCE_GATE: 'off' } });
    assert.equal(ended.code, 0, ended.output);
    assert.deepEqual([...new Set(Object.values(verdicts(ended)))].sort(), ['pass']);
    const told = ended.collected.results.flatMap((result) => result.record?.exchanges ?? []).length;
    assert.equal(tenant.received.length, told + seen.size);
  });

  test('a tenant that stays busy is inconclusive', async () => {
    const tenant = await before((body, _, response) => {
      if (!isSummary({ body })) return false;
      response.writeHead(503).end();
      return true;
    });
    const ended = await run(summary, { env: tenant.env });
    assert.equal(ended.code, 3, ended.output);
    assert.match(ended.output, /answered 503: try later/);
    sentOnce(tenant.received.filter(isSummary));
  });
});
