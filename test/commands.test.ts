// What a command leaves behind in its process does not reach the next one.
import assert from 'node:assert/strict';
import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand, startCommand } from './commands.ts';
import { repository } from './processes.ts';

const example = path.join(repository, 'test/command-example.ts');
const here = path.resolve(repository);

test('each command is as in a process of its own', async () => {
  for (const name of ['first', 'second', 'third']) {
    const { code, stdout, stderr } = await runCommand([example, name]);
    assert.deepEqual(
      { code, stdout, stderr },
      { code: 0, stdout: `${name} nothing 0 0 ${here}\n`, stderr: '' },
    );
    // For the timer that it leaves.
    await sleep(60);
  }
});

test('settings, folder and exit code are its own', async () => {
  const cwd = realpathSync(tmpdir());
  const failed = await runCommand([example, 'fails'], { env: { ...process.env, LEFT: 'chosen' }, cwd });
  assert.deepEqual([failed.code, failed.stdout], [3, `fails chosen 0 0 ${cwd}\n`]);
  const next = await runCommand([example, 'next']);
  assert.deepEqual([next.code, next.stdout], [0, `next nothing 0 0 ${here}\n`]);
});

test('one that ends or crashes its process does not take the next one with it', async () => {
  assert.equal((await runCommand([example, 'ends itself'])).code, 4);
  const crashed = await runCommand([example, 'crashes']);
  assert.equal(crashed.code, 1);
  assert.match(crashed.stderr, /Error: of the command/);
  assert.equal((await runCommand([example, 'next'])).code, 0);
});

test('one that waits gets a signal', async (context) => {
  const started = startCommand(context, [example, 'waits']);
  await started.says(/waiting/, 'stderr');
  assert.equal(await started.code('SIGINT'), 7);
});

test('two at a time have a process each', async () => {
  const both = await Promise.all(['one', 'other'].map((name) => runCommand([example, name])));
  assert.deepEqual(
    both.map(({ stdout }) => stdout.split(' ')[0]),
    ['one', 'other'],
  );
});
