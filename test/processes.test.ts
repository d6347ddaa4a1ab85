// A process that a test waits for in vain fails the test at once, with what it printed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runNode, runProgram, startNode } from './processes.ts';

const killed = `console.log('so far'); process.kill(process.pid, 'SIGKILL');`;
const exited = `console.error('a mistake'); process.exitCode = 3;`;

test('one that is killed before it says what is waited for', async (context) => {
  const started = startNode(context, ['--eval', killed]);
  await assert.rejects(
    started.says(/Listening/),
    /ended by SIGKILL before it said \/Listening\/[\s\S]*so far/,
  );
  assert.deepEqual(await started.exit(), { code: null, signal: 'SIGKILL' });
});

test('one that ends before it says what is waited for', async (context) => {
  const started = startNode(context, ['--eval', exited]);
  await assert.rejects(started.says(/Listening/), /ended by exit code 3 before[\s\S]*a mistake/);
  assert.equal(await started.code(), 3);
});

test('one that is killed before its end', async () => {
  await assert.rejects(runNode(['--eval', killed]), /ended by SIGKILL[\s\S]*so far/);
});

test('one that cannot be started', async () => {
  await assert.rejects(runProgram('no-such-program', []), { code: 'ENOENT' });
});

test('one that still runs is over with its owner', async () => {
  const ends: (() => unknown)[] = [];
  const owner = { after: (end: () => unknown) => void ends.push(end) };
  const started = startNode(owner, ['--eval', `console.log('up'); setInterval(() => {}, 1000);`]);
  await started.says(/up/);
  for (const end of ends) await end();
  assert.deepEqual(await started.exit(), { code: null, signal: 'SIGKILL' });
});
