// No secret and no token in anything that a run writes, however the tenant behaves. The secret of these runs has
// every kind of character that an encoding changes, and one word that none changes.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import jwt from 'jsonwebtoken';
import { randomIdentity, startSandbox } from '../../src/sandbox/server.ts';
import { fewAtATime, type Run, run, settingsFor, smallServer, temporaryFolder } from './harness.ts';
import { leaks, leaksOfFolder } from './leaks.ts';

const marker = 'canary7f3a9c51';
const secret = `c%/"+ü&<'\\ ${marker} \\n=ß日?#-end`;
const features = 'features/conversation-events';

suite('the search finds what is planted', () => {
  const token = jwt.sign({ appId: 'cs-1' }, secret);
  const json = JSON.stringify(secret);
  const planted: Record<string, string> = {
    'as it is': secret,
    'a part of it': secret.slice(5, 30),
    'in JSON': json,
    'in JSON in JSON': JSON.stringify(json),
    'in JSON with escapes': json.replace(
      /[^ -~]|[a-z]/g,
      (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
    'URL-encoded': encodeURIComponent(secret),
    'URL-encoded, all of it': [...Buffer.from(secret)].map((byte) => `%${byte.toString(16)}`).join(''),
    'in XML': secret.replace(/[^a-z]/g, (one) => `&#${one.codePointAt(0)};`),
    'in base64': Buffer.from(secret).toString('base64'),
    'in base64url, behind something': Buffer.from(`id:${secret}`).toString('base64url'),
    'in JSON in base64': Buffer.from(JSON.stringify({ a: secret })).toString('base64'),
    'in base64 in base64': Buffer.from(Buffer.from(secret).toString('base64')).toString('base64'),
    'in hex': Buffer.from(secret).toString('hex').toUpperCase(),
    'a token that it signs': token,
    'the token in base64': Buffer.from(`{"headers":{"token":"${token}"}}`).toString('base64'),
    'an unsigned token': jwt.sign({ appId: 'cs-1' }, null, { algorithm: 'none' }),
  };
  for (const [name, text] of Object.entries(planted)) {
    test(name, () => {
      assert.notDeepEqual(leaks(`before ${text} after`, secret, marker), []);
      const folder = temporaryFolder();
      mkdirSync(path.join(folder, 'deep'));
      writeFileSync(path.join(folder, 'deep', 'file.txt'), `x\n"${text}"\n`);
      assert.notDeepEqual(leaksOfFolder(folder, secret, marker), []);
    });
  }

  test('and nothing where nothing is', () => {
    const innocent = {
      token: '$TENANT_JWT',
      auth: '<an expired token>',
      id: 'st-1a2b3c4d-0000-5111-8222-333344445555',
    };
    assert.deepEqual(leaks(JSON.stringify(innocent), secret, marker), []);
    assert.deepEqual(leaks(Buffer.from(JSON.stringify(innocent)).toString('base64'), secret, marker), []);
  });
});

suite('nothing that a run writes has a secret or a token in it', () => {
  const runs = new Map<string, Run>();

  before(async () => {
    const sandbox = await startSandbox({ identity: { ...randomIdentity(), clientSecret: secret } });
    const echo = await echoingTenant();
    const closed = 'http://127.0.0.1:1';
    const tokens = [`${features}/authentication.feature`, 'features/routing/refused-transfers.feature'];
    const own = (url: string) => ({ ...settingsFor(url), TENANT_CLIENT_SECRET: secret });
    const { TENANT_URL: _, ...routing } = sandbox.settings;
    const cases: Record<string, () => Promise<Run>> = {
      'a conformant tenant': () => run(tokens, { env: { ...sandbox.settings, CALLBACK_TIMEOUT_MS: '2000' } }),
      'a tenant that echoes all it knows': () =>
        run(
          [
            ...tokens,
            `${features}/unknown-bot.feature`,
            `${features}/redial.feature`,
            'features/observations/how-it-is-answered.feature',
          ],
          {
            env: { ...own(echo.url), ...routing, TENANT_URL: echo.url },
          },
        ),
      'a tenant that cannot be reached': () =>
        run([tokens[0]!], { env: { ...own(closed), CONFORMANCE_GATE: 'on' } }),
      'settings that cannot be used': () =>
        run([], {
          env: {
            ...own('http://x'),
            TENANT_URL: `htp://${secret}@x`,
            TENANT_BOT_ID: secret,
            CALLBACK_PORT: secret,
            TENANT_SECRET: secret,
          },
        }),
      'settings that hold the secret encoded': () =>
        run([], { env: { ...own('http://x'), TENANT_HOOKS_PATH: encodeURIComponent(secret) } }),
    };
    const names = Object.keys(cases);
    const done = await fewAtATime(Object.values(cases));
    for (const [index, name] of names.entries()) runs.set(name, done[index]!);
    await sandbox.close();
  });

  const codes: Record<string, number> = {
    'a conformant tenant': 0,
    'a tenant that echoes all it knows': 1,
    'a tenant that cannot be reached': 3,
    'settings that cannot be used': 2,
  };
  for (const [name, code] of Object.entries(codes)) {
    test(name, () => {
      const { output, stdout, stderr, reports, messages, code: ended } = runs.get(name)!;
      assert.equal(ended, code, output.slice(0, 2000));
      assert.deepEqual(leaks(stdout + stderr, secret, marker), []);
      assert.deepEqual(leaks(JSON.stringify(messages), secret, marker), []);
      assert.deepEqual(leaksOfFolder(reports, secret, marker), []);
    });
  }

  // shown() in src/tenant/settings.ts knows the secret only as it is; Signer.redact knows its other forms.
  test('settings that hold the secret encoded', () => {
    const { output, code } = runs.get('settings that hold the secret encoded')!;
    assert.equal(code, 2);
    assert.deepEqual(leaks(output, secret, marker), []);
  });

  test('the echo was written, with what is secret taken out', () => {
    const { output, collected } = runs.get('a tenant that echoes all it knows')!;
    assert.match(output, /\$TENANT_JWT/);
    const bodies = collected.results.flatMap((result) => result.record?.exchanges ?? []);
    assert.ok(bodies.some(({ answer }) => answer?.body.includes('<client secret>')));
    assert.ok(bodies.some(({ answer }) => answer?.body.includes('<an expired token>')));
  });
});

/** Answers errors that quote the request, and the secret in several encodings; accepts what names an event. */
function echoingTenant() {
  return smallServer((request, response) => {
    const known = {
      secret,
      encoded: encodeURIComponent(secret),
      packed: Buffer.from(secret).toString('base64'),
    };
    const token = String(request.headers.token ?? request.headers.auth ?? '');
    response.statusCode = request.body.includes('redial') || request.path.includes('assign') ? 400 : 401;
    response.setHeader('content-type', 'application/json');
    response.setHeader('location', `/login?token=${token}&secret=${encodeURIComponent(secret)}`);
    response.setHeader('x-echo', token);
    response.end(
      JSON.stringify({ code: response.statusCode, message: `No: ${token}`, headers: request.headers, known }),
    );
  });
}
