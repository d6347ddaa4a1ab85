// A check for programs.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import schema from '../../../schemas/check-report.schema.json' with { type: 'json' };
import { JsonReport } from '../../../src/check/report/json.ts';
import type { CheckReport } from '../../../src/protocol/generated/schema-types.ts';
import { senderFinding } from '../../../src/protocol/lifecycle/lifecycle.ts';
import { conformant, conversation, hasty, hostile, placed, summary, totals, written } from '../fixtures.ts';

const valid = new Ajv2020({ strict: true, strictRequired: false }).compile(schema);

function parsed(text: string): CheckReport {
  const value = JSON.parse(text);
  assert.ok(valid(value), JSON.stringify(valid.errors));
  return value as unknown as CheckReport;
}

const loose = placed(senderFinding('ASSIGN-REQ-01', 'callbackUrl is missing', '/callbackUrl'), 33, '-');

suite('A check as JSON', () => {
  test('has every conversation, even without a finding, and the findings without a conversation', async () => {
    const good = conversation('call-2', { verdict: 'pass', findings: [] });
    const skipped = [{ file: 'a.ndjson', line: 7, reason: 'not JSON' }];
    const whole = summary({ skipped, totals: totals({ skipped: 1 }) });
    const report = parsed(
      await written('json', whole, { conversations: [conversation(), good], loose: [loose] }),
    );
    assert.deepEqual(report, {
      conversations: [
        {
          conversationId: 'call-1',
          verdict: 'fail',
          findings: [
            {
              requirement: 'HOOKS-SEQ-07',
              level: 'must',
              ambiguity: ['X-09'],
              message: hasty.message,
              file: 'logs/day.ndjson',
              line: 2,
              event: 0,
              pointer: '/events/0',
            },
          ],
        },
        { conversationId: 'call-2', verdict: 'pass', findings: [] },
      ],
      findings: [
        {
          requirement: 'ASSIGN-REQ-01',
          level: 'must',
          ambiguity: [],
          message: 'callbackUrl is missing',
          file: '-',
          line: 33,
          pointer: '/callbackUrl',
        },
      ],
      findingsLeftOut: 0,
      skipped,
      refusals: [],
      rules: { judged: [...whole.coverage.judged], notJudged: [] },
      read: [],
      reasons: ['1 requirement is broken'],
      totals: whole.totals,
      verdict: 'non-conformant',
    });
  });

  test('is valid for an empty check', async () => {
    const report = parsed(await written('json', conformant()));
    assert.deepEqual([report.conversations, report.findings], [[], []]);
  });

  test('is written as conversations close, and keeps none of them', async () => {
    const pieces: string[] = [];
    const report = new JsonReport((piece) => pieces.push(piece));
    report.conversation(conversation('call-1'));
    report.conversation(conversation('call-2'));
    assert.match(pieces.join(''), /"call-1".*\n.*"call-2"/);
    report.end(summary());
    assert.equal(parsed(pieces.join('')).conversations.length, 2);
  });

  test('has a line for each conversation, for grep', async () => {
    const text = await written('json', summary(), {
      conversations: [conversation('call-1'), conversation('call-2')],
    });
    assert.equal(text.split('\n').filter((line) => line.includes('"conversationId"')).length, 2);
  });

  test('counts what it leaves out', async () => {
    const report = parsed(await written('json', summary(), { loose: Array(10_002).fill(loose) }));
    assert.deepEqual([report.findings.length, report.findingsLeftOut], [10_000, 2]);
  });

  test('loses nothing of the content of a log, and is safe for a terminal', async () => {
    const attack = '\u001b[2J\u009b31m\r\n"\u202e\u{e0001}\ud800<script>';
    const { whole, found, changes } = hostile(attack);
    const text = await written('json', whole, found, changes);
    assert.doesNotMatch(text, /[^\P{Cc}\n]|[\p{Cf}\p{Cs}]/u);
    assert.equal(parsed(text).conversations[0]!.conversationId, attack);
  });
});
