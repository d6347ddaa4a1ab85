// Where a request goes, and which header carries its token, seen at the other end of the wire.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readSettings } from '../../src/tenant/settings.ts';
import { Signer } from '../../src/tenant/signer.ts';
import { Tenant, type TenantRequest } from '../../src/tenant/tenant.ts';
import type { TokenKind } from '../../src/tenant/tokens.ts';
import { httpEnd, opened } from './ends.ts';

const secret = 'a-secret-of-no-tenant';
const identity = { TENANT_BOT_ID: 'st-1', TENANT_CLIENT_ID: 'cs-1', TENANT_CLIENT_SECRET: secret };
const profile = { TENANT_AUTH_HEADER: 'auth', TENANT_HOOKS_PATH: '/other/hooks' };

const ownPaths = { TENANT_END_PATH: '/ends', TENANT_REDIAL_PATH: '/redials' };
const transfer = { name: 'INTERNAL_TRANSFER_EVENT', participant: { identity: 'a', name: 'A' } };
const redial = { events: [{ ...transfer, transfertype: 'redial', transition: 'entry' }] };
const exit = { events: [{ ...transfer, transfertype: 'NA', transition: 'exit' }] };
const end = { events: [{ name: 'END_OF_CONVERSATION' }] };

async function received(request: TenantRequest, settings: Record<string, string> = {}) {
  const { path, headers } = await wholeOf(request, settings);
  return { path, carriers: ['token', 'auth'].filter((name) => headers[name] !== undefined) };
}

async function wholeOf(request: TenantRequest, settings: Record<string, string> = {}) {
  const end = await httpEnd();
  const tenant = new Tenant(
    readSettings({ ...identity, ...settings, TENANT_URL: end.url }),
    new Signer('cs-1', secret),
    await opened(end.url),
  );
  await tenant.send(request);
  return (end.received as [(typeof end.received)[0]])[0];
}

suite('A request to the hooks', () => {
  const cases: [what: string, request: Partial<TenantRequest>, settings: object, path: string, by: string][] =
    [
      ['goes where the documents say', {}, {}, '/agentassist/api/v1/hooks/st-1', 'token'],
      ['goes where the profile says', {}, profile, '/other/hooks/st-1', 'auth'],
      [
        'carries its token where it says itself',
        { authHeader: 'token' },
        profile,
        '/other/hooks/st-1',
        'token',
      ],
      ['goes where it says itself', { path: '/api/v1/hooks' }, profile, '/api/v1/hooks/st-1', 'auth'],
      ['goes where the profile has the end', { body: end }, ownPaths, '/ends/st-1', 'token'],
      ['goes where the profile has a redial', { body: redial }, ownPaths, '/redials/st-1', 'token'],
      [
        'goes where all events go, when it is more than an end',
        { body: { events: [...exit.events, ...end.events] } },
        ownPaths,
        '/agentassist/api/v1/hooks/st-1',
        'token',
      ],
      ['names another bot there', { path: '/x', botId: 'st/2' }, {}, '/x/st%2F2', 'token'],
    ];
  for (const [what, request, settings, path, by] of cases) {
    test(what, async () => {
      assert.deepEqual(await received({ to: 'hooks', body: {}, ...request }, { ...settings }), {
        path,
        carriers: [by],
      });
    });
  }
});

test('a transfer has one path, and its token in auth unless another header is asked for', async () => {
  const transfer = { to: 'assign-conversation', body: {} } as const;
  const path = '/agentassist/api/v1/public/st-1/assign-conversation';
  assert.deepEqual(await received(transfer), { path, carriers: ['auth'] });
  assert.deepEqual(await received({ ...transfer, authHeader: 'token', path: '/x' }), {
    path,
    carriers: ['token'],
  });
});

suite('A token elsewhere than where it belongs', () => {
  const carriers = ['token', 'auth', 'authorization', 'cookie'];
  const text = 'a token signed with another secret';
  const cases: [token: TokenKind, form: RegExp, header: string][] = [
    [`${text} behind the word Bearer`, /^Bearer eyJ/, 'token'],
    [`${text} in the other documented header`, /^eyJ/, 'auth'],
    [`${text} in the header Authorization`, /^Bearer eyJ/, 'authorization'],
    [`${text} in a cookie`, /^token=eyJ/, 'cookie'],
    ['another secret as a password', /^Basic \w+/, 'authorization'],
  ];
  for (const [token, form, header] of cases) {
    test(token, async () => {
      const { headers } = await wholeOf({ to: 'hooks', body: {}, token });
      assert.match(`${headers[header]}`, form);
      assert.deepEqual(
        carriers.filter((name) => headers[name] !== undefined),
        [header],
      );
    });
  }

  test(`${text} in the query`, async () => {
    const { path, headers } = await wholeOf({ to: 'hooks', body: {}, token: `${text} in the query` });
    assert.match(path, /\/hooks\/st-1\?token=eyJ/);
    assert.deepEqual([headers.token, headers.auth], [undefined, undefined]);
  });
});
