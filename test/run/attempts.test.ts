// Wrong requests share a twin: what one of them spoils is not charged to the others, and hides none of them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import jwt from 'jsonwebtoken';
import { type Answer, parseJson } from '../../src/protocol/answers.ts';
import type { HooksBody } from '../../src/protocol/events.ts';
import { jsonOf } from '../../src/sandbox/body-checks.ts';
import { faults } from '../../src/sandbox/faults/catalogue.ts';
import { isMessage, refusing } from '../../src/sandbox/faults/refusing.ts';
import { eventsIn } from '../../src/sandbox/faults/requests.ts';
import { refusal } from '../../src/sandbox/refusal.ts';
import type { ConformanceReport } from '../../src/verdict/report-types.ts';
import type { ScenarioRecord } from '../../src/verdict/scenario-record.ts';
import { type Run, run } from './harness.ts';
import { before, sandboxWith } from './tenants.ts';

const features = 'features/conversation-events';
const endOfConversation = ['--name', 'A wrong field in an end-of-conversation event'];
const otherForms = ['--name', 'An entry event in another form'];
const tampered = ['--name', 'The requests of a call, first without a token that verifies', features];

function onlyResult({ collected }: Run): { verdict: string; record: ScenarioRecord } {
  assert.equal(collected.results.length, 1);
  return collected.results[0] as { verdict: string; record: ScenarioRecord };
}

function findings(ended: Run): string[] {
  return onlyResult(ended).record.checks.flatMap(({ finding }) => finding?.message ?? []);
}

/** The requests that were sent to be refused, each with the id of its conversation. */
function tried(ended: Run): [wrong: string, conversation: unknown][] {
  return onlyResult(ended).record.exchanges.flatMap(({ wrong, request }): [string, unknown][] => {
    const { conversationId } = (parseJson(request.body ?? '') ?? {}) as { conversationId?: unknown };
    return wrong === undefined ? [] : [[wrong, conversationId]];
  });
}

/** The last event of a body; empty when it has none. */
function eventIn(body: string): { name?: unknown; reason?: unknown } {
  return ((parseJson(body) ?? {}) as { events?: [object] }).events?.[0] ?? {};
}

function isSigned(token: string, secret: string): boolean {
  try {
    jwt.verify(token, secret, { algorithms: ['HS256'] });
    return true;
  } catch {
    return false;
  }
}

const isEndWithoutReason = (body: string) =>
  eventIn(body).name === 'END_OF_CONVERSATION' && !('reason' in eventIn(body));

suite('A tenant that takes one wrong request of many', () => {
  test('is charged with that one, and the others still have a twin', async () => {
    const tenant = await before((body, _, response) => {
      if (!isEndWithoutReason(body)) return false;
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"STATUS":"OK"}');
      return true;
    });
    const ended = await run(endOfConversation, { env: tenant.env, measured: true });
    assert.equal(onlyResult(ended).verdict, 'warning');
    assert.deepEqual(findings(ended), [
      'the tenant answered 200 although END_OF_CONVERSATION: reason is missing (HOOKS-EOC-02)',
    ]);
    const places = tried(ended);
    assert.ok(places.length > 10);
    // One request is sent with a wrong id on purpose.
    const ids = places
      .map(([, conversation]) => String(conversation))
      .filter((id) => id.startsWith('conformance-'));
    assert.equal(new Set(ids).size, 2, 'one more conversation');
  });
});

suite('A tenant that refuses a wrong request, and takes it all the same', () => {
  test('is charged with that, and leaves the refusal undecided', async () => {
    const env = await sandboxWith({
      aroundHooks: (request, answer) => {
        const [event] = eventsIn(jsonOf(request.body));
        if (event?.name !== 'END_OF_CONVERSATION' || 'reason' in event) return answer();
        event.reason = 'agent_initiated';
        const { status } = answer() as Answer;
        return refusal(400, `reason is missing, but it was taken with ${status}`);
      },
    });
    const ended = await run(endOfConversation, { env, measured: true });
    const { verdict, record } = onlyResult(ended);
    assert.equal(verdict, 'fail');
    const undecided = record.checks.filter((check) => check.verdict === 'inconclusive');
    assert.deepEqual(
      undecided.map(({ requirement }) => requirement),
      ['HOOKS-ERR-02'],
    );
    assert.equal(findings(ended).length, 1);
    assert.match(
      findings(ended).join(),
      /^refused with 409: END_OF_CONVERSATION .*; accepted when no refused request comes before it; here one did: .*reason is missing/,
    );
  });

  test('for the bot before it as well', async () => {
    const { behaviour } = faults.find(({ name }) => name === 'refuses-what-follows-an-unknown-bot')!;
    const env = await sandboxWith(behaviour());
    const ended = await run(['features/conversation-events/unknown-bot.feature'], { env, measured: true });
    assert.equal(ended.code, 1, ended.output);
    assert.match(
      ended.output,
      /^fail +HOOKS-SEQ-04 \(must\) +refused with 400: NA entry .*; accepted when no refused request comes before it; here one did: the botId .* is unknown/m,
    );
  });
});

test('A tenant that refuses a right request once, after a wrong one, is not charged with that', async () => {
  let hasRefused = false;
  const refusesOnce = (body: HooksBody) => {
    const text = JSON.stringify(body);
    const isHit = !hasRefused && /warm/i.test(text) && text.includes('"exit"');
    hasRefused ||= isHit;
    return isHit;
  };
  const env = await sandboxWith(refusing(refusesOnce, refusal(409, 'Not now')));
  const ended = await run(['features/conversation-events/unknown-bot.feature'], { env, measured: true });
  assert.ok(hasRefused);
  assert.equal(ended.code, 3, ended.output);
  assert.match(ended.output, /so is the same request put right/);
});

suite('A tenant that does not answer a token whose signature is wrong', () => {
  test('has not refused it, whatever it does without a token', async () => {
    const { env } = await before((_, request) => {
      const token = String(request.headers.token ?? '');
      if (!token || isSigned(token, env.TENANT_CLIENT_SECRET!)) return false;
      request.socket.destroy();
      return true;
    });
    const ended = await run([...tampered], { env });
    assert.equal(ended.code, 3, ended.output);
    const { requirements }: ConformanceReport = JSON.parse(
      readFileSync(path.join(ended.reports, 'conformance.json'), 'utf8'),
    );
    assert.equal(requirements.find(({ id }) => id === 'HOOKS-AUTH-01')?.verdict, 'inconclusive');
  });
});

test('A tenant that fails once, at the request put right, is charged with that', async () => {
  let hasFailed = false;
  const failsOnce = (body: HooksBody) => {
    const fails = !hasFailed && isMessage(body) && body.author.type === 'AGENT';
    hasFailed ||= fails;
    return fails;
  };
  const env = await sandboxWith(refusing(failsOnce, refusal(500, '')));
  const ended = await run(['--name', 'A wrong field in an agent message'], { env, measured: true });
  assert.equal(ended.code, 1, ended.output);
  assert.match(findings(ended).join(), /^answered with 500: agent message .*accepted when sent once more/);
});

suite('A tenant that closes the connection on one wrong request', () => {
  test('is asked the rest, and what it takes of that is found', async () => {
    const tenant = await before((_, request, response) => {
      if (request.method === 'GET') request.socket.destroy();
      else if (request.method === 'PUT') response.writeHead(200).end('OK');
      else return false;
      return true;
    });
    const ended = await run(otherForms, { env: tenant.env, measured: true });
    assert.deepEqual(findings(ended), ['the tenant answered 200 although it is sent with method PUT']);
    assert.ok(tried(ended).some(([wrong]) => wrong.endsWith('method DELETE')));
    assert.equal(onlyResult(ended).verdict, 'inconclusive');
    assert.match(onlyResult(ended).record.reason ?? '', /method GET/);
  });
});

suite('A tenant that trusts one of many tokens', () => {
  test('is charged with that one, in each kind of request', async () => {
    const tenant = await before((_, { headers }, response) => {
      if (String(headers.token).split('.').length !== 2) return false;
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"STATUS":"OK"}');
      return true;
    });
    const ended = await run(tampered, { env: tenant.env, measured: true });
    assert.equal(ended.code, 1, ended.output);
    const all = findings(ended);
    assert.ok(all.length > 10, `${all.length} findings`);
    const accepted = tried(ended).filter(([wrong]) => wrong.endsWith('cut off after its claims'));
    assert.ok(accepted.length >= all.length);
    assert.equal(onlyResult(ended).verdict, 'fail');
  });
});
