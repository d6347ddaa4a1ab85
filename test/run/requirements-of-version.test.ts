// A pipeline that keeps to the requirements of a version is judged by these, whatever the suite asks for since.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import type { RequirementId } from '../../src/protocol/catalogue.ts';

const later = {
  id: 'ACME-QUEUE-01',
  since: '0.2.0',
  level: 'must',
  basis: 'stated',
  binds: 'tenant',
  decidedBy: ['accepted'],
  source: [],
  title: 'Something that a later version asks for',
  area: 'Envelope',
};
// As the catalogue of a later version: before it is loaded.
const CONFORMANCE_REQUIREMENTS = JSON.stringify([later]);
process.env.CONFORMANCE_REQUIREMENTS = CONFORMANCE_REQUIREMENTS;
const { checkVersion, laterRequirements, withoutLater } = await import(
  '../../src/run/requirements-of-version.ts'
);
const { isOfVersion } = await import('../../src/protocol/since.ts');
const { run, temporaryFolder } = await import('./harness.ts');
const { ScenarioLog } = await import('../../src/verdict/scenario.ts');

suite('The requirements of a version', () => {
  const versions: [since: string | undefined, version: string | undefined, had: boolean][] = [
    ['0.1.0', '0.1.0', true],
    ['0.1.0', '0.1', true],
    ['0.2.0', '0.1', false],
    ['0.10.0', '0.9.1', false],
    ['1.0.0', '0.99.99', false],
    ['0.9.1', '0.10', true],
    ['1.2.1', '1.2', false],
    // Without --requirements all count, and those of a team always do.
    ['9.0.0', undefined, true],
    [undefined, '0.1.0', true],
  ];
  for (const [since, version, had] of versions) {
    test(`${version ?? 'now'} ${had ? 'has' : 'does not have'} one since ${since ?? 'a team added it'}`, () => {
      assert.equal(isOfVersion(since === undefined ? {} : { since }, version), had);
    });
  }

  const refused: [text: string, why: RegExp][] = [
    [
      '1.x',
      /--requirements 1\.x: that is not a version of the suite\. Give a version from 0\.1\.0 to 0\.3\.0/,
    ],
    ['', /not a version/],
    ['v0.1.0', /not a version/],
    ['0.1.0.0', /not a version/],
    ['0', /not a version/],
    ['-1.0', /not a version/],
    ['0.1.0\n', /not a version/],
    ['0.1.0-rc.1', /not a version/],
    ['0.3.1', /this is 0\.3\.0, which does not know what later versions ask for/],
    ['0.0.9', /no version that early had requirements/],
  ];
  for (const [text, why] of refused) {
    test(`${JSON.stringify(text)} is refused`, () => {
      assert.throws(() => checkVersion(text, '0.3.0'), { code: 'OPTION_INVALID', message: why });
    });
  }

  test('those between the first and this one are taken', () => {
    for (const text of ['0.1', '0.1.0', '0.2.7', '0.3.0']) checkVersion(text, '0.3.0');
    checkVersion('0.3.0', '0.3.0-rc.1');
  });

  test('a selection is left alone when nothing came later, and kept otherwise', () => {
    assert.deepEqual(
      laterRequirements('0.1.0').map(({ id }) => id),
      [later.id],
    );
    assert.equal(withoutLater('@smoke', '0.2.0'), '@smoke');
    assert.match(
      withoutLater('@smoke', '0.1.0'),
      /^\(@smoke\) and \(not \(@ACME-QUEUE-01\) or @HOOKS-EP-01 or /,
    );
  });

  test('a scenario does not fail by what came later, and leaves no check of it', () => {
    const shown = (requirements?: string) => {
      const log = new ScenarioLog(['HOOKS-SUM-01', later.id as RequirementId], {
        failOn: 'must',
        deviations: [],
        observed: [],
        redact: (text) => text,
        ...(requirements === undefined ? {} : { requirements }),
      });
      const id = later.id as RequirementId;
      const found = { requirement: id, level: 'must' as const, message: 'no', expected: 'yes', actual: 'no' };
      log.decide([{ judgement: { checked: ['HOOKS-SUM-01', id], findings: [found] } }]);
      return log.record(false).checks.map(({ requirement, verdict }) => [requirement, verdict]);
    };
    assert.throws(() => shown(), { name: 'AssertionError' });
    assert.deepEqual(shown('0.1.0'), [['HOOKS-SUM-01', 'pass']]);
  });
});

const feature = (tags: string) => `Feature: Versions
  Rule: A conversation is answered
    ${tags}
    Scenario: A call
      Given a voice conversation answered by Agent 1
      When Agent 1 ends the call
      Then the tenant has accepted every event`;

suite('A run with --requirements', () => {
  test('runs and judges only what the version had, and says so', async () => {
    const folder = temporaryFolder();
    const files = ['@ACME-QUEUE-01', '@HOOKS-EP-01 @ACME-QUEUE-01'].map((tags, index) => {
      const file = path.join(folder, `${index}.feature`);
      writeFileSync(file, feature(tags));
      return file;
    });
    const env = { CONFORMANCE_REQUIREMENTS };
    const pinned = await run([...files, '--requirements', '0.1'], { env, measured: true });
    assert.equal(pinned.code, 0, pinned.output);
    const report = JSON.parse(readFileSync(path.join(pinned.reports, 'conformance.json'), 'utf8'));
    assert.equal(report.scenarios.total, 1);
    assert.equal(report.verdict, 'partial');
    assert.match(report.selection.words, /; --requirements 0\.1$/);
    const ids = report.requirements.map(({ id }: { id: string }) => id);
    assert.deepEqual([ids.includes('HOOKS-EP-01'), ids.includes(later.id)], [true, false]);
    assert.equal(report.coverage.requirements, ids.length);

    const nothing = await run([files[0]!, '--requirements', '0.1'], { env });
    assert.equal(nothing.code, 2, nothing.output);
    assert.match(
      nothing.output,
      /NOTHING_SELECTED .*none of them is selected\.\n +selection: paths .*--requirements 0\.1\n/,
    );
    const unknown = await run(['--requirements', '1.2'], { env });
    assert.equal(unknown.code, 2, unknown.output);
    assert.match(unknown.output, /OPTION_INVALID .*--requirements 1\.2: this is 0\.1\.0/);
  });
});
