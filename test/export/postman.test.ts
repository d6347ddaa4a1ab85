// The Postman collection, run by newman against the reference tenant on a real port.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import { promisify } from 'node:util';
import jwt from 'jsonwebtoken';
import { startSandbox as startFaulty } from '../../src/exports/sandbox.ts';
import { eventNames } from '../../src/protocol/event-table.ts';
import { flows, flowsWithMessages } from '../../src/protocol/flows.ts';
import { type RequestLine, type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { Signer } from '../../src/tenant/signer.ts';
import { runCommand } from '../commands.ts';
import { repository } from '../processes.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'postman-'));
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

/** What newman says about a run; it comes without types. */
interface Summary {
  run: {
    executions: {
      item: { name: string };
      request: { headers: { get(name: string): string } };
      response: { code: number };
    }[];
    failures: { error: { test?: string; message: string } }[];
  };
}

const newman = createRequire(import.meta.url)('newman');
const runNewman: (options: object) => Promise<Summary> = promisify(newman.run);

/** Settings of another tenant, which would win over those of the test. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TENANT_')));

function exported(settings: Record<string, string>, ...args: string[]) {
  const script = path.join(repository, 'src/cli/export.ts');
  return runCommand([script, 'postman', ...args], { cwd: folder, env: { ...env, ...settings } });
}

async function collectionOf(settings: Record<string, string>): Promise<string> {
  const { code, stdout, stderr } = await exported(settings);
  assert.deepEqual([code, stderr], [0, '']);
  return stdout;
}

/** @param flow without one, all of the collection */
async function played({ settings }: Pick<Sandbox, 'settings'>, clientSecret?: string, flow?: string) {
  const environment = {
    values: clientSecret === undefined ? [] : [{ key: 'clientSecret', value: clientSecret }],
  };
  const collection = JSON.parse(await collectionOf(settings));
  return (await runNewman({ collection, environment, ...(flow ? { folder: flow } : {}) })).run;
}

suite('Run by newman', () => {
  test('every flow is accepted, each in a conversation of its own, with tokens as the suite signs them', async (context) => {
    const lines: RequestLine[] = [];
    const sandbox = await startSandbox({ onRequest: (line) => lines.push(line) });
    context.after(() => sandbox.close());
    const { TENANT_CLIENT_ID: clientId = '', TENANT_CLIENT_SECRET: secret = '' } = sandbox.settings;
    const { executions, failures } = await played(sandbox, secret);
    assert.deepEqual(failures, []);
    const moves = [...Object.values(flows), ...Object.values(flowsWithMessages)];
    assert.equal(executions.length, moves.flat().length + 2);
    assert.ok(executions.every(({ response }) => response.code === 200));
    const conversations = lines.flatMap(({ conversationId }) => conversationId ?? []);
    assert.equal(new Set(conversations).size, moves.length);
    const sent = new Set(lines.flatMap(({ events }) => events));
    assert.deepEqual(sent, new Set([...eventNames, 'message', 'assign-conversation']));
    const token = jwt.decode(executions[0]!.request.headers.get('token'), { complete: true })!;
    const own = jwt.decode(new Signer(clientId, secret).token('a valid token')!, { complete: true })!;
    assert.deepEqual(token.header, own.header);
    const lifetime = ({ payload }: jwt.Jwt) => {
      const { appId, iat = 0, exp = 0, ...others } = payload as jwt.JwtPayload;
      return { appId, seconds: exp - iat, ...others };
    };
    assert.deepEqual(lifetime(token), lifetime(own));
  });

  const flow = 'the minimum conversation';
  const secretOf = (sandbox: Pick<Sandbox, 'settings'>) => sandbox.settings.TENANT_CLIENT_SECRET;
  const failing: Record<string, [fault: string[], secret: typeof secretOf, message: RegExp]> = {
    'an answer with another status': [['answers-201'], secretOf, /^HOOKS-RESP-01: .* got 201$/],
    'an answer in another form': [['answers-with-a-list'], secretOf, /^HOOKS-RESP-02: /],
    'a wrong secret': [[], () => 'a secret of nobody', /^HOOKS-RESP-01: .* got 401$/],
    'a secret that is not set': [[], () => undefined, /^(Set clientSecret|HOOKS-RESP-01: .* got 401$)/],
  };
  for (const [name, [faults, secret, message]] of Object.entries(failing)) {
    test(`${name} fails each request, and says so`, async (context) => {
      const sandbox = await startFaulty({ faults });
      context.after(() => sandbox.close());
      const { failures } = await played(sandbox, secret(sandbox), flow);
      assert.ok(failures.length >= flows[flow].length);
      for (const { error } of failures)
        assert.match([error.test, error.message].filter(Boolean).join(': '), message);
    });
  }
});

suite('npm run export -- postman', () => {
  const tenant = {
    TENANT_URL: 'https://tenant.example',
    TENANT_BOT_ID: 'st-1',
    TENANT_CLIENT_ID: 'cs-1',
    TENANT_CLIENT_SECRET: 'the-secret-of-this-test',
  };
  const routing = {
    TENANT_ORG_ID: 'o-1',
    TENANT_AGENT_ID: 'a-1',
    TENANT_QUEUE_ID: 'qu-1',
    TENANT_BOT_SESSION_ID: '65',
  };

  test('has the ids of the tenant as variables, and its secret nowhere', async () => {
    const text = await collectionOf({ ...tenant, ...routing, TENANT_ACCOUNT_ID: '65a' });
    assert.ok(!text.includes(tenant.TENANT_CLIENT_SECRET));
    const { variable } = JSON.parse(text) as { variable: { key: string; value: string }[] };
    assert.deepEqual(Object.fromEntries(variable.map(({ key, value }) => [key, value])), {
      baseUrl: 'https://tenant.example',
      botId: 'st-1',
      clientId: 'cs-1',
      clientSecret: '',
      conversationId: '',
      accountId: '65a',
      orgId: 'o-1',
      agentId: 'a-1',
      queueId: 'qu-1',
      botSessionId: '65',
      callbackUrl: 'http://localhost:8009',
    });
    for (const id of ['st-1', 'cs-1', 'o-1', 'qu-1']) assert.equal(text.split(`"${id}"`).length, 2, id);
  });

  test('sends as the profile of the tenant says, also without its secret', async () => {
    const { TENANT_CLIENT_SECRET: _, ...withoutSecret } = tenant;
    const settings = {
      ...withoutSecret,
      ...routing,
      TENANT_AUTH_HEADER: 'auth',
      TENANT_HOOKS_PATH: '/own/hooks',
      TENANT_END_PATH: '/own/end',
      TENANT_IS_EXT_AD_AS: 'string',
      TENANT_ASSIGN_PARAMETERS_IN: 'query',
      CALLBACK_PUBLIC_URL: 'https://callbacks.example',
    };
    writeFileSync(
      path.join(folder, '.env.staging'),
      Object.entries(settings)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    );
    const output = path.join(folder, 'collection.json');
    const { code, stderr } = await exported({}, '--tenant', 'staging', '--output', output);
    assert.equal(code, 0, stderr);
    const text = readFileSync(output, 'utf8');
    assert.match(text, /"key": "auth",\s+"value": "\{\{jwt\}\}"/);
    assert.doesNotMatch(text, /"key": "token"/);
    assert.match(text, /"\{\{baseUrl\}\}\/own\/hooks\/\{\{botId\}\}"/);
    assert.match(text, /"\{\{baseUrl\}\}\/own\/end\/\{\{botId\}\}"/);
    assert.match(text, /\\"isExtAD\\": \\"true\\"/);
    assert.match(text, /assign-conversation\?callbackUrl=\{\{callbackUrl\}\}&orgId=\{\{orgId\}\}&/);
    assert.match(text, /"value": "https:\/\/callbacks\.example"/);
  });

  test('leaves out the transfers without the settings for them, and says so', async () => {
    const { TENANT_ORG_ID: _, TENANT_QUEUE_ID: __, ...some } = routing;
    const { code, stdout, stderr } = await exported({ ...tenant, ...some });
    assert.equal(code, 0);
    assert.equal(stderr, 'The transfers are left out: TENANT_ORG_ID, TENANT_QUEUE_ID are not set.\n');
    assert.ok(!stdout.includes('"Transfers"'));
  });

  test('without a tenant it is for that of npm run sandbox', async () => {
    assert.match(await collectionOf({}), /"http:\/\/127\.0\.0\.1:4010"/);
  });

  test('settings that are wrong are an error', async () => {
    const { code, stdout, stderr } = await exported({ ...tenant, TENANT_BOT_ID: 'bot' });
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /^SETTINGS_INVALID/);
  });
});
