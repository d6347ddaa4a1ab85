// Env files fill in what the environment leaves open, and never mix two tenants.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { CodedError } from '../../src/errors/coded-error.ts';
import { loadEnvFiles } from '../../src/tenant/env-files.ts';
import { settingsProblems } from '../../src/tenant/settings.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'env-files-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function write(files: Record<string, string | Buffer>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
}

function loaded(profile?: string, env: Record<string, string | undefined> = {}) {
  loadEnvFiles({ cwd, profile, env });
  return env;
}

function refusal(profile?: string, env: Record<string, string | undefined> = {}): CodedError {
  const before = { ...env };
  try {
    loadEnvFiles({ cwd, profile, env });
  } catch (error) {
    assert.ok(error instanceof CodedError);
    assert.deepEqual(env, before, 'nothing is filled in when something is wrong');
    return error;
  }
  assert.fail('the files were accepted');
}

suite('Env files', () => {
  test('may be missing', () => assert.deepEqual(loaded(), {}));

  test('.env fills in what the environment leaves open', () => {
    write({ '.env': 'TENANT_URL=https://file\nFAIL_ON=should\nREPORTS_DIR=out' });
    assert.deepEqual(loaded(undefined, { FAIL_ON: 'must', REPORTS_DIR: '' }), {
      TENANT_URL: 'https://file',
      FAIL_ON: 'must',
      REPORTS_DIR: '',
    });
  });

  test('a value that is read in another way than it looks is refused, all of them at once, without the value', () => {
    write({
      '.env': [
        'TENANT_URL=https://file # a comment',
        'TENANT_CLIENT_SECRET=abc#secret',
        '# TENANT_BOT_ID=“commented out”',
        'TENANT_CLIENT_ID=“cs-secret”',
        `TENANT_BOT_ID="st-secret"-1`,
        'REPORTS_DIR="out',
        'FAIL_ON="must"',
        'A="{',
        '  "secret": 1',
        '}"',
        'TENANT_ORG_ID: secret?a=b',
        'set TENANT_ORG_ID=secret',
        '$env:CALLBACK_HOST = "secret"',
        '- TENANT_ORG_ID=secret',
      ].join('\n'),
    });
    const { code, message } = refusal();
    assert.equal(code, 'ENV_FILE_MISLEADING');
    const [, ...lines] = message.split('\n  ');
    assert.deepEqual(
      lines.map((line) => /^line (\d+), (\w+): (.{20})/.exec(line)?.slice(1)),
      [
        ['2', 'TENANT_CLIENT_SECRET', 'the value is cut at '],
        ['4', 'TENANT_CLIENT_ID', 'typographic quotatio'],
        ['5', 'TENANT_BOT_ID', 'what follows the sec'],
        ['6', 'REPORTS_DIR', 'the quotation mark "'],
        ['8', 'A', 'what follows the sec'],
        ['11', 'TENANT_ORG_ID', 'no setting is read f'],
        ['12', 'TENANT_ORG_ID', 'no setting is read f'],
        ['13', 'CALLBACK_HOST', 'no setting is read f'],
        ['14', 'TENANT_ORG_ID', 'no setting is read f'],
      ],
    );
    assert.doesNotMatch(message, /secret/);
  });

  test('a setting that two lines set differently is refused, and a URL is not to be quoted for its "#"', () => {
    write({
      '.env':
        'FAIL_ON=must\nTENANT_BOT_ID=st-secret-1\nFAIL_ON=must\nTENANT_BOT_ID="st-secret-2"\nTENANT_URL=https://secret/#a\n',
    });
    const { code, message } = refusal();
    assert.equal(code, 'ENV_FILE_MISLEADING');
    assert.match(message, /\n {2}line 4, TENANT_BOT_ID: line 2 sets it to something else/);
    assert.match(
      message,
      /\n {2}line 5, TENANT_URL: the URL is cut at the "#"; leave out what begins with it/,
    );
    assert.doesNotMatch(message, /secret|FAIL_ON|quotation/);
  });

  test('a value is taken as it looks', () => {
    write({
      '.env': [
        'A="a#b" # a comment',
        'B=\'it has "quotes"\'',
        'C=a=b',
        'D=',
        '  export E = `x`',
        'F="first',
        'second"',
        'G= # nothing',
        'H="https://a.example/#top"',
        "I=it's",
        'J="QmFzZTY0',
        'QmFzZTY0=="',
        'K= \t',
        '',
        'L = ',
        'M=m\rN=n\r\nO=',
        'not an assignment # “',
      ].join('\n'),
    });
    assert.deepEqual(loaded(), {
      A: 'a#b',
      B: 'it has "quotes"',
      C: 'a=b',
      D: '',
      E: 'x',
      F: 'first\nsecond',
      G: '',
      H: 'https://a.example/#top',
      I: "it's",
      J: 'QmFzZTY0\nQmFzZTY0==',
      K: '',
      L: '',
      M: 'm',
      N: 'n',
      O: '',
    });
  });

  test('a link to a file that is missing is not a missing file', {
    skip: process.platform === 'win32',
  }, () => {
    symlinkSync(join(cwd, 'not-mounted'), join(cwd, '.env'));
    const { code, message } = refusal();
    assert.equal(code, 'ENV_FILE_UNREADABLE');
    assert.match(message, /\.env in .* cannot be read: it is a link to a file that does not exist/);
  });

  test('the environment wins over the profile, the profile over .env', () => {
    write({
      '.env': 'FAIL_ON=a\nREPORTS_DIR=a\nCALLBACK_PORT=a',
      '.env.staging': 'FAIL_ON=b\nREPORTS_DIR=b\nTENANT_URL=https://staging',
    });
    assert.deepEqual(loaded('staging', { FAIL_ON: 'c' }), {
      FAIL_ON: 'c',
      REPORTS_DIR: 'b',
      CALLBACK_PORT: 'a',
      TENANT_URL: 'https://staging',
    });
  });

  test('a profile takes nothing of the tenant in .env', () => {
    write({
      '.env': 'TENANT_CLIENT_SECRET=of-another\ntenant_url=https://another\nFAIL_ON=should',
      '.env.staging': 'TENANT_URL=https://staging',
    });
    assert.deepEqual(loaded('staging'), { TENANT_URL: 'https://staging', FAIL_ON: 'should' });
  });

  test('the byte-order mark of Windows editors and their line ends are ignored', () => {
    write({ '.env': '\uFEFFTENANT_URL=https://file\r\nFAIL_ON=should\r\n' });
    assert.deepEqual(loaded(), { TENANT_URL: 'https://file', FAIL_ON: 'should' });
  });
});

suite('A profile', () => {
  test('that does not exist is refused, with a list of those that do and a guess', () => {
    write({ '.env.staging': '', '.env.production': '', '.env.example': '', '.env': '' });
    mkdirSync(join(cwd, '.env.folder'));
    const { code, message } = refusal('stagin');
    assert.equal(code, 'PROFILE_MISSING');
    assert.match(message, /no file \.env\.stagin in .*exist: production, staging\. Did you mean staging\?$/);
  });

  test('is explained when no profile exists yet', () => {
    assert.match(refusal('staging').message, /copy \.env\.example to \.env\.staging$/);
  });

  test('without a tenant does not silently test the sandbox', () => {
    write({ '.env': 'TENANT_URL=https://another', '.env.staging': 'FAIL_ON=should' });
    assert.equal(refusal('staging').code, 'PROFILE_WITHOUT_TENANT');
    assert.equal(loaded('staging', { TENANT_URL: 'https://given' }).FAIL_ON, 'should');
  });

  for (const name of ['', '.', '..', '../other', 'a/b', 'a\\b', '.hidden', 'a b', 'staging\n', 'ä']) {
    test(`is never called ${JSON.stringify(name)}`, () => assert.equal(refusal(name).code, 'PROFILE_NAME'));
  }
});

suite('A file that cannot be read is reported', () => {
  test('a folder', () => {
    mkdirSync(join(cwd, '.env'));
    assert.match(refusal().message, /^ENV_FILE_UNREADABLE {2}\.env in .* it is a folder/);
  });

  test('a folder as profile', () => {
    mkdirSync(join(cwd, '.env.staging'));
    assert.match(refusal('staging').message, /\.env\.staging in .* it is a folder/);
  });

  test('an encoding that is not UTF-8', () => {
    write({ '.env': Buffer.from('\uFEFFTENANT_URL=https://file', 'utf16le') });
    assert.match(refusal().message, /save it as UTF-8/);
  });
});

suite('A setting with _FILE behind its name', () => {
  test('is the content of that file, without its last line end', () => {
    write({
      secret: '  s p a c e d #1 \r\n',
      url: 'https://file',
      '.env': 'TENANT_CLIENT_SECRET_FILE=secret',
    });
    const env = loaded(undefined, { TENANT_URL_FILE: join(cwd, 'url'), OTHER_FILE: 'gone', FAIL_ON: 'must' });
    assert.deepEqual(env, {
      TENANT_CLIENT_SECRET: '  s p a c e d #1 ',
      TENANT_URL: 'https://file',
      TENANT_URL_FILE: join(cwd, 'url'),
      OTHER_FILE: 'gone',
      FAIL_ON: 'must',
    });
    assert.deepEqual(settingsProblems({ TENANT_URL_FILE: 'x' }), [], 'its name is not a misspelt one');
  });

  test('counts as set where the setting would: the environment wins, a profile needs a tenant, tenants stay apart', () => {
    write({
      own: 'of the profile',
      other: 'of another tenant',
      url: 'https://profile\n',
      '.env': 'TENANT_CLIENT_SECRET_FILE=other\nFAIL_ON_FILE=gone',
      '.env.a': 'TENANT_URL_FILE=url\nTENANT_CLIENT_SECRET_FILE=own\nTENANT_BOT_ID_FILE=own\nFAIL_ON=must',
    });
    assert.equal(refusal('a').code, 'SETTING_FILE');
    write({ '.env': 'TENANT_CLIENT_SECRET_FILE=other' });
    const env = loaded('a', { TENANT_CLIENT_SECRET: 'of the environment', TENANT_BOT_ID: '' });
    assert.equal(env.TENANT_CLIENT_SECRET, 'of the environment');
    assert.equal(env.TENANT_URL, 'https://profile');
    assert.equal(env.TENANT_BOT_ID, '');
  });

  test('is refused with every file that cannot be used, without its content', () => {
    write({ lines: 'first\nsecond', empty: '\n', latin: Buffer.from([0xe9]), long: 'x'.repeat(70_000) });
    mkdirSync(join(cwd, 'folder'));
    const { code, message } = refusal(undefined, {
      TENANT_URL_FILE: 'gone',
      TENANT_BOT_ID_FILE: 'lines',
      TENANT_CLIENT_ID_FILE: 'empty',
      TENANT_CLIENT_SECRET_FILE: 'latin',
      TENANT_ORG_ID_FILE: 'folder',
      TENANT_AGENT_ID_FILE: 'long',
      FAIL_ON: 'must',
      FAIL_ON_FILE: 'lines',
    });
    assert.equal(code, 'SETTING_FILE');
    for (const line of [
      'TENANT_URL_FILE  gone does not exist: was it mounted?',
      'TENANT_BOT_ID_FILE  lines has several lines',
      'TENANT_CLIENT_ID_FILE  empty is empty',
      'TENANT_CLIENT_SECRET_FILE  its file is not UTF-8',
      'TENANT_ORG_ID_FILE  folder is a folder',
      'TENANT_AGENT_ID_FILE  long is too long',
      'FAIL_ON and FAIL_ON_FILE are both set',
    ]) {
      assert.ok(message.includes(line), `${line} in ${message}`);
    }
    assert.doesNotMatch(message, /first|second|xxx/);
  });

  test('is not read from what might never end, or is longer than it says', {
    skip: !existsSync('/dev/zero'),
  }, () => {
    execFileSync('mkfifo', [join(cwd, 'pipe')]);
    const { message } = refusal(undefined, {
      TENANT_URL_FILE: '/dev/zero',
      TENANT_BOT_ID_FILE: 'pipe',
      TENANT_CLIENT_SECRET_FILE: '/dev/urandom',
    });
    for (const line of [
      'TENANT_URL_FILE  /dev/zero is a device or a pipe: name a file',
      'TENANT_BOT_ID_FILE  pipe is a device or a pipe',
      'TENANT_CLIENT_SECRET_FILE  its file is a device or a pipe',
    ]) {
      assert.ok(message.includes(line), `${line} in ${message}`);
    }
  });
});
