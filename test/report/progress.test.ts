// The progress of a run on a terminal: one line that is overwritten, and the problems above it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { Envelope } from '@cucumber/messages';
import formatter from '../../src/report/progress.ts';
import { scenarioRecordType } from '../../src/verdict/collector.ts';

type Context = Parameters<typeof formatter.formatter>[0];

/** The output of so many columns while scenarios run; without others, one that passes and one that fails. */
async function watched(
  columns: number,
  messages = [...messagesOf('1', 'pass'), ...messagesOf('2', 'fail')],
  isTTY = true,
): Promise<string> {
  let sent = '';
  const write = (text: string) => {
    sent += text;
  };
  const listeners: ((message: Envelope) => void)[] = [];
  const end = await formatter.formatter({
    on: (_: string, listener: (message: Envelope) => void) => listeners.push(listener),
    write,
    stream: { isTTY, columns, write },
  } as unknown as Context);
  for (const message of messages) {
    for (const listener of listeners) listener(message as Envelope);
  }
  await end?.();
  return sent;
}

function messagesOf(id: string, verdict: 'pass' | 'fail', record?: object): unknown[] {
  const testCaseStartedId = `attempt-${id}`;
  const exception = { type: 'AssertionError', message: 'the tenant answered 202\nand more' };
  const result = verdict === 'pass' ? { status: 'PASSED' } : { status: 'FAILED', exception };
  const check = { requirement: 'HOOKS-RESP-01', outcome: verdict === 'pass' ? 'holds' : 'broken', verdict };
  const body = JSON.stringify(record ?? { checks: [check], observations: [], exchanges: [] });
  const timestamp = { seconds: 1, nanos: 0 };
  const name = `A call that comes to ${verdict}`;
  return [
    { pickle: { id, uri: 'features/a.feature', name, astNodeIds: ['n'], tags: [], steps: [] } },
    { testCase: { id, pickleId: id, testSteps: [] } },
    { testCaseStarted: { id: testCaseStartedId, testCaseId: id, attempt: 0, timestamp } },
    { attachment: { testCaseStartedId, mediaType: scenarioRecordType, body } },
    { testStepFinished: { testCaseStartedId, testStepId: 's', testStepResult: result } },
    { testCaseFinished: { testCaseStartedId, willBeRetried: false, timestamp } },
  ];
}

const wiped = '\r\u001b[2K';

test('a terminal shows the last scenario on one line and failures above it, and clears the line at the end', async () => {
  const lines = (await watched(100)).split(wiped).map(stripVTControlCharacters);
  assert.deepEqual(lines, [
    '',
    '1/1  features/a.feature  A call that comes to pass',
    'fail  A call that comes to fail: the tenant answered 202\n2/2  features/a.feature  A call that comes to fail',
    '',
  ]);
});

test('the line never wraps on a narrow terminal', async () => {
  const [, first] = (await watched(20)).split(wiped);
  assert.equal(first, '1/1  features/a.fea');
});

test('problems of the same requirement are printed three times, on a terminal and in a log', async () => {
  const warned = (number: number) => {
    const finding = {
      requirement: 'HOOKS-ERR-02',
      level: 'should',
      message: `field ${number} is missing`,
      expected: 'HTTP 4xx',
      actual: '200',
    };
    const check = { requirement: 'HOOKS-ERR-02', outcome: 'broken', verdict: 'warning', finding };
    return messagesOf(`w${number}`, 'pass', { checks: [check], observations: [], exchanges: [] });
  };
  const messages = [1, 2, 3, 4, 5, 6].flatMap(warned);
  for (const terminal of [true, false]) {
    const lines = stripVTControlCharacters(await watched(100, messages, terminal)).split(/[\r\n]+/);
    assert.equal(lines.filter((line) => line.startsWith('warning ')).length, 3, lines.join('\n'));
    assert.equal(lines.filter((line) => /further ones like these/.test(line)).length, 1);
  }
});
