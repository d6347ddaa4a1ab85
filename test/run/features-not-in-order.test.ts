// Feature files that are not in order: all that is wrong with them is reported at once, and nothing is sent.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import { type Run, run, settingsFor, smallServer, temporaryFolder } from './harness.ts';
import { saysOnly } from './message.ts';

interface Case {
  name: string;
  feature: string;
  /** What the message has to say of it. */
  says: RegExp[];
}

const rule = (...lines: string[]) =>
  ['Feature: F', '  Rule: R', ...lines.map((line) => `    ${line}`)].join('\n');
const ends = [
  '  Given a voice conversation answered by Agent 1',
  '  Then the tenant has accepted every event',
];
const example = ['@HOOKS-EP-01', 'Example: E', ...ends];

/** Cucumber reads no steps where one of the files cannot be parsed. */
const unreadable: Case[] = [
  {
    name: 'a misspelt keyword of a later step',
    feature: rule('@HOOKS-EP-01', 'Example: E', ends[0]!, '  Whn Agent 1 ends the call', ends[1]!),
    says: [/:6 .*"Whn Agent 1 ends the call" is not understood.*misspelt/],
  },
  {
    name: 'keywords of another language than the header names',
    feature: `# language: de\n${rule(...example)}`,
    says: [/:2 .*"Feature: F" is not understood here\. Line 1 says "# language: de"/],
  },
  {
    name: 'keywords of a language without a header',
    feature: rule(...example).replace('Feature:', 'Funktionalität:'),
    says: [/:1 .*"Funktionalität: F" is not understood here.*header like "# language: de" missing/],
  },
  {
    name: 'a header that names no language',
    feature: `# language: deutsch\n${rule(...example)}`,
    says: [/cucumber knows no language "deutsch", which the header "# language:" names/],
  },
  {
    name: 'a misspelt keyword of a scenario',
    feature: rule('@HOOKS-EP-01', 'Exmaple: E', ...ends),
    says: [/"Exmaple: E".*misspelt/],
  },
  {
    name: 'a misspelt keyword of a rule',
    feature: ['@HOOKS-EP-01', 'Feature: F', '  Ruel: R', ...example.slice(1)].join('\n'),
    says: [/:3 .*"Ruel: R" is read as a description of the Feature.*misspelt/],
  },
  {
    name: 'a file without a feature',
    feature: '# to be written\n',
    says: [/no Feature/],
  },
];

const readable: Case[] = [
  {
    name: 'a misspelt tag',
    feature: rule('@HOOKS-EP-1', 'Example: E', ...ends),
    says: [/:3 .*@HOOKS-EP-1 is not a requirement.*did you mean @HOOKS-EP-0?1/],
  },
  {
    name: 'an announced breach of no requirement',
    feature: rule('@HOOKS-EP-01 @breaks-HOOKS-SEQ-77', 'Example: E', ...ends),
    says: [/:3 .*@breaks-HOOKS-SEQ-77 is not a requirement.*did you mean @breaks-HOOKS-SEQ-0?7/],
  },
  {
    name: 'a misspelt announcement of a breach',
    feature: rule('@HOOKS-EP-01 @break-HOOKS-SEQ-07', 'Example: E', ...ends),
    says: [/:3 .*@break-HOOKS-SEQ-07 is not a requirement.*did you mean @breaks-HOOKS-SEQ-07/],
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
    says: [/:5 .*"Givn a voice conversation" is read as a description .*misspelt/],
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
    name: 'a scenario that expects nothing',
    feature: rule('@HOOKS-EP-01', 'Example: Hopeful', ends[0]!, '  When Agent 1 ends the call'),
    says: [/:4 .*"Hopeful" has no Then/],
  },
  {
    name: 'a scenario that sets up nothing',
    feature: rule('@HOOKS-EP-01', 'Example: Hasty', '  When the conversation ends', ends[1]!),
    says: [/:4 .*"Hasty" has no Given/],
  },
  {
    name: 'a requirement that only a refusal decides',
    feature: rule('@HOOKS-AUTH-01 @HOOKS-ERR-01', 'Example: E', ...ends),
    says: [
      /:3 .*@HOOKS-AUTH-01: no sentence of the scenario decides it. Missing: bad token, refused /,
      /:3 .*@HOOKS-ERR-01: no sentence of the scenario decides it. Missing: unknown bot, refused /,
    ],
  },
  {
    name: 'a requirement that no refusal decides',
    feature: rule(
      '@HOOKS-SUM-01',
      'Example: E',
      '  Given a voice conversation',
      '  When an entry event is sent with experience set to "email"',
      '  Then the tenant refuses it, and accepts it once put right',
    ),
    says: [/:3 .*@HOOKS-SUM-01: no sentence .*Missing: accepted /],
  },
  {
    name: 'a requirement of transfers where only events are sent',
    feature: rule('@ASSIGN-REQ-02', 'Example: E', ...ends),
    says: [/:3 .*@ASSIGN-REQ-02: no sentence .*Missing: transferred /],
  },
  {
    name: 'a requirement that binds the sender',
    feature: rule('@HOOKS-SEQ-01', 'Example: E', ...ends),
    says: [/:3 .*@HOOKS-SEQ-01: no scenario can decide it, for it binds the sender of the events/],
  },
  {
    name: 'a requirement that is only observed',
    feature: rule(
      '@HOOKS-EP-01 @observe @X-16',
      'Example: E',
      '  Given a voice conversation answered by Agent 1',
      "  Then the tenant's answer is recorded",
    ),
    says: [/:3 .*@HOOKS-EP-01: no sentence .*Missing: accepted /],
  },
  {
    name: 'a scenario without a requirement',
    feature: rule('Example: Untagged', ...ends),
    says: [/:3 .*"Untagged" is tagged neither with a requirement, nor/],
  },
  {
    name: 'several problems, all reported at once',
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
];

for (const [kind, cases] of Object.entries({ 'cannot be parsed': unreadable, 'can be parsed': readable })) {
  suite(`feature files that ${kind}, and are not in order: exit code 2`, () => {
    const files = new Map<string, string>();
    let ended: Run;
    let received: unknown[];

    before(async () => {
      const folder = temporaryFolder();
      for (const [index, { name, feature }] of cases.entries()) {
        const own = path.join(folder, String(index));
        mkdirSync(own);
        files.set(name, path.join(own, 'own.feature'));
        writeFileSync(files.get(name)!, feature);
      }
      const tenant = await smallServer((_, response) => response.end('OK'));
      ended = await run([...files.values()], { env: settingsFor(tenant.url), measured: true });
      received = tenant.received;
    });

    for (const { name, says } of cases) {
      test(name, () => {
        const own = path.relative(process.cwd(), files.get(name)!);
        const lines = ended.output.split('\n').filter((line) => line.includes(own));
        for (const words of says) assert.match(lines.join('\n'), words);
      });
    }

    test('one message, and nothing sent', () => {
      assert.equal(ended.code, 2, ended.output);
      saysOnly(ended, [/^FEATURES_INVALID {2}The feature files have errors, so nothing was sent:$/m]);
      assert.deepEqual(received, []);
    });
  });
}
