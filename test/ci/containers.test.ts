// What containers run, without containers: the commands of the compose file, and the health check of the Dockerfile.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { parse } from 'yaml';
import { repository, runNode, startNode } from '../processes.ts';
import { temporaryFolder } from '../run/harness.ts';
import { until } from '../time-limit.ts';

const dockerfile = readFileSync(path.join(repository, 'ci', 'Dockerfile'), 'utf8');
const { services, volumes } = parse(readFileSync(path.join(repository, 'ci', 'compose.yml'), 'utf8'));

interface Service {
  build: { context: string; dockerfile: string; target: string };
  command: string[];
}

/** The command of a health check, at another port. */
function healthCheck(port: string): string[] {
  const [, command = ''] = /^HEALTHCHECK .* CMD (\[.*\])$/m.exec(dockerfile) ?? [];
  const [program, ...args] = JSON.parse(command);
  assert.equal(program, 'node');
  return args.map((one: string) => one.replace('4010', port));
}

const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' };

/** Starts what a service runs, at a port that is free. @returns the port */
async function started(t: TestContext, command: readonly string[], changes: Record<string, string>) {
  const [program, ...args] = command.map((one) => changes[one] ?? one);
  assert.equal(program, 'node');
  const service = startNode(t, args, { env, cwd: repository });
  const address = () => /Listening at http:\/\/[\w.]+:(\d+)/.exec(service.stdout())?.[1];
  await until(() => address() !== undefined || service.stderr() !== '');
  assert.equal(service.stderr(), '');
  return { port: address()!, service };
}

suite('Containers', () => {
  test('are built from files and targets that there are', () => {
    const targets = [...dockerfile.matchAll(/ AS (\w+)$/gm)].map(([, name]) => name);
    for (const { build, command } of Object.values<Service>(services)) {
      assert.ok(existsSync(path.join(repository, 'ci', build.context, build.dockerfile)));
      assert.ok(targets.includes(build.target), build.target);
      for (const file of command.filter((one) => one.startsWith('src/'))) {
        assert.ok(existsSync(path.join(repository, file)), file);
      }
    }
    for (const [, command = ''] of dockerfile.matchAll(/^CMD (\[.*\])$/gm)) {
      for (const file of JSON.parse(command).filter((one: string) => one.startsWith('src/')))
        assert.ok(existsSync(path.join(repository, file)), file);
    }
    assert.deepEqual(Object.keys(volumes), ['traffic']);
  });

  test('run as somebody without rights, and hold no secret of whoever builds them', () => {
    assert.match(dockerfile, /^USER node$/m);
    const ignored = readFileSync(path.join(repository, 'ci', 'Dockerfile.dockerignore'), 'utf8').split('\n');
    for (const name of ['**/.env', '**/.env.*', '.git', 'reports', 'traffic'])
      assert.ok(ignored.includes(name), name);
  });

  test('serve, and their health check knows it', async (t) => {
    const sandbox = await started(t, services.sandbox.command, { '4010': '0' });
    const traffic = path.join(temporaryFolder(), 'traffic');
    const recorder = await started(t, services.recorder.command, {
      '4010': '0',
      traffic,
      'http://sandbox:4010': `http://127.0.0.1:${sandbox.port}`,
    });
    for (const { port } of [sandbox, recorder]) {
      const { code, stderr } = await runNode(healthCheck(port), { env });
      assert.equal(code, 0, stderr);
    }
    assert.equal(
      existsSync(path.join(traffic, 'evidence.ndjson')) &&
        readFileSync(path.join(traffic, 'evidence.ndjson'), 'utf8'),
      '',
      'the health check is not recorded',
    );
    await recorder.service.exit('SIGTERM');
    assert.equal((await runNode(healthCheck(recorder.port), { env })).code, 1);
  });
});
