// The page of a recorder in a real browser: what comes is there at once, what a sender wrote stays text, and 10,000
// conversations are no more than a hundred.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import type { Page } from 'playwright';
import { noBrowser, theBrowser } from '../report/browser.ts';
import { eventOf, goodToken, hooksPath, sendEvents } from '../sandbox/client.ts';
import { asTenant, ends, getJson, newFolder, recording, recordsIn, type Started } from './recorders.ts';

const good = ['NA entry', 'cold exit', 'cold entry 2', 'NA exit 2', 'summary', 'end 2'];
const bad = ['NA entry', 'cold entry 2', 'cold exit', 'end 2'];

async function send(recorder: Started, id: string, events: readonly string[]): Promise<void> {
  for (const event of events) await sendEvents(asTenant(recorder), id, eventOf(event));
}

interface Opened {
  page: Page;
  /** The messages of the console and the errors of the script. */
  said: string[];
  /** Hosts that were asked. */
  hosts: Set<string>;
}

async function opened(url: string, width = 1280): Promise<Opened> {
  const context = await (await theBrowser()).newContext({ viewport: { width, height: 900 } });
  ends.push(() => context.close());
  const page = await context.newPage();
  const [said, hosts] = [[] as string[], new Set<string>()];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  await page.goto(url);
  await page.getByRole('heading', { name: 'Recording' }).waitFor();
  return { page, said, hosts };
}

const rows = (page: Page) => page.locator('details.conversation');

suite('The page of a recorder', { skip: noBrowser }, () => {
  test('shows conversations as they come, with their picture and what was found', async () => {
    const recorder = await recording();
    const { page, said, hosts } = await opened(recorder.url);
    await page.getByText('No conversation yet.').waitFor();
    await send(recorder, 'good-1', good);
    await send(recorder, 'bad-1', bad.slice(0, 2));
    const row = rows(page).filter({ hasText: 'bad-1' });
    await row.getByText(/^HOOKS-SEQ-07 .* joins by cold transfer/).waitFor();
    assert.equal(await row.locator('.verdict').first().textContent(), 'open');
    assert.equal(await rows(page).first().locator('.id').textContent(), 'bad-1', 'the newest is first');
    await rows(page).filter({ hasText: 'good-1' }).locator('.verdict.pass').waitFor();
    // What is open follows what comes.
    await row.locator('summary').click();
    await row.locator('svg').waitFor();
    await row.getByText('line 8, events[0]').waitFor();
    await send(recorder, 'bad-1', bad.slice(2));
    await row.locator('summary .verdict.fail').waitFor();
    await row.locator('svg text', { hasText: 'line 10' }).waitFor();
    await page.locator('output[data-count="findings"]', { hasText: '1' }).waitFor();
    assert.equal(await page.locator('output[data-count="all"]').textContent(), '2');
    assert.deepEqual([said, [...hosts]], [[], [new URL(recorder.url).host]]);
    assert.equal(recordsIn(recorder.folder).length, good.length + bad.length, 'nothing of it is recorded');
  });

  test('filters by kind and by text, also what comes later', async () => {
    const recorder = await recording();
    await send(recorder, 'good-1', good);
    await send(recorder, 'bad-1', bad);
    const { page } = await opened(recorder.url);
    await rows(page).nth(1).waitFor();
    await page.getByLabel('With findings').check();
    await rows(page).filter({ hasText: 'good-1' }).waitFor({ state: 'detached' });
    await page.getByRole('searchbox').fill('seq-07');
    await send(recorder, 'good-2', good);
    await send(recorder, 'bad-2', bad);
    await rows(page).filter({ hasText: 'bad-2' }).waitFor();
    assert.deepEqual(await page.locator('details .id').allTextContents(), ['bad-2', 'bad-1']);
    await page.getByRole('searchbox').fill('nobody');
    await page.getByText('Nothing like that.').waitFor();
  });

  test('shows what a sender wrote as text, and runs none of it', async () => {
    const recorder = await recording();
    const attack = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>';
    const events = bad.map((event) => {
      const made = structuredClone(eventOf(event)) as { participant?: { name: string; identity: string } };
      if (made.participant) made.participant.name = attack;
      return made as never;
    });
    const { page, said } = await opened(recorder.url);
    for (const event of events) await sendEvents(asTenant(recorder), attack, event);
    const row = rows(page).first();
    await row.locator('summary .verdict.fail').waitFor();
    await row.locator('summary').click();
    await row.locator('svg').waitFor();
    assert.equal(await row.locator('.id').textContent(), attack);
    assert.deepEqual(
      [await page.evaluate('window.ran'), await page.locator('main img').count(), said],
      [undefined, 0, []],
    );
  });

  test('is readable at 400 pixels', async () => {
    const recorder = await recording();
    await send(recorder, `a-${'long'.repeat(30)}`, bad);
    const { page } = await opened(recorder.url, 400);
    await rows(page).first().locator('summary').click();
    await rows(page).first().locator('svg').waitFor();
    assert.ok(((await page.evaluate('document.documentElement.scrollWidth')) as number) <= 400);
  });

  test('has 10,000 conversations at hand, a hundred at a time', async () => {
    const folder = newFolder();
    const start = Date.now() - 3_600_000;
    const lines = Array.from({ length: 20_000 }, (_, index) => {
      const event = index % 2 === 0 ? eventOf('NA entry') : eventOf('NA exit');
      const body = { conversationId: `c-${index >> 1}`, botId: 'st-1', events: [event] };
      return `${JSON.stringify({ time: start + index, body })}\n`;
    });
    writeFileSync(path.join(folder, 'evidence.ndjson'), lines.join(''));
    const recorder = await recording({ folder });
    const before = performance.now();
    const { page } = await opened(recorder.url);
    await rows(page).nth(99).waitFor();
    await page.locator('output[data-count="all"]', { hasText: '10,000' }).waitFor();
    assert.equal(await rows(page).count(), 100);
    await page.getByRole('button', { name: 'Show older ones' }).click();
    await rows(page).nth(199).waitFor();
    // What is loaded anew is as long as what was asked for.
    await page.evaluate('reload()');
    assert.equal(await rows(page).count(), 200);
    await page.getByRole('searchbox').fill('c-77');
    await rows(page).filter({ hasNotText: 'c-77' }).first().waitFor({ state: 'detached' });
    assert.ok((await page.locator('details .id').allTextContents()).every((id) => id.includes('c-77')));
    await page.getByRole('searchbox').fill('c-7777');
    await rows(page).filter({ hasNotText: 'c-7777' }).first().waitFor({ state: 'detached' });
    assert.equal(await rows(page).count(), 1);
    // In a minute by far, on any machine.
    assert.ok(performance.now() - before < 60_000);
  });

  test('says when the recorder has ended', async () => {
    const recorder = await recording();
    const { page } = await opened(recorder.url);
    await recorder.stop();
    await page.getByRole('heading', { name: 'The recorder does not answer' }).waitFor();
  });

  test('names findings about requests of no conversation', async () => {
    const recorder = await recording();
    const { page } = await opened(recorder.url);
    const tenant = asTenant(recorder);
    await fetch(recorder.url + hooksPath(tenant), {
      method: 'POST',
      headers: { token: goodToken(tenant), 'content-type': 'application/json' },
      body: JSON.stringify({ botId: 'st-1', events: [eventOf('NA entry')] }),
    });
    await page.getByText('conversationId is missing').waitFor();
  });
});

suite('What the recorder answers itself', () => {
  const asked = (url: string, accept: string) => fetch(url, { headers: { accept } });

  test('is a page only for who asks for one: anybody else reaches the tenant', async () => {
    const recorder = await recording();
    assert.equal(
      (await asked(`${recorder.url}/`, 'text/html,*/*')).headers.get('content-type'),
      'text/html; charset=utf-8',
    );
    await asked(`${recorder.url}/`, '*/*');
    assert.equal(recordsIn(recorder.folder).length, 1);
  });

  test('asks for the token where other machines reach it', async () => {
    const recorder = await recording({ host: '0.0.0.0' });
    for (const [target, accept] of [
      ['/', 'text/html'],
      ['/conversations', 'text/event-stream'],
      ['/conversations/c?as=html', '*/*'],
    ] as const) {
      assert.equal((await asked(recorder.url + target, accept)).status, 401, target);
      const sign = target.includes('?') ? '&' : '?';
      const withToken = await asked(`${recorder.url}${target}${sign}token=${recorder.readToken}`, accept);
      assert.equal(withToken.status, 200, target);
      await withToken.body?.cancel();
    }
  });

  test('says what is wrong with a question', async () => {
    const { url } = await recording();
    for (const query of ['show=some', `find=${'x'.repeat(201)}`]) {
      assert.equal((await getJson(`${url}/conversations?${query}`)).status, 400);
    }
    assert.match(
      await (await asked(`${url}/conversations/nobody?as=html`, '*/*')).text(),
      /does not know this/,
    );
  });

  test('is closed to more pages than a recorder can serve, and open again when one has gone', async () => {
    const { url } = await recording();
    const pages = await Promise.all(
      Array.from({ length: 50 }, () => asked(`${url}/conversations`, 'text/event-stream')),
    );
    assert.equal((await asked(`${url}/conversations`, 'text/event-stream')).status, 503);
    await Promise.all(pages.map((page) => page.body?.cancel()));
  });
});
