// Used wrongly: one clear message, exit code 2, and nothing sent. Features that are not in order have a file of their own.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import type { ErrorCode } from '../../src/errors/error-codes.ts';
import {
  cucumberCommand,
  fewAtATime,
  type Options,
  type Run,
  run,
  type SmallServer,
  secret,
  settingsFor,
  smallServer,
  temporaryFolder,
} from './harness.ts';
import { saysOnly } from './message.ts';

interface Case {
  name: string;
  args?: string[];
  options?: Options;
  /** Unless the message is that of cucumber's own parser. */
  code?: ErrorCode;
  /** What the message has to say. */
  says: RegExp[];
}

const authentication = 'features/conversation-events/authentication.feature';
const withoutRows = [
  'Feature: F',
  '  Rule: R',
  '    @HOOKS-EP-01',
  '    Scenario Outline: E <x>',
  '      Given a voice conversation answered by Agent 1',
  '      Then the tenant has accepted every event',
  '      Examples:',
  '        | x |',
];

const usedWrongly: Case[] = [
  {
    name: 'a file of examples without rows',
    args: [featureFile(withoutRows)],
    says: [/No scenario would run/, /1 feature file was found, without any scenario\./],
  },
  {
    name: 'an unknown id in --tags',
    code: 'OPTION_INVALID',
    args: ['--tags', '@HOOKS-EP-99'],
    says: [/--tags: @HOOKS-EP-99 is not a requirement.*@HOOKS-/],
  },
  {
    name: 'a malformed tag expression',
    code: 'OPTION_INVALID',
    args: ['--tags', '@HOOKS-EP-01 and'],
    says: [/^OPTION_INVALID {2}Tag expression .*@HOOKS-EP-01 and/m],
  },
  {
    name: 'a malformed --name',
    code: 'OPTION_INVALID',
    args: ['--name', '(agent'],
    says: [/Invalid regular expression.*\(agent/],
  },
  {
    name: '--shard 5/4',
    code: 'OPTION_INVALID',
    args: ['--shard', '5/4'],
    says: [/--shard 5\/4: must be INDEX\/TOTAL/],
  },
  { name: '--shard 0/4', code: 'OPTION_INVALID', args: ['--shard=0/4'], says: [/--shard 0\/4: must be/] },
  {
    name: '--shard 1/x',
    code: 'CONFIGURATION_INVALID',
    args: ['--shard', '1/x'],
    says: [/shard option must be in the format/],
  },
  {
    name: 'two tenants',
    code: 'OPTION_INVALID',
    args: ['--tenant', 'staging', '--tenant=production'],
    says: [/--tenant is given twice, with staging and production/],
  },
  { name: 'an unknown option', args: ['--colour'], says: [/unknown option '--colour'/] },
  { name: 'an option without its value', args: ['--tags'], says: [/--tags.*argument missing/] },
  { name: '--parallel many', args: ['--parallel', 'many'], says: [/--parallel/] },
  {
    name: 'an unknown --config',
    code: 'CONFIGURATION_INVALID',
    args: ['--config', 'no-such.js'],
    says: [/no-such\.js/],
  },
  {
    name: 'an unknown --profile',
    code: 'CONFIGURATION_INVALID',
    args: ['--profile', 'nightly'],
    says: [/nightly/],
  },
  {
    name: '--tenant without a file',
    code: 'PROFILE_MISSING',
    args: ['--tenant', 'nowhere'],
    says: [/PROFILE_MISSING .*\.env\.nowhere/],
  },
  {
    name: '--tenant without a name',
    code: 'OPTION_INVALID',
    args: ['--tenant'],
    says: [/--tenant needs a value/],
  },
  {
    name: '--fail-on maybe',
    code: 'OPTION_INVALID',
    args: ['--fail-on', 'maybe'],
    says: [/--fail-on maybe: must be one of must, should/],
  },
  { name: 'a path that does not exist', args: ['features/nowhere.feature'], says: [/nowhere\.feature/] },
  {
    name: 'a name that no scenario has',
    code: 'NOTHING_SELECTED',
    args: [authentication, '--name', 'xyzzy'],
    says: [/none of them is selected/, /--name "xyzzy"/],
  },
  {
    name: 'a tag without its @',
    args: ['--tags', 'HOOKS-SEQ-13 and not (HOOKS-EP-01)'],
    says: [/HOOKS-SEQ-13 has no @; did you mean @HOOKS-SEQ-13\?/, /did you mean @HOOKS-EP-01\?/],
  },
  {
    name: 'tags that no scenario has',
    code: 'NOTHING_SELECTED',
    args: ['--tags', '@HOOKS-EP-01 and @HOOKS-RDL-01'],
    says: [/never green/, /--tags "\(@HOOKS-EP-01 and/],
  },
  {
    name: 'a shard of nothing',
    code: 'NOTHING_SELECTED',
    args: ['--name', 'Body and path name the same bot', '--shard', '2/2'],
    says: [/--shard 2\/2/],
  },
  {
    name: 'incomplete settings',
    code: 'SETTINGS_INCOMPLETE',
    options: { env: { TENANT_BOT_ID: '', TENANT_CLIENT_SECRET: '' } },
    says: [/SETTINGS_INCOMPLETE/, /TENANT_BOT_ID +missing/, /TENANT_CLIENT_SECRET +missing/],
  },
  {
    name: 'malformed settings, all reported at once',
    code: 'SETTINGS_INVALID',
    options: {
      env: {
        TENANT_BOT_ID: 'bot',
        CALLBACK_PORT: '80a',
        FAIL_ON: 'never',
        REQUEST_TIMEOUT_MS: '-1',
        TENANT_BOTID: 'st-1',
      },
    },
    says: [
      /SETTINGS_INVALID/,
      /TENANT_BOT_ID +is "bot"/,
      /CALLBACK_PORT +is "80a"/,
      /FAIL_ON +is "never"/,
      /REQUEST_TIMEOUT_MS/,
      /TENANT_BOTID +is not a setting +did you mean TENANT_BOT_ID/,
    ],
  },
  {
    name: 'a callback address of another machine',
    code: 'CALLBACK_LISTEN',
    options: { env: { CALLBACK_HOST: '192.0.2.1' } },
    says: [/192\.0\.2\.1/, /CALLBACK_HOST/],
  },
];

suite('used wrongly: exit code 2', () => {
  let tenant: SmallServer;
  const runs = new Map<string, Run>();

  before(async () => {
    tenant = await smallServer((_, response) => response.end('OK'));
    const done = await fewAtATime(usedWrongly.map((one) => () => runCase(one, tenant.url)));
    for (const [index, { name }] of usedWrongly.entries()) runs.set(name, done[index]!);
  });

  for (const { name, code, says } of usedWrongly) {
    test(name, () => {
      const ended = runs.get(name)!;
      assert.equal(ended.code, 2, ended.output);
      saysOnly(ended, says);
      if (code) assert.ok(ended.output.trimStart().startsWith(`${code}  `), ended.output);
    });
  }

  test('nothing was sent to the tenant', () => assert.equal(tenant.received.length, 0));

  // Cucumber loads them late: only the request that looks for the tenant is sent.
  test('an unknown format', async () => {
    const ended = await run(['--format', 'no-such-format'], { env: settingsFor(tenant.url), measured: true });
    assert.equal(ended.code, 2, ended.output);
    saysOnly(ended, [
      /^FORMAT_UNKNOWN {2}Failed to import formatter no-such-format: there is no such --format/m,
    ]);
    assert.ok(tenant.received.length <= 1);
  });

  test('settings, with a bare cucumber-js, whose exit codes are its own', async () => {
    const env = { ...settingsFor(tenant.url), TENANT_BOT_ID: 'bot' };
    const before = tenant.received.length;
    const ended = await run([], { command: cucumberCommand, env });
    assert.equal(ended.code, 1);
    assert.match(ended.output, /TENANT_BOT_ID +is "bot"/);
    assert.ok(!ended.output.includes(secret));
    assert.equal(tenant.received.length, before);
  });
});

function runCase({ args = [], options }: Case, url: string): Promise<Run> {
  const env = { ...settingsFor(url), ...options?.env };
  return run(args, { ...options, env, measured: true });
}

function featureFile(lines: string[]): string {
  const file = path.join(temporaryFolder(), 'own.feature');
  writeFileSync(file, lines.join('\n'));
  return file;
}
