// A check on the terminal.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { words } from '../../../src/check/report/words.ts';
import { senderFinding } from '../../../src/protocol/lifecycle/lifecycle.ts';
import {
  brokenRule,
  conformant,
  conversation,
  hasty,
  hostile,
  placed,
  summary,
  totals,
  written,
} from '../fixtures.ts';

const plain = { color: false };

suite('A check in words', () => {
  test('is short for a good sender', async () => {
    assert.equal(
      words(conformant(), plain),
      `
verdict       conformant

rules         69 of 69 rules had something to judge
lines         1,010: 1,000 requests, 10 other calls
requests      1,000
conversations 125: 125 pass
`,
    );
  });

  test('names a broken rule, where it is stated, how often, and the line of an example', async () => {
    const output = words(summary({ rules: [brokenRule({ count: 12, conversations: 7 })] }), plain);
    assert.match(output, /^\nverdict {7}non-conformant: 1 requirement is broken\n\n/);
    assert.ok(
      output.includes(`
fail  HOOKS-SEQ-07 (must)  Cold transfer: the previous agent exits before the next one enters, so that one agent at most is active
  basis      Stated in Webhook API for Conversation Events, Hooks API for Internal Transfers; depends on X-09 (order of a cold transfer)
  found      12 times, in 7 conversations; for example
  logs/day.ndjson:2  conversation call-1  events[0]
    Agent 2 ("agent-2") joins by cold transfer while Agent 1 ("agent-1") has not left
`),
      output,
    );
  });

  test('names the wrong part of a request without a conversation, and standard input', async () => {
    const loose = placed(senderFinding('ASSIGN-REQ-01', 'callbackUrl is missing', '/callbackUrl'), 33, '-');
    const output = words(summary({ rules: [brokenRule({ examples: [{ finding: loose }] })] }), plain);
    assert.match(
      output,
      /\n {2}found {6}once\n {2}standard input:33 {2}\/callbackUrl\n {4}callbackUrl is missing\n/,
    );
  });

  test('calls a broken should a warning, unless the check fails on it', async () => {
    const rules = [brokenRule({ level: 'should' })];
    const warned = words(conformant({ rules }), plain);
    assert.match(warned, /verdict {7}conformant: 1 requirement has a warning\n/);
    assert.match(warned, /\nwarning {2}HOOKS-SEQ-07 \(should\)/);
    const failed = words(summary({ rules }), { ...plain, failOn: 'should' });
    assert.match(failed, /verdict {7}non-conformant: 1 requirement is broken\n/);
    assert.match(failed, /\nfail {2}HOOKS-SEQ-07 \(should\)/);
  });

  test('counts a requirement that is broken at two levels once', async () => {
    const output = words(summary({ rules: [brokenRule(), brokenRule({ level: 'should' })] }), plain);
    assert.match(output, /verdict {7}non-conformant: 1 requirement is broken\n\n/);
  });

  test('names the first ten lines that could not be read, and counts the others', async () => {
    const skipped = Array.from({ length: 12 }, (_, index) => ({
      file: 'a.ndjson',
      line: index + 1,
      reason: 'not JSON',
    }));
    const reasons = ['40 lines could not be judged'];
    const output = words(
      conformant({ verdict: 'inconclusive', reasons, skipped, totals: totals({ skipped: 40 }) }),
      plain,
    );
    assert.match(
      output,
      /^\nverdict {7}inconclusive: not everything could be judged\nwhy {11}40 lines could not/,
    );
    assert.match(output, /not judged {2}40 lines that could not be read\n {2}a\.ndjson:1 {2}not JSON\n/);
    assert.match(output, /a\.ndjson:10 {2}not JSON\n {2}… and 30 more\n/);
    assert.doesNotMatch(output, /a\.ndjson:11/);
  });

  test('names the first ten kinds of refused requests, and counts the other requests', () => {
    const refusals = Array.from({ length: 12 }, (_, index) => ({
      file: 'a.ndjson',
      line: index + 1,
      conversationId: `c-${index + 1}`,
      status: 401,
      answer: 'expired',
      count: 3,
    }));
    const output = words(conformant({ refusals, totals: totals({ refused: 1236 }) }), plain);
    const [, block] = /\n(refused {5}.*?)\n\n/s.exec(output) ?? [];
    const lines = block?.split('\n');
    assert.equal(lines?.[0], 'refused     1,236 requests');
    assert.equal(lines?.[10], '  a.ndjson:10  3 requests of conversation c-10 with 401: expired');
    assert.deepEqual(lines?.slice(11), ['  … and 1,206 more']);
  });

  test('says that nothing was judged, and names the selected requirements', async () => {
    const nothing = conformant({ verdict: 'inconclusive', totals: totals({ requests: 0 }) });
    assert.match(words(nothing, plain), /inconclusive: nothing was judged/);
    assert.match(
      words(conformant(), { ...plain, only: new Set(['HOOKS-SEQ-07']) }),
      /verdict {7}conformant in part: \d+ requirements? (was|were) judged \(--only\)\n[\s\S]*only {10}HOOKS-SEQ-07\n/,
    );
  });

  test('fits the width of the terminal, and loses no word', async () => {
    const whole = summary({
      rules: [
        brokenRule(),
        brokenRule({ examples: [{ finding: hasty, conversation: conversation('x'.repeat(30)) }] }),
      ],
    });
    const narrow = words(whole, { ...plain, columns: 44 });
    assert.deepEqual(
      narrow.split('\n').filter((line) => line.length > 44),
      [],
    );
    const wordsOf = (text: string) => text.split(/\s+/);
    assert.deepEqual(wordsOf(narrow), wordsOf(words(whole, plain)));
  });

  test('has no command to a CI where a line is broken', () => {
    const id = 'x'.repeat(30);
    const example = { finding: hasty, conversation: conversation(`${id} ::error title=${id}::no`) };
    const whole = summary({ rules: [brokenRule({ examples: [example] })] });
    assert.match(words(whole, plain), /x ::error title/, 'harmless within a line');
    assert.doesNotMatch(words(whole, { ...plain, columns: 60 }), /^\s*::.*::/m);
  });

  test('is coloured only when asked', async () => {
    const coloured = words(summary(), { color: true });
    assert.ok(coloured.includes('\u001b[31mfail\u001b[39m  HOOKS-SEQ-07'));
    assert.equal(stripVTControlCharacters(coloured), words(summary(), plain));
  });

  test('does not let a log control the terminal', async () => {
    const { whole, found, changes } = hostile('\u001b[2J\u009b31m\r\n\u0007verdict conformant\u202e');
    const output = await written('words', whole, found, changes);
    assert.doesNotMatch(output, /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u);
    assert.doesNotMatch(output, /^verdict conformant/m);
  });
});
