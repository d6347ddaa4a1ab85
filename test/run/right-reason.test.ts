// Right for the right reason: what a run says of tenants that refuse everything or accept everything, and that every
// refusal it asks for stands beside its twin.
import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { isAccepted, isRefusal } from '../../src/protocol/answers.ts';
import { catalogue, type Level, type RequirementId, requirement } from '../../src/protocol/catalogue.ts';
import { refusalCheck } from '../../src/protocol/refusals.ts';
import { randomIdentity, settingsOf } from '../../src/sandbox/identity.ts';
import type { ScenarioResult } from '../../src/verdict/collector.ts';
import type { ScenarioRecord } from '../../src/verdict/scenario.ts';
import { fewAtATime, type Run, run } from './harness.ts';
import { always } from './tenants.ts';

type Exchange = ScenarioRecord['exchanges'][number];

let refusing: Run;
let accepting: Run;
let documented: Run;

before(async () => {
  [refusing, accepting, documented] = (await fewAtATime([
    () => runAgainst(400, '{"code":400,"message":"The bot could not be found"}'),
    () => runAgainst(200, '{"STATUS":"OK"}'),
    () => run([]),
  ])) as [Run, Run, Run];
});
/** A tenant with one answer for everything, of which all settings are known. */
async function runAgainst(status: number, body: string): Promise<Run> {
  const { TENANT_URL: url } = await always(status, body);
  return run([], { env: { ...settingsOf(url, randomIdentity()), CALLBACK_TIMEOUT_MS: '300' } });
}

const broken: Record<Level, string> = { must: 'fail', should: 'warning', may: 'recorded' };

/** The requirements that ask for a refusal. */
const negative = new Set(catalogue.map(({ id }) => id).filter(asksForRefusal));

function asksForRefusal(id: RequirementId): boolean {
  try {
    return refusalCheck([id]).id === id;
  } catch {
    return false;
  }
}

interface Judging {
  id: RequirementId;
  /** Whether it says that the tenant refuses something; a requirement may have scenarios of both kinds. */
  refuses: boolean;
  result: ScenarioResult;
}

/** The scenarios that judge, each with what it is tagged with. */
function judging({ collected, messages }: Run): Judging[] {
  const refusing = new Set(
    messages.flatMap(({ pickle }) =>
      pickle?.steps.some(({ text }) => text.startsWith('the tenant refuses '))
        ? [`${pickle.uri}:${pickle.location?.line}`]
        : [],
    ),
  );
  return collected.results
    .filter(({ tags }) => !tags.includes('@observe'))
    .map((result) => {
      const ids = result.tags.map((tag) => tag.slice(1) as RequirementId);
      const refuses = refusing.has(`${result.uri}:${result.line}`);
      return { id: (refuses && ids.find((one) => negative.has(one))) || ids[0]!, refuses, result };
    });
}

function placeOf({ uri, line, name }: ScenarioResult): string {
  return `${uri}:${line} ${name}`;
}

function assertVerdicts(of: Run, expected: (one: Judging) => string, which = (_: Judging) => true) {
  const all = judging(of).filter(which);
  const told = all.map(({ id, result }) => `${result.verdict}: ${id} ${placeOf(result)}`);
  const wanted = all.map((one) => `${expected(one)}: ${one.id} ${placeOf(one.result)}`);
  assert.deepEqual(told, wanted);
}

suite('of a tenant that refuses everything', () => {
  test('no refusal counts, and everything that it had to accept is broken', () => {
    const reached = (id: RequirementId) => id !== 'ASSIGN-CB-01';
    assertVerdicts(refusing, ({ id, refuses }) =>
      refuses || !reached(id) ? 'inconclusive' : broken[requirement(id).level],
    );
    assert.equal(refusing.code, 1);
  });

  test('each refusal is put down to its twin', () => {
    const reasons = judging(refusing)
      .filter(({ refuses }) => refuses)
      .map(({ result }) => result.reason);
    assert.ok(reasons.length > 100);
    for (const reason of reasons) assert.match(reason ?? '', /had to be accepted first|put right/);
  });
});

suite('of a tenant that accepts everything', () => {
  test('every negative must has failed, and every negative should has a warning', () => {
    assertVerdicts(
      accepting,
      ({ id }) => broken[requirement(id).level],
      ({ refuses }) => refuses,
    );
    assert.equal(accepting.code, 1);
  });

  test('of the hooks, nothing else is broken', () => {
    assertVerdicts(
      accepting,
      () => 'pass',
      ({ id, refuses }) => id.startsWith('HOOKS-') && !refuses,
    );
  });
});

/** The same request with its fault put right, accepted after it. */
function hasTwin({ label, request }: Exchange, later: Exchange[]): boolean {
  const [called] = label.split(', but ');
  const twin = later.find((one) => one.label === `${called}, put right`);
  return twin !== undefined && isAccepted(twin.answer!) && pathOf(twin.request) === pathOf(request);
}

/** Without the bot, which may be what is wrong with it. */
function pathOf({ url }: Exchange['request']): string {
  return new URL(url).pathname.replace(/st-[^/]+/, 'st');
}

suite('in the run against the sandbox', () => {
  test('every request that was refused has a twin that was accepted after it', () => {
    const refused = judging(documented).flatMap(({ result }) => {
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

  test('every scenario of a requirement that asks for a refusal was refused something', () => {
    const without = judging(documented)
      .filter(({ refuses }) => refuses)
      .filter(({ result }) => !result.record!.exchanges.some(({ answer }) => isRefusal(answer!)))
      .map(({ result }) => placeOf(result));
    assert.deepEqual(without, []);
  });
});
