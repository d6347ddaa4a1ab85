// A check as a page, in a real browser.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { senderFinding } from '../../../src/protocol/lifecycle/lifecycle.ts';
import { noBrowser, openPage } from '../../report/browser.ts';
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

const loose = placed(senderFinding('ASSIGN-REQ-01', 'callbackUrl is missing', '/callbackUrl'), 33);
const two = summary({
  rules: [
    brokenRule({
      count: 12,
      conversations: 7,
      examples: [
        { finding: hasty, conversation: conversation() },
        { finding: hasty, conversation: conversation('call-2') },
      ],
    }),
    brokenRule({ examples: [{ finding: loose }] }),
  ],
});

suite('A check as a page', { skip: noBrowser }, () => {
  test('shows the verdict, the rules, and a picture of each conversation that breaks one', async () => {
    const { page, said, asked } = await openPage(await written('html', two));
    assert.equal(await page.title(), 'Non-conformant: logs/day.ndjson');
    assert.equal(await page.locator('h1').textContent(), 'Non-conformant');
    assert.equal(await page.locator('.lead').textContent(), 'The sender breaks 2 requirements.');
    assert.deepEqual(await page.locator('.finding .marks code').allTextContents(), [
      'HOOKS-SEQ-07',
      'ASSIGN-REQ-01',
    ]);
    const [first, second] = await page.locator('.finding').all();
    assert.equal(await first!.locator('figure svg').count(), 2);
    assert.equal(await second!.locator('figure').count(), 0);
    assert.match((await second!.textContent())!, /logs\/day\.ndjson:33, \/callbackUrl, of no conversation/);
    const caption = (await first!.locator('figcaption').first().innerText()).split('\n');
    assert.deepEqual(caption, [
      'conversation call-1, 6 events, 1 message',
      'Marked: step 2, cold entry of Agent 2 ("agent-2") (line 2)',
    ]);
    assert.equal(await first!.locator('svg').first().locator('rect.cv-k').count(), 1);
    assert.deepEqual({ said, asked }, { said: [], asked: [] });
  });

  test('names the lines that could not be read, and the selected requirements', async () => {
    const skipped = Array.from({ length: 60 }, (_, index) => ({
      file: '-',
      line: index + 1,
      reason: 'not JSON',
    }));
    const whole = conformant({ verdict: 'inconclusive', skipped, totals: totals({ skipped: 80 }) });
    const { page } = await openPage(await written('html', whole, {}, { only: new Set(['HOOKS-SEQ-07']) }));
    assert.match((await page.locator('.lead').textContent())!, /^Some of the log could not be judged/);
    assert.equal(await page.locator('#skipped tbody tr').count(), 50);
    assert.match(
      await page.locator('#skipped').innerText(),
      /standard input:1\s+not JSON[\s\S]*… and 30 more/,
    );
    assert.match((await page.locator('.note').textContent())!, /HOOKS-SEQ-07/);
  });

  test('says that nothing is broken, or, for an empty log, that nothing was judged', async () => {
    const good = await openPage(await written('html', conformant()));
    assert.equal(await good.page.locator('.lead').textContent(), 'The sender keeps to the documents.');
    assert.equal(await good.page.locator('.finding').count(), 0);
    const empty = conformant({
      verdict: 'inconclusive',
      totals: totals({ lines: 0, requests: 0, others: 0, conversations: 0, passed: 0 }),
    });
    const { page } = await openPage(await written('html', empty));
    assert.match((await page.locator('.lead').textContent())!, /^Nothing was judged/);
    assert.equal(await page.locator('.card .pass').count(), 1, 'only that the log was read is good');
  });

  test('fits a phone', async () => {
    const { page } = await openPage(await written('html', two), { viewport: { width: 360, height: 700 } });
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360);
  });

  test('shows the content of a log as text, and never runs it', async () => {
    const attack =
      '</script></style><script>window.ran = 1</script><img src=x onerror="window.ran = 1">"\' onload=\'window.ran = 1';
    const { whole, found, changes } = hostile(attack);
    const { page, said, asked } = await openPage(await written('html', whole, found, changes));
    assert.equal(await page.evaluate('typeof window.ran'), 'undefined');
    assert.deepEqual({ said, asked }, { said: [], asked: [] });
    assert.equal(await page.locator('script, img, iframe').count(), 0);
    assert.equal(await page.locator('.finding h4').first().textContent(), `participant.type is ${attack}`);
    assert.doesNotMatch(
      await written('html', hostile('\u001b[2J\u009b\u202e').whole),
      /[^\P{Cc}\n\t]|\p{Bidi_Control}/u,
    );
  });
});
