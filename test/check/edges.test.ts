// What is at the edge of a log: calls that cannot be read, an order that nobody knows, refusals, logs that overlap.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { checkFiles } from '../../src/check/check-files.ts';
import type { CheckSummary } from '../../src/check/result.ts';
import { defaultSenderProfile } from '../../src/protocol/sent-request.ts';
import { bodiesOf } from './checked-lines.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'edges-'));
after(() => rmSync(folder, { recursive: true }));

let files = 0;
function fileOf(text: string): string {
  files += 1;
  const file = path.join(folder, `log-${files}`);
  writeFileSync(file, text);
  return file;
}

async function check(...logs: string[]): Promise<CheckSummary> {
  const report = { conversation() {}, finding() {}, end() {} };
  return checkFiles(logs.map(fileOf), { profile: defaultSenderProfile, report });
}

function asLines(records: readonly unknown[]): string {
  return records.map((one) => `${typeof one === 'string' ? one : JSON.stringify(one)}\n`).join('');
}

const broken = ({ rules }: CheckSummary) => rules.map(({ requirement }) => requirement);
const inShort = (summary: CheckSummary) => [summary.verdict, ...broken(summary)];

const url = 'https://platform.kore.ai/agentassist/api/v1/hooks/st-1';
const bodies = bodiesOf('the cold transfer flow');
const start = Date.UTC(2026, 4, 4, 9, 30);
/** A record of each body, a second apart. */
const records = bodies.map((body, index) => ({ time: start + index * 1000, url, body, status: 200 }));

describe('a call that cannot be read', () => {
  const unread = { ...records[0]!, body: 'q#' };

  for (const [what, lines] of [
    ['the first one', [unread, ...records.slice(1)]],
    ['one in the middle', [...records.slice(0, 1), unread, ...records.slice(2)]],
    ['the last one', [...records.slice(0, -1), unread]],
    ['without its body', [{ ...unread, body: null }, ...records.slice(1)]],
    ['as a line that was damaged', ['{"time":17', ...records.slice(1)]],
  ] as const) {
    test(`${what}: what is missing is held against nobody`, async () => {
      const summary = await check(asLines(lines));
      assert.deepEqual(inShort(summary), ['inconclusive']);
      assert.match(summary.reasons.join(), /may be a call of any conversation: what is missing afterwards/);
    });
  }

  test('and was refused changed nothing, so nothing else can be missing', async () => {
    const refused = { ...unread, status: 400 };
    const summary = await check(asLines([refused, ...records.slice(0, -1)]));
    assert.deepEqual(inShort(summary), ['non-conformant', 'HOOKS-SEQ-16']);
  });

  test('hides no mistake of a conversation that begins after it', async () => {
    const wrong = [records[0]!, records[2]!, records[1]!, ...records.slice(3)].map(({ body }, index) => ({
      ...records[index]!,
      body,
    }));
    const [verdict, ...ids] = inShort(await check(asLines([unread, ...wrong])));
    assert.deepEqual([verdict, ids.includes('HOOKS-SEQ-07')], ['non-conformant', true]);
  });

  test('bodies in base64 are read', async () => {
    const packed = records.map((one) => ({
      ...one,
      body: Buffer.from(JSON.stringify(one.body)).toString('base64'),
    }));
    assert.deepEqual(inShort(await check(asLines(packed))), ['conformant']);
  });
});

describe('the order', () => {
  test('newest first, by the time of any name; the field is named', async () => {
    const named = records.map(({ time, ...rest }) => ({
      '@timestamp': new Date(time).toISOString(),
      ...rest,
    }));
    const summary = await check(asLines(named.toReversed()));
    assert.deepEqual(inShort(summary), ['conformant']);
    assert.match(summary.read.join(), /order by \.@timestamp/);
  });

  test('newest first, several requests in one second', async () => {
    const seconds = records.map((one) => ({
      ...one,
      time: start + Math.floor((one.time - start) / 2000) * 1000,
    }));
    assert.deepEqual(inShort(await check(asLines(seconds.toReversed()))), ['conformant']);
  });

  test('newest first, without a time: it is said, not failed', async () => {
    const summary = await check(asLines(bodies.toReversed()));
    assert.deepEqual(inShort(summary), ['inconclusive']);
    assert.match(
      summary.reasons.join(),
      /1 conversation without times that differ is in order when read backwards/,
    );
    // What is wrong either way is found.
    assert.ok(broken(await check(asLines(bodies.toReversed().slice(1)))).length > 0);
  });

  for (const way of ['as they came', 'newest first']) {
    test(`times without a zone in the hour that comes twice, ${way}`, async () => {
      const clock = ['02:58:00', '02:59:00', '02:00:00', '02:01:00', '02:02:00', '02:03:00'];
      const local = records.map(({ time: _, ...one }, index) => ({
        ...one,
        time: `2026-10-25 ${clock[index] ?? '02:30:00'}`,
      }));
      const lines = way === 'newest first' ? local.toReversed() : local;
      assert.deepEqual(inShort(await check(asLines(lines))), ['conformant']);
    });
  }
});

describe('refusals', () => {
  test('are told by conversation, with status and words', async () => {
    const refused = bodiesOf('the minimum conversation', 'lost-1').map((body, index) => ({
      ...{ time: start + index, body, status: 401 },
      answer: { status: 401, body: '{"code":401,"message":"token expired"}' },
    }));
    const { verdict, refusals } = await check(asLines([...records, ...refused]));
    assert.equal(verdict, 'inconclusive');
    const [{ file: _, ...first }, ...others] = refusals as [CheckSummary['refusals'][number]];
    assert.deepEqual(others, []);
    assert.deepEqual(first, {
      line: records.length + 1,
      conversationId: 'lost-1',
      status: 401,
      answer: 'token expired',
      count: refused.length,
    });
  });

  test('for its content: the mistake is found, and what follows from the refusal is not', async () => {
    // Agent 2 joins before Agent 1 has left, which the tenant refuses; the sender goes on.
    const [entry, exit, cold, ...rest] = records;
    const summary = await check(asLines([entry, { ...cold, time: exit!.time, status: 409 }, exit, ...rest]));
    assert.deepEqual(inShort(summary), ['non-conformant', 'HOOKS-SEQ-07']);
    assert.match(summary.rules[0]!.examples[0]!.finding.message, /\(the tenant refused it with 409\)$/);
  });

  test('for its content: the same is found wherever in the log the refused request stands', async () => {
    const [entry, exit, cold, ...rest] = records;
    // Nobody knows whether Agent 2 is in the conversation, so what follows is not held against the sender.
    const others = [entry!, exit!, ...rest];
    const refused = { ...cold!, time: exit!.time - 1, status: 409 };
    for (const at of [1, 2, 3, others.length]) {
      const summary = await check(asLines(others.toSpliced(at, 0, refused)));
      assert.deepEqual(inShort(summary), ['non-conformant', 'HOOKS-SEQ-07'], `in line ${at + 1}`);
    }
  });

  test('sent again as it should be: the mistake is found, and no other', async () => {
    const [entry, exit, cold, ...rest] = records;
    const early = { ...cold, time: exit!.time - 1, status: 409 };
    assert.deepEqual(inShort(await check(asLines([entry, early, exit, cold, ...rest]))), [
      'non-conformant',
      'HOOKS-SEQ-07',
    ]);
  });

  test('of a token, or for the form: a request that is sent again is no mistake', async () => {
    for (const status of [400, 401, 409, 422, 429]) {
      const refused = { ...records[0]!, time: start - 1, status };
      assert.deepEqual(inShort(await check(asLines([refused, ...records]))), ['conformant'], String(status));
    }
  });
});

describe('several logs', () => {
  test('with the same record in the same second, in whole seconds: it may be two, so that is not decided', async () => {
    const asWritten = (suffix: string) =>
      records.map((record, index) => ({ ...record, time: `2026-05-04T09:30:0${index}${suffix}` }));
    for (const inSeconds of [asWritten('Z'), asWritten('.000Z'), records]) {
      const summary = await check(asLines(inSeconds), asLines([inSeconds.at(-1)!]));
      assert.equal(summary.verdict, 'inconclusive');
      assert.match(summary.reasons.join(), /equal to the second: .* sent once or twice/);
    }
  });

  test('that overlap: a record that is in both counts once', async () => {
    const exact = records.map((record) => ({ ...record, time: record.time + 1 }));
    const [one, other] = [exact.slice(0, 4), exact.slice(2)];
    const summary = await check(asLines(one), asLines(other));
    assert.deepEqual(inShort(summary), ['conformant']);
    assert.equal(summary.totals.requests, records.length);
    assert.match(summary.read.join(), /2 records are in two logs, equal to the millisecond: counted once/);
  });

  test('what was found is said once, or with the name of the file', async () => {
    const [one, other] = [
      records.slice(0, 3),
      records.slice(3).map(({ time, ...rest }) => ({ ts: time, ...rest })),
    ];
    assert.equal((await check(asLines(records.slice(0, 3)), asLines(records.slice(3)))).read.length, 1);
    assert.equal((await check(asLines(one), asLines(other))).read.length, 2);
  });
});

test('a number is quoted as it stands', async () => {
  const ids = ['12345678901234567890', '1e999'];
  for (const id of ids) {
    const text = JSON.stringify(bodies[0]).replace('"c-1"', id);
    for (const line of [text, `{"body":${text}}`, `{"body":${JSON.stringify(text)}}`]) {
      const { rules } = await check(`${line}\n`);
      const messages = rules.flatMap(({ examples }) => examples.map(({ finding }) => finding.message));
      assert.ok(
        messages.some((message) => message.includes(`conversationId is ${id},`)),
        `${line}: ${messages}`,
      );
    }
  }
});

test('what had nothing to judge is no pass', async () => {
  const { coverage } = await check(asLines(bodies));
  for (const id of [
    'HOOKS-AUTH-01',
    'HOOKS-EP-02',
    'HOOKS-MSG-01',
    'HOOKS-RDL-01',
    'ASSIGN-REQ-01',
  ] as const) {
    assert.ok(coverage.notJudged.includes(id), id);
  }
  for (const id of ['HOOKS-SEQ-07', 'HOOKS-EOC-02', 'HOOKS-ENV-01', 'HOOKS-SEQ-16'] as const) {
    assert.ok(coverage.judged.includes(id), id);
  }
  const withHeaders = await check(
    asLines(records.map((one) => ({ ...one, headers: { 'content-length': '9' } }))),
  );
  assert.ok(withHeaders.coverage.judged.includes('HOOKS-AUTH-01'));
  assert.ok(withHeaders.coverage.judged.includes('HOOKS-EP-02'));
});
