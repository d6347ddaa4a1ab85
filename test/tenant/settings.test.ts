// Settings are used as documented, or all their problems are reported.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { parseEnv } from 'node:util';
import { schemas } from '../../src/protocol/schemas.ts';
import { ruleInWords } from '../../src/tenant/setting-rules.ts';
import {
  missingRouting,
  readSettings,
  SettingsError,
  settingsProblems,
  usesEmbeddedSandbox,
} from '../../src/tenant/settings.ts';

const secret = 'S3cret-of-the-app';
const complete = {
  TENANT_URL: 'https://tenant.example',
  TENANT_BOT_ID: 'st-1',
  TENANT_CLIENT_ID: 'cs-1',
  TENANT_CLIENT_SECRET: secret,
};

function refusal(values: Record<string, string | undefined>): SettingsError {
  try {
    readSettings(values);
  } catch (error) {
    assert.ok(error instanceof SettingsError);
    return error;
  }
  assert.fail('the settings were accepted');
}

function wrong(values: Record<string, string | undefined>): string[] {
  return settingsProblems(values).map(({ setting, text }) => `${setting} ${text}`);
}

suite('Settings', () => {
  test('the defaults are those of the documentation', () => {
    assert.deepEqual(readSettings(complete), {
      url: 'https://tenant.example',
      botId: 'st-1',
      clientId: 'cs-1',
      authHeader: 'token',
      hooksPath: '/agentassist/api/v1/hooks',
      ownPaths: {},
      languages: ['en'],
      dialect: {
        transferTypeCase: 'upper',
        isExtAdAs: 'boolean',
        transferLanguage: 'sent',
        customFields: 'left out',
      },
      assignParametersIn: 'body',
      wrongOrder: 'open',
      routing: {},
      callback: { host: '127.0.0.1', port: 0, timeoutMs: 15_000 },
      requestTimeoutMs: 10_000,
      maxRetryWaitMs: 300_000,
      endsConversations: true,
      conversationPrefix: 'conformance',
      failOn: 'must',
      rateShares: 1,
      reportsDir: 'reports',
    });
  });

  test('each setting is used', () => {
    const settings = readSettings({
      ...complete,
      TENANT_URL: 'https://tenant.example/',
      TENANT_AUTH_HEADER: 'auth',
      TENANT_HOOKS_PATH: '/api/v1/hooks',
      TENANT_END_PATH: '/agentai/api/v1/hooks',
      TENANT_REDIAL_PATH: '/redials',
      TENANT_LANGUAGES: 'fr, pt-BR',
      TENANT_COLD_ORDER: 'either',
      TENANT_WRONG_ORDER: 'refused',
      TENANT_TRANSFER_TYPE_CASE: 'lower',
      TENANT_IS_EXT_AD_AS: 'string',
      TENANT_QUALITY_MODULE: 'true',
      TENANT_ASSIGN_PARAMETERS_IN: 'query',
      TENANT_ACCOUNT_ID: 'account',
      TENANT_ORG_ID: 'org',
      TENANT_AGENT_ID: 'agent',
      TENANT_QUEUE_ID: 'queue',
      TENANT_BOT_SESSION_ID: 'session',
      CALLBACK_HOST: '0.0.0.0',
      CALLBACK_PORT: '8009',
      CALLBACK_PUBLIC_URL: 'https://callbacks.example/base/',
      CALLBACK_TIMEOUT_MS: '2000',
      REQUEST_TIMEOUT_MS: '500',
      MAX_REQUESTS_PER_MINUTE: '120',
      MAX_REQUESTS_PER_MINUTE_FOR: 'each-shard',
      MAX_RETRY_WAIT_SECONDS: '60',
      END_CONVERSATIONS: 'false',
      CONVERSATION_PREFIX: 'nightly',
      FAIL_ON: 'should',
      REPORTS_DIR: 'out',
    });
    assert.deepEqual(settings, {
      url: 'https://tenant.example',
      botId: 'st-1',
      clientId: 'cs-1',
      authHeader: 'auth',
      hooksPath: '/api/v1/hooks',
      ownPaths: { end: '/agentai/api/v1/hooks', redial: '/redials' },
      languages: ['fr', 'pt-BR'],
      dialect: {
        transferTypeCase: 'lower',
        isExtAdAs: 'string',
        transferLanguage: 'sent',
        customFields: 'sent',
      },
      assignParametersIn: 'query',
      wrongOrder: 'refused',
      routing: {
        accountId: 'account',
        orgId: 'org',
        agentId: 'agent',
        queueId: 'queue',
        botSessionId: 'session',
      },
      callback: {
        host: '0.0.0.0',
        port: 8009,
        publicUrl: 'https://callbacks.example/base',
        timeoutMs: 2000,
      },
      requestTimeoutMs: 500,
      maxRequestsPerMinute: 120,
      maxRetryWaitMs: 60_000,
      endsConversations: false,
      conversationPrefix: 'nightly',
      failOn: 'should',
      rateShares: 1,
      reportsDir: 'out',
    });
    assert.deepEqual(missingRouting(settings), []);
  });

  test('the settings that routing still needs are named; the account is optional', () => {
    const settings = readSettings({ ...complete, TENANT_ORG_ID: 'org', TENANT_QUEUE_ID: 'queue' });
    assert.deepEqual(missingRouting(settings), ['TENANT_AGENT_ID', 'TENANT_BOT_SESSION_ID']);
  });

  test('empty text is not set', () => {
    const nothing = { TENANT_URL: '', TENANT_BOT_ID: '', TENANT_CLIENT_SECRET: '', FAIL_ON: '' };
    assert.ok(usesEmbeddedSandbox(nothing));
    assert.deepEqual(settingsProblems(nothing), []);
    assert.equal(readSettings({ ...complete, FAIL_ON: '', MAX_REQUESTS_PER_MINUTE: '' }).failOn, 'must');
  });
});

suite('Problems of settings are reported at once', () => {
  test('as a block for people', () => {
    const error = refusal({ TENANT_URL: 'https://tenant.example', TENANT_BOT_ID: 'st-1' });
    assert.equal(
      error.message,
      [
        'SETTINGS_INCOMPLETE  TENANT_URL is set, so these are needed too:',
        '  TENANT_CLIENT_ID      missing  Client ID of the app that signs the JWT, like cs-1a2b3c4d-0000-5111-8222-333344445555',
        '  TENANT_CLIENT_SECRET  missing  its secret; put it into .env, which git ignores',
        'Without any TENANT_ setting the embedded sandbox is used. All settings are in .env.example.',
      ].join('\n'),
    );
    assert.equal(error.problems[0]?.example, 'cs-1a2b3c4d-0000-5111-8222-333344445555');
  });

  test('with the wrong value and what is expected', () => {
    const values = {
      ...complete,
      TENANT_BOT_ID: '1234',
      TENANT_AUTH_HEADER: 'Token',
      CALLBACK_PORT: '8o09',
      CALLBACK_PUBLIC_URL: 'https://callbacks.example:99999',
      FAIL_0N: 'should',
    };
    assert.deepEqual(wrong(values), [
      'TENANT_BOT_ID is "1234", not an id that begins with st-',
      'TENANT_AUTH_HEADER is "Token", not token or auth',
      'CALLBACK_PORT is "8o09", not a whole number from 0 to 65535',
      'CALLBACK_PUBLIC_URL is "https://callbacks.example:99999", which is not a URL',
      'FAIL_0N is not a setting',
    ]);
    const { message, code } = refusal(values);
    assert.equal(code, 'SETTINGS_INVALID');
    assert.match(message, /CALLBACK_PORT +is "8o09", not a whole number .*, like 8009$/m);
    assert.doesNotMatch(message, /the embedded sandbox is used/);
    assert.match(message, /FAIL_0N +is not a setting +did you mean FAIL_ON\?$/m);
  });

  test('with what an id surely is not, and a placeholder for a host', () => {
    const TENANT_CLIENT_SECRET = 'a-secret-of-the-tests';
    const swapped = { ...complete, TENANT_BOT_ID: 'cs-1', TENANT_CLIENT_ID: 'st-1' };
    assert.deepEqual(wrong(swapped), [
      'TENANT_BOT_ID is "cs-1", not an id that begins with st-',
      'TENANT_CLIENT_ID is a stream ID, as TENANT_BOT_ID has one',
    ]);
    const same = { ...complete, TENANT_CLIENT_SECRET, TENANT_CLIENT_ID: TENANT_CLIENT_SECRET };
    assert.match(
      wrong(same).join(),
      /^TENANT_CLIENT_ID is the same as TENANT_CLIENT_SECRET, and would be sent/,
    );
    assert.doesNotMatch(refusal(same).message, /a-secret-of/);
    assert.deepEqual(wrong({ ...complete, TENANT_CLIENT_ID: 'of-a-tenant' }), []);
    const hosts = {
      'https://{{host}}': 1,
      'https://${HOST}:8443': 1,
      'https://[::1]:8443': 0,
      'https://bücher.example': 0,
    };
    for (const [TENANT_URL, count] of Object.entries(hosts))
      assert.equal(wrong({ ...complete, TENANT_URL }).length, count, TENANT_URL);
  });

  test('with the form that each one needs', () => {
    const wrongForm = {
      MAX_REQUESTS_PER_MINUTE: '0',
      TENANT_URL: 'https://platform.kore.ai/agentassist',
      TENANT_HOOKS_PATH: '/hooks/',
      CONVERSATION_PREFIX: 'two words',
    };
    for (const [name, value] of Object.entries(wrongForm)) {
      const [text = ''] = wrong({ ...complete, [name]: value });
      assert.match(text, /^[A-Z_]+ is ".*", not (a|https|1) ?/, text);
    }
    const patterns = Object.entries(schemas.settings.properties).flatMap(([name, one]) =>
      'pattern' in one ? [[name, one.pattern] as const] : [],
    );
    for (const [name, pattern] of patterns)
      assert.ok(ruleInWords(pattern), `${name}: ${pattern} has no words`);
  });

  test('a forgotten URL does not silently test the sandbox', () => {
    const { TENANT_URL: _, ...rest } = complete;
    assert.deepEqual(wrong(rest), ['TENANT_URL missing']);
    for (const [name, value] of Object.entries(rest)) {
      assert.deepEqual(wrong({ [name]: value }), ['TENANT_URL missing'], name);
    }
    assert.equal(refusal(rest).problems.length, 1);
  });

  test('no tenant at all means the sandbox, and cannot be read as settings', () => {
    assert.deepEqual(settingsProblems({}), []);
    assert.ok(usesEmbeddedSandbox({}));
    assert.ok(!usesEmbeddedSandbox(complete));
    assert.deepEqual(
      refusal({}).problems.map(({ setting }) => setting),
      ['TENANT_URL'],
    );
  });

  test('the secret is never shown, wherever it was pasted', () => {
    const everywhere = Object.fromEntries(
      Object.keys(schemas.settings.properties).map((name) => [name, ` ${secret} ${secret.repeat(3)}`]),
    );
    const { message, problems } = refusal({
      ...everywhere,
      TENANT_CLIENT_SECRET: secret,
      TENANT_SECRET: secret,
      FAIL_0N: secret,
    });
    assert.ok(problems.length > 15);
    assert.ok(!JSON.stringify(problems).includes(secret) && !message.includes(secret));
    const short = { ...complete, TENANT_CLIENT_SECRET: 'x1y2z3' };
    assert.deepEqual(wrong(short), ['TENANT_CLIENT_SECRET has fewer than 8 characters']);
    assert.ok(!refusal(short).message.includes('x1y2z3'));
  });

  test('a password in a URL is not shown', () => {
    const { message } = refusal({ ...complete, TENANT_URL: 'https://me:hunter2@tenant.example/path' });
    assert.match(message, /tenant\.example\/path/);
    assert.doesNotMatch(message, /hunter2/);
  });
});

suite('A name that is not a setting', () => {
  const guesses: Record<string, string> = {
    FAIL_0N: 'did you mean FAIL_ON?',
    REPORT_DIR: 'did you mean REPORTS_DIR?',
    MAX_REQUEST_PER_MINUTE: 'did you mean MAX_REQUESTS_PER_MINUTE?',
    TENANT_ULR: 'did you mean TENANT_URL?',
    tenant_url: 'did you mean TENANT_URL?',
    TENANT_SECRET: 'did you mean TENANT_CLIENT_SECRET?',
    CALLBACK_URL: 'did you mean CALLBACK_PUBLIC_URL?',
    CONVERSATION_START: 'a name with this prefix must be one of .env.example',
  };
  for (const [name, expected] of Object.entries(guesses)) {
    test(`${name}: ${expected}`, () => {
      assert.deepEqual(settingsProblems({ [name]: 'x' }), [
        { setting: name, text: 'is not a setting', expected, example: '' },
      ]);
    });
  }

  test('is ignored when it is unlike all of them', () => {
    const foreign = ['TENANT_JWT', 'TENANT_PROFILE', 'PATH', 'MAIL', 'HTTP_PROXY', 'NODE_ENV', 'FAILON'];
    const wide = ['REPORTING_DIRECTORY', 'REQUESTS_CA_BUNDLE', 'CONFORMANCE_RUN', 'GITHUB_RUN_ID', 'MAIL_TO'];
    for (const name of [...foreign, ...wide]) assert.deepEqual(settingsProblems({ [name]: 'x' }), [], name);
  });

  test('is ignored when it repeats a setting in another case, as on Windows', () => {
    assert.deepEqual(settingsProblems({ Fail_On: 'must', FAIL_ON: 'must' }), []);
  });
});

suite('.env.example', () => {
  const text = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');

  test('sets nothing as it is', () => assert.deepEqual(parseEnv(text), {}));

  test('names every setting, with a value that is valid', () => {
    const values = parseEnv(text.replaceAll(/^#(?=[A-Z_]+=)/gm, '')) as Record<string, string>;
    const network = ['HTTPS_PROXY', 'NO_PROXY', 'NODE_EXTRA_CA_CERTS'];
    assert.deepEqual(
      Object.keys(values).sort(),
      [...Object.keys(schemas.settings.properties), ...network].sort(),
    );
    assert.deepEqual(settingsProblems({ ...values, TENANT_CLIENT_SECRET: secret }), []);
  });
});
