// Shell completion: a real shell completes commands, options, what they can be, and the names of profiles.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import commands from '../../src/cli/commands.json' with { type: 'json' };
import { isInstalled, repository, runNode, runProgram } from '../processes.ts';

const bin = path.join(repository, 'src', 'cli', 'bin.js');
const folder = mkdtempSync(path.join(tmpdir(), 'completion-'));
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
writeFileSync(path.join(folder, '.env.staging'), '');

/** What a word can become, behind other words. */
async function completed(word: string, ...before: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await runNode([bin, 'complete', `--word=${word}`, ...before], {
    cwd: folder,
  });
  assert.deepEqual([code, stderr], [0, '']);
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const [value, means] = line.split('\t');
    assert.ok(means, line);
    return value!;
  });
}

test('a command, an option of its own or of cucumber, what it can be, and names', async () => {
  assert.deepEqual(await completed(''), Object.keys(commands));
  assert.deepEqual(await completed('--f', 'check'), ['--format', '--fail-on']);
  assert.deepEqual(await completed('--fail', 'run'), ['--fail-on', '--fail-fast']);
  assert.deepEqual(await completed('', 'run', '--fail-on'), ['must', 'should']);
  assert.deepEqual(await completed('--ci=gi', 'init'), ['--ci=github', '--ci=gitlab']);
  assert.deepEqual(await completed('j', 'check', '--format', '='), ['json', 'junit'], 'as bash splits it');
  assert.deepEqual(await completed('', 'completion'), ['bash', 'zsh', 'fish', 'powershell']);
  assert.deepEqual(await completed('@HOOKS-RESP-0', 'run', '--tags'), ['@HOOKS-RESP-01', '@HOOKS-RESP-02']);
  assert.ok((await completed('', 'sandbox', '--fault')).includes('answers-201'));
  assert.deepEqual(await completed('po', 'export'), ['postman']);
  assert.deepEqual(await completed('--o', 'export', 'har'), ['--output']);
  assert.deepEqual(await completed('hooks', 'check', '--only'), [], 'as it is written');
  assert.deepEqual(await completed('HOOKS-SEQ-07', 'check', '--only'), ['HOOKS-SEQ-07']);
  assert.ok((await completed('', 'record', '--variation')).length > 20);
  assert.deepEqual(await completed('', 'check'), [], 'the shell offers files');
  assert.deepEqual(await completed('', '../../x', '-'), []);
});

suite('In a shell', { skip: process.platform === 'win32' }, () => {
  const installed = path.join(folder, 'agent-ai-conformance');
  writeFileSync(installed, `#!/bin/sh\nexec '${process.execPath}' '${bin}' "$@"\n`);
  chmodSync(installed, 0o755);
  const env = { ...process.env, PATH: `${folder}${path.delimiter}${process.env.PATH}`, HOME: folder };

  async function printed(shell: string, ...args: string[]): Promise<string[]> {
    const { code, stdout, stderr } = await runProgram(shell, args, { cwd: folder, env });
    assert.deepEqual([code, stderr], [0, '']);
    return stdout.split('\n').filter((line) => line !== '');
  }

  test('bash', async (context) => {
    if (!isInstalled('bash')) return context.skip('bash is not installed');
    const script = `
      eval "$(agent-ai-conformance completion bash)"
      complete -p agent-ai-conformance
      COMP_WORDS=(agent-ai-conformance run --tenant 'st')
      COMP_CWORD=3
      _agent_ai_conformance
      printf '%s\\n' "\${COMPREPLY[@]}"`;
    assert.deepEqual(await printed('bash', '--norc', '-c', script), [
      'complete -o default -F _agent_ai_conformance agent-ai-conformance',
      'staging',
    ]);
  });

  test('fish', async (context) => {
    if (!isInstalled('fish')) return context.skip('fish is not installed');
    const script = `agent-ai-conformance completion fish | source; complete -C 'agent-ai-conformance run --tenant st'`;
    assert.deepEqual(await printed('fish', '--no-config', '-c', script), ['staging\t.env.staging']);
  });

  test('each script is one that zsh, and any other shell, can be given', async () => {
    for (const shell of ['zsh', 'powershell'])
      assert.match(
        (await printed(installed, 'completion', shell)).join('\n'),
        /agent-ai-conformance complete /,
      );
  });
});
