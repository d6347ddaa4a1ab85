// What a hostile tenant answers is text in Allure's report too, and the report asks nobody for anything.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { randomIdentity, settingsOf } from '../../src/sandbox/identity.ts';
import { isInstalled } from '../processes.ts';
import { script } from '../protocol/hostile-bodies.ts';
import { noBrowser, openPage } from '../report/browser.ts';
import { reportCommand, run, smallServer } from './harness.ts';

const noJava = !isInstalled('java', '-version') && 'no Java on this machine';

for (const type of ['text/html', 'image/svg+xml', 'text/markdown']) {
  test(`an answer of ${type}`, { skip: noBrowser || noJava }, async () => {
    const tenant = await smallServer((_, response) => {
      response.writeHead(500, { 'content-type': type, 'x-odd': script }).end(script);
    });
    const name = 'Nobody asks for a summary of what was said';
    const env = settingsOf(tenant.url, randomIdentity());
    const { reports } = await run(['--name', name], { env });
    const reported = await run([], { command: reportCommand, reports });
    assert.equal(reported.code, 0, reported.output);

    const html = readFileSync(path.join(reports, 'allure.html'), 'utf8');
    const { page, asked } = await openPage(html, { hash: '#suites' });
    const text = (exact: string) => page.getByText(exact, { exact: true }).first();
    for (const group of ['Conversation events', 'First agent and minimum conversation']) {
      await text(group).click();
    }
    await text('A conversation without a summary trigger is accepted').click();
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
