// Refusals that depend on what came before, on a known deviation, or on who asks: each is charged to what it is about, alone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import jwt, { type JwtPayload } from 'jsonwebtoken';
import type { Event, HooksBody } from '../../src/protocol/events.ts';
import type { Behaviour } from '../../src/sandbox/behaviour.ts';
import { jsonOf } from '../../src/sandbox/body-checks.ts';
import { documentedHooksChecks, type HooksCheck } from '../../src/sandbox/hooks.ts';
import { refusal } from '../../src/sandbox/refusal.ts';
import { variations } from '../../src/sandbox/variations/catalogue.ts';
import type { ConformanceReport } from '../../src/verdict/report-types.ts';
import { type Run, run } from './harness.ts';
import { profile } from './profiles.ts';
import { sandboxWith } from './tenants.ts';

const no = refusal(400, 'no');

function variation(name: string): Partial<Behaviour> {
  return variations.find((one) => one.name === name)?.behaviour?.() ?? {};
}

/** A tenant with a rule of its own. @param when called with what it has accepted of the conversation */
function refusingIf(
  base: Partial<Behaviour>,
  when: (past: readonly HooksBody[], body: HooksBody) => boolean,
): Partial<Behaviour> {
  const pasts = new Map<string, HooksBody[]>();
  const rule: HooksCheck = ({ body }) => {
    const value = jsonOf(body) as HooksBody | undefined;
    if (typeof value !== 'object' || value === null) return undefined;
    const past = pasts.get(value.conversationId) ?? [];
    if (when(past, value)) return no;
    pasts.set(value.conversationId, [...past, value]);
    return undefined;
  };
  return { ...base, hooksChecks: { ...documentedHooksChecks, ...base.hooksChecks, 'a rule': rule } };
}

function eventsOf(bodies: readonly HooksBody[]): Event[] {
  return bodies.flatMap((body) => (body.events ?? []) as Event[]);
}

const endOf = (body: HooksBody) => eventsOf([body]).find((event) => event.name === 'END_OF_CONVERSATION');
const transfersOf = (past: readonly HooksBody[]) =>
  eventsOf(past).filter((event) => event.name === 'INTERNAL_TRANSFER_EVENT');

function withVerdict({ reports }: Run, verdict: string): string[] {
  const text = readFileSync(path.join(reports, 'conformance.json'), 'utf8');
  const { requirements } = JSON.parse(text) as ConformanceReport;
  return requirements.filter((one) => one.verdict === verdict).map(({ id }) => id);
}

suite('An end that is refused for what came before is charged once', { concurrency: 2 }, () => {
  const tags = '@HOOKS-EOC-05 or @HOOKS-SUM-05 or @HOOKS-RDL-01 or @HOOKS-SUM-03';
  const cases: [requirement: string, when: (past: readonly HooksBody[], body: HooksBody) => boolean][] = [
    [
      'HOOKS-EOC-05',
      (past, body) =>
        endOf(body)?.participant.identity !== transfersOf(past)[0]?.participant.identity &&
        endOf(body) !== undefined,
    ],
    [
      'HOOKS-SUM-01',
      (past, body) =>
        endOf(body) !== undefined && eventsOf(past).some(({ name }) => name === 'TRIGGER_SUMMARY_EVENT'),
    ],
    [
      'HOOKS-RDL-01',
      (past, body) =>
        endOf(body) !== undefined &&
        transfersOf(past).filter((one) => one.transfertype === 'NA' && one.transition === 'exit').length > 1,
    ],
  ];
  for (const [requirement, when] of cases) {
    test(requirement, async () => {
      const env = await sandboxWith(refusingIf(variation('accepts-events-in-any-order'), when));
      const ended = await run(['--tags', tags], { env, measured: true });
      assert.deepEqual(withVerdict(ended, 'fail'), [requirement], ended.output);
    });
  }
});

test('A known deviation explains no new breach', async () => {
  const isMute = (past: readonly HooksBody[]) =>
    transfersOf(past).some((one) => one.transfertype === 'redial');
  for (const [isNew, fails] of [
    [false, []],
    [true, ['HOOKS-MSG-08']],
  ] as const) {
    const behaviour = refusingIf(
      {},
      (past, body) => body.author?.type === 'AGENT' && ((isNew && body.language !== 'en') || isMute(past)),
    );
    const env = await sandboxWith(behaviour);
    const own = profile(env);
    own.deviations.write(
      '- requirement: HOOKS-MSG-04\n  message: accepted of the other author\n  reason: ticket 1\n',
    );
    const features = ['redial', 'messages', 'languages'].map(
      (name) => `features/conversation-events/${name}.feature`,
    );
    const ended = await run([...own.args, ...features], { env, measured: true });
    assert.deepEqual(withVerdict(ended, 'fail'), fails, ended.output);
    assert.deepEqual(withVerdict(ended, 'known-deviation'), ['HOOKS-MSG-04']);
  }
});

test('A tenant that misses nothing and knows one experience is not charged with its name', async () => {
  const behaviour = refusingIf(
    variation('accepts-whatever-is-json'),
    (_, body) => 'query' in body && body.experience === 'voice',
  );
  const ended = await run(['--tags', '@HOOKS-MSG-03'], { env: await sandboxWith(behaviour), measured: true });
  assert.deepEqual(withVerdict(ended, 'fail'), [], ended.output);
  assert.deepEqual(withVerdict(ended, 'warning'), ['HOOKS-MSG-03']);
});

test('Tokens that are answered in different ways are charged to what each is about', async () => {
  const token: HooksCheck = (request, identity) => {
    const refused = documentedHooksChecks.token(request, identity);
    const { exp = Infinity } = (jwt.decode(String(request.headers.token)) ?? {}) as JwtPayload;
    return refused && exp * 1000 > Date.now() ? refusal(500, 'broken') : undefined;
  };
  const env = await sandboxWith({ hooksChecks: { ...documentedHooksChecks, token } });
  const ended = await run(['--tags', '@HOOKS-AUTH-03'], { env, measured: true });
  assert.deepEqual(withVerdict(ended, 'fail'), ['HOOKS-AUTH-01'], ended.output);
  assert.deepEqual(withVerdict(ended, 'warning'), ['HOOKS-AUTH-03']);
});
