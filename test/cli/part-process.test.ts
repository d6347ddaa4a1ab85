// A part of verify that runs beside another one: nothing that it prints is lost, and nothing is seen before its turn.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runNode } from '../processes.ts';

const module = new URL('../../src/cli/part-process.ts', import.meta.url).href;

/** Starts a part that prints at once, and shows it later. @returns what is seen */
async function seen(part: string): Promise<string> {
  const program = `
    import { startPart } from '${module}';
    const { code, seconds, show } = startPart(['-e', ${JSON.stringify(part)}], process.env, 'pipe');
    await seconds;
    console.log('its turn');
    show();
    console.log('code ' + (await code));
  `;
  const { code, stdout, stderr } = await runNode(['--input-type=module', '-e', program]);
  assert.equal(code, 0, stderr);
  return stdout + stderr;
}

test('what a part printed before its turn, and before it failed, is seen in its turn', async () => {
  const text = await seen("console.log('first'); console.error('failed'); process.exitCode = 1;");
  assert.match(text, /^its turn\nfirst\ncode 1\n/);
  assert.match(text, /failed\n$/);
});

test('more than a pipe holds keeps a part from nothing', async () => {
  const text = await seen("console.log('x'.repeat(300_000));");
  assert.equal(text.match(/x/g)?.length, 300_000);
});
