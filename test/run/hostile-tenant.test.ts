// A tenant that means harm: whatever it answers or posts is judged, and is text in all that a run writes.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { jsonPost } from '../../src/sandbox/assign-conversation.ts';
import { randomIdentity, settingsOf } from '../../src/sandbox/identity.ts';
import { bodies } from '../protocol/hostile-bodies.ts';
import { noBrowser, openPage } from '../report/browser.ts';
import { command } from '../text/ci-commands.ts';
import { type Run, run, type SmallServer, smallServer } from './harness.ts';
import { sandboxWith } from './tenants.ts';
import { xmlProblem } from './xml.ts';

/** What a terminal obeys, or shows in another order than it is written. */
const unwanted = /[^\P{Cc}\n\t]|[\u2028\u2029]|\p{Bidi_Control}/u;

const withScript = bodies.find((body) => body.startsWith('{') && body.includes('window.ran'))!;

suite('answers of a tenant that means harm', () => {
  let ended: Run;
  let elsewhere: SmallServer;
  let tenant: SmallServer;

  before(async () => {
    elsewhere = await smallServer((_, response) => response.end('OK'));
    let requests = 0;
    tenant = await smallServer((_, response) => {
      requests += 1;
      // A report quotes a few answers: every second one has a script, so that it is among them.
      const body = requests % 2 === 0 ? withScript : bodies[((requests - 1) / 2) % bodies.length]!;
      // 11 and the number of bodies have no divisor in common: each body comes with each status.
      const status = [200, 400, 200, 401, 200, 500, 302, 200, 400, 422, 200][requests % 11]!;
      response.writeHead(status, {
        'content-type': requests % 3 === 0 ? 'text/html' : 'application/json',
        'set-cookie': `session=${requests}; Path=/`,
        location: `${elsewhere.url}/login`,
        'x-odd': '<script>window.ran = 1</script>',
      });
      response.end(body);
    });
    const env = {
      ...settingsOf(tenant.url, randomIdentity()),
      CALLBACK_TIMEOUT_MS: '100',
      CONFORMANCE_GATE: 'off',
    };
    // Every second scenario: each body would come with each status in fewer, and which scenario gets which is chance.
    ended = await run(['--tags', 'not @ASSIGN-CB-01', '--shard', '1/2'], { env });
  });

  test('are judged, each of them: no scenario is at fault itself', () => {
    const { results } = ended.collected;
    assert.equal(ended.code, 1, ended.output.slice(-5000));
    assert.ok(results.length > 60);
    const odd = results.filter(({ verdict }) => verdict === undefined || verdict === 'harness-error');
    assert.deepEqual(
      odd.map(({ name, uri, line, reason }) => `${uri}:${line} ${name} ${reason}`),
      [],
    );
    assert.ok(tenant.received.length > 2 * bodies.length * 11, 'each body was answered with each status');
  });

  test('lead nowhere, and leave no cookie', () => {
    assert.deepEqual(elsewhere.received, []);
    // One of ours: a token that is to be refused in a cookie.
    const isOurs = (cookie: string) => /^token=eyJ[\w.-]+$/.test(cookie);
    assert.deepEqual(
      tenant.received.filter(({ headers: { cookie } }) => cookie !== undefined && !isOurs(cookie)),
      [],
    );
  });

  test('give a terminal nothing to obey', () => {
    for (const said of [ended.stdout, ended.stderr]) {
      const plain = stripVTControlCharacters(said);
      assert.equal(plain, said, 'no colours either, where there is no terminal');
      assert.doesNotMatch(plain, unwanted);
      assert.doesNotMatch(plain, command, 'nor a CI');
    }
    assert.doesNotMatch(
      ended.stdout,
      /^verdict +(conformant|partial)/m,
      'nor a line that looks like one of ours',
    );
  });

  test('break no file that a program reads', () => {
    const content = (name: string) => readFileSync(path.join(ended.reports, name), 'utf8');
    assert.equal(xmlProblem(content('junit.xml')), undefined);
    assert.equal(JSON.parse(content('conformance.json')).verdict, 'non-conformant');
    const allure = path.join(ended.reports, 'allure-results');
    const files = readdirSync(allure).filter((name) => name.endsWith('.json'));
    assert.ok(files.length > 60);
    for (const name of files) JSON.parse(readFileSync(path.join(allure, name), 'utf8'));
  });

  test('are no HTML in Markdown', () => {
    const markdown = readFileSync(path.join(ended.reports, 'conformance.md'), 'utf8');
    assert.match(markdown, /window\.ran/, 'some of it is quoted');
    const outside = markdown.replace(/^(`{3,}).*?^\1$/gms, '').replace(/(`+)[^`].*?\1/g, '');
    assert.doesNotMatch(outside, /(?<!\\)<(script|img|svg)/);
    assert.doesNotMatch(markdown, unwanted);
  });

  for (const name of ['conformance.html', 'cucumber.html']) {
    test(`run no script in ${name}`, { skip: noBrowser }, async () => {
      const html = readFileSync(path.join(ended.reports, name), 'utf8');
      assert.match(html, /window\.ran/, 'some of it is quoted');
      const { page, asked } = await openPage(html);
      await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
      await page.evaluate(
        'for (const one of document.querySelectorAll("[aria-expanded=false]")) one.click()',
      );
      await page.waitForTimeout(300);
      assert.equal(await page.evaluate('typeof window.ran'), 'undefined');
      assert.deepEqual(
        asked.filter((url) => !url.startsWith('data:')),
        [],
      );
      assert.equal(await page.locator('img[src=x], svg[onload]').count(), 0);
    });
  }
});

suite('outcomes of a tenant that means harm', () => {
  test('are judged, and give a terminal nothing to obey', async () => {
    const worst = bodies.filter((body) => /^\{"STATUS":\[|\]0;owned|^<script/.test(body));
    assert.equal(worst.length, 4);
    let transfers = 0;
    const callbacks = (outcome: object) => {
      transfers += 1;
      return [{ ...jsonPost(outcome), body: worst[transfers % worst.length]! }];
    };
    const ended = await run(['--fail-on', 'should', '--tags', '@ASSIGN-CB-01 and not @ASSIGN-AUTH-01'], {
      env: await sandboxWith({ callbacks }),
    });
    assert.equal(ended.code, 1, ended.output);
    assert.ok(ended.collected.results.length >= 3);
    assert.deepEqual(new Set(ended.collected.results.map(({ verdict }) => verdict)), new Set(['fail']));
    assert.ok(transfers >= worst.length);
    assert.doesNotMatch(ended.stdout, unwanted);
    assert.doesNotMatch(ended.stdout, /^verdict +(conformant|partial)/m);
  });
});
