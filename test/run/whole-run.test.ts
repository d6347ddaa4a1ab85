// A whole run against the reference tenant: embedded, by settings, in parallel and with a bare cucumber-js.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import figures from '../../docs/figures.json' with { type: 'json' };
import type { EvidenceRecord } from '../../src/evidence/journal.ts';
import { isAccepted, isRefusal } from '../../src/protocol/answers.ts';
import { catalogue, tenantRequirements } from '../../src/protocol/catalogue.ts';
import { schemaErrors } from '../../src/protocol/schemas.ts';
import { allVariations, type Variation } from '../../src/protocol/values/variation.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { requirementVerdicts } from '../../src/verdict/checks-by-requirement.ts';
import { allExchanges } from '../../src/verdict/left-open.ts';
import type { ScenarioRecord } from '../../src/verdict/scenario-record.ts';
import { runCommand } from '../commands.ts';
import { repository } from '../processes.ts';
import { cucumberCommand, fewAtATime, type Run, run, temporaryFolder, verdicts } from './harness.ts';
import { judging, placeOf } from './judging.ts';
import { furtherDefects } from './one-defect.ts';
import { xmlProblem } from './xml.ts';

/** A part with scenarios of every kind: how they are run does not depend on how many there are. */
const some = [
  'features/conversation-events/authentication.feature',
  'features/conversation-events/cold-transfer.feature',
  'features/observations/how-it-is-answered.feature',
  'features/routing',
];

let embedded: Run;
let bySettings: Run;
let inParallel: Run;
let bare: Run;

before(async () => {
  const sandbox = await startSandbox();
  try {
    [embedded, bySettings, inParallel, bare] = (await fewAtATime([
      () => run([], { measured: true }),
      () => run(some, { env: { ...sandbox.settings, CALLBACK_TIMEOUT_MS: '2000' } }),
      () => run([...some, '--parallel', '2'], { reports: folderAsInTheRepository() }),
      () => run(some, { command: cucumberCommand }),
    ])) as [Run, Run, Run, Run];
  } finally {
    await sandbox.close();
  }
});

/** Of the repository are its page for people and the configuration of Allure; all else is of earlier runs. */
function folderAsInTheRepository(): string {
  const folder = temporaryFolder();
  cpSync(path.join(repository, 'reports', 'README.md'), path.join(folder, 'README.md'));
  cpSync(path.join(repository, 'reports', 'allure'), path.join(folder, 'allure'), { recursive: true });
  mkdirSync(path.join(folder, 'allure-results'));
  writeFileSync(path.join(folder, 'allure-results', 'yesterday-result.json'), '{}');
  writeFileSync(path.join(folder, '.made-by-conformance-runs'), 'allure-results/yesterday-result.json\n');
  return folder;
}

function report(of: Run, name: string): string {
  return readFileSync(path.join(of.reports, name), 'utf8');
}

/** The verdicts of the same part of the whole run. */
function partOfEmbedded(): ReturnType<typeof verdicts> {
  const all = Object.entries(verdicts(embedded));
  const part = all.filter(([place]) => some.some((feature) => place.startsWith(feature)));
  assert.ok(part.length > 40, `${part.length} scenarios`);
  return Object.fromEntries(part);
}

suite('a run without settings', () => {
  test('is conformant', () => {
    assert.equal(embedded.code, 0, embedded.output);
    assert.equal(embedded.stderr, '');
  });

  test('says what it tested, the figures and where the reports are', () => {
    const { collected, output } = embedded;
    assert.match(output, /^tenant +the embedded sandbox \(TENANT_URL is not set\)$/m);
    assert.match(output, new RegExp(`^scenarios +${collected.selected}: .*\\d+ pass$`, 'm'));
    const all = tenantRequirements.length;
    assert.match(output, new RegExp(`^requirements +${all} of the ${all} that bind the tenant`, 'm'));
    assert.match(output, /^requests +\d{3,} in \d+\.\d s$/m);
    assert.ok(
      output.includes(
        `${embedded.reports}: conformance.html, .md and .json, cucumber.html, junit.xml, evidence.ndjson`,
      ),
      output,
    );
  });

  test('comes to the figures of the README', () => {
    const { requests } = JSON.parse(report(embedded, 'conformance.json'));
    assert.equal(requests, figures.requests, 'run npm test, npm run figures and npm run generate');
    assert.match(
      embedded.output,
      new RegExp(` with about ${requests.toLocaleString('en')} requests`),
      'said beforehand',
    );
    const readme = readFileSync(path.join(repository, 'README.md'), 'utf8');
    for (const row of ['verdict', 'tenant', 'scenarios', 'requirements']) {
      const [line] = new RegExp(`^${row} .*$`, 'm').exec(embedded.output) ?? [];
      assert.ok(line && readme.includes(`\n${line}\n`), `not in the README: ${line}`);
    }
  });

  test('writes a report that its schema describes, and that lists the whole catalogue', () => {
    const written = JSON.parse(report(embedded, 'conformance.json'));
    assert.deepEqual(schemaErrors('conformanceReport', written), []);
    assert.equal(written.verdict, 'conformant');
    assert.deepEqual(
      written.requirements.map(({ id }: { id: string }) => id),
      catalogue.map(({ id }) => id),
    );
    assert.deepEqual(written.selection, { whole: true, words: 'all features' });
    assert.equal(written.scenarios.total, embedded.collected.selected);
  });

  test('has shown every requirement, or the catalogue says why none can be', () => {
    const { requirements, coverage } = JSON.parse(report(embedded, 'conformance.json'));
    const untestable = new Set(coverage.untestable.map(({ id }: { id: string }) => id));
    const forgotten = requirements.filter(({ id, verdict }: { id: string; verdict: string }) => {
      return verdict === 'not-tested' && !untestable.has(id);
    });
    assert.deepEqual(forgotten, []);
    assert.equal(coverage.tested + untestable.size, coverage.requirements);
  });

  test('writes nothing that reports/README.md does not explain', () => {
    const page = readFileSync(path.join(repository, 'reports', 'README.md'), 'utf8');
    const written = readdirSync(embedded.reports, { withFileTypes: true });
    for (const entry of written) {
      const name = entry.isDirectory() ? `${entry.name}/` : entry.name;
      assert.ok(page.includes(`\`${name}\``), name);
    }
  });

  test('writes JUnit with every scenario', () => {
    const junit = report(embedded, 'junit.xml');
    assert.equal(xmlProblem(junit), undefined);
    assert.ok(embedded.collected.selected > 150);
    assert.equal(junit.match(/<testcase /g)?.length, embedded.collected.selected);
    assert.match(junit, /<testsuite [^>]*failures="0"/);
  });

  test('writes every exchange to the evidence, with its scenario and without a token', () => {
    const lines = report(embedded, 'evidence.ndjson').trimEnd().split('\n');
    const records = lines.map((line): EvidenceRecord => JSON.parse(line));
    const exchanges = embedded.collected.results.flatMap(allExchanges);
    assert.equal(records.length, exchanges.length);
    const tokens = new Map<string | undefined, number>();
    for (const { scenario, request, answer } of records) {
      assert.ok(scenario?.name && scenario.uri.startsWith('features/') && scenario.line > 0);
      assert.equal(typeof answer?.status, 'number');
      const token = request.headers.token ?? request.headers.auth;
      tokens.set(token, (tokens.get(token) ?? 0) + 1);
    }
    const kinds = [...tokens.keys()].filter((token) => token && !/^<.*>$/.test(token));
    assert.deepEqual(kinds.sort(), ['$TENANT_JWT', 'this-is-no-token', 'undefined']);
    assert.ok(tokens.get('$TENANT_JWT')! > records.length * 0.8);
  });

  test('breaks no must itself, besides what it breaks on purpose, and leaves no conversation open', async () => {
    const evidence = path.join(embedded.reports, 'evidence.ndjson');
    const { code, stdout } = await runCommand(['src/cli/check.ts', evidence], {});
    assert.equal(code, 0, stdout);
    assert.deepEqual([...stdout.matchAll(/^(?:fail|warning) {2}(\S+)/gm)].map(([, id]) => id).sort(), [
      // The forms that a document shows and another discourages (X-06, X-17).
      'HOOKS-RDL-01',
      'HOOKS-RDL-06',
    ]);
  });

  test('writes a result a scenario for Allure, and a page of cucumber', () => {
    const files = readdirSync(path.join(embedded.reports, 'allure-results'));
    const results = files.filter((file) => file.endsWith('-result.json'));
    assert.equal(results.length, embedded.collected.selected);
    for (const file of files.filter((name) => name.endsWith('.json'))) {
      JSON.parse(report(embedded, path.join('allure-results', file)));
    }
    assert.match(report(embedded, 'cucumber.html'), /<html[\s\S]*<\/html>\s*$/);
  });

  test('shows every requirement that binds the tenant, by what it emitted', () => {
    const shown = requirementVerdicts(embedded.collected.results);
    const missing = tenantRequirements.filter(({ id, level }) => {
      const allowed = level === 'may' ? ['pass', 'recorded'] : ['pass'];
      return !allowed.includes(shown.get(id) ?? '');
    });
    assert.deepEqual(
      missing.map(({ id }) => `${id}: ${shown.get(id)}`),
      [],
    );
  });
});

suite('every other way to run it comes to the same', () => {
  test('a tenant by settings', () => {
    assert.equal(bySettings.code, 0, bySettings.output);
    assert.doesNotMatch(bySettings.output, /embedded/);
    assert.match(bySettings.output, /^tenant +http:\/\/127\.0\.0\.1:\d+$/m);
    assert.deepEqual(verdicts(bySettings), partOfEmbedded());
  });

  test('--parallel 2', () => {
    assert.equal(inParallel.code, 0, inParallel.output);
    assert.deepEqual(verdicts(inParallel), partOfEmbedded());
    const workers = new Set(
      inParallel.messages.flatMap(({ testCaseStarted }) => testCaseStarted?.workerId ?? []),
    );
    assert.equal(workers.size, 2);
    assert.equal(xmlProblem(report(inParallel, 'junit.xml')), undefined);
    for (const line of report(inParallel, 'evidence.ndjson').trimEnd().split('\n')) JSON.parse(line);
  });

  test('a run replaces the reports before it, and leaves what is in the repository', () => {
    assert.ok(!existsSync(path.join(inParallel.reports, 'allure-results', 'yesterday-result.json')));
    for (const name of ['README.md', path.join('allure', 'categories.json')]) {
      assert.equal(report(inParallel, name), readFileSync(path.join(repository, 'reports', name), 'utf8'));
    }
  });

  test('a bare cucumber-js', () => {
    assert.equal(bare.code, 0, bare.output);
    assert.deepEqual(verdicts(bare), partOfEmbedded());
    assert.match(bare.output, /^tenant +the embedded sandbox/m);
    assert.ok(existsSync(path.join(bare.reports, 'allure-results')));
  });
});

type Exchange = ScenarioRecord['exchanges'][number];

/** The same request with its fault put right. */
function twinOf({ label }: Exchange, later: Exchange[]): Exchange | undefined {
  const [called] = label.split(', but ');
  return later.find((one) => one.label === `${called}, put right`);
}

/** Whether it was accepted after the faulty one. */
function hasTwin(faulty: Exchange, later: Exchange[]): boolean {
  const twin = twinOf(faulty, later);
  const { request } = faulty;
  return twin !== undefined && isAccepted(twin.answer!) && pathOf(twin.request) === pathOf(request);
}

/** Without the bot, which may be what is wrong with it. */
function pathOf({ url }: Exchange['request']): string {
  return new URL(url).pathname.replace(/st-[^/]+/, 'st');
}

suite('in a run against the sandbox', () => {
  test('every request that was refused has a twin that was accepted after it', () => {
    const refused = judging(embedded).flatMap(({ result }) => {
      const { exchanges } = result.record!;
      return exchanges.flatMap((exchange, index) => {
        if (!isRefusal(exchange.answer!)) return [];
        return [{ exchange, twin: hasTwin(exchange, exchanges.slice(index + 1)), result }];
      });
    });
    assert.ok(refused.length > 150, `${refused.length} refusals`);
    const alone = refused
      .filter(({ twin }) => !twin)
      .map(({ exchange, result }) => `${placeOf(result)}: ${exchange.label}`);
    assert.deepEqual(alone, []);
  });

  test('every request that is wrong on purpose has one defect only', () => {
    const faulty = embedded.collected.results.flatMap((result) => {
      const { exchanges } = result.record!;
      return exchanges.flatMap((exchange, index) => {
        if (exchange.due !== 'refusal') return [];
        const twin = twinOf(exchange, exchanges.slice(index + 1));
        const wrong = twin ? furtherDefects(exchange, twin) : ['has no twin'];
        return [{ place: `${placeOf(result)}: ${exchange.label}`, wrong }];
      });
    });
    assert.ok(faulty.length > 150, `${faulty.length} requests`);
    assert.deepEqual(
      faulty.filter(({ wrong }) => wrong.length > 0),
      [],
    );
  });

  test('every scenario of a requirement that asks for a refusal was refused something', () => {
    const without = judging(embedded)
      .filter(({ refuses }) => refuses)
      .filter(({ result }) => !result.record!.exchanges.some(({ answer }) => isRefusal(answer!)))
      .map(({ result }) => placeOf(result));
    assert.deepEqual(without, []);
  });
});

/** JSON with its members in the order of their names; another text as it is. */
function inOneOrder(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), (_, value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([one], [next]) => (one < next ? -1 : 1)))
        : value,
    );
  } catch {
    return text;
  }
}

test('every special value is sent at least once', () => {
  const bodies = embedded.collected.results.flatMap(allExchanges).map(({ request }) => request.body ?? '');
  const all = bodies.join('\n');
  const inOrder = bodies.map(inOneOrder).join('\n');
  const isSent = ({ field, value, what }: Variation) => {
    if (what === 'conversationId with digits only') return /"conversationId":"\d{20}"/.test(all);
    if (field === 'layout') return bodies.some((body) => body.includes('\n  "conversationId"'));
    if (value === '^member') return /"identity":"(constructor|__\w+__|toString)"/.test(all);
    if (field === 'members') return /"events":\[\{"(?!name)/.test(all);
    const json = inOneOrder(JSON.stringify(value));
    const inside = json.slice(1, -1);
    // The last # of an identity is the number of the agent.
    const parts = field === 'identity' ? inside.split(/#(?!.*#)/s) : [inside];
    const text = parts.map((part) => RegExp.escape(part)).join('\\d+');
    if (field === 'identity')
      return new RegExp(`"identity":"${text.replace(`${RegExp.escape('^')}\\d+`, '[a-zA-Z]{10}')}"`).test(
        all,
      );
    if (field === 'conversationId')
      return new RegExp(`"conversationId":"conformance-[^\n]*${text}"`).test(all);
    return inOrder.includes(`"${field}":${json}`);
  };
  const unsent = allVariations.filter((variation) => !isSent(variation));
  assert.deepEqual(
    unsent.map(({ what }) => what),
    [],
  );
});

test('no two runs use the same conversationId', () => {
  const ids = [embedded, bySettings, inParallel, bare].map((of) => {
    const found = report(of, 'evidence.ndjson').matchAll(/conversationId\\":\\"(conformance-[0-9a-f]{6})-/g);
    return [...new Set([...found].map(([, start]) => start))];
  });
  assert.deepEqual(
    ids.map((starts) => starts.length),
    [1, 1, 1, 1],
  );
  assert.equal(new Set(ids.flat()).size, 4);
});
