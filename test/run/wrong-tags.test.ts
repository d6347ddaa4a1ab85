// A scenario whose refusals show something else than its tags say is the harness's mistake, never a pass.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import { type Run, run, temporaryFolder, verdicts } from './harness.ts';

const cases = [
  {
    name: 'an expired token where the signature is the question',
    tag: '@HOOKS-AUTH-01',
    when: 'the requests of a conversation are first sent with these tokens:\n| token | with |\n| an expired token | every request |',
    right: 'HOOKS-AUTH-03',
  },
  {
    name: 'an unsigned token where its content is the question',
    tag: '@HOOKS-AUTH-03',
    when: 'the requests of a conversation are first sent with these tokens:\n| token | with |\n| an unsigned token | every request |',
    right: 'HOOKS-AUTH-01',
  },
  {
    name: 'an unknown bot of the body where that of the path is the question',
    tag: '@HOOKS-ERR-01',
    when: 'every request of a conversation is first sent with an unknown botId in the body only',
    right: 'HOOKS-ERR-04',
  },
  {
    name: 'a transfer where events are the question',
    tag: '@HOOKS-AUTH-01',
    when: 'a transfer to the agent is requested with no token',
    right: 'ASSIGN-AUTH-01',
  },
];

suite('A scenario that is tagged wrongly is an error of the harness', () => {
  let ended: Run;
  before(async () => {
    const file = path.join(temporaryFolder(), 'own.feature');
    const scenarios = cases.map(({ name, tag, when }) => {
      return `${tag}\nExample: ${name}\nGiven a voice conversation\nWhen ${when}\nThen the tenant refuses each, and accepts each once put right\n`;
    });
    writeFileSync(file, `Feature: F\n${scenarios.join('\n')}`);
    ended = await run([file], { measured: true });
  });
  test('exit code 2', () => assert.equal(ended.code, 2, ended.output));
  for (const { name, tag, right } of cases) {
    test(name, () => {
      const found = Object.entries(verdicts(ended)).find(([place]) => place.endsWith(` ${name}`));
      assert.equal(found?.[1], 'harness-error');
      assert.match(
        ended.output,
        new RegExp(`${name}[\\s\\S]*?cannot decide ${tag.slice(1)}; tag the scenario ${right}`),
      );
    });
  }
});
