// Names and settings that somebody else may have chosen: printed as they are, without control sequences for a terminal.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { type Run, run, temporaryFolder } from './harness.ts';
import { xmlProblem } from './xml.ts';

const odd = process.platform === 'win32' ? 'odd \u202eand \u009bname' : 'odd\u001b[31m \u009b\u202e<b>&"name';

function harmlessRun({ stdout, stderr }: Run): void {
  assert.doesNotMatch(stdout + stderr, /[^\P{Cc}\n\t]|[\u2028\u2029]|\p{Bidi_Control}/u);
}

function feature(...lines: string[]): string {
  const file = path.join(temporaryFolder(), `${odd}.feature`);
  writeFileSync(file, ['Feature: F', '  Rule: R', ...lines.map((line) => `    ${line}`)].join('\n'));
  return file;
}

const entry = 'Given a voice conversation answered by Agent 1';
const accepted = 'Then the tenant has accepted every event';

test('a feature file, and the folder of the reports', async () => {
  const reports = path.join(temporaryFolder(), odd);
  mkdirSync(reports);
  const file = feature(
    '@HOOKS-EP-01',
    `Example: ${odd}`,
    entry,
    accepted,
    '@HOOKS-EP-01',
    'Example: second',
    entry,
    'When Agent 1 sends NA entry',
    accepted,
  );
  const ended = await run([file], { reports });
  assert.equal(ended.code, 2, ended.output);
  assert.match(ended.stdout, /odd.*name\.feature/);
  harmlessRun(ended);
  assert.equal(xmlProblem(readFileSync(path.join(reports, 'junit.xml'), 'utf8')), undefined);
  assert.ok(existsSync(path.join(reports, 'conformance.html')));
});

const refused: Record<string, [args: string[], env?: Record<string, string>]> = {
  'a feature file that is not in order': [[feature('Example: E', 'Given nothing known')]],
  'a feature file that is not there': [[`${odd}.feature`]],
  'a profile': [['--tenant', odd]],
  'a tag': [['--tags', `@HOOKS-EP-99${odd.replaceAll(/[ (]/g, '')}`]],
  'a name': [['--name', odd]],
  settings: [
    [],
    { FAIL_ON: odd, CALLBACK_PORT: odd, TENANT_URL: odd, TENANT_AUTH_HEADER: `${odd}${'x'.repeat(1e5)}` },
  ],
  'a setting of thousands of lines': [[], { CONVERSATION_PREFIX: `${odd}\n`.repeat(5000) }],
};

for (const [what, [args, env = {}]] of Object.entries(refused)) {
  test(`${what}: exit code 2`, async () => {
    const ended = await run(args, { env });
    assert.equal(ended.code, 2, ended.output);
    assert.match(ended.stderr, /odd/);
    assert.ok(ended.stderr.length < 5000, 'in brief');
    harmlessRun(ended);
  });
}
