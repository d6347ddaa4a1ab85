// The observed behaviour of a tenant is kept; a change is reported, but does not fail the run.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { before as beforeAll, suite, test } from 'node:test';
import { type Run, run } from './harness.ts';
import { type Profile, profile } from './profiles.ts';
import { sandboxWith } from './tenants.ts';

/** A requirement besides the observation: without one, nothing would be judged. */
const part = ['--tags', '@HOOKS-SUM-03 or @X-31'];
const change = /on a second END_OF_CONVERSATION the tenant used to answer (409 .+), now (200 .+)/;

function observations(of: Run) {
  return JSON.parse(readFileSync(path.join(of.reports, 'conformance.json'), 'utf8')).observations;
}

suite('Observed behaviour', { concurrency: false }, () => {
  let strict: Record<string, string>;
  let lenient: Record<string, string>;
  let own: Profile;
  const ofTenant = (env: Record<string, string>, ...args: string[]) =>
    run([...part, ...own.args, ...args], { env, measured: true });

  beforeAll(async () => {
    strict = await sandboxWith({});
    lenient = await sandboxWith({ order: {} });
    own = profile(strict);
  });

  test('is recorded, and nothing is written unasked', async () => {
    const ended = await ofTenant(strict);
    assert.equal(ended.code, 0, ended.output);
    const [{ ambiguity, question, answer, was }] = observations(ended);
    assert.deepEqual([ambiguity, question, was], ['X-31', 'a second END_OF_CONVERSATION', null]);
    assert.match(answer, /^409 /);
    assert.equal(own.observed.read(), '');
  });

  test('is written by --update-observations', async () => {
    const ended = await ofTenant(strict, '--update-observations');
    assert.equal(ended.code, 0, ended.output);
    assert.match(ended.output, new RegExp(`${own.observed.name}: 1 observation written`));
    assert.match(
      own.observed.read(),
      /- ambiguity: X-31\n +question: a second END_OF_CONVERSATION\n +answer: .*409/,
    );
  });

  test('that is the same again is no more than recorded', async () => {
    const ended = await ofTenant(strict);
    assert.equal(ended.code, 0, ended.output);
    assert.doesNotMatch(ended.output, /used to answer/);
  });

  test('that has changed is a warning in every report, never a failure', async () => {
    for (const failOn of ['must', 'should']) {
      const ended = await ofTenant(lenient, '--fail-on', failOn);
      assert.equal(ended.code, 0, ended.output);
      assert.match(ended.output, change);
      assert.match(ended.output, /^scenarios +\d+: 1 warning, \d+ pass$/m);
      const [observed] = observations(ended);
      assert.match(observed.was, /^409/);
      assert.match(observed.answer, /^200/);
      const junit = readFileSync(path.join(ended.reports, 'junit.xml'), 'utf8');
      assert.match(junit, /<testsuites [^>]*failures="0" errors="0"/);
      assert.match(junit, /<system-out>warning: on a second END_OF_CONVERSATION the tenant used to answer/);
      assert.match(readFileSync(path.join(ended.reports, 'conformance.md'), 'utf8'), /used to be: 409/);
    }
  });

  test('is kept by an update of another part of the suite', async () => {
    const before = own.observed.read();
    await run(['--tags', '@HOOKS-SUM-03 or @X-33', ...own.args, '--update-observations'], { env: strict });
    assert.match(own.observed.read(), /X-31/);
    assert.match(own.observed.read(), /X-33/);
    own.observed.write(before);
  });

  test('is no change any more once it is written anew', async () => {
    await ofTenant(lenient, '--update-observations');
    const ended = await ofTenant(lenient);
    assert.doesNotMatch(ended.output, /used to answer/);
  });
});
