// A wrong set-up is found before the first scenario, and the tenant is not blamed for it.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import jwt from 'jsonwebtoken';
import { CodedError } from '../../src/errors/coded-error.ts';
import { gate } from '../../src/run/gate.ts';
import { tokenRefusal } from '../../src/sandbox/authentication.ts';
import { documentedHooksChecks, type HooksCheck } from '../../src/sandbox/hooks.ts';
import { refusal } from '../../src/sandbox/refusal.ts';
import { run, secret, settingsFor, smallServer } from './harness.ts';
import { saysOnly } from './message.ts';
import { always, before, sandboxWith, success } from './tenants.ts';

type Env = Record<string, string>;

const json = { 'content-type': 'application/json' };

/** The message of the gate; undefined when it lets the run begin. */
async function refusedBy(env: Env): Promise<string | undefined> {
  try {
    await gate({ ...env, CONFORMANCE_GATE: 'on' });
    return undefined;
  } catch (error) {
    assert.ok(error instanceof CodedError, String(error));
    assert.equal(error.exitCode, 3);
    return error.message;
  }
}

/** A conformant tenant that has the date of `ms` from now. */
async function tenantAt(ms: number): Promise<Env> {
  const { env } = await before(
    () => false,
    (from, response) => {
      response.writeHead(from.statusCode ?? 500, {
        ...from.headers,
        date: new Date(Date.now() + ms).toUTCString(),
      });
      from.pipe(response);
    },
  );
  return env;
}

function reading(headers: readonly ('auth' | 'token')[]): Promise<Env> {
  return sandboxWith({
    hooksChecks: {
      ...documentedHooksChecks,
      token: (request, identity) => tokenRefusal(request.headers, headers, identity),
    },
  });
}

/** A tenant that refuses an empty object before it looks at anything else. */
function formFirst(checks: Record<string, HooksCheck>): Promise<Env> {
  const form: HooksCheck = ({ body }) =>
    body.kind === 'JSON' && Object.keys(body.value as object).length === 0
      ? refusal(400, 'conversationId is missing')
      : undefined;
  return sandboxWith({ hooksChecks: { form, ...documentedHooksChecks, ...checks } });
}

const serving =
  (served: string) => (_: string, request: { url?: string | undefined }, response: Responder) => {
    if (request.url?.startsWith(served)) return false;
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"Nothing is served"}');
    return true;
  };

interface Responder {
  writeHead(status: number, headers: Record<string, string>): { end(text: string): unknown };
}

suite('A set-up that cannot be judged', () => {
  const cases: Record<string, { env: () => Promise<Env>; says: RegExp[] }> = {
    'a secret with a typing error': {
      env: async () => ({ ...(await sandboxWith({})), TENANT_CLIENT_SECRET: `${secret}x` }),
      says: [
        /token: refused, in the header auth too: 401/,
        /→ TENANT_CLIENT_ID, TENANT_CLIENT_SECRET: both of one/,
      ],
    },
    'another client id': {
      env: async () => ({ ...(await sandboxWith({})), TENANT_CLIENT_ID: 'cs-another' }),
      says: [/token: refused/, /→ TENANT_CLIENT_ID/],
    },
    'a bot that is not known': {
      env: async () => ({ ...(await sandboxWith({})), TENANT_BOT_ID: 'st-another' }),
      says: [/bot: st-another is not known: 400/, /→ TENANT_BOT_ID/],
    },
    'a clock that is 10 minutes ahead': {
      env: () => tenantAt(-600_000),
      says: [/clock: this machine is 10 minutes ahead of the tenant/, /→ set the clock/],
    },
    'a token in the header auth only': {
      env: () => reading(['auth']),
      says: [/token: the tenant takes it in the header auth/, /→ TENANT_AUTH_HEADER=auth/],
    },
    'only the path of the page about the end of a conversation': {
      env: async () => (await before(serving('/agentai/'))).env,
      says: [
        /hooks path: 404 .*agentai\/api\/v1\/hooks is served/,
        /→ TENANT_HOOKS_PATH=\/agentai\/api\/v1\/hooks/,
      ],
    },
    'a portal': {
      env: async () => settingsFor((await smallServer((_, response) => page(response))).url),
      says: [/answer: 200 with an HTML page, not as an API/, /→ TENANT_URL/],
    },
    'a tenant that refuses every event': {
      env: () => always(400, '{"message":"no"}'),
      says: [
        /first event: a plain NA entry is refused: 400 "no"/,
        /or the tenant refuses every well-formed event/,
      ],
    },
    'a tenant that checks the form first, and refuses every event': {
      env: () => sandboxWith({ hooksChecks: { form: () => refusal(415, 'no'), ...documentedHooksChecks } }),
      says: [
        /first event: a plain NA entry is refused: 415 "no"/,
        /or the tenant refuses every well-formed event/,
      ],
    },
    // The empty object of the doctor's other checks is refused for its form: only the NA entry shows what is wrong.
    'an unknown bot, of a tenant that looks at the form first': {
      env: async () => ({ ...(await formFirst({})), TENANT_BOT_ID: 'st-another' }),
      says: [/first event: st-another is not known: 400/, /→ TENANT_BOT_ID/],
    },
    'a clock that is off, of a tenant that looks at the form first': {
      env: () =>
        formFirst({
          expiry: ({ headers }) =>
            (jwt.decode(String(headers.token ?? headers.auth)) as jwt.JwtPayload | null)?.exp
              ? refusal(401, 'jwt expired')
              : undefined,
        }),
      says: [/first event: .*with a token without iat and exp it is accepted/, /→ set the clock/],
    },
    'a secret with a typing error, of a tenant that looks at the form first': {
      env: async () => ({ ...(await formFirst({})), TENANT_CLIENT_SECRET: `${secret}x` }),
      says: [
        /first event: a plain NA entry is refused: 401 .* too/,
        /→ TENANT_CLIENT_ID, TENANT_CLIENT_SECRET: both/,
      ],
    },
    'an unknown bot, of a tenant that looks at the form first and names the bot in words of its own': {
      env: async () => ({
        ...(await formFirst({
          'botId of the path': ({ botId }, identity) =>
            botId === identity.botId ? undefined : refusal(404, `There is no bot ${botId}`),
        })),
        TENANT_BOT_ID: 'st-another',
      }),
      says: [/first event: .*404 "There is no bot st-another"/, /→ either a setting is wrong/],
    },
    'a secret with a typing error, of a tenant that says 400 with a number of the request': {
      env: async () => ({
        ...(await formFirst({
          token: (request, identity) =>
            tokenRefusal(request.headers, ['token', 'auth'], identity) &&
            refusal(400, `Failed, see ${randomInt(1000, 9999)}`),
        })),
        TENANT_CLIENT_SECRET: `${secret}x`,
      }),
      says: [/first event: .*400 "Failed, see \d+"/, /→ either a setting is wrong/],
    },
    'another header, of a tenant that looks at the form first': {
      env: () =>
        formFirst({ token: (request, identity) => tokenRefusal(request.headers, ['auth'], identity) }),
      says: [/first event: .*with the token in the header auth it is accepted/, /→ TENANT_AUTH_HEADER=auth/],
    },
    'another path, of a tenant that looks at the form first': {
      env: async () =>
        (
          await before((body, request, response) => {
            if (body !== '{}' && request.url?.startsWith('/agentai/')) return false;
            // Not each attempt is answered.
            if (request.headers.auth) request.socket.destroy();
            else response.writeHead(400).end();
            return true;
          })
        ).env,
      says: [/first event: .*at \/agentai\/api\/v1\/hooks it is accepted/, /→ TENANT_HOOKS_PATH=\/agentai/],
    },
    'everything is refused, and answered 200': {
      env: () => always(200, '{"success":false,"error":"not authorised"}'),
      says: [/first event: a plain NA entry is refused: 200 \{"success":false,"error":"not authorised"\}/],
    },
    'an error in the words of the documents, and 200': {
      env: () => always(200, '{"code":400,"message":"The bot could not be found"}'),
      says: [/first event: a plain NA entry is refused: 200 \{"code":400/],
    },
    'no access': {
      env: () => always(403, '{"message":"Forbidden"}'),
      says: [/token: refused, in the header auth too: 403 "Forbidden"/],
    },
  };

  for (const [name, { env, says }] of Object.entries(cases)) {
    test(name, async () => {
      const message = await refusedBy(await env());
      assert.match(message ?? 'accepted', /^SETUP_REFUSED {2}http:\/\/127\.0\.0\.1:\d+\/\S+\n/);
      for (const words of says) assert.match(message!, words);
      assert.ok(!message!.includes(secret), message);
    });
  }
});

suite('A tenant that stays busy is not called unreachable', () => {
  const busy = async (status: number, retryAfter?: string): Promise<Env> => {
    const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
    const { url } = await smallServer((_, response) => response.writeHead(status, headers).end());
    return settingsFor(url);
  };
  const cases: Record<string, { env: () => Promise<Env>; says: RegExp }> = {
    'it asks for more than is waited for': { env: () => busy(503, '3600'), says: /answered 503/ },
    'it limits the rate to one request an hour': {
      env: () => busy(429, '3600'),
      says: /answered 429.*a pause of 3600 s is not waited for/,
    },
    'it does not say for how long': { env: () => busy(503), says: /answered 503/ },
    'no pause is to be waited for': {
      env: async () => ({ ...(await busy(503, '1')), MAX_RETRY_WAIT_SECONDS: '0' }),
      says: /answered 503.*MAX_RETRY_WAIT_SECONDS/,
    },
  };
  for (const [name, { env, says }] of Object.entries(cases)) {
    test(name, async () => {
      const message = await refusedBy(await env());
      assert.match(message ?? 'accepted', /^TENANT_BUSY {2}http:/);
      assert.match(message!, says);
    });
  }

  test('and whoever waits for it is told', async () => {
    let requests = 0;
    const { env } = await before((_, __, response) => {
      requests += 1;
      if (requests > 1) return false;
      response.writeHead(429, { 'retry-after': '4' }).end();
      return true;
    });
    const said: string[] = [];
    await gate(env, (text) => said.push(text));
    assert.deepEqual(said, ['Sending a first event to the tenant …']);
  });
});

suite('A set-up that can be judged', () => {
  const cases: Record<string, () => Promise<Env>> = {
    'a conformant tenant': () => sandboxWith({}),
    'one that reads both headers, as it should': () => reading(['token', 'auth']),
    'one that knows token and bot, and refuses this event': () =>
      sandboxWith({ hooksChecks: { ...documentedHooksChecks, event: () => refusal(400, 'not this one') } }),
    'one that answers with any text': () => success({ body: 'accepted' }),
    'one that names an error that is none': () =>
      success({ headers: json, body: '{"success":true,"error":null,"errors":[],"status":200}' }),
    'one that knows token and bot, and refuses this event with a 200': () =>
      sandboxWith({
        hooksChecks: {
          ...documentedHooksChecks,
          event: () => ({ status: 200, headers: json, body: '{"success":false,"error":"not this one"}' }),
        },
      }),
    'one that is a few seconds ahead': () => tenantAt(20_000),
    'one that refuses every routing request': async () =>
      (
        await before((_, request, response) => {
          if (!request.url?.includes('assign-conversation')) return false;
          response.writeHead(400).end();
          return true;
        })
      ).env,
  };

  for (const [name, env] of Object.entries(cases)) {
    test(name, async () => assert.equal(await refusedBy(await env()), undefined));
  }

  test('one that fails once', async () => {
    let requests = 0;
    const { env } = await before((_, __, response) => {
      requests += 1;
      if (requests > 1) return false;
      response.writeHead(500).end();
      return true;
    });
    assert.equal(await refusedBy(env), undefined);
  });

  test('one whose first answer is lost', async () => {
    let requests = 0;
    const { env } = await before((_, request) => {
      requests += 1;
      if (requests === 1) request.socket.destroy();
      return requests === 1;
    });
    assert.equal(await refusedBy(env), undefined);
  });

  test('one that is busy when it starts, and asks for a pause again and again', async () => {
    let requests = 0;
    const { env } = await before((_, __, response) => {
      requests += 1;
      if (requests > 5) return false;
      response.writeHead(503, { 'retry-after': '0' }).end();
      return true;
    });
    assert.equal(await refusedBy(env), undefined);
  });

  test('what the gate began, it ends', async () => {
    const { env, received } = await before(() => false);
    await gate(env);
    const events = received.map(({ body }) => JSON.parse(body)).flatMap(({ events }) => events ?? []);
    assert.deepEqual(
      events.map(({ name, transition }) => [name, transition]),
      [
        ['INTERNAL_TRANSFER_EVENT', 'entry'],
        ['INTERNAL_TRANSFER_EVENT', 'exit'],
        ['END_OF_CONVERSATION', undefined],
      ],
    );
  });

  test('it notices a tenant that accepts an empty object, and one that does not', async () => {
    const impression = async (env: Env) => (await gate({ ...env, CONFORMANCE_GATE: 'on' }))?.takesAnything;
    assert.equal(await impression(await sandboxWith({})), false);
    assert.equal(await impression(await sandboxWith({ hooksChecks: {} })), true);
  });
});

test('the run ends at once, inconclusive, and every report says why', async () => {
  const settings = await sandboxWith({});
  const ended = await run([], { env: { ...settings, TENANT_CLIENT_SECRET: `${secret}x` } });
  assert.equal(ended.code, 3, ended.output);
  saysOnly(ended, [/^SETUP_REFUSED /m, /TENANT_CLIENT_SECRET: both of one client app/]);
  assert.equal(ended.collected.results.length, 0, 'no scenario was tried');
  for (const name of ['conformance.json', 'conformance.md', 'conformance.html', 'junit.xml']) {
    const file = path.join(ended.reports, name);
    assert.ok(existsSync(file), name);
    assert.match(readFileSync(file, 'utf8'), /both of one client app/, name);
  }
});

function page(response: Responder): void {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>');
}
