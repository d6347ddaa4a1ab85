// The harness as a sender: a scenario whose events break a rule says so, or is at fault itself, not the tenant.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import { fewAtATime, type Run, run, temporaryFolder } from './harness.ts';

const overlap = (...tags: string[]) => [
  ['@HOOKS-XFER-01', ...tags].join(' '),
  'Example: Agent 2 takes over before Agent 1 has left',
  '  Given a voice conversation answered by Agent 1',
  '  When Agent 2 sends cold entry',
  '  Then the tenant has accepted every event',
];

const inOrder = (...tags: string[]) => [
  ['@HOOKS-XFER-01', ...tags].join(' '),
  'Example: Agent 1 hands over to Agent 2',
  '  Given a voice conversation answered by Agent 1',
  '  When Agent 1 hands the call over to Agent 2',
  '  Then the tenant has accepted every event',
];

/** Nothing is told wrong here but the twin, in a conversation that has not begun. */
const twinTooEarly = [
  '@HOOKS-ERR-02',
  'Example: A summary of nothing',
  '  Given a voice conversation',
  '  When a summary trigger is sent with name set to "SUMMARY"',
  '  Then the tenant refuses it, and accepts it once put right',
];

const features: Record<string, string[]> = {
  silently: overlap(),
  'with its tag': overlap('@breaks-HOOKS-SEQ-07'),
  'with the tag of another rule': overlap('@breaks-HOOKS-SEQ-10'),
  'not at all, with a tag': inOrder('@breaks-HOOKS-SEQ-07'),
  'not at all': inOrder(),
  'in a twin': twinTooEarly,
};

suite('a scenario that breaks a rule for senders', () => {
  const runs = new Map<string, Run>();

  before(async () => {
    // A feature in a folder of its own gets other values in each run.
    const runOf = (lines: (typeof features)[keyof typeof features]) => () =>
      run([featureOf(lines), '--plain-values']);
    const done = await fewAtATime(Object.values(features).map(runOf));
    for (const [index, name] of Object.keys(features).entries()) runs.set(name, done[index]!);
  });

  test('silently: a harness error that names the rule, the event and what to do', () => {
    const ended = runs.get('silently')!;
    assert.deepEqual(outcome(ended), { code: 2, verdict: 'harness-error' }, ended.output);
    const [result] = ended.collected.results;
    assert.match(
      result!.reason!,
      /^The scenario itself breaks HOOKS-SEQ-07 \(must\), and does not say so: Agent 2/,
    );
    assert.match(
      result!.reason!,
      /Agent 2 \("agent-2"\) joins by cold transfer while Agent 1.* has not left/,
    );
    assert.match(
      result!.reason!,
      /^ +event +COLD entry of Agent 2, 2nd request of conversation conformance-/m,
    );
    assert.match(result!.reason!, /^ +to do +correct .*@breaks-HOOKS-SEQ-07/m);
    assert.match(ended.output, /^harness error {2}Agent 2 takes over/m);
    assert.ok(!/own-flows\.ts|at check/.test(ended.output), 'no line of the harness');
  });

  test('silently: what breaks it is not sent, so nobody else gets the blame', () => {
    const sent = readFileSync(path.join(runs.get('silently')!.reports, 'evidence.ndjson'), 'utf8');
    assert.match(sent, /"NA\\",\\"transition\\":\\"entry/);
    assert.doesNotMatch(sent, /COLD/);
  });

  test('with its tag: it runs, and is judged as any other', () => {
    const ended = runs.get('with its tag')!;
    assert.notEqual(ended.code, 2, ended.output);
    assert.ok(['pass', 'fail'].includes(ended.collected.results[0]?.verdict ?? ''), ended.output);
    assert.match(readFileSync(path.join(ended.reports, 'evidence.ndjson'), 'utf8'), /COLD/);
  });

  test('with the tag of another rule: that says nothing of this one', () => {
    const ended = runs.get('with the tag of another rule')!;
    assert.deepEqual(outcome(ended), { code: 2, verdict: 'harness-error' }, ended.output);
    assert.match(ended.collected.results[0]!.reason!, /tag the scenario @breaks-HOOKS-SEQ-07 /);
  });

  test('not at all, with a tag: a harness error as well', () => {
    const ended = runs.get('not at all, with a tag')!;
    assert.deepEqual(outcome(ended), { code: 2, verdict: 'harness-error' }, ended.output);
    assert.match(ended.output, /tagged @breaks-HOOKS-SEQ-07, but none of its events breaks that/);
  });

  test('not at all: nothing to say', () => {
    const ended = runs.get('not at all')!;
    assert.deepEqual(outcome(ended), { code: 0, verdict: 'pass' }, ended.output);
  });

  test('in a twin: a request put right is well-formed where it stands', () => {
    const ended = runs.get('in a twin')!;
    assert.deepEqual(outcome(ended), { code: 2, verdict: 'harness-error' }, ended.output);
    assert.match(ended.collected.results[0]!.reason!, /HOOKS-(SEQ-01|SUM-04) \(must\), and does not say so/);
  });
});

function outcome({ code, collected }: Run) {
  assert.equal(collected.results.length, 1);
  return { code, verdict: collected.results[0]!.verdict };
}

function featureOf(lines: string[]): string {
  const file = path.join(temporaryFolder(), 'own.feature');
  writeFileSync(file, ['Feature: F', '  Rule: R', ...lines.map((line) => `    ${line}`)].join('\n'));
  return file;
}
