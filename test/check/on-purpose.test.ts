// The evidence of a conformance run is a log as well. What it sends wrongly on purpose says nothing about its sender.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { EvidencePurpose } from '../../src/evidence/journal.ts';
import type { HooksBody } from '../../src/protocol/events.ts';
import { asLines, foundIn } from '../logs/logs.ts';
import { bodiesOf, broken, checked } from './checked-lines.ts';

interface Line {
  body: HooksBody | object | string;
  status?: number;
  purpose?: EvidencePurpose;
}

/** What the check finds in such evidence. */
async function found(lines: Line[]): Promise<string[]> {
  const url = 'https://tenant.example/agentassist/api/v1/hooks/st-1';
  const headers = { 'content-type': 'application/json', token: '$TENANT_JWT' };
  const evidence = lines.map(({ body, status = 200, purpose }, index) => ({
    ...(purpose ? { purpose } : {}),
    request: { method: 'POST', url, headers, body: typeof body === 'string' ? body : JSON.stringify(body) },
    startedAt: 1000 + index,
    durationMs: 1,
    answer: { status, headers: {}, body: '' },
  }));
  const entries = await foundIn(asLines(...evidence));
  assert.deepEqual(
    entries.filter(({ kind }) => kind === 'skipped'),
    [],
  );
  const records = entries.flatMap((entry) => (entry.kind === 'request' ? [entry.record] : []));
  return broken(checked(records as Parameters<typeof checked>[0]));
}

suite('The evidence of a run', () => {
  const [entry, exit, end] = bodiesOf('the minimum conversation') as [HooksBody, HooksBody, HooksBody];

  test('is judged like any log', async () => {
    assert.deepEqual(await found([{ body: entry }, { body: exit }, { body: end }]), []);
    assert.ok((await found([{ body: exit }, { body: end }])).length > 0);
    assert.ok((await found([{ body: entry }, { body: { ...exit, events: [] } }, { body: end }])).length > 0);
  });

  test('is not judged by what was to be refused, and was', async () => {
    const lines: Line[] = [
      { body: { ...entry, events: [] }, status: 400, purpose: 'to be refused' },
      { body: '{"conversationId":', status: 400, purpose: 'to be refused' },
      { body: entry },
      { body: exit },
      { body: end },
    ];
    assert.deepEqual(await found(lines), []);
  });

  test('goes on from a question that the tenant accepted', async () => {
    const lines: Line[] = [
      { body: entry },
      { body: end, purpose: 'open question' },
      { body: exit, purpose: 'open question' },
    ];
    assert.deepEqual(await found(lines), []);
    assert.ok(
      (await found([{ body: entry }, { body: end, status: 409, purpose: 'open question' }])).length > 0,
    );
  });

  test('is judged by what leaves the tenant clean', async () => {
    assert.ok((await found([{ body: entry }, { body: end, purpose: 'tidying up' }])).length > 0);
  });
});
