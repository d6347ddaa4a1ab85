// What a hostile tenant answers is text in Allure's report too, and the report asks nobody for anything.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import { randomIdentity, settingsOf } from '../../src/sandbox/identity.ts';
import { isInstalled } from '../processes.ts';
import { script } from '../protocol/hostile-bodies.ts';
import { noBrowser, openPage } from '../report/browser.ts';
import { type Run, reportCommand, run, smallServer } from './harness.ts';

const noJava = !isInstalled('java', '-version') && 'no Java on this machine';

/** Each type of answer is given to its own scenario. */
const scenarios: Record<string, string> = {
  'text/html': 'One agent takes a voice conversation and ends it',
  'image/svg+xml': 'One agent takes a chat conversation and ends it',
  'text/markdown': 'The same agent takes one conversation after the other',
};

suite('An answer of a hostile tenant', { skip: noBrowser || noJava }, () => {
  let ended: Run;
  let html: string;

  before(async () => {
    const types = Object.keys(scenarios);
    let answers = 0;
    const tenant = await smallServer((_, response) => {
      const type = types[answers++ % types.length]!;
      response.writeHead(500, { 'content-type': type, 'x-odd': script }).end(script);
    });
    const names = Object.values(scenarios).flatMap((name) => ['--name', name]);
    ended = await run(names, {
      env: { ...settingsOf(tenant.url, randomIdentity()), CONFORMANCE_GATE: 'off' },
    });
    const reported = await run([], { command: reportCommand, reports: ended.reports });
    assert.equal(reported.code, 0, reported.output);
    html = readFileSync(path.join(ended.reports, 'allure.html'), 'utf8');
  });

  for (const [type, name] of Object.entries(scenarios)) {
    test(`of ${type}`, async () => {
      const exchanges = ended.collected.results.flatMap(({ record }) => record?.exchanges ?? []);
      assert.ok(exchanges.some(({ answer }) => answer?.headers['content-type'] === type));
      const { page, asked } = await openPage(html, { hash: '#suites' });
      const text = (exact: string) => page.getByText(exact, { exact: true }).first();
      for (const group of ['Conversation events', 'First agent and minimum conversation']) {
        await text(group).click();
      }
      await text('The minimum conversation is accepted').click();
      await text(name).click();
      // What is opened is so at once: the test body; a step or an attachment is not.
      for (const row of ['.step__title_hasContent:not(.step__title_stage)', '.attachment-row']) {
        for (const one of await page.locator(row).all()) if (await one.isVisible()) await one.click();
      }
      const answered = page.locator('.attachment-row__content', { hasText: 'Response' });
      await answered.getByText('window.ran').first().waitFor();
      assert.equal(await page.evaluate('typeof window.ran'), 'undefined');
      assert.equal(await page.locator('img[src=x], svg[onload]').count(), 0);
      assert.deepEqual(
        asked.filter((url) => !/^(blob|data):/.test(url)),
        [],
      );
    });
  }
});
