// How many requests a run will send is known before it begins, for any part of the suite and any profile.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import counts from '../../docs/requests.json' with { type: 'json' };
import { faults } from '../../src/sandbox/faults/catalogue.ts';
import { run, settingsFor, temporaryFolder } from './harness.ts';
import { sandboxWith } from './tenants.ts';

const features: Record<string, Record<string, number>> = counts;
const inFile = (file: string) => Object.values(features[file]!).reduce((sum, count) => sum + count, 0);

/** What a dry run says, in a whole number of requests. */
async function said(
  args: string[],
  env: Record<string, string> = {},
  reports = temporaryFolder(),
): Promise<[words: string, requests: number]> {
  const { output } = await run(['--dry-run', ...args], { env, reports });
  const [, words, requests] =
    /^\d+ scenarios with (about|about) ([\d,]+) requests? have no errors/m.exec(output) ?? [];
  assert.ok(words && requests, output);
  return [words, Number(requests.replaceAll(',', ''))];
}

const callback = 'features/routing/callback.feature';
const languages = 'features/conversation-events/languages.feature';
const transfers = 'features/conversation-events/transfer-events.feature';
/** A tenant without settings for routing, that knows English only. */
const bare = settingsFor('https://tenant.example');

suite('A run expects', () => {
  test('of the reference tenant what was counted', async () => {
    assert.deepEqual(await said([callback, transfers]), ['about', inFile(callback) + inFile(transfers)]);
  });

  test('nothing of scenarios that are not applicable', async () => {
    assert.deepEqual(await said([callback], bare), ['about', 0]);
    assert.deepEqual(await said([languages], bare), ['about', 0]);
    const [, more] = await said([languages], { ...bare, TENANT_LANGUAGES: 'en, fr' });
    assert.ok(more > 0 && more < inFile(languages), `${more}`);
    const [, qualityModule] = await said([transfers], { ...bare, TENANT_QUALITY_MODULE: 'true' });
    assert.ok(qualityModule < inFile(transfers), `${qualityModule}`);
  });

  test('of a scenario that nobody has counted as many as of others, and says so', async () => {
    const file = path.join(temporaryFolder(), 'own.feature');
    const scenario = `Feature: Own
  @HOOKS-SEQ-04
  Example: Ours
    Given a voice conversation answered by Agent 1
    When Agent 1 ends the call
    Then the tenant has accepted every event
`;
    writeFileSync(file, scenario);
    const [words, requests] = await said([file]);
    assert.equal(words, 'about');
    assert.ok(requests > 0 && requests < 20, `${requests}`);
  });

  test('of a tenant with defects what the last run of the same scenarios has sent', async () => {
    const fault = faults.find(({ name }) => name === 'accepts-transfer-types-only-in-lower-case')!;
    const env = await sandboxWith(fault.behaviour());
    const { output, reports } = await run([transfers], { env, measured: true });
    const { requests } = JSON.parse(readFileSync(path.join(reports, 'conformance.json'), 'utf8'));
    assert.ok(requests > inFile(transfers), output);
    assert.deepEqual(await said([transfers], env, reports), ['about', requests]);
    assert.deepEqual(
      await said([languages], env, reports),
      ['about', inFile(languages)],
      'of other scenarios',
    );
    const other = { ...env, TENANT_BOT_ID: 'st-5f6a9ac1-1b5e-4f4f-9a46-0e7b1c8d2f10' };
    assert.deepEqual(
      await said([transfers], other, reports),
      ['about', inFile(transfers)],
      'of another tenant',
    );
  });
});
