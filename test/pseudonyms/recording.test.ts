// A recording with pseudonyms has the verdicts and the findings of a plain one, line by line, and nothing of what was planted.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { LogCheck } from '../../src/check/log-check.ts';
import type { CheckSummary } from '../../src/check/result.ts';
import { readLog } from '../../src/logs/read-log.ts';
import { defaultDialect, type HooksBody } from '../../src/protocol/events.ts';
import { defaultSenderProfile } from '../../src/protocol/sent-request.ts';
import { Recording } from '../../src/recorder/record/recording.ts';
import { knownSecrets } from '../../src/recorder/record/secrets.ts';
import type { Exchange } from '../../src/tenant/exchange.ts';
import { bodiesOf, conversation } from '../protocol/lifecycle/conversations.ts';
import { ends, newFolder, recordsIn } from '../recorder/recorders.ts';
import { assertCleanFolder, assertNothingPlanted, planted } from './planted.ts';

after(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

interface Recorded {
  /** By record: the findings about both sides, and what is said about its order. */
  findings: unknown[];
  summary: unknown;
  /** By conversation, in the order of their names in the plain recording. */
  conversations: unknown[];
  texts: string;
}

async function recorded(exchanges: readonly Exchange[], pseudonymise: boolean): Promise<Recorded> {
  const [folder, keys] = [newFolder(), newFolder()];
  const recording = await Recording.open({
    folder,
    secrets: knownSecrets(),
    judgesTenant: true,
    profile: defaultSenderProfile,
    idleMs: 30 * 60_000,
    onOver: () => {},
    onLoose: () => {},
    ...(pseudonymise ? { pseudonymise: { keys } } : {}),
  });
  const ids = new Set<string>();
  for (const exchange of exchanges) {
    const id = recording.conversationOf(exchange.request);
    if (id !== undefined) ids.add(id);
    recording.write(exchange).judge();
  }
  const known = [...ids].map((id) => recording.check.conversation(id));
  const summary = recording.check.end();
  await recording.close();
  if (pseudonymise) assert.equal(assertCleanFolder(folder), 2, 'the records, and which key they have');
  const records = recordsIn(folder);
  assert.deepEqual(short(await checked(folder)), short(summary), 'the check of the file says the same');
  return {
    findings: records.map(({ findings: { sender, tenant = [], ...rest } }) => [
      sender.map(({ requirement, level, event, pointer }) => [requirement, level, event, pointer]),
      tenant.map(({ requirement, level }) => [requirement, level]),
      rest,
    ]),
    summary: short(summary),
    conversations: known.map((one) => [one?.checked.verdict, one?.open, one?.checked.steps.length]),
    texts: JSON.stringify([known, summary]).replaceAll(folder, ''),
  };
}

async function checked(folder: string): Promise<CheckSummary> {
  const check = new LogCheck();
  for await (const batch of readLog(path.join(folder, 'evidence.ndjson'))) {
    for (const entry of batch) {
      if (entry.kind === 'request') check.take(entry.record);
      else if (entry.kind === 'skipped') check.skip(entry.skipped);
      else check.other();
    }
  }
  return check.end();
}

function short({ verdict, totals, rules, coverage, reasons }: CheckSummary) {
  const counts = rules.map(({ requirement, level, count, conversations }) => [
    requirement,
    level,
    count,
    conversations,
  ]);
  return { verdict, totals, counts, coverage, reasons };
}

async function assertSame(exchanges: readonly Exchange[]): Promise<void> {
  const [plain, clean] = [await recorded(exchanges, false), await recorded(exchanges, true)];
  const { texts: _, ...ofPlain } = plain;
  const { texts, ...ofClean } = clean;
  assert.deepEqual(ofClean, ofPlain);
  assertNothingPlanted(texts, 'what the recorder knows');
  for (const end of ends.splice(0).reverse()) await end();
}

let clock = 1_700_000_000_000;

function exchange(
  body: string,
  status: number,
  answer: string,
  url = '/agentassist/api/v1/hooks/st-1',
): Exchange {
  clock += 1000;
  const failure = { code: 'TRANSPORT_RESET', kind: 'reset', message: 'the connection was closed' } as const;
  const headers = {
    host: 'x',
    'content-type': 'application/json',
    token: '$TENANT_JWT',
    from: planted.email,
  };
  return {
    ...{ startedAt: clock, durationMs: 1, attempts: 1 },
    request: { method: 'POST', url: `http://127.0.0.1:4010${url}`, headers, body },
    ...(status === 0
      ? { failure }
      : { answer: { status, headers: { location: planted.customer }, body: answer } }),
  };
}

const { customer, agent, email, phone, address, said } = planted;

/** The same conversation, among people. */
function personal(body: HooksBody, number: number): object {
  const text = JSON.stringify({ ...body, query: 'query' in body ? said : undefined, note: address })
    .replaceAll('"c-', `"${customer} ${number} `)
    .replaceAll('"agent-', `"${email} `)
    .replaceAll('"Agent ', `"${agent} `);
  return JSON.parse(text);
}

const answers = ['OK', '', '{"STATUS":"OK"}', `{"message":"${agent} is unknown"}`, `<p>${customer}</p>`];

const conversations: fc.Arbitrary<Exchange[]> = fc
  .record({
    steps: fc.array(conversation, { minLength: 1, maxLength: 2 }),
    statuses: fc.infiniteStream(fc.constantFrom(200, 200, 200, 200, 0, 400, 401, 409, 500)),
    said: fc.infiniteStream(fc.constantFrom(...answers)),
    dropped: fc.array(fc.nat(), { maxLength: 2 }),
    swaps: fc.array(fc.nat(), { maxLength: 2 }),
  })
  .map(({ steps, statuses, said: words, dropped, swaps }) => {
    const bodies = steps.flatMap((of, number) =>
      bodiesOf(of, { conversationId: `c-${number}`, botId: 'st-1' }, defaultDialect).map((body) =>
        personal(body, number),
      ),
    );
    for (const at of dropped) if (bodies.length > 2) bodies.splice(at % bodies.length, 1);
    for (const at of swaps) {
      const index = at % bodies.length;
      bodies.splice(index, 2, ...bodies.slice(index, index + 2).reverse());
    }
    return bodies.map((body) => exchange(JSON.stringify(body), statuses.next().value!, words.next().value!));
  });

test('of any conversations', async () => {
  await fc.assert(fc.asyncProperty(conversations, assertSame), { numRuns: 25 });
});

test('of requests that cannot be read, and of those to other places', async () => {
  const id = `{"conversationId":"${customer}"`;
  const entry = JSON.stringify({
    conversationId: customer,
    botId: 'st-1',
    events: [
      {
        ...{ name: 'INTERNAL_TRANSFER_EVENT', transfertype: 'NA', transition: 'entry', isExtAD: false },
        ...{
          language: 'en',
          experience: 'voice',
          participant: { identity: email, name: agent, type: 'agent' },
        },
      },
    ],
  });
  const assign = {
    callbackUrl: `https://x.example/${encodeURIComponent(customer)}`,
    orgId: 'o',
    botSessionId: phone,
    aId: email,
  };
  const at = '/agentassist/api/v1/public/st-1/assign-conversation';
  const outcome = {
    sessionId: phone,
    agentId: email,
    status: 'transferred',
    requestCompletedAt: 1_700_000_000_000,
  };
  const query = new URLSearchParams(assign);
  await assertSame([
    exchange(entry, 200, 'OK'),
    exchange(`${id},"botId":"st-1","query":"${said}`, 400, `{"code":400,"message":"${said}"}`),
    exchange(said, 200, 'OK'),
    exchange(`["${said}"]`, 200, 'OK'),
    exchange(`${id},"events":${'['.repeat(3000)}${']'.repeat(3000)}}`, 200, 'OK'),
    exchange(entry, 200, 'OK', `/hooks/${encodeURIComponent(customer)}`),
    exchange(entry, 200, 'OK', `/other/${encodeURIComponent(customer)}?agent=${encodeURIComponent(agent)}`),
    exchange(`name=${encodeURIComponent(customer)}`, 200, 'OK', '/login'),
    exchange(JSON.stringify(assign), 200, JSON.stringify(outcome), at),
    exchange(JSON.stringify(assign), 200, JSON.stringify({ ...outcome, agentId: agent }), at),
    exchange('', 200, JSON.stringify(outcome), `${at}?${query}`),
    exchange(
      JSON.stringify({ ...assign, callbackUrl: customer }),
      400,
      `{"errors":[{"msg":"${customer}"}]}`,
      at,
    ),
    exchange(gzipSync(entry).toString('base64'), 200, 'OK'),
  ]);
});
