// The command: what it prints, what it writes, how it ends.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import type { ExplorationReport } from '../../src/explore/report.ts';
import type { Behaviour } from '../../src/sandbox/behaviour.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { runCommand } from '../commands.ts';
import { startNode } from '../processes.ts';
import { atEnd, fewAtATime, temporaryFolder } from '../run/harness.ts';
import { until } from '../time-limit.ts';
import { planted } from './planted.ts';

const command = 'src/cli/explore.ts';

/** @param name of the planted fault; none when left out */
async function explored(args: string[], name?: string) {
  const fault = planted.find((one) => one.name === name);
  const sandbox = await startSandbox({ behaviour: fault?.behaviour() ?? {} });
  atEnd(() => sandbox.close());
  const out = temporaryFolder();
  const json = path.join(out, 'exploration.json');
  const { code, stdout, stderr } = await runCommand(
    [command, ...args, '--out', path.join(out, 'explored'), '--json', json],
    { env: { ...process.env, ...sandbox.settings } },
  );
  const report = existsSync(json) ? (JSON.parse(readFileSync(json, 'utf8')) as ExplorationReport) : undefined;
  return { code, stdout, stderr, report, out, sandbox };
}

suite('npm run explore', () => {
  test('of a tenant that conforms: says how far it came', async () => {
    const { code, stdout, report } = await explored([
      '--seed',
      '3',
      '--requests',
      '80',
      '--concurrency',
      '4',
    ]);
    assert.equal(code, 0, stdout);
    assert.match(stdout, /^transitions {2}\d+ of 18 of the model, \d+ of \d+ pairs$/m);
    assert.match(stdout, /^ {2}never {6}/m);
    assert.match(stdout, /^to repeat {4}npm run explore -- --seed 3 --requests 80 --concurrency 4$/m);
    assert.match(stdout, /nothing that fails was found on these ways$/m);
    assert.equal(report?.verdict, 'partial');
    assert.equal(report?.endedBy, 'requests');
    assert.deepEqual(report?.findings, []);
  });

  test('of a tenant that does not: says what, writes the scenario, and no secret', async () => {
    const fault = 'an agent is in one open conversation only';
    const { code, stdout, report, out, sandbox } = await explored(['--seed', '1', '--requests', '60'], fault);
    assert.equal(code, 1, stdout);
    assert.match(stdout, /^HOOKS-SEQ-15 \(must\), .*: refused with 400: /m);
    assert.match(stdout, /^ {2}shown by {3}only with another conversation$/m);
    assert.match(stdout, /^ {2}sent {7}conversation 1: NA entry of Agent 1$/m);
    assert.match(stdout, /^non-conformant: 1 finding fails$/m);
    const [finding] = report!.findings;
    const features = readdirSync(path.join(out, 'explored'));
    assert.deepEqual([path.join(out, 'explored', features[0]!)], [finding!.feature]);
    assert.match(stdout, new RegExp(`repeat +npm test -- .*${features[0]}`));
    assert.ok(!`${stdout}${JSON.stringify(report)}`.includes(sandbox.settings.TENANT_CLIENT_SECRET!));
  });

  test('what breaks a should only is a warning, and does not fail it', async () => {
    const { code, stdout } = await explored(
      ['--seed', '3', '--requests', '100'],
      'a warm exit is taken from whoever it is of',
    );
    assert.equal(code, 0, stdout);
    assert.match(stdout, /^HOOKS-ERR-02 \(should\), /m);
    assert.match(stdout, /ways, 1 warning$/m);
  });

  test('of nobody: is inconclusive', async () => {
    const { code, stderr } = await runCommand([command, '--requests', '20'], {
      env: {
        ...process.env,
        TENANT_URL: 'http://127.0.0.1:1',
        TENANT_BOT_ID: 'st-1',
        TENANT_CLIENT_ID: 'cs-1',
        TENANT_CLIENT_SECRET: 'a-secret-of-nobody',
      },
    });
    assert.equal(code, 3, stderr);
    assert.match(stderr, /TENANT_UNREACHABLE/);
  });

  test('used wrongly: says how it is meant', async () => {
    const wrong = [
      ['--requests', '0'],
      ['--requests', '1000000000'],
      ['--minutes', 'many'],
      ['--minutes', '9'.repeat(400)],
      ['--seed', 'x'],
      ['--concurrency', '1001'],
      ['--concurrency', '100000000'],
      ['now'],
    ];
    await fewAtATime(
      wrong.map((args) => async () => {
        const { code, stderr } = await runCommand([command, ...args]);
        assert.equal(code, 2, `${args} ${stderr}`);
        if (args[1]) assert.match(stderr, /It has to be a .*number.* [\d,]+/);
      }),
    );
  });

  test('begins nothing when it cannot write', async (t) => {
    let received = 0;
    const sandbox = await startSandbox({ onRequest: () => (received += 1) });
    t.after(() => sandbox.close());
    const folder = temporaryFolder();
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    const env = { ...process.env, ...sandbox.settings };
    const args = ['--out', path.join(file, 'explored'), '--json', folder];
    const { code, stderr } = await runCommand([command, ...args], { env });
    assert.equal(code, 2, stderr);
    assert.match(stderr, /REPORTS_UNWRITABLE/);
    for (const name of [path.join(file, 'explored'), folder])
      assert.ok(stderr.includes(`${name} cannot be written`), stderr);
    assert.equal(received, 0);
  });

  test('reports what it found when the folder is gone at its end', async (t) => {
    const folder = temporaryFolder();
    const out = path.join(folder, 'explored');
    const json = path.join(folder, 'exploration.json');
    const onRequest = () => writeFileSync(out, 'a file is in its place');
    const fault = planted.find(({ name }) => name === 'an agent is in one open conversation only')!;
    const sandbox = await startSandbox({ behaviour: fault.behaviour(), onRequest });
    t.after(() => sandbox.close());
    const args = ['--seed', '1', '--requests', '40', '--out', out, '--json', json];
    const { code, stdout, stderr } = await runCommand([command, ...args], {
      env: { ...process.env, ...sandbox.settings },
    });
    assert.equal(code, 2, stderr);
    assert.match(stderr, /\.feature cannot be written/);
    assert.match(stdout, /^non-conformant: 1 finding fails$/m);
    assert.ok(existsSync(json));
  });

  test('writes no secret that the tenant answers with, nor a part of one', async (t) => {
    let secret = '';
    const answered = () => `{"code":400,"message":"${'x'.repeat(250)} ${secret}"}`;
    const aroundHooks: Behaviour['aroundHooks'] = async (request, answer) =>
      JSON.stringify(request.body).includes('"warm"') || JSON.stringify(request.body).includes('"WARM"')
        ? { status: 200, headers: {}, body: answered() }
        : answer();
    const sandbox = await startSandbox({ behaviour: { aroundHooks } });
    t.after(() => sandbox.close());
    secret = sandbox.settings.TENANT_CLIENT_SECRET!;
    const out = temporaryFolder();
    const args = ['--seed', '1', '--requests', '40', '--out', out, '--json', path.join(out, 'x.json')];
    const { code, stdout, stderr } = await runCommand([command, ...args], {
      env: { ...process.env, ...sandbox.settings },
    });
    assert.equal(code, 1, stdout + stderr);
    const files = readdirSync(out).map((name) => readFileSync(path.join(out, name), 'utf8'));
    assert.ok(files.length > 1, stdout);
    for (const text of [stdout, stderr, ...files]) assert.ok(!text.includes(secret.slice(0, 8)), text);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // Windows ends a process at once.
    test(`interrupted by ${signal}: is inconclusive, with the report`, {
      skip: process.platform === 'win32' && signal === 'SIGTERM',
    }, async (t) => {
      let received = 0;
      const sandbox = await startSandbox({ onRequest: () => (received += 1) });
      t.after(() => sandbox.close());
      const args = ['--minutes', '60', '--seed', '1', '--out', temporaryFolder()];
      const started = startNode(t, [command, ...args], { env: { ...process.env, ...sandbox.settings } });
      await until(() => received > 20);
      started.child.kill(signal);
      const code = await started.code();
      assert.equal(code, 3, started.stderr());
      assert.match(started.stdout(), /^note {9}The exploration was interrupted\.$/m);
      assert.match(started.stdout(), /^inconclusive$/m);
    });
  }
});
