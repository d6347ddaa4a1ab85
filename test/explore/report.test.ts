// The verdict on an exploration, and how it is said.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Exploration, explore } from '../../src/explore/explore.ts';
import { explorationReport, type ReportContext } from '../../src/explore/report.ts';
import { explorationInWords } from '../../src/explore/words.ts';
import { tenantInProcess } from './in-process.ts';
import { planted } from './planted.ts';

const context: ReportContext = {
  tenant: { url: 'https://tenant.example', botId: 'st-1', profile: null, embedded: false },
  seed: 1,
  concurrency: 1,
  command: 'npm run explore -- --seed 1',
  startedAt: '2026-01-01T00:00:00.000Z',
  failOn: 'must',
  known: [],
  redact: (text) => text,
  featureOf: () => null,
};

function explored(name?: string): Promise<Exploration> {
  const options = {
    seed: 1,
    maxRequests: 60,
    concurrency: 1,
    plainValues: false,
    refusesWrongOrder: false,
    givenCustomFields: false,
  };
  const fault = planted.find((one) => one.name === name);
  return explore(tenantInProcess(fault?.behaviour()), options, new AbortController().signal);
}

suite('the report of an exploration', () => {
  test('is inconclusive without a failure when failures were not looked into, or it was interrupted', async () => {
    const whole = await explored();
    assert.equal(explorationReport(whole, context).verdict, 'partial');
    const one = explorationReport({ ...whole, notLookedInto: 1 }, context);
    assert.equal(one.verdict, 'inconclusive');
    assert.match(one.reasons.join(), /^1 more failure was not looked into/);
    const two = explorationReport({ ...whole, notLookedInto: 2 }, context);
    assert.match(two.reasons.join(), /^2 more failures were not looked into/);
    assert.equal(explorationReport({ ...whole, endedBy: 'interrupt' }, context).verdict, 'inconclusive');
  });

  test('stays non-conformant when something fails', async () => {
    const whole = await explored('an agent is in one open conversation only');
    const cut = { ...whole, notLookedInto: 3, endedBy: 'interrupt' } as const;
    assert.equal(explorationReport(cut, context).verdict, 'non-conformant');
    const known = [{ requirement: 'HOOKS-SEQ-15', message: '.', reason: 'fixed soon', place: '' } as const];
    assert.equal(explorationReport(whole, { ...context, known }).verdict, 'partial');
    assert.equal(explorationReport(cut, { ...context, known }).verdict, 'inconclusive');
  });

  test('says that a failure did not come again only when it was repeated', async () => {
    const { found, ...rest } = await explored('an agent is in one open conversation only');
    const words = (wasRepeated: boolean) => {
      const all = found.map((one) => ({ ...one, isRepeatable: false, wasRepeated }));
      return explorationInWords(explorationReport({ ...rest, found: all }, context));
    };
    assert.match(words(true), /not again when it was repeated/);
    assert.doesNotMatch(words(false), /not again/);
    assert.match(words(false), /could not be repeated/);
  });
});
