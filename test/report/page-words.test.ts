// The texts of conformance.html for runs that end in different ways.
import assert from 'node:assert';
import { describe, it } from 'node:test';
import type { Page } from 'playwright';
import { catalogue } from '../../src/protocol/catalogue.ts';
import { schemaErrors } from '../../src/protocol/schemas.ts';
import { conformancePage } from '../../src/report/page/page.ts';
import type { ConformanceReport, LostRequests } from '../../src/verdict/report-types.ts';
import { noBrowser, openPage } from './browser.ts';
import { sampleFinding, sampleObservation, sampleReport, sampleRequirement } from './sample-report.ts';

async function opened(changes: Partial<ConformanceReport>): Promise<Page> {
  const report = sampleReport(changes);
  assert.deepEqual(schemaErrors('conformanceReport', report), []);
  return (await openPage(conformancePage(report, []))).page;
}

function cards(page: Page): Promise<string[]> {
  return page.locator('.card').allInnerTexts();
}

function lost(changes: Partial<LostRequests>): LostRequests {
  const all = { event: 'COLD entry', failure: 'reset', lost: 12, sent: 12, othersAnswered: 994 };
  return { ...all, tried: 'sent once; look at the log of the gateway', ...changes };
}

describe('the top of the page', { skip: noBrowser }, () => {
  it('says that a tenant conforms, and with what restrictions', async () => {
    const requirements = [
      sampleRequirement('HOOKS-EP-01', 'pass'),
      sampleRequirement('HOOKS-EP-02', 'warning'),
      sampleRequirement('HOOKS-EP-03', 'known-deviation'),
    ];
    const page = await opened({ requirements });
    assert.equal(await page.locator('h1').innerText(), 'Conformant');
    assert.match(await page.locator('.lead').innerText(), /with 1 known deviation and 1 warning/);
    assert.match(await page.locator('.facts').innerText(), /the whole suite/);
  });

  it('says when the embedded sandbox was tested, not a tenant', async () => {
    const page = await opened({
      tenant: { url: 'http://127.0.0.1:1', botId: 'st-1', profile: null, embedded: true },
    });
    assert.match(await page.locator('.note').innerText(), /Only the embedded sandbox/);
  });

  it('says why the run itself went wrong', async () => {
    const page = await opened({
      verdict: 'error',
      reasons: ['3 of 288 scenarios did not run to their end.'],
      scenarios: { ...sampleReport().scenarios, harnessErrors: 2, notRun: 3 },
    });
    assert.equal(await page.locator('h1').innerText(), 'Error');
    assert.match(await page.locator('.reasons').innerText(), /^3 of 288/);
    assert.match((await cards(page))[2]!, /2 errors.*285 of 288/s);
  });

  it('distinguishes an unreachable tenant, one that drops a kind of event, and a bad network', async () => {
    const card = async (lostRequests: LostRequests[]) =>
      (await cards(await opened({ verdict: 'inconclusive', lostRequests })))[1]!;
    assert.match(
      await card([lost({ othersAnswered: 0 })]),
      /12 requests lost.*cannot be reached, or is down/s,
    );
    assert.match(await card([lost({})]), /rather the tenant/);
    assert.match(
      await card([lost({ lost: 6 }), lost({ failure: 'time-out', lost: 5 })]),
      /11 requests.*rather the tenant/s,
    );
    assert.match(
      await card([lost({}), lost({ event: 'user message', lost: 2, sent: 40 })]),
      /rather the network/,
    );
  });

  it('says which requests got lost and what to do, once', async () => {
    const entry = lost({});
    const page = await opened({
      verdict: 'inconclusive',
      reasons: [`COLD entry: reset, 12 of 12 times, while 994 other requests were answered. ${entry.tried}`],
      lostRequests: [entry],
    });
    assert.equal(await page.locator('.reasons').count(), 0);
    assert.match(
      await page.locator('.lost').innerText(),
      /COLD entry: reset, 12 of 12 times.*look at the log/s,
    );
  });

  it('says what has changed since the last run, newly failing requirements first', async () => {
    const change = {
      title: 'Success is HTTP 200',
      was: 'pass',
      is: 'fail',
      message: 'the tenant answered 202',
      before: null,
    };
    const side = {
      verdict: 'conformant',
      startedAt: '2026-06-30T03:00:00.000Z',
      tenant: 'x',
      selection: 'all features',
    };
    const page = await opened({
      verdict: 'non-conformant',
      requirements: [
        sampleRequirement('HOOKS-EP-01', 'fail', { findings: [sampleFinding({ message: 'old' })] }),
        sampleRequirement('HOOKS-RESP-01', 'fail', { findings: [sampleFinding({ message: 'fresh' })] }),
      ],
      comparison: {
        old: { ...side, commit: 'aaaaaaaaaaaaaaaa' },
        new: { ...side, commit: 'bbbbbbbbbbbbbbbb' },
        newlyFailing: [{ id: 'HOOKS-RESP-01', ...change }],
        newlyPassing: [],
        stillFailing: [{ id: 'HOOKS-EP-01', ...change, was: 'fail' }],
        otherChanges: [],
        observations: [{ ambiguity: 'X-31', question: 'a second end', was: '200', answer: '409' }],
        durationMs: { was: 9000, is: 10_000 },
      },
    });
    assert.match(
      (await cards(page))[3]!,
      /1 newly failing.*1 still failing.*another one: aaaaaaaaa, now bbbbbbbbb/s,
    );
    assert.match(
      await page.locator('.changes').first().innerText(),
      /Newly failing.*HOOKS-RESP-01.*answered 202/s,
    );
    assert.match(await page.locator('.changes').nth(1).innerText(), /X-31, a second end: 200 → 409/);
    assert.deepEqual(await page.locator('.finding h3').allInnerTexts(), ['fresh', 'old']);
    assert.equal(await page.locator('.finding').first().locator('.new').count(), 1);
    assert.equal(await page.locator('.new').count(), 1);
  });
});

describe('findings', { skip: noBrowser }, () => {
  it('come worst first, and those with the same message are one', async () => {
    const of = (id: string, verdict: 'fail' | 'warning' | 'known-deviation' | 'inconclusive', times = 1) =>
      sampleRequirement(id, verdict, {
        findings: Array.from({ length: times }, (_, index) =>
          sampleFinding({ message: id, verdict, scenario: `features/a.feature:${index}` }),
        ),
      });
    const requirements = [
      of('HOOKS-EP-01', 'known-deviation'),
      of('HOOKS-EP-02', 'warning'),
      of('HOOKS-EP-03', 'fail'),
      of('HOOKS-EP-04', 'fail', 30),
      of('HOOKS-HDR-01', 'inconclusive'),
    ];
    const page = await opened({ verdict: 'non-conformant', requirements });
    const order = ['HOOKS-EP-04', 'HOOKS-EP-03', 'HOOKS-HDR-01', 'HOOKS-EP-02', 'HOOKS-EP-01'];
    assert.deepEqual(await page.locator('.finding h3').allInnerTexts(), order);
    const first = page.locator('.finding').first();
    assert.match(await first.innerText(), /seen 30 times/);
    await first.getByText('Seen 29 more times').click();
    assert.equal(await first.locator('.others > ol > li').count(), 29);
    assert.equal(await first.locator('.exchange').count(), 10);
  });

  it('make no page of megabytes, however much fails and however long the bodies are', () => {
    const body = JSON.stringify({ text: 'x'.repeat(8000) });
    const long = sampleFinding().exchange!;
    const exchange = {
      ...long,
      request: { ...long.request, body },
      answer: { status: 500, headers: {}, body },
      repeat: `curl -d '${body}'`,
    };
    const requirements = catalogue.map(({ id }) =>
      sampleRequirement(id, 'fail', {
        findings: Array.from({ length: 200 }, (_, index) =>
          sampleFinding({ message: `kind ${'abcdefgh'[index % 8]} is missing`, exchange }),
        ),
      }),
    );
    const page = conformancePage(sampleReport({ verdict: 'non-conformant', requirements }), []);
    assert.ok(page.length < 1_500_000, `${page.length} characters`);
  });

  it('name the reason of a known deviation, and link to its ticket', async () => {
    const deviation = { reason: 'agreed until the next release', link: 'https://tickets.example/1' };
    const findings = [sampleFinding({ verdict: 'known-deviation', deviation })];
    const page = await opened({
      requirements: [sampleRequirement('HOOKS-EP-01', 'known-deviation', { findings })],
    });
    assert.match(await page.locator('.finding').innerText(), /agreed until the next release/);
    const link = page.getByRole('link', { name: deviation.link });
    assert.equal(await link.getAttribute('href'), deviation.link);
  });

  it('have the optional ones at the end, folded', async () => {
    const findings = [sampleFinding({ verdict: 'recorded' })];
    const page = await opened({ requirements: [sampleRequirement('HOOKS-EP-01', 'pass', { findings })] });
    assert.match(await page.locator('#findings').innerText(), /None.*1 optional behaviour/s);
    assert.equal(await page.locator('.finding').isVisible(), false);
  });
});

describe('the rest of the page', { skip: noBrowser }, () => {
  it('marks a reading of the documents that has changed, and shows it first', async () => {
    const observations = [
      sampleObservation(),
      sampleObservation({ question: 'a second end', answer: '409', was: '200' }),
    ];
    const page = await opened({ observations });
    const rows = await page.locator('#observations tbody tr').allInnerTexts();
    assert.match(rows[0]!, /a second end.*409.*changed it used to be: 200/s);
    assert.doesNotMatch(rows[1]!, /changed/);
  });

  it('says what cannot be tested and why', async () => {
    const page = await opened({
      requirements: [sampleRequirement('HOOKS-RDL-02', 'not-tested', { reason: 'no answer shows it' })],
    });
    assert.match(
      await page.locator('#coverage').innerText(),
      /65 of the 86.*no answer shows it.*HOOKS-RDL-02/s,
    );
  });
});
