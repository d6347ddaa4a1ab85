// Runs are put together by the suite, and by the requirements, that they ran with.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { disagreements, type Own } from '../../src/merge/agreement.ts';
import type { KeptRun } from '../../src/merge/kept-run.ts';
import type { RunHead } from '../../src/run/run-head.ts';

const own: Own = {
  commit: null,
  version: '1.0.0',
  specRevision: 'a1',
  ownRequirements: { 'ACME-1': 'must' },
};

function withHead(index: number, changes: Partial<RunHead>): KeptRun {
  const head: RunHead = {
    version: 1,
    run: `${index}`,
    suite: { name: 'suite', version: '1.0.0', commit: null, seed: null },
    specRevision: 'a1',
    ownRequirements: { 'ACME-1': 'must' },
    tenant: { url: 'https://tenant.example', botId: 'bot', profile: null, embedded: false },
    dialect: {},
    failOn: 'must',
    selection: { words: '', shard: `${index}/2`, language: 'en' },
    startedAt: '2026-01-01T00:00:00.000Z',
    deviations: [],
    observed: [],
    ...changes,
  };
  return { folder: `shard-${index}`, head, end: undefined, envelopes: [] };
}

const both = (changes: Partial<RunHead>) => disagreements([withHead(1, changes), withHead(2, changes)], own);

suite('Without a commit, as in a package, runs are refused', () => {
  test('unless all is as here', () => assert.deepEqual(both({}), []));

  test('when they are of another version', () => {
    const [line, ...others] = both({ suite: { name: 'suite', version: '0.9.0', commit: null, seed: null } });
    assert.match(
      line!,
      /the runs are of version 0\.9\.0, and this is 1\.0\.0: merge with the suite that ran/,
    );
    assert.deepEqual(others, []);
  });

  test('when the requirements are others', () => {
    assert.match(both({ specRevision: 'b2' }).join('\n'), /of requirements b2, and this is a1/);
  });

  test('with the names of requirements of a team that are not here, are others, or are only here', () => {
    const lines = both({ specRevision: 'b2', ownRequirements: { 'ACME-2': 'must' } });
    assert.equal(lines.length, 2);
    assert.match(lines[0]!, /ACME-2 .*: must in shard-1, shard-2; none here/);
    assert.match(lines[1]!, /ACME-1 .*: none in shard-1, shard-2; must here/);
    assert.match(
      both({ ownRequirements: { 'ACME-1': 'may' } }).join('\n'),
      /ACME-1 .*: may in .*; must here/,
    );
  });
});
