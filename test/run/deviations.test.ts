// A known deviation from the day it is found to the day it is no longer needed.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before as beforeAll, suite, test } from 'node:test';
import type { LifecycleRule } from '../../src/protocol/lifecycle/rules.ts';
import { documentedBehaviour } from '../../src/sandbox/behaviour.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { repository } from '../processes.ts';
import { atEnd, type Run, run, settingsFor, smallServer } from './harness.ts';
import { type Profile, profile } from './profiles.ts';
import { sandboxWith, success } from './tenants.ts';

const redial = 'features/conversation-events/redial.feature';

/** It has every conversation begin with NA entry, so that no agent can call a customer back (HOOKS-RDL-04). */
function withoutCallBacks(): Promise<Record<string, string>> {
  const rule = documentedBehaviour.order['begins with NA entry or redial']!;
  const stricter: LifecycleRule = { ...rule, steps: [...rule.steps!, 'redial entry'] };
  return sandboxWith({
    order: { ...documentedBehaviour.order, 'begins with NA entry or redial': stricter },
  });
}

function requirement(of: Run, id: string) {
  const report = JSON.parse(readFileSync(path.join(of.reports, 'conformance.json'), 'utf8'));
  return report.requirements.find((entry: { id: string }) => entry.id === id);
}

interface AllureResult {
  name: string;
  status: string;
  statusDetails: { message: string };
}

function allureResults(of: Run): AllureResult[] {
  const folder = path.join(of.reports, 'allure-results');
  const files = readdirSync(folder).filter((file) => file.endsWith('-result.json'));
  return files.map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
}

suite('A known deviation', { concurrency: false }, () => {
  let deviating: Record<string, string>;
  let mended: Record<string, string>;
  let own: Profile;
  const ofTenant = (env: Record<string, string>, ...args: string[]) =>
    run([redial, '--fail-on', 'should', ...own.args, ...args], { env, measured: true });

  beforeAll(async () => {
    deviating = await withoutCallBacks();
    mended = await sandboxWith({});
    own = profile(deviating);
  });

  test('is a fail before it is known', async () => {
    const ended = await ofTenant(deviating);
    assert.equal(ended.code, 1, ended.output);
    assert.equal(requirement(ended, 'HOOKS-RDL-04').verdict, 'fail');
  });

  test('is written by --update-deviations, with a reason that is still to be given', async () => {
    const ended = await ofTenant(deviating, '--update-deviations');
    assert.equal(ended.code, 1, 'what fails still fails');
    assert.match(ended.output, new RegExp(`${own.deviations.name}: 1 added, 0 removed\\..*reason: TODO`));
    assert.match(own.deviations.read(), /requirement: HOOKS-RDL-04\n +message: .*409.*\n +reason: TODO/);
  });

  test('without a reason is refused before anything is sent', async () => {
    const ended = await ofTenant(deviating);
    assert.equal(ended.code, 2, ended.output);
    assert.match(ended.output, new RegExp(`${own.deviations.name}:\\d+ +reason is still TODO: say why`));
    assert.equal(ended.collected.selected, 0);
  });

  test('is tolerated once there is a reason, in every report', async () => {
    own.deviations.write(own.deviations.read().replace('reason: TODO', 'reason: comes with release 12'));
    const ended = await ofTenant(deviating);
    assert.equal(ended.code, 0, ended.output);
    const { verdict, findings } = requirement(ended, 'HOOKS-RDL-04');
    assert.equal(verdict, 'known-deviation');
    assert.deepEqual(findings[0].deviation, { reason: 'comes with release 12', link: null });
    assert.match(
      ended.output,
      /^verdict +partial: no breach in the part that ran: \d+ of \d+ requirements, 1 requirement is a known deviation$/m,
    );
    assert.match(
      ended.output,
      /^known deviation +HOOKS-RDL-04 \(should\) [\s\S]*^ +known +comes with release 12$/m,
    );
    const junit = readFileSync(path.join(ended.reports, 'junit.xml'), 'utf8');
    assert.match(junit, /<testsuites [^>]*failures="0" errors="0"/);
    assert.match(junit, /<property name="verdict" value="known deviation"\/>/);
  });

  test('that is not looked at by a part of the suite is neither met nor gone', async () => {
    const ended = await run(['--tags', '@HOOKS-SUM-03', ...own.args], { env: mended });
    assert.equal(ended.code, 0, ended.output);
  });

  test('fails the run when the tenant no longer shows it, and says what to remove', async () => {
    const ended = await ofTenant(mended);
    assert.equal(ended.code, 1, ended.output);
    assert.equal(requirement(ended, 'HOOKS-RDL-04').verdict, 'unexpected-pass');
    assert.match(
      ended.output,
      new RegExp(`unexpected pass +HOOKS-RDL-04 .*remove ${own.deviations.name}:\\d`),
    );
    const junit = readFileSync(path.join(ended.reports, 'junit.xml'), 'utf8');
    assert.match(
      ended.output,
      /^verdict +the list of known deviations needs tidying: 1 requirement no longer/m,
    );
    assert.match(junit, /<testsuites [^>]*failures="0" errors="1"/);
    const allure = allureResults(ended).filter(({ status }) => !['passed', 'skipped'].includes(status));
    assert.deepEqual(
      allure.map(({ name }) => name),
      ['Known deviation of HOOKS-RDL-04'],
    );
    assert.match(allure[0]!.statusDetails.message, /^unexpected pass: /);
  });

  test('that comes and goes is no longer missed by the run, and needs a last day', async () => {
    const text = own.deviations.read();
    own.deviations.write(`${text.trimEnd()}\n  intermittent: true\n`);
    const endless = await ofTenant(mended);
    assert.equal(endless.code, 2, endless.output);
    assert.match(endless.output, /expires is missing: an intermittent deviation needs the last day/);
    own.deviations.write(`${text.trimEnd()}\n  intermittent: true\n  expires: 2099-01-31\n`);
    const goodNight = await ofTenant(mended);
    assert.equal(goodNight.code, 0, goodNight.output);
    assert.equal(requirement(goodNight, 'HOOKS-RDL-04').verdict, 'pass');
    const badNight = await ofTenant(deviating);
    assert.equal(badNight.code, 0, badNight.output);
    assert.equal(requirement(badNight, 'HOOKS-RDL-04').verdict, 'known-deviation');
    own.deviations.write(text);
  });

  test('that has expired is a fail again, and a message says so', async () => {
    const text = own.deviations.read();
    own.deviations.write(`${text.trimEnd()}\n  expires: 2020-01-31\n`);
    const ended = await ofTenant(deviating);
    assert.equal(ended.code, 1, ended.output);
    assert.match(ended.output, /expired on 2020-01-31, and the tenant still breaks it/);
    const elsewhere = await run(['--tags', '@HOOKS-SUM-03', ...own.args], { env: mended });
    assert.equal(elsewhere.code, 2, elsewhere.output);
    assert.match(elsewhere.output, /expired on 2020-01-31: remove it, or agree on a new date/);
    own.deviations.write(text);
  });

  test('that is no longer needed is taken out by --update-deviations; comments stay', async () => {
    own.deviations.write(`# agreed with the operator\n${own.deviations.read()}`);
    const ended = await ofTenant(mended, '--update-deviations');
    assert.doesNotMatch(ended.output, /npm test -- .*--update-deviations/);
    assert.match(ended.output, /^Run again: this run takes out of the list of known deviations/m);
    assert.match(ended.output, /0 added, 1 removed/);
    assert.doesNotMatch(own.deviations.read(), /HOOKS-RDL-04/);
    assert.match(own.deviations.read(), /# agreed with the operator/);
    assert.equal((await ofTenant(mended)).code, 0);
  });
});

test('a known deviation in the form of an answer keeps nothing else from being shown', async () => {
  const env = await success({ status: 202 });
  const own = profile(env);
  own.deviations.write(
    '- {requirement: HOOKS-RESP-01, message: answered 202, reason: comes with release 12}\n',
  );
  const features = ['minimum-conversation', 'summary'].map(
    (name) => `features/conversation-events/${name}.feature`,
  );
  const ended = await run([...features, ...own.args], { env, measured: true });
  assert.equal(ended.code, 0, ended.output);
  assert.equal(requirement(ended, 'HOOKS-RESP-01').verdict, 'known-deviation');
  // The requirements of a summary share their scenarios.
  for (const id of ['HOOKS-SEQ-04', 'HOOKS-SUM-01', 'HOOKS-SUM-02', 'HOOKS-SUM-03']) {
    assert.equal(requirement(ended, id).verdict, 'pass', id);
  }
});

test('everything that is wrong with settings and files is said at once, and nothing is sent', async () => {
  const tenant = await smallServer((_, response) => response.end());
  const env = { ...settingsFor(tenant.url), TENANT_BOT_ID: 'bot' };
  const own = profile(env);
  own.deviations.write(
    '- {requirement: HOOKS-RESP-1, message: x, reason: y}\n- {requirement: HOOKS-RESP-01}\n',
  );
  own.observed.write('- {ambiguity: X-99, question: a, answer: b}\n');
  const ended = await run(own.args, { env, measured: true });
  assert.equal(ended.code, 2);
  for (const words of [
    /TENANT_BOT_ID/,
    /did you mean HOOKS-RESP-01\?/,
    /:2 +reason is missing/,
    /no ambiguity X-99/,
  ]) {
    assert.match(ended.output, words);
  }
  assert.deepEqual(tenant.received, []);
});

test('a list under another spelling of its name, and one that is not UTF-8, are named', async () => {
  const tenant = await smallServer((_, response) => response.end());
  const env = settingsFor(tenant.url);
  const own = profile(env);
  const [deviations, observed] = [own.deviations.name, own.observed.name];
  const spellings = {
    [deviations.replace('deviations', 'deviation')]: deviations,
    [deviations.replace('-deviations', '_Deviations')]: deviations,
    [deviations.replace('.yaml', '.yml')]: deviations,
    [observed.replace('behaviour', 'behavior')]: observed,
  };
  for (const [name, meant] of Object.entries(spellings)) {
    const file = path.join(repository, name);
    writeFileSync(file, '[]');
    const { code, output } = await run(own.args, { env, measured: true });
    rmSync(file);
    assert.equal(code, 2, name);
    assert.ok(output.includes(`${name}  is not read: rename it to ${meant}`), output);
  }
  const file = path.join(repository, deviations);
  writeFileSync(file, Buffer.from('\ufeff- {}', 'utf16le'));
  const { code, output } = await run(own.args, { env, measured: true });
  rmSync(file);
  assert.equal(code, 2);
  assert.match(output, /TENANT_FILE_UNREADABLE .* cannot be read: it is not UTF-8; save it as UTF-8/);
  assert.deepEqual(tenant.received, []);
});

test("the list of another profile, and a copy of one, are nobody else's", async () => {
  const sandbox = await startSandbox();
  atEnd(() => sandbox.close());
  const own = profile(sandbox.settings);
  const copies = [
    own.deviations.name.replace('.yaml', '-old.yaml'),
    own.deviations.name.replace('.', '-copy.'),
  ];
  for (const name of copies) writeFileSync(path.join(repository, name), '[]');
  const { code, output } = await run([...own.args, '--dry-run'], { env: sandbox.settings });
  for (const name of copies) rmSync(path.join(repository, name));
  assert.equal(code, 0, output);
});
