// Right for the right reason: what a run says of tenants that refuse everything or accept everything. That every refusal
// it asks for stands beside its twin is looked for in whole-run.test.ts.
import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { type Level, type RequirementId, requirement } from '../../src/protocol/catalogue.ts';
import { randomIdentity, settingsOf } from '../../src/sandbox/identity.ts';
import { fewAtATime, type Run, run } from './harness.ts';
import { type Judging, judging, placeOf } from './judging.ts';
import { always } from './tenants.ts';

let refusing: Run;
let accepting: Run;

before(async () => {
  [refusing, accepting] = (await fewAtATime([
    () => runAgainst(400, '{"code":400,"message":"The bot could not be found"}'),
    () => runAgainst(200, '{"STATUS":"OK"}'),
  ])) as [Run, Run];
});

/** A tenant with one answer for everything, of which all settings are known. */
async function runAgainst(status: number, body: string): Promise<Run> {
  const { TENANT_URL: url } = await always(status, body);
  const env = { ...settingsOf(url, randomIdentity()), CALLBACK_TIMEOUT_MS: '300', CONFORMANCE_GATE: 'off' };
  return run([], { env, measured: true });
}

const broken: Record<Level, string> = { must: 'fail', should: 'warning', may: 'recorded' };

/** The answer says that the bot is unknown: that breaks HOOKS-EP-04, a must, except where a scenario is about the bot of the body. */
function isNamedByTheAnswer(id: RequirementId): boolean {
  return id.startsWith('HOOKS-');
}

/** Transfers are refused in every form: that breaks ASSIGN-REQ-01, a must, whatever a scenario is about. */
function isRefusedInEveryForm(id: RequirementId): boolean {
  return id.startsWith('ASSIGN-');
}

function assertVerdicts(of: Run, expected: (one: Judging) => string, which = (_: Judging) => true) {
  const all = judging(of).filter(which);
  const told = all.map(({ id, result }) => `${result.verdict}: ${id} ${placeOf(result)}`);
  const wanted = all.map((one) => `${expected(one)}: ${one.id} ${placeOf(one.result)}`);
  assert.deepEqual(told, wanted);
}

suite('of a tenant that refuses everything', () => {
  test('no refusal counts, and everything that it had to accept is broken: of the hooks by what the answer names', () => {
    const reached = (id: RequirementId) => id !== 'ASSIGN-CB-01';
    // A form of a transfer that a tenant need not take at all.
    const needNotBeTaken = ({ result: { name } }: Judging) =>
      name.endsWith(', without a token that verifies');
    assertVerdicts(refusing, (one) => {
      const { id, refuses } = one;
      if (needNotBeTaken(one)) return 'not-applicable';
      return refuses || !reached(id)
        ? 'inconclusive'
        : isNamedByTheAnswer(id) || isRefusedInEveryForm(id)
          ? 'fail'
          : broken[requirement(id).level];
    });
    assert.equal(refusing.code, 1);
  });

  test('each refusal is put down to its twin', () => {
    const reasons = judging(refusing)
      .filter(({ refuses }) => refuses)
      .map(({ result }) => result.reason);
    assert.ok(reasons.length > 20);
    for (const reason of reasons) assert.match(reason ?? '', /had to be accepted first|put right/);
  });
});

suite('of a tenant that accepts everything', () => {
  test('every negative must has failed, and every negative should has a warning or a plainer reason', () => {
    // What it takes without a token that verifies, or for no bot, breaks a must.
    const hasPlainerReason = ['HOOKS-AUTH-03', 'ASSIGN-AUTH-02', 'HOOKS-ERR-04'];
    assertVerdicts(
      accepting,
      ({ id }) => (hasPlainerReason.includes(id) ? 'fail' : broken[requirement(id).level]),
      ({ refuses }) => refuses,
    );
    assert.equal(accepting.code, 1);
  });

  test('of the hooks, nothing else is broken', () => {
    assertVerdicts(
      accepting,
      () => 'pass',
      ({ id, refuses }) => isNamedByTheAnswer(id) && !refuses,
    );
  });
});
