// Used wrongly: one clear message, exit code 2, and nothing sent.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, suite, test } from 'node:test';
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
  /** A feature file of its own, in place of a path among args. */
  feature?: string;
  options?: Options;
  /** What the message has to say. */
  says: RegExp[];
}

const authentication = 'features/conversation-events/authentication.feature';
const rule = (...lines: string[]) =>
  ['Feature: F', '  Rule: R', ...lines.map((line) => `    ${line}`)].join('\n');
const ends = [
  '  Given a voice conversation answered by Agent 1',
  '  Then the tenant has accepted every event',
];
const example = ['@HOOKS-EP-01', 'Example: E', ...ends];

const usedWrongly: Case[] = [
  {
    name: 'a misspelt tag',
    feature: rule('@HOOKS-EP-1', 'Example: E', ...ends),
    says: [/:3 .*@HOOKS-EP-1 is no requirement.*did you mean @HOOKS-EP-0?1/],
  },
  {
    name: 'an announced breach of no requirement',
    feature: rule('@HOOKS-EP-01 @breaks-HOOKS-SEQ-77', 'Example: E', ...ends),
    says: [/:3 .*@breaks-HOOKS-SEQ-77 is no requirement.*did you mean @breaks-HOOKS-SEQ-0?7/],
  },
  {
    name: 'a misspelt announcement of a breach',
    feature: rule('@HOOKS-EP-01 @break-HOOKS-SEQ-07', 'Example: E', ...ends),
    says: [/:3 .*@break-HOOKS-SEQ-07 is no requirement.*did you mean @breaks-HOOKS-SEQ-07/],
  },
  {
    name: 'an announced breach of what binds the tenant',
    feature: rule('@HOOKS-EP-01 @breaks-HOOKS-RESP-01', 'Example: E', ...ends),
    says: [/:3 .*@breaks-HOOKS-RESP-01: HOOKS-RESP-01 binds the tenant/],
  },
  {
    name: 'an announced breach and no requirement',
    feature: rule('@breaks-HOOKS-SEQ-07', 'Example: Untagged', ...ends),
    says: [/:4 .*"Untagged" is tagged neither with a requirement, nor/],
  },
  {
    name: 'a misspelt keyword of the first step',
    feature: rule('@HOOKS-EP-01', 'Example: E', '  Givn a voice conversation', ...ends),
    says: [/:4 .*"Givn a voice conversation" is read as a description .*misspelt/],
  },
  {
    name: 'a misspelt keyword of a later step',
    feature: rule('@HOOKS-EP-01', 'Example: E', ends[0]!, '  Whn Agent 1 ends the call', ends[1]!),
    says: [/:6 .*"Whn Agent 1 ends the call" is not understood.*misspelt/],
  },
  {
    name: 'a misspelt keyword of a scenario',
    feature: rule('@HOOKS-EP-01', 'Exmaple: E', ...ends),
    says: [/"Exmaple: E".*misspelt/],
  },
  {
    name: 'a misspelt keyword of a rule',
    feature: ['@HOOKS-EP-01', 'Feature: F', '  Ruel: R', ...example.slice(1)].join('\n'),
    says: [/:2 .*"Ruel: R" is read as a description of the Feature.*misspelt/],
  },
  {
    name: 'a file without a feature',
    feature: '# to be written\n',
    says: [/no Feature/],
  },
  {
    name: 'an undefined step',
    feature: rule('@HOOKS-EP-01', 'Example: E', '  Given a voice conversation replied by Agent 1', ends[1]!),
    says: [
      /:5 .*no step matches "a voice conversation replied.*did you mean "a voice conversation answered by/,
    ],
  },
  {
    name: 'a scenario without steps',
    feature: rule('@HOOKS-EP-01', 'Example: To be done'),
    says: [/:4 .*"To be done" has no steps/],
  },
  {
    name: 'a scenario without a requirement',
    feature: rule('Example: Untagged', ...ends),
    says: [/:3 .*"Untagged" is tagged neither with a requirement, nor/],
  },
  {
    name: 'a file of examples without rows',
    feature: rule('@HOOKS-EP-01', 'Scenario Outline: E <x>', ...ends, '  Examples:', '    | x |'),
    says: [/No scenario would run/],
  },
  {
    name: 'several problems, all told at once',
    feature: rule(
      'Example: Untagged',
      ...ends,
      '@HOOKS-EP-1',
      'Example: Misspelt',
      '  Given nothing known',
      ...ends,
    ),
    says: [/"Untagged"/, /@HOOKS-EP-1 is/, /no step matches "nothing known"/],
  },
  {
    name: 'an unknown id in --tags',
    args: ['--tags', '@HOOKS-EP-99'],
    says: [/--tags: @HOOKS-EP-99 is no requirement.*@HOOKS-/],
  },
  {
    name: 'a malformed tag expression',
    args: ['--tags', '@HOOKS-EP-01 and'],
    says: [/^Tag expression .*@HOOKS-EP-01 and/m],
  },
  { name: 'a malformed --name', args: ['--name', '(agent'], says: [/Invalid regular expression.*\(agent/] },
  { name: '--shard 5/4', args: ['--shard', '5/4'], says: [/--shard 5\/4: must be INDEX\/TOTAL/] },
  { name: '--shard 0/4', args: ['--shard=0/4'], says: [/--shard 0\/4: must be/] },
  { name: '--shard 1/x', args: ['--shard', '1/x'], says: [/shard option must be in the format/] },
  { name: 'an unknown option', args: ['--colour'], says: [/unknown option '--colour'/] },
  { name: 'an option without its value', args: ['--tags'], says: [/--tags.*argument missing/] },
  { name: '--parallel many', args: ['--parallel', 'many'], says: [/--parallel/] },
  { name: 'an unknown --config', args: ['--config', 'no-such.js'], says: [/no-such\.js/] },
  { name: 'an unknown --profile', args: ['--profile', 'nightly'], says: [/nightly/] },
  {
    name: '--tenant without a file',
    args: ['--tenant', 'nowhere'],
    says: [/PROFILE_MISSING .*\.env\.nowhere/],
  },
  { name: '--tenant without a name', args: ['--tenant'], says: [/--tenant needs a value/] },
  {
    name: '--fail-on maybe',
    args: ['--fail-on', 'maybe'],
    says: [/--fail-on maybe: must be one of must, should/],
  },
  { name: 'a path that does not exist', args: ['features/nowhere.feature'], says: [/nowhere\.feature/] },
  {
    name: 'a name that no scenario has',
    args: [authentication, '--name', 'xyzzy'],
    says: [/none of them is selected/, /--name "xyzzy"/],
  },
  {
    name: 'tags that no scenario has',
    args: ['--tags', '@HOOKS-EP-01 and @HOOKS-RDL-01'],
    says: [/never green/, /--tags "\(@HOOKS-EP-01 and/],
  },
  {
    name: 'a shard of nothing',
    args: ['--name', 'Each of the names is known', '--shard', '2/2'],
    says: [/--shard 2\/2/],
  },
  {
    name: 'incomplete settings',
    options: { env: { TENANT_BOT_ID: '', TENANT_CLIENT_SECRET: '' } },
    says: [/SETTINGS_INCOMPLETE/, /TENANT_BOT_ID +missing/, /TENANT_CLIENT_SECRET +missing/],
  },
  {
    name: 'malformed settings, all told at once',
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
      /TENANT_BOTID +is no setting +did you mean TENANT_BOT_ID/,
    ],
  },
  {
    name: 'a callback address of another machine',
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

  for (const { name, says } of usedWrongly) {
    test(name, () => {
      const ended = runs.get(name)!;
      assert.equal(ended.code, 2, ended.output);
      saysOnly(ended, says);
    });
  }

  test('nothing was sent to the tenant', () => assert.equal(tenant.received.length, 0));

  // Cucumber loads them late: only the request that looks for the tenant is sent.
  test('an unknown format', async () => {
    const ended = await run(['--format', 'no-such-format'], { env: settingsFor(tenant.url) });
    assert.equal(ended.code, 2, ended.output);
    saysOnly(ended, [/Failed to import formatter no-such-format: there is no such --format/]);
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

function runCase({ args = [], feature, options }: Case, url: string): Promise<Run> {
  const files = feature === undefined ? [] : [featureFile(feature)];
  const env = { ...settingsFor(url), ...options?.env };
  return run([...files, ...args], { ...options, env, measured: true });
}

function featureFile(text: string): string {
  const file = path.join(temporaryFolder(), 'own.feature');
  writeFileSync(file, text);
  return file;
}
