// How a command starts and ends whatever it does: exit code 1 comes from a verdict only, compiled code of somebody else never
// runs, and what is wrong with the machine is said in words.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import manifest from '../../package.json' with { type: 'json' };
import { compileCacheFolder } from '../../src/system/compile-cache.ts';
import { type Ended, repository, runNode, runProgram } from '../processes.ts';

const start = path.join(repository, 'src', 'cli', 'start.js');
const isPosix = process.platform !== 'win32';

function folderFor(context: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'start-'));
  context.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/** Exit code 2, with one message that begins with its code. */
function failsInWords({ code, stderr }: Ended, message: RegExp): void {
  assert.equal(code, 2, stderr);
  assert.match(stderr, message);
  assert.doesNotMatch(stderr, /^\s+at /m, 'no stack');
}

suite('A Node or a folder that the project cannot run in', () => {
  test('every command of package.json that Node runs begins with start.js', () => {
    for (const script of Object.values(manifest.scripts)) {
      if (script.startsWith('node ')) assert.match(script, /^node (--\S+ )*src\/cli\/start\.js \S+\.ts$/);
    }
  });

  test('Node without TypeScript', async () => {
    const args = ['--no-experimental-strip-types', start, 'src/cli/check.ts'];
    failsInWords(await runNode(args), /^NODE_TOO_OLD {2}Node [\d.]+ does not run TypeScript.*22\.18.*npm ci/);
  });

  test('packages that are not installed', async (context) => {
    const file = path.join(folderFor(context), 'command.ts');
    const required =
      "import { createRequire } from 'node:module';\ncreateRequire(import.meta.url).resolve('a-package-that-nobody-has/x');\n";
    for (const source of ["import 'a-package-that-nobody-has';\n", required]) {
      writeFileSync(file, source);
      failsInWords(
        await runNode([start, file]),
        /^PACKAGES_MISSING .*a-package-that-nobody-has.* Run npm ci/,
      );
    }
  });
});

suite('A command that crashes ends with 2, without a stack', () => {
  const crashes = {
    'while it starts': "throw new Error('boom\\nin two lines');",
    'while it starts, by something else than an error': "throw 'boom';",
    later: "setTimeout(() => { throw new Error('boom'); });",
    'by a promise that nobody waits for': "Promise.reject(new Error('boom'));",
    'by a promise that it waits for': "await Promise.reject(new Error('boom'));",
    'with the secret in its message': "throw new Error('boom ' + process.env.TENANT_CLIENT_SECRET);",
  };
  for (const [name, source] of Object.entries(crashes)) {
    test(name, async (context) => {
      const own = pathToFileURL(path.join(repository, 'src/cli/own-process.ts'));
      const file = path.join(folderFor(context), 'command.ts');
      // As a command is run by itself, too.
      writeFileSync(file, `import '${own}';\n${source}\nexport {};\n`);
      const env = { ...process.env, TENANT_CLIENT_SECRET: 'a-secret-of-some-length' };
      for (const args of [[start, file], [file]]) {
        const ended = await runNode(args, { env });
        failsInWords(ended, /^HARNESS_FAILED {2}The command itself failed: boom/);
        assert.doesNotMatch(ended.stderr, /a-secret-of-some-length/);
      }
    });
  }
});

suite('Output that is lost', { skip: !isPosix }, () => {
  const commands = ['src/cli/prove.ts --format figures', 'src/cli/doctor.ts --help'];
  for (const command of commands) {
    test(`a pipe that nobody reads, of ${command}`, async () => {
      const script = `{ sleep 0.1; "$0" ${start} ${command}; echo "ended with $?" >&2; } | true`;
      const { stderr } = await runProgram('sh', ['-c', script, process.execPath]);
      assert.match(stderr, /^OUTPUT_UNWRITABLE .*what reads it has closed it/);
      assert.match(stderr, /ended with 2\n$/);
    });

    test(`a full disk, of ${command}`, async (context) => {
      if (!existsSync('/dev/full')) return context.skip('there is no /dev/full');
      const script = `"$0" ${start} ${command} > /dev/full`;
      failsInWords(await runProgram('sh', ['-c', script, process.execPath]), /^OUTPUT_UNWRITABLE .*ENOSPC/);
    });
  }
});

suite('Compiled code', () => {
  const { NODE_COMPILE_CACHE: _, ...env } = process.env;

  test('is kept in the project, in a folder that nobody else can write to, and never in a shared one', async (context) => {
    const shared = folderFor(context);
    const temporary = Object.fromEntries(['TMPDIR', 'TMP', 'TEMP'].map((name) => [name, shared]));
    const child = `
      import { spawnSync } from 'node:child_process';
      import { getCompileCacheDir } from 'node:module';
      import { Worker } from 'node:worker_threads';
      import ${JSON.stringify(pathToFileURL(path.join(repository, 'src/cli/own-process.ts')))};
      const code = 'console.log(require("node:module").getCompileCacheDir())';
      console.log(getCompileCacheDir());
      console.log(String(spawnSync(process.execPath, ['-e', code]).stdout).trim());
      new Worker(code, { eval: true });`;
    const file = path.join(folderFor(context), 'command.ts');
    writeFileSync(file, child);
    // Nobody measures the coverage of this one: that would turn the cache off.
    const options = { env: { ...env, ...temporary, NODE_COMPILE_CACHE: undefined }, measured: false };
    const { stdout } = await runNode([start, file], options);
    const places = stdout.trim().split('\n');
    assert.equal(places.length, 3, stdout);
    for (const place of places) assert.ok(place.startsWith(compileCacheFolder), stdout);
    assert.deepEqual(readdirSync(shared), []);
    if (isPosix) assert.equal(statSync(compileCacheFolder).mode & 0o777, 0o700);
  });

  test('of a folder where others can write is refused', async (context) => {
    if (!isPosix) return context.skip('Windows has no such rights');
    const folder = folderFor(context);
    const help = (cache: string) =>
      runNode([start, 'src/cli/check.ts', '--help'], {
        env: { ...env, NODE_COMPILE_CACHE: cache },
        measured: false,
      });
    assert.equal((await help(folder)).code, 0);
    for (const mode of [0o777, 0o770, 0o1777]) {
      chmodSync(folder, mode);
      failsInWords(await help(folder), /^COMPILE_CACHE_SHARED .*where others can write/);
    }
    failsInWords(await help(path.join(start)), /^COMPILE_CACHE_SHARED/);
  });
});
