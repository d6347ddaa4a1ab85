// What Allure is given, and `npm run report`: with Java, without, and with the history of the runs before.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import type { Envelope } from '@cucumber/messages';
import type { HttpExchange, TestResult } from 'allure-js-commons';
import { documentedBehaviour } from '../../src/sandbox/behaviour.ts';
import { refusal } from '../../src/sandbox/refusal.ts';
import { beginList } from '../../src/system/made-files.ts';
import { isInstalled } from '../processes.ts';
import { type Run, reportCommand, run, temporaryFolder } from './harness.ts';
import { profile } from './profiles.ts';
import { sandboxWith, before as standingBefore } from './tenants.ts';
import { xmlProblem } from './xml.ts';

/** One scenario of each verdict: its name, and what Allure calls it. */
const verdicts: Record<string, [verdict: string, status: string, severity: string]> = {
  'The documented type': ['fail', 'failed', 'critical'],
  'A dialogue': ['pass', 'passed', 'critical'],
  'The reason is customer_initiated': ['warning', 'passed', 'normal'],
  'The organization of the tenant': ['not applicable', 'skipped', 'critical'],
  'The customer says all kinds of things': ['inconclusive', 'broken', 'critical'],
  'An unknown botId in the path only': ['recorded', 'passed', 'minor'],
  'An agent calls two customers back without a prior conversation, one after the other': [
    'known deviation',
    'passed',
    'normal',
  ],
};

const lastTransition = new Map<unknown, unknown>();

/** A redial is accepted only after an exit. */
function isRedialWithoutExit(body: string): boolean {
  const { conversationId, events = [] } = JSON.parse(body) as { conversationId?: unknown; events?: object[] };
  const [event] = events as { transfertype?: string; transition?: string }[];
  if (event?.transfertype === 'redial' && lastTransition.get(conversationId) !== 'exit') return true;
  if (event?.transition) lastTransition.set(conversationId, event.transition);
  return false;
}

let ended: Run;
let results: TestResult[];
let folder: string;

before(async () => {
  const tenant = await standingBefore((body, request, response) => {
    if (body.includes('TRIGGER_SUMMARY_EVENT'))
      response.writeHead(422).end('{"code":422,"message":"no summary"}');
    else if (body.includes('"customer_initiated"'))
      response.writeHead(422).end('{"code":422,"message":"unknown reason"}');
    else if (isRedialWithoutExit(body)) response.writeHead(409).end(refusal(409, 'no redial').body);
    else if (body.includes('"Price is too expensive"')) request.socket.destroy();
    else return false;
    return true;
  });
  const reports = temporaryFolder();
  folder = path.join(reports, 'allure-results');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'of-an-earlier-run-result.json'), '{}');
  beginList(reports, ['allure-results/of-an-earlier-run-result.json']);
  const { TENANT_ORG_ID: _, ...env } = tenant.env;
  const own = profile(env);
  own.deviations.write('- requirement: HOOKS-RDL-04\n  message: "409"\n  reason: comes with release 12\n');
  const names = Object.keys(verdicts).flatMap((name) => ['--name', name]);
  ended = await run([...names, ...own.args], { env, reports, measured: true });
  results = files('-result.json').map((name) => read(name));
});

function files(ending: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith(ending));
}

function read<Content>(name: string): Content {
  return JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
}

function resultOf(name: string): TestResult {
  const found = results.find((result) => result.name?.includes(name));
  assert.ok(found, `${name}\n${ended.output}`);
  return found;
}

function labelsOf({ labels }: TestResult): Record<string, string> {
  return Object.fromEntries(labels.map(({ name, value }) => [name, value]));
}

suite('the results', () => {
  for (const [name, [verdict, status, severity]] of Object.entries(verdicts)) {
    test(`${verdict} is ${status}, ${severity}`, () => {
      const result = resultOf(name);
      const labels = labelsOf(result);
      assert.deepEqual([labels.verdict, result.status, labels.severity], [verdict, status, severity]);
      if (!['pass', 'recorded'].includes(verdict))
        assert.match(result.statusDetails.message ?? '', new RegExp(`^${verdict}: `));
    });
  }

  test('stand where features, rules and folders put them', () => {
    const labels = labelsOf(resultOf('The documented type'));
    const { epic, feature, story, parentSuite, suite: of, subSuite } = labels;
    assert.deepEqual(
      [epic, feature, story],
      [
        'Conversation events',
        'Summary',
        'The summary has a language as it is displayed, the locale as its code, and its type',
      ],
    );
    assert.deepEqual([parentSuite, of, subSuite], [epic, feature, story]);
    assert.equal(labelsOf(resultOf('The organization of the tenant')).epic, 'Routing');
  });

  test('have each exchange attached, with a line that repeats it', () => {
    const all = results.flatMap(({ steps }) => steps.flatMap(({ attachments }) => attachments));
    const exchanges = all.filter(({ type }) => type === 'application/vnd.allure.http+json');
    const sent = ended.collected.results.flatMap((result) => result.record?.exchanges ?? []);
    assert.equal(exchanges.length, sent.length);
    const attached = resultOf('The documented type').steps.flatMap(({ attachments }) => attachments);
    const refused = attached.find(({ name }) => /SUMMARY.* → 422$/.test(name))!;
    assert.ok(refused, JSON.stringify(attached));
    const { request, response } = read<HttpExchange>(refused.source);
    assert.equal(response?.status, 422);
    assert.match(String(request.body?.value), /TRIGGER_SUMMARY_EVENT/);
    assert.ok(request.headers?.some(({ value }) => /^curl .*"token: \$TENANT_JWT"/.test(value)));
  });

  test('have a picture of each conversation attached, before the exchanges', () => {
    const { steps } = resultOf('The documented type');
    const types = steps.flatMap(({ attachments }) => attachments.map(({ type }) => type));
    assert.equal(types[0], 'image/svg+xml');
    assert.ok(types.includes('application/vnd.allure.http+json'));
    const [picture] = steps
      .flatMap(({ attachments }) => attachments)
      .filter(({ type, name }) => type === types[0] && name.endsWith(' refused')) as [
      { name: string; source: string },
    ];
    assert.match(picture.name, /^(voice|chat) conversation conformance-[^,]+, \d events, \d refused$/);
    const svg = readFileSync(path.join(folder, picture.source), 'utf8');
    assert.equal(xmlProblem(svg), undefined);
    assert.match(svg, />422 refused</);
  });

  test('have a message that is short and without the request, so that Allure can group by it', () => {
    const { statusDetails } = resultOf('The documented type');
    assert.match(statusDetails.message ?? '', /^fail: [^\n]*\b422\b[^\n]{0,60}$/);
    assert.doesNotMatch(statusDetails.message ?? '', /HOOKS-|conformance-/);
    assert.match(statusDetails.trace ?? '', /^HOOKS-[A-Z]+-\d+ \(must\) [\s\S]*conformance-[\s\S]*curl/);
    const lost = resultOf('The customer says all kinds of things').statusDetails;
    assert.equal(lost.message, 'inconclusive: no answer that can be judged (reset)');
  });

  test('come with environment, executor and categories', () => {
    const environment = readFileSync(path.join(folder, 'environment.properties'), 'utf8');
    assert.match(environment, /^Tenant = http:\/\/127\.0\.0\.1:\d+$/m);
    assert.match(environment, /^Bot = st-/m);
    assert.match(read<{ name: string }>('executor.json').name, /./);
  });

  test('fall into one category each, by verdict', () => {
    const categories =
      read<{ name: string; matchedStatuses: string[]; messageRegex?: string }[]>('categories.json');
    const of = (status: string, message = '') =>
      categories
        .filter(({ matchedStatuses }) => matchedStatuses.includes(status))
        .filter(({ messageRegex: regex = '.*' }) =>
          new RegExp(`^${regex.replace('(?s)', '')}$`, 's').test(message),
        )
        .map(({ name }) => name.split(':')[0]);
    const fallInto = Object.entries(verdicts).map(([name, [verdict]]) => {
      const { status, statusDetails } = resultOf(name);
      return [verdict, of(status!, statusDetails.message)];
    });
    assert.deepEqual(Object.fromEntries(fallInto), {
      fail: ['The tenant breaks a requirement'],
      pass: [],
      warning: ['Warning'],
      'not applicable': ['Not applicable, or not run'],
      inconclusive: ['Inconclusive'],
      recorded: [],
      'known deviation': ['Known deviation'],
    });
    assert.deepEqual(of('broken', 'unexpected pass: it holds'), ['The list needs tidying']);
    assert.deepEqual(of('broken', 'harness error: a step threw'), ['Harness error']);
  });

  test('of an earlier run are gone', () => {
    assert.ok(!existsSync(path.join(folder, 'of-an-earlier-run-result.json')));
    const ofScenarios = results.filter(({ name }) => name !== 'Probable cause');
    assert.equal(ofScenarios.length, ended.collected.selected);
  });
});

test('cucumber.html shows a failure at the step that was refused, and counts nothing inconclusive as failed', () => {
  const html = readFileSync(path.join(folder, '..', 'cucumber.html'), 'utf8');
  const [, json] = /CUCUMBER_MESSAGES = (\[.*?\]);?\s*<\/script>/s.exec(html) ?? [];
  const messages: Envelope[] = JSON.parse(json!.replaceAll('\\x3C', '<'));
  const finished = messages.flatMap(({ testStepFinished }) => testStepFinished?.testStepResult ?? []);
  const worst = (type: string) =>
    finished.filter(({ exception }) => exception?.type === type).map(({ status }) => status);
  assert.deepEqual(worst('Inconclusive'), ['PENDING']);
  assert.deepEqual([...new Set(worst('AssertionError'))], ['FAILED']);
  const at = finished.findIndex(({ status }) => status === 'FAILED');
  assert.equal(
    finished[at + 1]?.status,
    'SKIPPED',
    'the step that judges comes after the one that was refused',
  );
});

suite('npm run report', () => {
  test('without results: what to do, also for a tenant whose settings are elsewhere', async () => {
    const named = await run(['--tenant', 'nobody'], { command: reportCommand, measured: true });
    assert.equal(named.code, 2);
    assert.match(named.output, /RESULTS_MISSING/);
    const { code, output } = await run([], { command: reportCommand, measured: true });
    assert.equal(code, 2);
    assert.match(output, /There are no results in .*Run npm test first/);
    assert.doesNotMatch(output, /\n\s+at /);
  });

  const withoutJava: Record<string, [env: Record<string, string>, says: RegExp]> = {
    'no java in PATH': [{ PATH: temporaryFolder() }, /JAVA_HOME is not set and PATH has no java/],
    'JAVA_HOME is wrong': [
      { JAVA_HOME: '/no/such/jdk' },
      /JAVA_HOME is \/no\/such\/jdk, but .*java does not run/,
    ],
  };
  for (const [name, [env, says]] of Object.entries(withoutJava)) {
    test(`${name}: what to install, and what can be opened without`, async () => {
      const { code, output } = await run([], {
        command: reportCommand,
        measured: true,
        reports: ended.reports,
        env: { JAVA_HOME: '', ...env },
      });
      assert.equal(code, 2, output);
      assert.match(output, says);
      assert.match(output, /Windows .*winget[\s\S]*macOS .*brew[\s\S]*Linux .*apt/);
      assert.match(output, /Without Java: .*cucumber\.html/);
      assert.doesNotMatch(output, /\n\s+at /);
      assert.ok(!existsSync(path.join(ended.reports, 'allure-report')));
    });
  }

  const noJava = !isInstalled('java', '-version') && 'no Java on this machine';
  test('two runs of a selection: a trend of two; one of another selection: a trend of its own', {
    skip: noJava,
  }, async () => {
    const env = await sandboxWith(documentedBehaviour);
    const reports = temporaryFolder();
    const trend = () =>
      readFileSync(path.join(reports, 'allure-report', 'history', 'history-trend.json'), 'utf8');
    const lengths: number[] = [];
    for (const name of ['A dialogue', 'The documented type', 'A dialogue']) {
      assert.equal((await run(['--name', name], { env, reports })).code, 0);
      const { code, output } = await run([], { command: reportCommand, reports, measured: true });
      assert.equal(code, 0, output);
      assert.match(output, /^Open {4}file:\/\/.*allure\.html$/m);
      lengths.push(JSON.parse(trend()).length);
    }
    assert.deepEqual(lengths, [1, 1, 2]);
    assert.equal(readdirSync(path.join(reports, 'allure-history')).length, 2);
    assert.match(readFileSync(path.join(reports, 'allure.html'), 'utf8').slice(0, 2000), /<html/i);
  });
});
