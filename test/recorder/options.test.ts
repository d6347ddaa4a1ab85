// What the recorder reads from the settings and --forward; misuse.test.ts has how a process says what is wrong.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { CodedError } from '../../src/errors/coded-error.ts';
import { checkForward, identityOf, secretOf } from '../../src/recorder/options.ts';
import { demoIdentity } from '../../src/sandbox/identity.ts';
import type { Env } from '../../src/system/env.ts';

const own = { TENANT_BOT_ID: 'st-1', TENANT_CLIENT_ID: 'cs-1', TENANT_CLIENT_SECRET: 'long-enough-1' };

suite('--forward', () => {
  for (const [what, url, env] of [
    ['https', 'https://tenant.example/a/path', {}],
    ['http, where no certificate is checked', 'http://127.0.0.1:1', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
    ['a proxy', 'https://tenant.example', { HTTPS_PROXY: 'http://me:hunter2@proxy.example:3128' }],
  ] as [string, string, Env][]) {
    test(`may be ${what}`, () => checkForward(url, env));
  }

  for (const [what, url, message, env] of [
    ['no URL', 'hunter2.example', /begins with https:\/\//],
    ['another scheme', 'ftp://hunter2.example', /begins with https:\/\//],
    ['a user alone', 'https://hunter2@t', /a user or a password/],
    ['a password alone', 'https://:hunter2@t', /a user or a password/],
    ['a query', 'https://hunter2.example/?a=1', /leave out what begins with \? or #/],
    ['an empty fragment', 'https://hunter2.example/#', /leave out what begins with \? or #/],
    [
      'a tenant whose certificate is not checked',
      'https://hunter2.example',
      /NODE_TLS_REJECT_UNAUTHORIZED is 0/,
      { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    ],
    [
      'behind a wrong proxy',
      'http://t',
      /HTTP_PROXY is not the URL of a proxy/,
      { HTTP_PROXY: 'http://hunter2:x' },
    ],
  ] as [string, string, RegExp, Env?][]) {
    test(`is refused, and not repeated: ${what}`, () => {
      assert.throws(
        () => checkForward(url, env ?? {}),
        (error: CodedError) => {
          assert.equal(error.code, 'FORWARD_INVALID');
          assert.match(error.text, /^--forward: /);
          assert.match(error.text, message);
          assert.doesNotMatch(error.text, /hunter2/);
          return true;
        },
      );
    });
  }
});

suite('The settings of the recorder', () => {
  test('have the identity of the sandbox, or one of their own', () => {
    assert.deepEqual(identityOf({}), { identity: demoIdentity, isOfSettings: false });
    const { identity, isOfSettings } = identityOf(own);
    assert.deepEqual(identity, {
      ...demoIdentity,
      botId: 'st-1',
      clientId: 'cs-1',
      clientSecret: 'long-enough-1',
    });
    assert.ok(isOfSettings);
  });

  test('have no half of an identity', () => {
    const { TENANT_BOT_ID, ...others } = own;
    assert.throws(() => identityOf(others), {
      code: 'SETTINGS_INCOMPLETE',
      text: /^TENANT_BOT_ID is not set\. /,
    });
    const text = /^TENANT_CLIENT_ID and TENANT_CLIENT_SECRET are not set\. /;
    assert.throws(() => identityOf({ TENANT_BOT_ID }), { code: 'SETTINGS_INCOMPLETE', text });
  });

  test('are refused when they are wrong, and their values are not repeated', () => {
    const wrong = { ...own, TENANT_BOT_ID: 'not a bot', TENANT_CLIENT_SECRET: 'short' };
    assert.throws(
      () => identityOf(wrong),
      (error: CodedError) => {
        assert.equal(error.code, 'SETTINGS_INVALID');
        assert.match(error.text, /\n {2}TENANT_BOT_ID {2}.*\n {2}TENANT_CLIENT_SECRET {2}has fewer than 8/);
        assert.doesNotMatch(error.text, /short/);
        return true;
      },
    );
  });

  test('need a secret only where there is one; the other settings are not looked at', () => {
    assert.equal(secretOf({ TENANT_BOT_ID: 'not a bot' }), undefined);
    assert.equal(secretOf({ TENANT_CLIENT_SECRET: '' }), undefined);
    assert.equal(secretOf({ ...own, TENANT_URL: 'no URL' }), 'long-enough-1');
    assert.throws(() => secretOf({ TENANT_CLIENT_SECRET: 'agent' }), { code: 'SETTINGS_INVALID' });
  });
});
