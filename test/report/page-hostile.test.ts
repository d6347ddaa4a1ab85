// Everything that comes from a tenant is shown as text on the page.
import assert from 'node:assert';
import { before, describe, it } from 'node:test';
import { schemaErrors } from '../../src/protocol/schemas.ts';
import { conformancePage } from '../../src/report/page/page.ts';
import type { ScenarioResult } from '../../src/verdict/collector.ts';
import type { ConformanceReport } from '../../src/verdict/report-types.ts';
import { noBrowser, type Opened, openPage } from './browser.ts';
import {
  sampleExchange,
  sampleFinding,
  sampleObservation,
  sampleReport,
  sampleRequirement,
} from './sample-report.ts';

/** Each sets `ran` if the page does more than show it. */
const attacks = [
  '<script>window.ran = "script"</script>',
  '</script><script>window.ran = "end of script"</script>',
  '</style></title></pre></textarea><img src=x onerror="window.ran = 1">',
  '"><svg onload="window.ran = 1">',
  "' onmouseover='window.ran = 1' autofocus onfocus='window.ran = 1",
  '<!-- --><iframe srcdoc="<script>parent.ran = 1</script>"></iframe>',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<link rel="stylesheet" href="https://evil.example/x.css">',
  '&lt;b&gt; &amp; {{window.ran = 1}}',
];
const attack = attacks.join(' ');

function hostileReport(): ConformanceReport {
  const exchange = sampleExchange({
    event: attack,
    request: {
      method: attack,
      url: `https://tenant.example/${attack}`,
      headers: { [attack]: attack },
      body: attack,
    },
    answer: { status: 202, headers: { [attack]: attack }, body: JSON.stringify({ [attack]: attack }) },
    failure: attack,
    repeat: attack,
  });
  const finding = sampleFinding({
    message: attack,
    expected: attack,
    actual: attack,
    scenario: attack,
    exchange,
  });
  const links = [
    'javascript:window.ran=1',
    ' javascript:window.ran=1',
    'data:text/html,x',
    `https://a.example/"${attack}`,
  ];
  const known = links.map((link) =>
    sampleFinding({ message: link, verdict: 'known-deviation', deviation: { reason: attack, link } }),
  );
  const scenarios = [{ name: attack, uri: attack, line: 1, verdict: 'fail' as const }];
  const change = {
    id: 'HOOKS-RESP-01',
    title: attack,
    was: 'pass',
    is: 'fail',
    message: attack,
    before: attack,
  };
  const side = { verdict: attack, startedAt: attack, tenant: attack, selection: attack, commit: attack };
  return sampleReport({
    verdict: 'non-conformant',
    reasons: [attack],
    tenant: { url: attack, botId: attack, profile: attack, embedded: false },
    selection: { whole: false, words: attack },
    requirements: [
      sampleRequirement('HOOKS-RESP-01', 'fail', {
        title: attack,
        area: attack,
        source: [attack],
        reason: attack,
        scenarios,
        findings: [finding, finding, ...known],
      }),
    ],
    observations: [sampleObservation({ question: attack, answer: attack, was: attack })],
    lostRequests: [{ event: attack, failure: attack, lost: 1, sent: 2, othersAnswered: 3, tried: attack }],
    comparison: {
      old: side,
      new: side,
      newlyFailing: [change],
      newlyPassing: [],
      stillFailing: [],
      otherChanges: [],
      observations: [],
      durationMs: { was: 1, is: 2 },
    },
  });
}

function hostileScenario(): ScenarioResult {
  const body = {
    conversationId: attack,
    events: [
      {
        name: 'INTERNAL_TRANSFER_EVENT',
        transfertype: attack,
        transition: attack,
        participant: { identity: attack, name: attack },
      },
    ],
  };
  const request = { method: 'POST', url: attack, headers: {}, body: JSON.stringify(body) };
  const answer = { status: 500, headers: {}, body: attack };
  const exchanges = [{ label: attack, request, answer, startedAt: 0, durationMs: 1, attempts: 1 }];
  return {
    name: attack,
    uri: attack,
    line: 1,
    tags: [`@${attack}`],
    feature: attack,
    rule: attack,
    verdict: 'fail',
    reason: attack,
    durationMs: 1,
    record: { checks: [], observations: [], exchanges },
  };
}

describe('a page that quotes a hostile tenant', { skip: noBrowser }, () => {
  let opened: Opened;

  before(async () => {
    const report = hostileReport();
    assert.deepEqual(schemaErrors('conformanceReport', report), []);
    opened = await openPage(conformancePage(report, [hostileScenario()]));
    const { page } = opened;
    await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
    for (const finding of await page.locator('.finding').all()) await finding.hover();
    await page.evaluate('for (const one of document.querySelectorAll("[tabindex], a, button")) one.focus()');
  });

  it('runs no script of the tenant, and requests nothing', async () => {
    assert.equal(await opened.page.evaluate('typeof window.ran'), 'undefined');
    assert.deepEqual({ said: opened.said, asked: opened.asked }, { said: [], asked: [] });
  });

  it('contains only its own elements and attributes', async () => {
    const { page } = opened;
    assert.equal(await page.locator('script').count(), 1);
    assert.equal(
      await page
        .locator('iframe, img, object, embed, link[rel=stylesheet], meta[http-equiv=refresh]')
        .count(),
      0,
    );
    const names = await page.evaluate<string[]>(
      '[...new Set([...document.querySelectorAll("*")].flatMap((one) => one.getAttributeNames()))]',
    );
    assert.deepEqual(
      names.filter((name) => name.startsWith('on')),
      [],
    );
    const targets = await page.locator('a').evaluateAll((all) => all.map((one) => one.getAttribute('href')!));
    assert.deepEqual(
      targets.filter((target) => !/^(#|https:\/\/a\.example\/)/.test(target)),
      [],
    );
  });

  it('shows it as text', async () => {
    const { page } = opened;
    const found = await page.locator('.finding h3').allTextContents();
    assert.ok(found.includes(attack));
    assert.ok((await page.locator('.reasons').textContent())!.includes(attack));
    assert.ok((await page.locator('.finding pre').first().textContent())!.includes(attack));
    assert.ok((await page.locator('.scenario summary .title').textContent())!.includes(attack));
    assert.ok(
      (await page.locator('.finding').allTextContents()).some((text) =>
        text.includes('javascript:window.ran=1'),
      ),
    );
  });

  it('would not run a script even if one got into it', async () => {
    const { page, said } = await openPage(conformancePage(sampleReport(), []));
    await page.evaluate(`{
      document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.ran = 1">');
      const script = document.createElement('script');
      script.textContent = 'window.ran = 1';
      document.body.append(script);
    }`);
    await page.waitForTimeout(200);
    assert.equal(await page.evaluate('typeof window.ran'), 'undefined');
    assert.ok(said.some((text) => text.includes('Content Security Policy')));
  });
});

describe('a text of a tenant', () => {
  const finding = (changes: object) =>
    conformancePage(
      sampleReport({
        requirements: [sampleRequirement('HOOKS-RESP-01', 'fail', { findings: [sampleFinding(changes)] })],
      }),
      [],
    );

  it('has its invisible characters made visible: terminal escapes, text that runs backwards, NUL', () => {
    const html = finding({ message: 'a\u001b[31mred\u0000\u202etxt.exe\u009b' });
    assert.ok(html.includes('<h3>a␛[31mred␀⟨U+202e⟩txt.exe⟨U+009b⟩</h3>'));
    assert.doesNotMatch(html, /[^\P{Cc}\n\t]|\p{Bidi_Control}/u);
  });

  it('is cut when it is too long, with a note', () => {
    const exchange = sampleExchange({ answer: { status: 200, headers: {}, body: '['.repeat(60_000) } });
    const html = finding({ exchange });
    assert.ok(html.includes('(the first 4000 characters; evidence.ndjson has more of it)'));
    assert.ok(html.length < 60_000);
  });

  it('is laid out if it is JSON, unless that would change its content', () => {
    const answered = (body: string) =>
      finding({ exchange: sampleExchange({ answer: { status: 200, headers: {}, body } }) });
    assert.ok(answered('{"a":[1]}').includes('{\n  &quot;a&quot;: [\n    1\n  ]\n}'));
    assert.ok(answered('{"a":12345678901234567890}').includes('{&quot;a&quot;:12345678901234567890}'));
    assert.ok(answered('{"a":1,"a":2}').includes('{&quot;a&quot;:1,&quot;a&quot;:2}'));
    assert.ok(answered('not JSON').includes('not JSON'));
    const deep = '['.repeat(1900) + ']'.repeat(1900);
    assert.ok(answered(deep).includes(deep));
  });
});
