// Tenants that deviate for one kind of request only, or after the answer: what a suite that tries one kind would miss.
import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { suite, test } from 'node:test';
import { request } from 'undici';
import { run } from './harness.ts';
import { before } from './tenants.ts';

const authentication = 'features/conversation-events/authentication.feature';
const transferEvents = 'features/conversation-events/transfer-events.feature';

/** Answers what a body matches with a success, whatever token came with it. */
async function unguarded(pattern: RegExp) {
  const tenant = await before((body, _, response) => {
    if (!pattern.test(body)) return false;
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"STATUS":"OK"}');
    return true;
  });
  return run([authentication, '--tags', '@HOOKS-AUTH-01'], { env: tenant.env });
}

suite('a tenant that checks the token of all but one kind of request', { concurrency: 2 }, () => {
  const kinds: Record<string, RegExp> = {
    'exit events': /"transition":"exit"/,
    'warm transfers': /"WARM"/,
    'cold transfers': /"COLD"/,
    redials: /"redial"/,
    'agent messages': /"type":"AGENT"/,
    'summary triggers': /TRIGGER_SUMMARY_EVENT/,
    'ends of conversation': /END_OF_CONVERSATION/,
  };
  for (const [kind, pattern] of Object.entries(kinds)) {
    test(kind, async () => {
      const ended = await unguarded(pattern);
      assert.equal(ended.code, 1, ended.output);
      assert.match(ended.output, /HOOKS-AUTH-01 \(must\)/);
    });
  }
});

/** What was asked to be posted, posted by the test in place of the tenant. */
function callbackUrlOf(body: string): string {
  return (JSON.parse(body) as { callbackUrl?: string }).callbackUrl ?? '';
}

function isTransfer({ url }: IncomingMessage): boolean {
  return url?.includes('assign-conversation') ?? false;
}

async function post(url: string, outcome: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const { body } = await request(url, { method: 'POST', headers, body: JSON.stringify(outcome) });
  await body.dump();
}

test('a tenant that lets a bot session be transferred only once cannot be judged by further transfers', async () => {
  let transfers = 0;
  const tenant = await before((body, incoming, response) => {
    if (!isTransfer(incoming) || !incoming.headers.auth || !body.includes('callbackUrl')) return false;
    transfers += 1;
    if (transfers === 1) return false;
    const answer = '{"code":400,"message":"The session was already transferred"}';
    response.writeHead(400, { 'content-type': 'application/json' }).end(answer);
    return true;
  });
  const feature = 'features/routing/transfer-to-an-agent-or-a-queue.feature';
  const { code, output } = await run([feature], { env: tenant.env, measured: true });
  assert.equal(code, 3, output);
  assert.match(
    output,
    /^Name a bot session that can be transferred again in \.env, and run again\.\s+TENANT_BOT_SESSION_ID=$/m,
  );
  assert.doesNotMatch(output, /^fail /m);
});

suite('a tenant that goes on after its answer', () => {
  test('and carries out a transfer that it refused', async () => {
    const tenant = await before((body, incoming, response) => {
      if (!isTransfer(incoming) || incoming.headers.auth !== undefined) return false;
      response
        .writeHead(401, { 'content-type': 'application/json' })
        .end('{"code":401,"message":"no token"}');
      void post(callbackUrlOf(body), { sessionId: 's-1', status: 'transferred' });
      return true;
    });
    const ended = await run(['features/routing', '--name', 'to the agent without a token that verifies'], {
      env: tenant.env,
      measured: true,
    });
    assert.equal(ended.code, 1, ended.output);
    assert.match(
      ended.output,
      /^fail +ASSIGN-AUTH-01 \(must\) .*the outcome of a transfer that was refused/m,
    );
  });

  test('and posts the outcome of a transfer a second time, when nobody waits any more', async () => {
    const tenant = await before((body, incoming) => {
      if (isTransfer(incoming) && body !== '') {
        setTimeout(() => post(callbackUrlOf(body), { sessionId: 's-1' }).catch(() => {}), 1300).unref();
      }
      return false;
    });
    const ended = await run(['features/routing/callback.feature', '--fail-on', 'should'], {
      env: tenant.env,
      measured: true,
    });
    assert.equal(ended.code, 1, ended.output);
    assert.match(ended.output, /^fail +ASSIGN-CB-02 \(should\) /m);
  });
});

suite('what a tenant may do', () => {
  test('say more in a success, even a message', async () => {
    const tenant = await before(
      () => false,
      (from, response) => {
        from.resume();
        if (from.statusCode === 200) {
          response.writeHead(200, { 'content-type': 'application/json' });
          response.end('{"STATUS":"OK","message":"Event received"}');
          return;
        }
        response.writeHead(from.statusCode ?? 500, { 'content-type': 'application/json' });
        response.end('{"code":400,"message":"refused"}');
      },
    );
    const ended = await run(['--tags', '@HOOKS-AUTH-01 or @HOOKS-SEQ-13'], { env: tenant.env });
    assert.equal(ended.code, 0, ended.output);
  });

  test('ask for customFields with the Quality Module: then leaving them out is not tried', async () => {
    const tenant = await before((body, _, response) => {
      if (!body.includes('INTERNAL_TRANSFER_EVENT') || body.includes('customFields')) return false;
      response
        .writeHead(400, { 'content-type': 'application/json' })
        .end('{"code":400,"message":"customFields"}');
      return true;
    });
    const env = { ...tenant.env, TENANT_QUALITY_MODULE: 'true' };
    const ended = await run([transferEvents, '--tags', '@HOOKS-XFER-10'], { env });
    assert.equal(ended.code, 0, ended.output);
    assert.match(ended.output, /4 not applicable/);
    assert.match(ended.output, /TENANT_QUALITY_MODULE=false/);
  });
});
