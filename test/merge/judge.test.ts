// An old run is judged again by what is known today, without a request; what comes out otherwise is said, with the reason.
import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import type { Envelope } from '@cucumber/messages';
import { judgedAnew, type Today } from '../../src/merge/judge-anew.ts';
import { faults } from '../../src/sandbox/faults/catalogue.ts';
import { RunCollector, scenarioRecordType } from '../../src/verdict/collector.ts';
import type { KnownDeviation } from '../../src/verdict/deviations.ts';
import type { ScenarioRecord } from '../../src/verdict/scenario-record.ts';
import { run, temporaryFolder } from '../run/harness.ts';
import { type Profile, profile } from '../run/profiles.ts';
import { sandboxWith } from '../run/tenants.ts';
import { must, should } from '../verdict/sample-run.ts';
import { changed, command, reportIn } from './shards.ts';

suite('A run of a tenant that breaks something', { concurrency: false }, () => {
  let own: Profile;
  let folder: string;
  const verdictOf = (id: string, of: string) =>
    reportIn(of).requirements.find((one) => one.id === id)?.verdict;

  before(async () => {
    const queued = faults.find(({ name }) => name === 'answers-202-to-a-summary-trigger')!;
    const env = await sandboxWith(queued.behaviour!());
    own = profile(env);
    folder = (await run([...own.args, 'features/conversation-events/redial.feature'], { env })).reports;
  });

  test('comes to the same while nothing is known', async () => {
    const { code, output } = await command('judge', [folder]);
    assert.equal(code, 1, output);
    assert.ok(existsSync(path.join(folder, 'judged-again', 'conformance.html')));
    assert.deepEqual(reportIn(path.join(folder, 'judged-again')).reasons, []);
  });

  test('is tolerated once the deviation is known, and says that this is why', async () => {
    own.deviations.write(
      '- requirement: HOOKS-RESP-01\n  message: "202"\n  reason: comes with release 12\n  expires: 2999-01-01\n',
    );
    const { code, output } = await command('judge', [folder]);
    assert.equal(code, 0, output);
    const again = path.join(folder, 'judged-again');
    assert.equal(verdictOf('HOOKS-RESP-01', folder), 'fail', 'its own reports stay as they are');
    assert.equal(verdictOf('HOOKS-RESP-01', again), 'known-deviation');
    assert.equal(reportIn(again).scenarios.failed + reportIn(again).scenarios.notRun, 0);
    assert.deepEqual(reportIn(again).reasons, [
      `HOOKS-RESP-01: ${own.deviations.name}:1 lists it as a known deviation: comes with release 12.`,
    ]);
    assert.match(output, /was fail: .*; now known deviation/);
  });

  test('fails again when it is no longer listed, also when its reports are gone', async () => {
    own.deviations.write('[]\n');
    const again = path.join(folder, 'judged-again');
    rmSync(path.join(again, 'conformance.json'));
    const to = path.join(temporaryFolder(), 'to');
    const { code, output } = await command('judge', [again, '--output', to]);
    assert.equal(code, 1, output);
    assert.match(
      reportIn(to).reasons.join('\n'),
      /HOOKS-RESP-01: it is no longer listed as a known deviation \(comes with release 12\)\./,
    );
  });

  test('is judged by another suite, which says so', async () => {
    const old = await changed(folder, {
      head: (head) => ({ ...head, suite: { ...head.suite, commit: '0123abc' }, specRevision: 'other' }),
      // An earlier catalogue had it as a should.
      messages: (all) => all.map((one) => withRecord(one, milder)),
    });
    rmSync(path.join(old, 'conformance.json'));
    const { code, output } = await command('judge', [old]);
    assert.equal(code, 1, output);
    const { reasons } = reportIn(path.join(old, 'judged-again'));
    assert.match(reasons.join('\n'), /Judged by commit \w+; it ran at 0123abc, with other requirements\./);
    assert.ok(reasons.includes('HOOKS-RESP-01: it is a must now, and was a should.'), reasons.join('\n'));
  });

  test('is named when it cannot be judged, or would be written over', async () => {
    const over = await command('judge', [folder, '--output', folder]);
    assert.equal(over.code, 2);
    assert.match(over.output, /RUNS_DO_NOT_FIT .*--output/);
    const above = await command('judge', [path.dirname(await changed(folder, {})), '--fail-on', 'none']);
    assert.equal(above.code, 2);
    const none = await command('judge', [path.join(folder, 'allure-results')]);
    assert.equal(none.code, 2);
    assert.match(none.output, /RUNS_UNREADABLE/);
    const two = await changed(folder, {});
    assert.match((await command('judge', [path.join(two, 'gone')])).output, /does not exist/);
  });
});

function withRecord(envelope: Envelope, change: (record: ScenarioRecord) => ScenarioRecord): Envelope {
  const { attachment } = envelope;
  if (attachment?.mediaType !== scenarioRecordType) return envelope;
  const body = JSON.stringify(change(JSON.parse(attachment.body)));
  return { attachment: { ...attachment, body } };
}

function milder(record: ScenarioRecord): ScenarioRecord {
  const checks = record.checks.map((check) =>
    check.finding
      ? { ...check, verdict: 'warning' as const, finding: { ...check.finding, level: 'should' as const } }
      : check,
  );
  return { ...record, checks };
}

suite('What a scenario has shown is judged by', () => {
  const now = new Date('2026-06-01');
  const today: Today = { failOn: 'must', deviations: [], observed: [], now };
  const known: KnownDeviation = {
    requirement: should,
    message: 'refused',
    reason: 'release 12',
    place: 'known-deviations.yaml:1',
  };
  const finding = {
    requirement: should,
    level: 'should' as const,
    message: 'refused',
    expected: '',
    actual: '',
  };
  const broken: ScenarioRecord = {
    checks: [{ requirement: should, outcome: 'broken', verdict: 'warning', finding }],
    observations: [],
    exchanges: [],
  };

  function anew(record: ScenarioRecord, changes: Partial<Today>) {
    const attachment = {
      mediaType: scenarioRecordType,
      testCaseStartedId: '1',
      body: JSON.stringify(record),
    };
    const said = [{ attachment } as Envelope];
    const { envelopes, reasons } = judgedAnew(said, { ...today, ...changes });
    const judged = JSON.parse(envelopes[0]!.attachment!.body) as ScenarioRecord;
    return {
      judged,
      reasons: [...reasons].flatMap(([about, whys]) => [...whys].map((why) => `${about} ${why}`)),
    };
  }

  test('nothing else than before, when nothing has changed', () => {
    const { judged, reasons } = anew(broken, {});
    assert.ok(isDeepStrictEqual(judged, broken));
    assert.deepEqual(reasons, []);
  });

  test('the level that fails', () => {
    const { judged, reasons } = anew(broken, { failOn: 'should' });
    assert.equal(judged.checks[0]!.verdict, 'fail');
    assert.deepEqual(reasons, [`${should} --fail-on is should now`]);
  });

  test('deviations that have not expired', () => {
    const before = { ...broken.checks[0]!, verdict: 'known-deviation' as const, deviation: known };
    const record = { ...broken, checks: [{ ...before, outcome: 'broken, as is known' as const }] };
    assert.deepEqual(anew(record, { deviations: [known] }).reasons, []);
    const { judged, reasons } = anew(record, { deviations: [{ ...known, expires: '2026-05-31' }] });
    assert.equal(judged.checks[0]!.verdict, 'warning');
    assert.deepEqual(reasons, [
      `${should} known-deviations.yaml:1: the known deviation expired on 2026-05-31`,
    ]);
  });

  test('requirements that are still there', () => {
    const gone = { requirement: 'HOOKS-GONE-01', outcome: 'holds', verdict: 'pass' } as never;
    const kept = { requirement: must, outcome: 'holds' as const, verdict: 'pass' as const };
    const { judged, reasons } = anew({ ...broken, checks: [gone, kept] }, {});
    assert.deepEqual(judged.checks, [kept]);
    assert.deepEqual(reasons, ['HOOKS-GONE-01 it is no longer in the catalogue']);
  });

  test('answers that were observed', () => {
    const asked = { ambiguity: 'X-16' as const, question: 'an empty list' };
    const record = {
      ...broken,
      checks: [],
      observations: [{ ...asked, answer: '200', verdict: 'recorded' as const }],
    };
    const changedNow = anew(record, { observed: [{ ...asked, answer: '400' }] });
    assert.deepEqual(changedNow.judged.observations, [
      { ...asked, answer: '200', was: '400', verdict: 'warning' },
    ]);
    assert.match(
      changedNow.reasons[0]!,
      /^X-16 the list of observed behaviour says now on "an empty list": 400/,
    );
    const back = anew(changedNow.judged, {});
    assert.deepEqual(back.judged.observations, record.observations);
    assert.match(back.reasons[0]!, /has no answer to "an empty list" any more/);
  });

  test('what failed: a scenario that ended with a breach which is known now has run to its end', () => {
    const failing = { ...broken, checks: [{ ...broken.checks[0]!, verdict: 'fail' as const }] };
    const at = { testCaseStartedId: '1', timestamp: { seconds: 0, nanos: 0 } };
    const duration = { seconds: 0, nanos: 0 };
    const step = (status: string, exception?: object) =>
      ({
        testStepFinished: { ...at, testStepId: status, testStepResult: { status, duration, ...exception } },
      }) as never;
    const said = [
      { pickle: { id: 'p', uri: 'a', name: 'a', astNodeIds: [], tags: [], steps: [] } },
      { testCase: { id: 'c', pickleId: 'p', testSteps: [] } },
      { testCaseStarted: { id: '1', testCaseId: 'c', attempt: 0, timestamp: at.timestamp } },
      step('FAILED', { exception: { type: 'AssertionError', message: 'x' }, message: 'x' }),
      step('SKIPPED'),
      {
        attachment: { mediaType: scenarioRecordType, testCaseStartedId: '1', body: JSON.stringify(failing) },
      },
      { testCaseFinished: { ...at, willBeRetried: false } },
    ] as Envelope[];
    const collector = new RunCollector();
    for (const one of judgedAnew(said, { ...today, deviations: [known] }).envelopes) collector.add(one);
    assert.deepEqual(
      collector.results.map(({ verdict }) => verdict),
      ['known-deviation'],
    );
  });
});
