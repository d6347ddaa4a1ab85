// A check for a pull request.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { catalogue } from '../../../src/protocol/catalogue.ts';
import { senderFinding } from '../../../src/protocol/lifecycle/lifecycle.ts';
import {
  brokenRule,
  conformant,
  conversation,
  hostile,
  placed,
  summary,
  totals,
  written,
} from '../fixtures.ts';

suite('A check as Markdown', () => {
  test('begins with the verdict, and has the rules in a table', async () => {
    const text = await written('markdown', summary({ rules: [brokenRule({ count: 12, conversations: 7 })] }));
    assert.match(
      text,
      /^## ❌ Agent AI conformance of the sender: non-conformant: 1 requirement is broken\n/,
    );
    assert.match(text, /^\| HOOKS-SEQ-07 \| must \| ❌ fail \| Cold transfer: .* \| 12 \| 7 \|$/m);
    assert.match(
      text,
      /^<details open><summary>HOOKS-SEQ-07 \(must\), found 12 times, in 7 conversations<\/summary>$/m,
    );
    assert.match(
      text,
      /^\| logs\/day\.ndjson:2 \| call-1 \| events\\\[0\\\] \| Agent 2 .* has not left \|$/m,
    );
  });

  test('is short for a good sender', async () => {
    const text = await written('markdown', conformant());
    assert.match(text, /^## ✅ .*: conformant\n/);
    assert.doesNotMatch(text, /###/);
    assert.match(text, /^- \*\*conversations\*\* 125: 125 pass$/m);
  });

  test('says why it is inconclusive, and which lines could not be read', async () => {
    const skipped = Array.from({ length: 12 }, (_, index) => ({
      file: '-',
      line: index + 1,
      reason: 'not JSON',
    }));
    const reasons = ['40 lines could not be judged'];
    const whole = conformant({ verdict: 'inconclusive', reasons, skipped, totals: totals({ skipped: 40 }) });
    const text = await written('markdown', whole, {}, { files: ['-'], only: new Set(['HOOKS-SEQ-07']) });
    assert.match(text, /^## ❓ /);
    assert.match(text, /### Why\n\n- 40 lines could not be judged\n/);
    assert.match(text, /\n\| standard input:10 \| not JSON \|\n\n… and 30 more\.\n/);
    assert.match(text, /^- \*\*log\*\* standard input$/m);
    assert.match(text, /^- \*\*only\*\* HOOKS-SEQ-07$/m);
  });

  test('shows the content of a log as text', async () => {
    const { whole, found, changes } = hostile(
      'a|b `c` **d** [link](https://evil.example) </details><script>alert(1)</script> @team #12 $x$\n\n# h\u001b[2J\u202e',
    );
    const text = await written('markdown', whole, found, changes);
    assert.deepEqual([...new Set(text.match(/(?<!\\)<[^>]*>/g))].sort(), [
      '</details>',
      '</span>',
      '</summary>',
      '<details open>',
      '<span>',
      '<summary>',
    ]);
    assert.doesNotMatch(text, /[^\P{Cc}\n]|\p{Cf}|(?<!\\)`|(?<!\\)\]\(|^# h/mu);
    for (const row of text.split('\n').filter((line) => line.startsWith('| '))) {
      assert.ok([3, 5, 7].includes(row.match(/(?<!\\)\|/g)!.length), row);
    }
  });

  test('stays below a megabyte, whatever a sender does', async () => {
    const worst = '$@'.repeat(50_000);
    const rules = catalogue.map(({ id }) => {
      const finding = placed(senderFinding(id, worst, worst), 1, worst);
      return brokenRule({ examples: Array(3).fill({ finding, conversation: conversation(worst) }) });
    });
    const skipped = Array(100).fill({ file: worst, line: 1, reason: worst });
    const whole = summary({
      rules,
      skipped,
      reasons: Array(100).fill(worst),
      totals: totals({ skipped: 100 }),
    });
    const files = Array(1000).fill(worst);
    assert.ok(Buffer.byteLength(await written('markdown', whole, {}, { files })) < 1_000_000);
  });
});
