// The checks of an answer: clock, path, token and bot.
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import jwt from 'jsonwebtoken';
import { tokenRefusal } from '../../src/sandbox/authentication.ts';
import { jsonOf } from '../../src/sandbox/body-checks.ts';
import { documentedHooksChecks } from '../../src/sandbox/hooks.ts';
import { refusal } from '../../src/sandbox/refusal.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { atEnd, fewAtATime, settingsFor, smallServer } from '../run/harness.ts';
import { always, before, sandboxWith } from '../run/tenants.ts';
import { doctor } from './run-doctor.ts';

async function sandboxSettings(): Promise<Record<string, string>> {
  const sandbox = await startSandbox();
  atEnd(() => sandbox.close());
  return sandbox.settings;
}

test('a wrong secret, and a wrong client id', async () => {
  const settings = await sandboxSettings();
  const wrong = { TENANT_CLIENT_SECRET: 'of-another-client-app', TENANT_CLIENT_ID: 'cs-another' };
  for (const [name, value] of Object.entries(wrong)) {
    const visit = await doctor({ ...settings, [name]: value });
    assert.equal(visit.code, 3, visit.output);
    assert.deepEqual(visit.amiss, ['✗ token', '– bot', '– first event']);
    assert.match(visit.of('token').found, /^refused, in the header auth too: 401 "/);
    assert.match(visit.of('token').todo.join(), /^TENANT_CLIENT_ID, TENANT_CLIENT_SECRET: /);
    assert.doesNotMatch(visit.output, /does not begin with cs-/);
    assert.doesNotMatch(visit.output, /of-another-client-app|eyJ/);
    assert.match(visit.last, /^1 thing to fix, first: token/);
  }
});

test('a Client ID of a form that the documents do not show is named when it is refused', async () => {
  const visit = await doctor({ ...(await sandboxSettings()), TENANT_CLIENT_ID: 'of-another-client-app' });
  assert.match(visit.of('token').todo.join('\n'), /\nTENANT_CLIENT_ID: it does not begin with cs-/);
  assert.doesNotMatch(visit.output, /of-another-client-app/);
});

test('a bot that the tenant does not know', async () => {
  const visit = await doctor({ ...(await sandboxSettings()), TENANT_BOT_ID: 'st-another' });
  assert.equal(visit.code, 3, visit.output);
  assert.deepEqual(visit.amiss, ['✗ bot', '– first event']);
  assert.match(visit.of('bot').found, /^st-another is not known: 400 ".*could not be found/);
  assert.match(visit.of('bot').todo.join(), /^TENANT_BOT_ID: /);
});

test('a tenant that accepts the token only in the other header', async () => {
  const settings = await sandboxWith({
    hooksChecks: {
      ...documentedHooksChecks,
      token: ({ headers }, identity) => tokenRefusal(headers, ['auth'], identity),
    },
  });
  const visit = await doctor(settings);
  assert.equal(visit.code, 3, visit.output);
  assert.deepEqual(visit.of('token').todo, ['TENANT_AUTH_HEADER=auth']);
  const fixed = await doctor({ ...settings, TENANT_AUTH_HEADER: 'auth' });
  assert.equal(fixed.code, 0, fixed.output);
});

test('a tenant that takes every token of this machine for expired', async () => {
  const settings = await sandboxWith({
    hooksChecks: {
      ...documentedHooksChecks,
      token: (request, identity) => {
        const claims = jwt.decode(
          String(request.headers.token ?? request.headers.auth),
        ) as jwt.JwtPayload | null;
        if (claims?.exp) return refusal(401, 'jwt expired');
        return documentedHooksChecks.token(request, identity);
      },
    },
  });
  const visit = await doctor(settings);
  assert.match(visit.of('token').found, /^accepted only without iat and exp/, visit.output);
  assert.match(visit.of('token').todo.join(), /clock/);
});

test('a tenant that refuses a token which was issued a moment ago', async () => {
  const settings = await sandboxWith({
    hooksChecks: {
      ...documentedHooksChecks,
      token: (request, identity) => {
        const token = String(request.headers.token ?? request.headers.auth);
        const { iat = 0 } = (jwt.decode(token) ?? {}) as jwt.JwtPayload;
        if (iat > Date.now() / 1000 - 60) return refusal(401, 'no');
        return documentedHooksChecks.token(request, identity);
      },
    },
  });
  const visit = await doctor(settings);
  assert.match(visit.of('token').found, /although the tenant names the same time/, visit.output);
  assert.match(visit.of('token').todo.join(), /^have the tenant accept such a token/);
});

test('a tenant that answers everything alike: neither token nor bot can be determined', async () => {
  const visit = await doctor(await always(400, '{"message":"no"}'));
  assert.equal(visit.code, 3, visit.output);
  assert.deepEqual(visit.amiss, ['! token', '! bot', '✗ first event', '! routing settings']);
  assert.match(
    visit.of('first event').found,
    /^a plain NA entry is refused: 400 "no", at the other documented paths/,
  );
  assert.match(
    visit.of('first event').todo.join(),
    /either a setting is wrong .* or the tenant refuses every/,
  );
  assert.match(
    visit.of('token').found,
    /^cannot be determined: the same answer with a forged token and without any/,
  );
  assert.match(visit.of('token').todo.join(), /^TENANT_CLIENT_ID, TENANT_CLIENT_SECRET: .*@HOOKS-AUTH-01/);
  assert.match(visit.of('bot').found, /^cannot be determined/);
});

test('a tenant that checks the token after the body', async () => {
  // The empty object is refused for its form: only a valid event shows what else is wrong.
  const bodyFirst = async (token: 'auth' | 'token') =>
    sandboxWith({
      hooksChecks: {
        ...documentedHooksChecks,
        token: (request, identity) =>
          JSON.stringify(jsonOf(request.body)) === '{}'
            ? refusal(400, 'conversationId is missing')
            : tokenRefusal(request.headers, [token], identity),
      },
    });
  const header = await doctor(await bodyFirst('auth'));
  assert.equal(header.code, 3, header.output);
  assert.deepEqual(header.of('first event').todo, ['TENANT_AUTH_HEADER=auth']);
  const secret = await doctor({
    ...(await bodyFirst('token')),
    TENANT_CLIENT_SECRET: 'of-another-client-app',
  });
  assert.equal(secret.code, 3, secret.output);
  assert.match(
    secret.of('first event').found,
    /^a plain NA entry is refused: 401 .*, in the header auth too$/,
  );
  assert.match(secret.of('first event').todo.join(), /^TENANT_CLIENT_ID, TENANT_CLIENT_SECRET: /);
});

test('a path that is not served, while the documented one is', async () => {
  const visit = await doctor({ ...(await sandboxSettings()), TENANT_HOOKS_PATH: '/hooks' });
  assert.equal(visit.code, 3, visit.output);
  assert.deepEqual(visit.amiss, ['✗ hooks path', '– token', '– bot', '– first event']);
  assert.deepEqual(visit.of('hooks path').todo, ['TENANT_HOOKS_PATH=/agentassist/api/v1/hooks']);
});

test('a path that is not served, like every other', async () => {
  const tenant = await smallServer((_, response) => {
    response.writeHead(404, { 'content-type': 'text/html' }).end('<!DOCTYPE html><pre>Cannot POST</pre>');
  });
  const visit = await doctor(settingsFor(tenant.url));
  assert.equal(visit.code, 3, visit.output);
  assert.equal(visit.of('answer').mark, '!');
  assert.match(visit.of('hooks path').found, /^404 with an HTML page at .* no more at /);
  assert.match(
    visit.of('hooks path').todo.join('\n'),
    /^TENANT_URL: .*\nTENANT_HOOKS_PATH: .*\nTENANT_BOT_ID: /,
  );
  assert.equal(new Set(tenant.received.map(({ path }) => path)).size, 3);
});

test('a portal in place of the platform', async () => {
  const page = (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Welcome</title>');
  };
  const portal = await smallServer((_, response) => page(response));
  const visit = await doctor(settingsFor(portal.url));
  assert.equal(visit.code, 3, visit.output);
  assert.match(visit.of('answer').found, /^200 with an HTML page, not as an API$/);
  assert.match(visit.of('answer').todo.join(), /^TENANT_URL: /);
  assert.equal(visit.of('hooks path').mark, '–');

  const moved = await smallServer((_, response) => {
    response.writeHead(302, { location: 'https://login.example.com/' }).end();
  });
  const redirected = await doctor(settingsFor(moved.url));
  assert.equal(redirected.of('answer').found, '302, which leads to https://login.example.com/');
  assert.equal(redirected.code, 3);
});

test('a gateway that asks for a password, and a firewall that shows a page, are not the tenant', async () => {
  const answered = async (status: number, headers: Record<string, string>, text: string) => {
    const end = await smallServer((_, response) => response.writeHead(status, headers).end(text));
    return doctor(settingsFor(end.url));
  };
  const basic = await answered(401, { 'www-authenticate': 'Basic realm="staging"' }, '');
  assert.equal(basic.code, 3, basic.output);
  assert.match(basic.of('token').found, /401.*, which asks for Basic realm="staging", not for a token$/);
  assert.match(basic.of('token').todo.join(), /^TENANT_URL: something before the tenant answers/);
  assert.doesNotMatch(basic.output, /TENANT_CLIENT_SECRET/);
  const page = { 'content-type': 'text/html' };
  const firewall = await answered(403, page, '<html><h1>Request blocked</h1></html>');
  assert.equal(firewall.code, 3, firewall.output);
  assert.match(
    firewall.of('token').todo.join('\n'),
    /^TENANT_URL: something before.*\nTENANT_CLIENT_ID, TENANT_CLIENT_SECRET: /,
  );
  // A tenant may say so of its own tokens.
  const bearer = await answered(401, { 'www-authenticate': 'Bearer error="invalid_token"' }, '');
  assert.match(bearer.of('token').todo.join(), /^TENANT_CLIENT_ID, TENANT_CLIENT_SECRET: /);
});

test('a busy gateway is not an answer of the tenant', async () => {
  const visit = await doctor(await always(502, ''));
  assert.equal(visit.code, 3, visit.output);
  assert.equal(visit.of('answer').found, 'TRANSPORT_BUSY a gateway or rate limit answered 502');
  assert.match(visit.of('answer').todo.join(), /^try later/);
});

/** A conformant tenant whose clock is wrong. @param ms how far it is ahead; undefined: its answers have no Date */
async function tenantAt(ms: number | undefined): Promise<Record<string, string>> {
  const { env } = await before(
    () => false,
    (from, response) => {
      const { date: _, ...headers } = from.headers;
      response.sendDate = false;
      const date = ms === undefined ? {} : { date: new Date(Date.now() + ms).toUTCString() };
      response.writeHead(from.statusCode ?? 500, { ...headers, ...date });
      from.pipe(response);
    },
  );
  return env;
}

test('the clock against the Date header', async () => {
  const rows: [ms: number | undefined, mark: string, found: RegExp][] = [
    [0, '✓', /^the same as the tenant's \(± \d\.\d s\)$/],
    [3_500, '✓', /^this machine is [234] s behind the tenant/],
    [-20_000, '!', /^this machine is (19|20|21) s ahead of the tenant/],
    [600_000, '✗', /^this machine is 10 minutes behind the tenant/],
    [-90_000_000, '✗', /^this machine is 25 hours ahead of the tenant/],
    [undefined, '!', /no Date header/],
  ];
  const visits = await fewAtATime(
    rows.map(
      ([ms]) =>
        async () =>
          doctor(await tenantAt(ms)),
    ),
  );
  for (const [index, [, mark, found]] of rows.entries()) {
    const visit = visits[index]!;
    assert.match(visit.of('clock').found, found, visit.output);
    assert.equal(visit.of('clock').mark, mark);
    assert.equal(visit.code, mark === '✗' ? 3 : 0);
    if (mark !== '✓') assert.match(visit.of('clock').todo.join(), /the clock of this machine/);
    assert.equal(visit.of('bot').mark, '✓', 'a clock that is off keeps nothing else from being looked at');
  }
});
