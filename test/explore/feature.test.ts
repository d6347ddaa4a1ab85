// A scenario that an exploration writes fails against the tenant that it was found at, and passes against another.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { explore } from '../../src/explore/explore.ts';
import { featureName, featureOf } from '../../src/explore/feature.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { atEnd, type Run, run, temporaryFolder, verdicts } from '../run/harness.ts';
import { tenantInProcess } from './in-process.ts';
import { type Planted, planted } from './planted.ts';

const folder = temporaryFolder();
const origin = { seed: 1, command: 'npm run explore -- --seed 1', redact: (text: string) => text };

/** One for each kind of sentence: values, several events in one request, other conversations, a wrong order, at the same time. */
const chosen = [
  'a long name in Arabic or Hebrew is refused in a warm transfer',
  'an exit is refused that follows a message with line breaks',
  'of three events in one body the last is dropped',
  'an agent is in one open conversation only',
  'a refused event is taken all the same',
  'a warm exit is taken from whoever it is of',
  'one request at a time is answered',
];

async function written({ behaviour, concurrency = 1 }: Planted): Promise<string> {
  const abort = new AbortController();
  const options = {
    seed: 1,
    maxRequests: 1500,
    concurrency,
    plainValues: false,
    refusesWrongOrder: true,
    givenCustomFields: false,
  };
  const { found } = await explore(tenantInProcess(behaviour()), options, abort.signal, (now) => {
    if (now.found > 0) abort.abort();
  });
  const file = path.join(folder, featureName(found[0]!, origin));
  const text = featureOf(found[0]!, origin);
  assert.ok(text, 'no sentence says it');
  writeFileSync(file, text);
  return file;
}

async function against({ behaviour }: Planted, file: string): Promise<Run> {
  const sandbox = await startSandbox({ behaviour: behaviour() });
  atEnd(() => sandbox.close());
  return run(['--fail-on', 'should', file], {
    env: { ...sandbox.settings, CONFORMANCE_GATE: 'off' },
    measured: true,
  });
}

suite('a written scenario', () => {
  for (const name of chosen) {
    test(`fails again: ${name}`, async () => {
      const fault = planted.find((one) => one.name === name)!;
      const file = await written(fault);
      const failed = await against(fault, file);
      assert.equal(failed.code, 1, `${readFileSync(file, 'utf8')}\n${failed.output}`);
      assert.deepEqual(Object.values(verdicts(failed)), ['fail'], failed.output);
      // A value is charged as such, not the order that it was sent in.
      if (name.startsWith('a long name')) assert.match(failed.output, /HOOKS-XFER-08/);
      if (name.startsWith('a long name')) assert.doesNotMatch(failed.output, /HOOKS-SEQ/);
    });
  }

  test('passes against a tenant without the fault', async () => {
    const files = readdirSync(folder).map((name) => path.join(folder, name));
    assert.equal(files.length, chosen.length);
    const passed = await run(files, { measured: true });
    assert.equal(passed.code, 0, passed.output);
    assert.deepEqual([...new Set(Object.values(verdicts(passed)))], ['pass'], passed.output);
  });
});

test('what no sentence says is not written', async () => {
  const fault = planted.find(({ name }) => name === 'one request at a time is answered')!;
  const abort = new AbortController();
  const options = {
    seed: 1,
    concurrency: 3,
    plainValues: true,
    refusesWrongOrder: false,
    givenCustomFields: false,
  };
  const { found } = await explore(tenantInProcess(fault.behaviour()), options, abort.signal, (now) => {
    if (now.found > 0) abort.abort();
  });
  const [one] = found;
  const message = { type: 'message', author: 'USER', agent: 1 } as const;
  const requests = [...one!.script.requests, { conversation: 0, moves: [message] }];
  assert.equal(featureOf({ ...one!, script: { ...one!.script, requests } }, origin), undefined);
});
