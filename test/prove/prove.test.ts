// The proof, with real runs of the suite: of a fault that is found, one that is not, one that only another requirement
// finds, and a variation that is not conformant.
import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import schema from '../../schemas/proof.schema.json' with { type: 'json' };
import type { Proof } from '../../src/protocol/generated/schema-types.ts';
import { proofMarkdown } from '../../src/prove/markdown.ts';
import { type ProofOptions, prove } from '../../src/prove/prove.ts';
import type { Fault } from '../../src/sandbox/faults/fault.ts';
import { jsonAnswer } from '../../src/sandbox/refusal.ts';
import type { Variation } from '../../src/sandbox/variations/variation.ts';

const answers202 = () => ({ hooksSuccess: () => jsonAnswer(202, { STATUS: 'OK' }) });

const faults: Fault[] = [
  { name: 'answers-202', breaks: 'HOOKS-RESP-01', description: 'It | does <b>.', behaviour: answers202 },
  { name: 'does-nothing', breaks: 'HOOKS-SUM-03', description: 'It does nothing.', behaviour: () => ({}) },
  {
    name: 'is-about-another',
    breaks: 'ASSIGN-REQ-02',
    description: 'It answers 202.',
    behaviour: answers202,
  },
];

const variations: Variation[] = [
  { name: 'is-as-documented', description: 'It is.', seenBy: ['HOOKS-SUM-03'] },
  { name: 'is-no-variation', description: 'It answers 202.', seenBy: [], behaviour: answers202 },
];

/** A small suite: "whole" below means all of it. */
const features = [
  'features/conversation-events/answers.feature',
  'features/conversation-events/redial.feature',
  'features/conversation-events/summary.feature',
  'features/routing/transfer-to-an-agent-or-a-queue.feature',
];
const options: ProofOptions = {
  faults,
  variations,
  features,
  selection: null,
  full: false,
  parallel: 2,
};

let proof: Proof;
const reported: string[] = [];

before(async () => {
  // The proof in verify covers the same lines: measuring them again would take a quarter of the time.
  delete process.env.NODE_V8_COVERAGE;
  // Settings of the person who proves the suite: none of them may reach a run.
  Object.assign(process.env, {
    TENANT_URL: 'https://tenant.invalid',
    TENANT_BOT_ID: 'no bot',
    TENANT_TRANSFER_TYPE_CASE: 'neither',
    TENANT_PROFILE: 'staging',
    FAIL_ON: 'should',
    HTTPS_PROXY: 'http://proxy.invalid:1',
  });
  proof = await prove(options, {
    unfaulted: () => reported.push('unfaulted'),
    variation: ({ name }) => reported.push(name),
    fault: ({ name }) => reported.push(name),
  });
});

function faultNamed(name: string): Proof['faults'][number] {
  return proof.faults.find((one) => one.name === name)!;
}

suite('a proof', () => {
  test('begins with the sandbox without a fault, and reports each result as soon as it is known', () => {
    assert.equal(proof.unfaulted.outcome, 'green', JSON.stringify(proof.unfaulted));
    assert.ok(proof.unfaulted.scenarios > 15);
    assert.equal(reported[0], 'unfaulted');
    assert.deepEqual(reported.slice(1).sort(), [...faults, ...variations].map(({ name }) => name).sort());
  });

  test('kills a fault by the requirement that it breaks, in the scenarios that could notice it', () => {
    const { outcome, verdict, message, wholeSuite, scenarios } = faultNamed('answers-202');
    assert.deepEqual([outcome, verdict, wholeSuite], ['killed', 'fail', false]);
    assert.match(message ?? '', /the tenant answered 202/);
    assert.ok(scenarios < proof.unfaulted.scenarios, `${scenarios} scenarios`);
  });

  test('counts a fault as survived only after the whole suite', () => {
    const { outcome, verdict, others, wholeSuite, unrelatedDown } = faultNamed('does-nothing');
    assert.deepEqual([outcome, verdict, wholeSuite, unrelatedDown], ['survived', 'pass', true, 0]);
    assert.deepEqual(others, []);
  });

  test('marks a fault that only another requirement finds', () => {
    const { outcome, verdict, others, unrelatedDown } = faultNamed('is-about-another');
    assert.deepEqual([outcome, verdict], ['killed by another', 'pass']);
    assert.deepEqual(
      others.map(({ requirement }) => requirement),
      ['HOOKS-RESP-01'],
    );
    assert.ok(unrelatedDown > 10);
  });

  test('finds a variation green or a false alarm', () => {
    const [green, alarm] = proof.variations;
    assert.deepEqual([green!.outcome, green!.alarms], ['green', []]);
    assert.equal(alarm!.outcome, 'false alarm');
    const [first, ...others] = alarm!.alarms;
    assert.deepEqual([first!.requirement, first!.verdict], ['HOOKS-RESP-01', 'fail']);
    assert.ok(others.every(({ verdict }) => verdict === 'inconclusive'));
  });

  test('does not prove the suite while there is a problem', () => {
    assert.equal(proof.proven, false);
    assert.deepEqual(proof.problems, [
      'does-nothing (HOOKS-SUM-03): survived',
      'is-about-another (ASSIGN-REQ-02): killed by another',
      'is-no-variation: false alarm',
    ]);
    assert.deepEqual(proof.totals, {
      faults: 3,
      killed: 1,
      killedByAnother: 1,
      survived: 1,
      notJudged: 0,
      variations: 2,
      falseAlarms: 1,
    });
  });

  test('matches its schema', () => {
    const validate = new Ajv2020({ strict: true, strictRequired: false }).compile(schema);
    assert.ok(validate(proof), JSON.stringify(validate.errors));
  });

  test('in Markdown, has the survivors first and escapes foreign text', () => {
    const lines = proofMarkdown(proof).split('\n');
    const row = (name: string) => lines.findIndex((line) => line.startsWith(`| ${name}<br>`));
    assert.ok(row('does-nothing') > 0);
    assert.ok(row('does-nothing') < row('is-about-another'));
    assert.ok(row('is-about-another') < row('answers-202'));
    assert.match(lines[row('answers-202')]!, /It \\\| does \\<b\\>\./);
  });
});

suite('without a green run against the sandbox', () => {
  test('nothing else is tried', async () => {
    const abort = new AbortController();
    abort.abort();
    const tried = () => assert.fail('tried');
    const stopped = await prove(
      options,
      { unfaulted: () => {}, variation: tried, fault: tried },
      abort.signal,
    );
    assert.equal(stopped.unfaulted.outcome, 'not judged');
    assert.equal(stopped.proven, false);
    assert.deepEqual([stopped.faults, stopped.variations], [[], []]);
  });
});
