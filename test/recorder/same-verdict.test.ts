// The recorder and the check of its log judge alike: whatever is sent, refused, lost, retried or answered in another order,
// a record, /conversations and `npm run check` have the same findings for each line.
import assert from 'node:assert/strict';
import path from 'node:path';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { LogCheck } from '../../src/check/log-check.ts';
import type { CheckSummary, PlacedFinding } from '../../src/check/result.ts';
import { readLog } from '../../src/logs/read-log.ts';
import { defaultDialect, type HooksBody } from '../../src/protocol/events.ts';
import { defaultSenderProfile } from '../../src/protocol/sent-request.ts';
import { type JudgedRecord, Recording } from '../../src/recorder/record/recording.ts';
import { knownSecrets } from '../../src/recorder/record/secrets.ts';
import { bodiesOf, conversation } from '../protocol/lifecycle/conversations.ts';
import { stepsIn } from '../protocol/lifecycle/judged.ts';
import { ends, newFolder, recordsIn } from './recorders.ts';

/** A request, the status of its answer (0: none), and how many requests are sent before that answer comes. */
interface Sending {
  body: HooksBody;
  status: number;
  /** 0: the answer comes before the next request is sent. */
  answeredAfter: number;
}

interface Recorded {
  folder: string;
  records: JudgedRecord[];
  recording: Recording;
}

async function recorded(sendings: readonly Sending[]): Promise<Recorded> {
  const folder = newFolder();
  const recording = await Recording.open({
    folder,
    secrets: knownSecrets(),
    judgesTenant: false,
    profile: defaultSenderProfile,
    idleMs: 30 * 60_000,
    onOver: () => {},
    onLoose: () => {},
  });
  ends.push(() => recording.close());
  const inFlight: { due: number; answer: () => void }[] = [];
  const answerDue = (turn: number) => {
    // Of the answers that are due at the same time, that of the latest request comes first.
    for (const { answer } of inFlight.filter(({ due }) => due <= turn).reverse()) answer();
    inFlight.splice(0, inFlight.length, ...inFlight.filter(({ due }) => due > turn));
  };
  for (const [turn, { body, status, answeredAfter }] of sendings.entries()) {
    const sentAt = 1_700_000_000_000 + turn * 1000;
    const judged = recording.check.expects(body.conversationId, sentAt);
    const answer = () => {
      recording.write(exchange(body, sentAt, status)).judge();
      judged();
    };
    inFlight.push({ due: turn + answeredAfter, answer });
    answerDue(turn);
  }
  answerDue(Number.POSITIVE_INFINITY);
  return { folder, records: recordsIn(folder), recording };
}

function exchange(body: HooksBody, startedAt: number, status: number) {
  const url = 'https://tenant.example/agentassist/api/v1/hooks/st-1';
  const headers = { host: 'tenant.example', 'content-type': 'application/json', token: '$TENANT_JWT' };
  const failure = {
    code: 'TRANSPORT_RESET' as const,
    kind: 'reset' as const,
    message: 'the connection was closed',
  };
  return {
    ...{ startedAt, durationMs: 1, attempts: 1 },
    request: { method: 'POST', url, headers, body: JSON.stringify(body) },
    ...(status === 0 ? { failure } : { answer: { status, headers: {}, body: 'OK' } }),
  };
}

interface Checked {
  byLine: Map<number, string[]>;
  summary: CheckSummary;
}

/** The result of `npm run check` for the file that the recorder wrote. */
async function checked(folder: string): Promise<Checked> {
  const check = new LogCheck();
  for await (const batch of readLog(path.join(folder, 'evidence.ndjson'))) {
    for (const entry of batch) if (entry.kind === 'request') check.take(entry.record);
  }
  const byLine = linesOf(check.open().flatMap(({ findings }) => findings));
  return { byLine, summary: check.end() };
}

function linesOf(findings: readonly PlacedFinding[]): Map<number, string[]> {
  const lines = Map.groupBy(findings, ({ line }) => line);
  return new Map([...lines].map(([line, of]) => [line, of.map(wording).sort()]));
}

function wording({ requirement, message }: { requirement: string; message: string }): string {
  return `${requirement} ${message}`;
}

const envelope = (number: number) => ({ conversationId: `c-${number}`, botId: 'st-1' });

const sendings: fc.Arbitrary<Sending[]> = fc
  .record({
    conversations: fc.array(conversation, { minLength: 1, maxLength: 2 }),
    /** For each body: the statuses of its answers, one after the other. */
    statuses: fc.infiniteStream(
      fc.constantFrom(
        [200],
        [200],
        [200],
        [503, 200],
        [0, 200],
        [400, 200],
        [500, 429, 200],
        [0],
        [400],
        [200, 200],
        [],
      ),
    ),
    late: fc.infiniteStream(fc.constantFrom(0, 0, 0, 1, 2, 5)),
    swaps: fc.array(fc.nat(), { maxLength: 3 }),
  })
  .map(({ conversations, statuses, late, swaps }) => {
    const bodies = conversations.flatMap((steps, number) =>
      bodiesOf(steps, envelope(number), defaultDialect),
    );
    for (const at of swaps) {
      const index = at % bodies.length;
      bodies.splice(index, 2, ...bodies.slice(index, index + 2).reverse());
    }
    return bodies.flatMap((body) =>
      statuses.next().value!.map((status: number) => ({ body, status, answeredAfter: late.next().value! })),
    );
  });

/** Whether the record of each request, the live check and the check of the log have the same findings. */
async function assertSameFindings(sendings: readonly Sending[]): Promise<Recorded> {
  const result = await recorded(sendings);
  const { folder, records, recording } = result;
  const { byLine, summary } = await checked(folder);
  const live = ['c-0', 'c-1'].flatMap((id) => recording.check.conversation(id) ?? []);
  assert.deepEqual(linesOf(live.flatMap(({ checked }) => checked.findings)), byLine);
  const later = linesOf(live.flatMap((one) => one.later));
  for (const [index, { findings }] of records.entries()) {
    const line = index + 1;
    const pending = findings.order === 'pending' ? (later.get(line) ?? []) : [];
    assert.deepEqual([...findings.sender.map(wording), ...pending].sort(), byLine.get(line) ?? []);
    if (findings.order !== 'pending') assert.equal(later.get(line), undefined);
  }
  assert.deepEqual(
    live.flatMap(({ withdrawn }) => withdrawn),
    [],
  );
  const end = recording.check.end();
  assert.deepEqual([end.verdict, end.totals], [summary.verdict, summary.totals]);
  return result;
}

test('every line has the same findings in its record, live, and when the log is checked', async () => {
  await fc.assert(
    fc.asyncProperty(sendings, async (sendings) => {
      await assertSameFindings(sendings);
      await Promise.all(ends.splice(0).map((end) => end()));
    }),
    { numRuns: 150 },
  );
});

suite('What a record says about its sender', () => {
  const bodies = (text: string) =>
    stepsIn(text).flatMap((step) => {
      const plain =
        step.type === 'transfer'
          ? { ...step, agent: Number(step.agent.identity.replace('agent-', '')) }
          : step.type === 'end'
            ? { type: step.type, agent: 1 }
            : { type: step.type as 'message' | 'summary' };
      return bodiesOf([plain], envelope(0), defaultDialect);
    });
  const answered = (text: string, statuses: readonly number[], answeredAfter: readonly number[] = []) =>
    bodies(text).map((body, index) => ({
      body,
      status: statuses[index] ?? 200,
      answeredAfter: answeredAfter[index] ?? 0,
    }));
  const senderFindings = ({ records }: Recorded) =>
    records.map(({ findings }) => findings.sender.map(({ requirement }) => requirement));

  test('a retry that comes after another event is a retry', async () => {
    const result = await recorded(answered('NA entry 1, NA exit 1, NA entry 1, end', [503]));
    assert.deepEqual(senderFindings(result), [[], [], [], []]);
    assert.deepEqual(
      result.records.map(({ findings }) => findings.retry),
      [undefined, undefined, true, undefined],
    );
    assert.equal(result.recording.check.end().totals.retries, 1);
  });

  test('a retry that comes after a message is a retry', async () => {
    const result = await recorded(answered('NA entry 1, message, NA entry 1, NA exit 1, end', [503]));
    assert.deepEqual(senderFindings(result), [[], [], [], [], []]);
  });

  test('a repetition after an answer is not a retry', async () => {
    const result = await recorded(answered('NA entry 1, NA entry 1, NA exit 1, end', []));
    assert.deepEqual(senderFindings(result), [[], ['HOOKS-SEQ-05'], [], []]);
  });

  test('when two requests are in flight, the order of the one answered first is pending in its record', async () => {
    const result = await recorded(answered('NA entry 1, NA exit 1, end', [], [1, 0, 0]));
    assert.deepEqual(senderFindings(result), [[], [], []]);
    assert.deepEqual(
      result.records.map(({ request }) => JSON.parse(request.body!).events[0].transition),
      ['exit', 'entry', undefined],
    );
    assert.deepEqual(
      result.records.map(({ findings }) => findings.order),
      ['pending', 'pending', undefined],
    );
    assert.equal(result.recording.check.end().verdict, 'conformant');
  });

  test('what was sent after a refusal is judged in its light, even if the refusal is answered late', async () => {
    // The exit was refused, so nobody knows who is in the conversation when Agent 1 redials. Its NA exit is answered late too.
    const text = 'NA exit 1, redial entry 2, redial entry 1, NA exit 1, summary, end';
    const result = await assertSameFindings(answered(text, [400], [1, 0, 0, 1]));
    const { checked, withdrawn } = result.recording.check.conversation('c-0')!;
    const inShort = checked.findings.map(({ requirement, line }) => `${requirement} ${line}`);
    assert.deepEqual([inShort, withdrawn], [['HOOKS-SEQ-01 2'], []]);
    assert.deepEqual(senderFindings(result).flat(), []);
    assert.deepEqual(
      result.records.map(({ findings }) => findings.order),
      ['pending', 'pending', undefined, 'pending', 'pending', undefined],
    );
  });

  test('what may follow from a refusal is not found, even if that refusal is answered late', async () => {
    // The tenant was busy when the call began, then refused the exit, since it knew of no call.
    const text = 'NA entry 1, NA exit 2, NA exit 1, end';
    for (const answeredAfter of [0, 1, 2]) {
      const result = await assertSameFindings(answered(text, [429, 409], [answeredAfter]));
      const { checked } = result.recording.check.conversation('c-0')!;
      assert.ok(
        checked.findings.every(({ message }) => !message.includes('refused it')),
        `${answeredAfter}`,
      );
    }
  });

  test('a later finding about a pending request is marked as such, there and in the summary', async () => {
    const { recording, records } = await recorded(
      answered('NA entry 1, NA entry 1, NA exit 1, end', [], [1]),
    );
    const { checked, later } = recording.check.conversation('c-0')!;
    assert.deepEqual(
      [checked.findings.map(({ requirement, line }) => `${requirement} ${line}`), later],
      [['HOOKS-SEQ-05 1'], checked.findings],
    );
    assert.equal(records[0]!.findings.order, 'pending');
    assert.match(recording.check.end().reasons.join(), /1 finding was made after the request was recorded/);
  });

  test('a withdrawn finding is shown as such', async () => {
    const { recording } = await recorded(answered('NA exit 1, end', []));
    const [entry] = bodies('NA entry 1');
    // The clock was set back, so it seems to be sent before all known requests: nothing waited for it.
    recording.write(exchange(entry!, 1_600_000_000_000, 200)).judge();
    const { checked, withdrawn } = recording.check.conversation('c-0')!;
    assert.deepEqual(checked.findings, []);
    assert.deepEqual(
      withdrawn.map(({ requirement, line }) => `${requirement} ${line}`),
      ['HOOKS-SEQ-01 1'],
    );
    assert.match(recording.check.end().reasons.join(), /1 finding was withdrawn/);
  });
});
