// Runs against tenants that deviate in one way each, and with incomplete settings. Tenants that differ where the documents
// leave freedom are in src/sandbox/variations, and `npm run prove` tries them.
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { before as beforeAll, suite, test } from 'node:test';
import jwt, { type JwtPayload } from 'jsonwebtoken';
import type { LifecycleRule } from '../../src/protocol/lifecycle/rules.ts';
import { isIn } from '../../src/protocol/lifecycle/state.ts';
import { jsonPost } from '../../src/sandbox/assign-conversation.ts';
import { documentedBehaviour } from '../../src/sandbox/behaviour.ts';
import { fewAtATime, type Run, run, settingsFor } from './harness.ts';
import { always, before, sandboxWith, success } from './tenants.ts';

const features = 'features/conversation-events';
const minimum = `${features}/minimum-conversation.feature`;
const callbacks = 'features/routing/callback.feature';
const refusedEvents = ['--name', 'A wrong field in an exit event'];
const expiredTokens = ['--name', 'The requests of a chat, first with a token that does not fit'];

/** A tenant that accepts a token out of its time by our clock. @param adapt changes how that answer is sent */
async function acceptingUntimely(
  adapt: (response: ServerResponse) => ServerResponse,
  isEarly = false,
): Promise<Record<string, string>> {
  const { env } = await before((_, { headers }, response) => {
    const { exp = Infinity, nbf = 0 } = (jwt.decode(String(headers.token)) ?? {}) as JwtPayload;
    if (isEarly ? nbf * 1000 <= Date.now() : exp * 1000 > Date.now()) return false;
    adapt(response).end('OK');
    return true;
  });
  return env;
}

interface Case {
  args: string[];
  env: () => Promise<Record<string, string>>;
  code: number;
  /** The distinct verdicts of the scenarios, sorted. */
  verdicts: string[];
  says?: RegExp[];
}

const event = 'NA entry of Agent 1, 1st request of conversation (?:conformance-|\\d{20}$)';
const accepts = () => always(200, '{"STATUS":"OK"}');

const cases: Record<string, Case> = {
  'answers 202': {
    args: [minimum],
    env: () => success({ status: 202 }),
    code: 1,
    verdicts: ['fail'],
    says: [
      /HOOKS-RESP-01 \(must\) {2}success is HTTP 200, the tenant answered 202/,
      new RegExp(`^ +event +${event}`, 'm'),
      /^ +expected +HTTP 200$/m,
      /^ +answer +202 with an empty body$/m,
      /^ +repeat +curl -i -X POST 'http:\/\/127.*-H "token: \$TENANT_JWT".*--data-raw '\{.*"conversationId":/m,
    ],
  },
  'says QUEUED': {
    args: [minimum],
    env: () => success({ body: '{"STATUS":"QUEUED"}' }),
    code: 1,
    verdicts: ['fail'],
    says: [/HOOKS-RESP-02 \(must\) .*STATUS.*QUEUED/, /answer +200 \{"STATUS":"QUEUED"\}/],
  },
  'says OK in a web page': {
    args: [minimum],
    env: () => success({ body: '<html>OK</html>' }),
    code: 1,
    verdicts: ['fail'],
    says: [/HOOKS-RESP-02 \(must\) .*neither empty, nor OK, nor JSON/],
  },
  'accepts what should be refused': {
    args: refusedEvents,
    env: accepts,
    code: 0,
    verdicts: ['warning'],
    says: [
      /^warning {2}A wrong field in an exit event/m,
      /HOOKS-ERR-02 \(should\) {2}the tenant answered 200 although envelope: conversationId is empty/,
    ],
  },
  'accepts what should be refused, with --fail-on should': {
    args: [...refusedEvents, '--fail-on', 'should'],
    env: accepts,
    code: 1,
    verdicts: ['fail'],
    says: [/HOOKS-ERR-02 \(should\)/],
  },
  'refuses everything, where only refusals are asked for': {
    args: ['--name', 'A wrong field in an (entry|exit)'],
    env: () => always(403, '{"code":403,"message":"Forbidden"}'),
    code: 3,
    verdicts: ['inconclusive'],
  },
  'refuses the short redial, and nothing else': {
    args: [`${features}/redial.feature`],
    env: () => sandboxWith({ order: { ...documentedBehaviour.order, 'a drop is reported': reportedDrop } }),
    code: 0,
    verdicts: ['pass', 'warning'],
    says: [/HOOKS-RDL-06 \(should\) {2}refused with 409: redial entry/, /answer +409 \{"code":409/],
  },
  'takes one event per request, as it may': {
    args: ['--tags', '@HOOKS-ENV-06'],
    env: async () => (await before(refuseSeveralEvents)).env,
    code: 0,
    verdicts: ['recorded'],
    says: [/^verdict +partial: no breach in the part that ran: \d+ of \d+ requirements$/m],
  },
  'accepts an expired token': {
    args: expiredTokens,
    env: () => acceptingUntimely((response) => response),
    code: 0,
    verdicts: ['warning'],
    says: [/HOOKS-AUTH-03 \(should\)/],
  },
  'accepts an expired token, and does not say what time it has': {
    args: expiredTokens,
    env: () => acceptingUntimely((response) => Object.assign(response, { sendDate: false })),
    code: 3,
    verdicts: ['inconclusive'],
    says: [/the tenant's clock is not known: its answers have no Date, so the token may be valid there/],
  },
  'accepts an expired token, and has a clock by which it is valid': {
    args: expiredTokens,
    env: () =>
      acceptingUntimely((response) => {
        return response.setHeader('date', new Date(Date.now() - 2 * 3_600_000).toUTCString());
      }),
    code: 3,
    verdicts: ['inconclusive'],
    says: [/the tenant's clock says .* GMT, so the token may be valid there/],
  },
  'accepts a token that is not valid yet, and has a clock by which it is': {
    args: ['--name', 'The requests of a call, first with a token that does not fit'],
    env: () =>
      acceptingUntimely((response) => {
        return response.setHeader('date', new Date(Date.now() + 2 * 3_600_000).toUTCString());
      }, true),
    code: 3,
    verdicts: ['inconclusive'],
    says: [/that is not valid yet: accepted, but the tenant's clock says .* GMT, so the token may be valid/],
  },
  'accepts a token that is not valid yet': {
    args: ['--name', 'The requests of a call, first with a token that does not fit'],
    env: () => acceptingUntimely((response) => response, true),
    code: 0,
    verdicts: ['warning'],
    says: [/HOOKS-AUTH-03 \(should\)/],
  },
  'delivers no outcome': {
    args: [callbacks],
    env: () => sandboxWith({ callbacks: () => [] }),
    code: 1,
    verdicts: ['fail'],
    says: [/ASSIGN-CB-01 \(must\)/],
  },
  'delivers each outcome twice': {
    args: [callbacks],
    env: () => sandboxWith({ callbacks: (outcome) => [jsonPost(outcome), jsonPost(outcome)] }),
    code: 0,
    verdicts: ['recorded', 'warning'],
    says: [/ASSIGN-CB-02 \(should\) .*\b(2|twice|two)\b/],
  },
  'lacks the settings of routing': {
    args: ['--tags', '@ASSIGN-REQ-01 or @HOOKS-SUM-03'],
    env: async () => {
      const { TENANT_ORG_ID: _, TENANT_QUEUE_ID: __, ...others } = await sandboxWith({});
      return others;
    },
    code: 0,
    verdicts: ['not-applicable', 'pass'],
  },
  'lacks the setting of an account': {
    args: ['--tags', '@ASSIGN-REQ-07 or @HOOKS-SUM-03'],
    env: async () => {
      const { TENANT_ACCOUNT_ID: _, ...others } = await sandboxWith({});
      return others;
    },
    code: 0,
    verdicts: ['not-applicable', 'pass'],
  },
  'has only scenarios that do not apply': {
    args: ['--tags', '@ASSIGN-REQ-01'],
    env: async () => settingsFor((await always(200, 'OK')).TENANT_URL),
    code: 3,
    verdicts: ['not-applicable'],
  },
};

/** Accepting the short form of a redial is only a should: a tenant may insist on the documented exit before it. */
const reportedDrop: LifecycleRule = {
  requirement: 'HOOKS-RDL-01',
  clause: 'the agent who redials has left before',
  breach: ({ present }, step) =>
    step.type === 'transfer' && step.transfer === 'redial' && isIn(present, step.agent)
      ? 'the agent is still there'
      : undefined,
};

/** Refuses a request with more than one event. */
function refuseSeveralEvents(body: string, _: unknown, response: ServerResponse): boolean {
  if ((body.match(/"name":"(INTERNAL|TRIGGER|END)_/g) ?? []).length < 2) return false;
  response.writeHead(400, { 'content-type': 'application/json' }).end('{"message":"one event, please"}');
  return true;
}

function verdictsOf({ collected }: Run): string[] {
  return [...new Set(collected.results.map(({ verdict = 'not-run' }) => verdict))].sort();
}

suite('a tenant that', () => {
  const runs = new Map<string, Run>();

  beforeAll(async () => {
    const tasks = Object.values(cases).map(
      ({ args, env }) =>
        async () =>
          run(args, { env: await env(), measured: true }),
    );
    const done = await fewAtATime(tasks);
    for (const [index, name] of Object.keys(cases).entries()) runs.set(name, done[index]!);
  });

  for (const [name, { code, verdicts, says = [] }] of Object.entries(cases)) {
    test(name, () => {
      const ended = runs.get(name)!;
      assert.deepEqual(verdictsOf(ended), verdicts, ended.output);
      assert.equal(ended.code, code, ended.output);
      for (const words of says) assert.match(ended.output, words);
    });
  }

  test('lacks a setting hears its name', () => {
    const [result] = runs
      .get('lacks the settings of routing')!
      .collected.results.filter((one) => one.verdict !== 'pass');
    assert.equal(result?.reason, 'not set: TENANT_ORG_ID, TENANT_QUEUE_ID');
    assert.match(
      runs.get('lacks the settings of routing')!.output,
      /^settings +not set: TENANT_ORG_ID, TENANT_QUEUE_ID \(\d+ scenarios are not applicable\)$/m,
    );
  });
});
