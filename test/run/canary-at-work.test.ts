// A run searches all that it has written for its own secrets, and is no good when it finds one.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import { startSandbox } from '../../src/sandbox/server.ts';
import { atEnd, fewAtATime, type Run, run } from './harness.ts';

const secret = `c%/"+ü&<'\\ canary7f3a9c51 \\n=ß日?#-end`;

const leaks: Record<string, RegExp> = {
  'as it is': /the client secret/,
  'in base64': /the client secret, in base64/,
  'in an attachment of bytes': /the client secret/,
  'URL-encoded': /the client secret, encoded/,
  'in JSON in JSON': /the client secret, in JSON/,
  'split over two attachments': /an attachment, byte \d+: the client secret$/m,
  'as a token': /a token that the client secret signs$/m,
  'as a token in base64': /a token that the client secret signs, in base64/,
  'on the terminal': /what was printed, byte \d+: the client secret/,
  'in an error': /the client secret/,
};

suite('A run that lets a secret out', () => {
  const runs = new Map<string, Run>();

  before(async () => {
    const sandbox = await startSandbox({ identity: { clientSecret: secret } });
    atEnd(() => sandbox.close());
    const args = ['--import', 'test/run/leaking-steps.ts', '--tags', '@HOOKS-SUM-03'];
    const names = [...Object.keys(leaks), 'not at all'];
    const done = await fewAtATime(
      names.map((LEAK) => () => run(args, { env: { ...sandbox.settings, LEAK }, measured: true })),
    );
    for (const [index, name] of names.entries()) runs.set(name, done[index]!);
  });
  for (const [name, says] of Object.entries(leaks)) {
    test(`${name} ends with 2, and says where`, () => {
      const { code, output, stderr, reports } = runs.get(name)!;
      assert.equal(code, 2, output);
      const [, told = ''] = /SECRET_LEAKED([\s\S]*)/.exec(stderr) ?? [];
      assert.match(told, says);
      assert.ok(!told.includes(secret), 'the message does not say it once more');
      const report = JSON.parse(readFileSync(path.join(reports, 'conformance.json'), 'utf8'));
      assert.equal(report.verdict, 'error');
      assert.match(report.reasons[0], /^SECRET_LEAKED/);
    });
  }

  test('not at all is as it was', () => {
    const { code, output } = runs.get('not at all')!;
    assert.equal(code, 0, output);
    assert.doesNotMatch(output, /SECRET_LEAKED/);
  });
});
