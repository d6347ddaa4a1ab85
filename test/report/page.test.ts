// conformance.html of a real run, opened in a real browser.
import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import type { Page } from 'playwright';
import { pictures } from '../../src/evidence/picture.ts';
import { senderRequirements, tenantRequirements } from '../../src/protocol/catalogue.ts';
import type { ConformanceReport } from '../../src/verdict/report-types.ts';
import { type Run, run } from '../run/harness.ts';
import { before as inFrontOf } from '../run/tenants.ts';
import { noBrowser, openPage } from './browser.ts';

/** A tenant that breaks down on every redial. */
async function runAgainstOneThatFailsOnRedial(): Promise<Run> {
  const { env } = await inFrontOf((body, _request, response) => {
    if (!/"redial"/.test(body)) return false;
    response.writeHead(500, { 'content-type': 'application/json' }).end('{"message":"no redial today"}');
    return true;
  });
  const features = ['redial', 'cold-transfer', 'warm-transfer'].map(
    (name) => `features/conversation-events/${name}.feature`,
  );
  return run(features, { env });
}

describe('the page of a run', { skip: noBrowser }, () => {
  let html: string;
  let report: ConformanceReport;
  let ended: Run;

  before(async () => {
    ended = await runAgainstOneThatFailsOnRedial();
    const read = (name: string) => readFileSync(path.join(ended.reports, name), 'utf8');
    html = read('conformance.html');
    report = JSON.parse(read('conformance.json'));
  });

  function failing(): string[] {
    return report.requirements.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
  }

  it('begins with the verdict, what it applies to, and where to look', async () => {
    const { page, said, asked } = await openPage(html);
    assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'Non-conformant');
    assert.match(await page.title(), /^Non-conformant: http:/);
    const top = await page.locator('header').innerText();
    assert.match(top, new RegExp(`breaks ${failing().length} requirement`));
    assert.match(top, /Only part of the suite/);
    for (const fact of [report.tenant.url, report.tenant.botId, report.suite.version]) {
      assert.ok(top.includes(fact), fact);
    }
    assert.match(await cardOf(page, 'The tenant'), new RegExp(`${failing().length} requirements? broken`));
    assert.match(await cardOf(page, 'The connection to the tenant'), /Nothing got lost/);
    assert.match(await cardOf(page, 'The harness'), /No error/);
    assert.deepEqual({ said, asked }, { said: [], asked: [] });
  });

  it('shows a finding with its exchange, its scenario and a command to repeat it', async () => {
    const { page } = await openPage(html, { permissions: ['clipboard-read', 'clipboard-write'] });
    const finding = page.locator('.finding').first();
    const [id] = failing();
    assert.match(await finding.innerText(), new RegExp(`fail.*${id}.*Expected.*HTTP 200.*Actual.*500`, 's'));
    const answer = finding.locator('.exchange').first().locator('pre').nth(1);
    assert.equal(await answer.isVisible(), false);
    // Several findings of one kind are folded.
    await finding.locator('details:not(.exchange)').evaluateAll((all) => {
      for (const one of all) one.setAttribute('open', '');
    });
    await finding.getByText('Request and answer').first().click();
    assert.match(await answer.innerText(), /HTTP 500.*\{\n {2}"message": "no redial today"\n\}/s);
    const copy = finding.getByRole('button', { name: 'Copy curl' }).first();
    await copy.click();
    await finding.getByRole('button', { name: 'Copied' }).waitFor();
    const line = report.requirements.find((one) => one.id === id)!.findings[0]!.exchange!.repeat;
    assert.equal(await page.evaluate('navigator.clipboard.readText()'), line);
  });

  it('has a named picture of every conversation, and shows those of failed scenarios', async () => {
    const { page } = await openPage(html);
    const drawn = ended.collected.results.flatMap(({ record }) => pictures(record?.exchanges ?? []));
    const names = await page.locator('.scenario svg > title').allTextContents();
    assert.ok(names.length > 10, `${names.length} pictures`);
    assert.deepEqual(names.toSorted(), drawn.map(({ title }) => title).toSorted());
    const failed = page.locator('.scenario', { has: page.locator('summary .fail') }).first();
    const picture = failed.getByRole('img').first();
    assert.ok(await picture.isVisible());
    assert.match(await failed.locator('svg > title').first().innerHTML(), /refused/);
    assert.ok((await picture.boundingBox())!.width > 200);
  });

  it('filters the requirements from the keyboard', async () => {
    const { page } = await openPage(html);
    const status = page.getByRole('status');
    const shown = page.locator('.requirement:visible');
    assert.equal(await shown.count(), tenantRequirements.length);
    const fail = page.getByRole('checkbox', { name: /^fail/ });
    await fail.focus();
    await page.keyboard.press('Space');
    assert.equal(await fail.isChecked(), true);
    assert.equal(await shown.count(), failing().length);
    assert.equal(
      await status.innerText(),
      `${failing().length} of ${tenantRequirements.length} requirements shown`,
    );
    await page.getByRole('button', { name: 'Show all' }).press('Enter');
    await page.getByRole('searchbox').focus();
    await page.keyboard.type('seq redial');
    const found = await shown.locator('summary').allInnerTexts();
    assert.ok(found.length > 0 && found.length < 20, `${found.length} found`);
    for (const text of found) assert.match(text, /seq.*redial|redial.*seq/is);
    await page.getByRole('searchbox').fill('nothing says this');
    assert.match(await status.innerText(), /^0 of/);
    assert.equal(await page.locator('.area:visible').count(), 0);
  });

  it('folds what binds the sender only into one line, which names its command', async () => {
    const { page } = await openPage(html);
    const line = page.locator('.senders');
    const own = senderRequirements.filter(({ binds }) => binds === 'sender');
    assert.match(
      await line.innerText(),
      new RegExp(`^${own.length} requirements bind only who sends the events: npm run check judges`),
    );
    assert.equal(await line.locator('li').first().isVisible(), false);
    await page.evaluate(`location.hash = '#${own[0]!.id}'`);
    await line.locator('li').first().waitFor();
    const bar = await page.locator('.bar').getAttribute('aria-label');
    const counted = bar!.match(/\d+/g)!.reduce((sum, one) => sum + Number(one), 0);
    assert.equal(counted, tenantRequirements.length);
  });

  it('says below the verdict what to do next, with the words for the team of the tenant', async () => {
    const { page } = await openPage(html, { permissions: ['clipboard-read', 'clipboard-write'] });
    const next = page.locator('header .next');
    assert.match(await next.innerText(), /Send this to the team of the tenant\./);
    await next.getByRole('button', { name: 'Copy' }).click();
    await next.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    assert.equal(copied.replaceAll('\r\n', '\n'), report.next?.copy);
    assert.match(copied, /breaks \d+ requirements? of the documents[\s\S]*500[\s\S]*To repeat it: curl /);
  });

  it('gives the title of a requirement most of the width of a sheet of paper', async () => {
    const { page } = await openPage(html, { viewport: { width: 680, height: 960 } });
    await page.emulateMedia({ media: 'print' });
    const title = page.locator('.requirement:visible > summary .title').first();
    assert.ok((await title.boundingBox())!.width > 300);
  });

  it('links from the figures to the requirements of a verdict', async () => {
    const { page } = await openPage(html);
    await page.locator('.figures a', { hasText: 'fail' }).press('Enter');
    await page
      .getByRole('status')
      .filter({ hasText: `${failing().length} of` })
      .waitFor();
    assert.equal(await page.getByRole('checkbox', { name: /^fail/ }).isChecked(), true);
  });

  it('opens the target of a link, with everything around it', async () => {
    const { page } = await openPage(html, { hash: '#HOOKS-SEQ-13' });
    const row = page.locator('#HOOKS-SEQ-13');
    assert.equal(await row.getAttribute('open'), '');
    await row.locator('.long a').first().click();
    const scenario = page.locator('.scenario:target');
    assert.ok(await scenario.getByRole('img').first().isVisible());
    assert.ok(
      await scenario
        .locator('summary')
        .first()
        .evaluate((it) => it === it.ownerDocument.activeElement),
    );
    await page.getByRole('checkbox', { name: /^fail/ }).check();
    await scenario.getByRole('link', { name: 'HOOKS-SEQ-13' }).click();
    await row.locator('.inside').waitFor();
  });

  it('opens a requirement that the filter hides', async () => {
    const { page } = await openPage(html);
    await page.getByRole('searchbox').fill('nothing says this');
    await page.evaluate('location.hash = "#HOOKS-EP-01"');
    await page.locator('#HOOKS-EP-01 .inside').waitFor();
    assert.equal(await page.locator('.requirement:visible').count(), tenantRequirements.length);
  });

  it('needs no sideways scrolling on a narrow screen, with everything open', async () => {
    const { page } = await openPage(html, { viewport: { width: 400, height: 800 } });
    await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 400);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`can be read in ${colorScheme} colours`, async () => {
      const { page } = await openPage(html, { colorScheme });
      const [red = 0] = (await page.evaluate<string>('getComputedStyle(document.body).backgroundColor'))
        .match(/\d+/g)!
        .map(Number);
      assert.equal(red < 128, colorScheme === 'dark');
      assert.deepEqual(await faintTexts(page), []);
    });
  }

  it('is printed in light colours, with the exchanges of the findings and without controls', async () => {
    const { page } = await openPage(html, { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    assert.equal(
      await page.evaluate('getComputedStyle(document.body).backgroundColor'),
      'rgb(255, 255, 255)',
    );
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    assert.ok(await page.locator('.finding .exchange pre').first().isVisible());
    assert.equal(await page.getByRole('searchbox').isVisible(), false);
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    assert.equal(await page.locator('.finding .exchange pre').first().isVisible(), false);
    assert.ok((await page.pdf({ format: 'A4' })).length > 10_000);
  });

  it('works with a screen reader: ids, headings, landmarks', async () => {
    const { page } = await openPage(html);
    const ids = await page.locator('[id]').evaluateAll((all) => all.map(({ id }) => id));
    assert.deepEqual(ids.length, new Set(ids).size);
    const levels = await page
      .locator('h1, h2, h3, h4')
      .evaluateAll((all) => all.map(({ localName }) => Number(localName[1])));
    assert.equal(levels[0], 1);
    for (const [index, level] of levels.entries())
      assert.ok(level <= (levels[index - 1] ?? 0) + 1, `${index}`);
    for (const role of ['banner', 'navigation', 'main', 'contentinfo', 'search'] as const) {
      assert.equal(await page.getByRole(role).count(), 1, role);
    }
    const broken = await page
      .locator('a[href^="#"]')
      .evaluateAll((all) =>
        all.map((link) => decodeURIComponent((link as unknown as { hash: string }).hash.slice(1))),
      );
    assert.deepEqual(
      [...new Set(broken)].filter((id) => !ids.includes(id)),
      [],
    );
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'Skip to the findings');
  });
});

function cardOf(page: Page, title: string): Promise<string> {
  return page.locator('.card', { has: page.getByRole('heading', { name: title, exact: true }) }).innerText();
}

/** Texts whose contrast with their own background, or the page's, is below WCAG AA. */
async function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const linear = (part) => (part /= 255) <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    const light = (colour) => {
      const [red, green, blue] = numbers(colour).map(linear);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const behind = (one) => {
      const colour = getComputedStyle(one).backgroundColor;
      return numbers(colour)[3] === 0 && one.parentElement ? behind(one.parentElement) : colour;
    };
    const contrast = (one) => {
      const [a, b] = [light(getComputedStyle(one).color), light(behind(one))].sort((x, y) => y - x);
      return (a + 0.05) / (b + 0.05);
    };
    return [...document.querySelectorAll('body *:not(svg *):not(script):not(style)')]
      .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
      .filter((one) => contrast(one) < 4.5)
      .map((one) => one.localName + '.' + one.className + ' ' + contrast(one).toFixed(1));
  })()`);
}
