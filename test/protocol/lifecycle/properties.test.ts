// Everything that the documents allow passes, in the model and in the sandbox; every mistake is found, by the
// requirement that it breaks. fast-check prints the seed of a failure, and the shortest conversation that shows it.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import fc from 'fast-check';
import { type RequirementId, requirement } from '../../../src/protocol/catalogue.ts';
import { eventOfStep } from '../../../src/protocol/event-table.ts';
import { defaultDialect, type HooksBody } from '../../../src/protocol/events.ts';
import type { SenderFinding } from '../../../src/protocol/lifecycle/lifecycle.ts';
import { placedStepsOf } from '../../../src/protocol/lifecycle/step.ts';
import { ConversationTracker } from '../../../src/protocol/lifecycle/tracker.ts';
import { withDefect } from '../../../src/protocol/mutations.ts';
import { hooksFindings } from '../../../src/protocol/sent-request.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts';
import { send } from '../../sandbox/client.ts';
import { fieldsOf } from '../documented-fields.ts';
import { bodiesOf, conversation, describeStep, dialect, textOf } from './conversations.ts';
import { ids, judgedBodies } from './judged.ts';
import { mistakesAt } from './mistakes.ts';

const envelope = { conversationId: 'c-12345', botId: 'st-XXXX' };
const noQuality = { qualityModule: false };
const noSummary = 'HOOKS-RDL-01 (should)';
const joined = fc.array(fc.boolean(), { minLength: 1, maxLength: 5 });
/** Which conversation goes on next; counts round. */
const turns = fc.array(fc.nat(3), { minLength: 1, maxLength: 20 });

/** One body of each in turn, as long as there are any. */
function interleaved<T>(lists: readonly T[][], turns: readonly number[]): T[] {
  const queues = lists.map((list) => [...list]);
  const mixed: T[] = [];
  for (let turn = 0; queues.some((queue) => queue.length > 0); turn += 1) {
    const open = queues.filter((queue) => queue.length > 0);
    mixed.push(open[(turns[turn % turns.length] ?? 0) % open.length]!.shift()!);
  }
  return mixed;
}

suite('What the documents allow', () => {
  let sandbox: Sandbox;
  let number = 0;
  before(async () => {
    sandbox = await startSandbox();
  });
  after(() => sandbox.close());

  test('breaks no must of the model, however conversations interleave', () => {
    const several = fc.array(conversation, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(several, dialect, joined, turns, (conversations, dialect, joined, turns) => {
        const all = conversations.map((steps, index) =>
          bodiesOf(steps, { ...envelope, conversationId: `c-${index}` }, dialect, joined),
        );
        const trackers = new Map<string, ConversationTracker>();
        const found: SenderFinding[] = [];
        for (const body of interleaved(all, turns)) {
          found.push(...hooksFindings({ body }, noQuality));
          const tracker = trackers.get(body.conversationId) ?? new ConversationTracker();
          trackers.set(body.conversationId, tracker);
          const { breaches } = tracker.take({ steps: placedStepsOf(body) });
          found.push(...breaches.map(({ finding }) => finding));
        }
        for (const { missing } of trackers.values()) found.push(...missing);
        assert.deepEqual(
          found.filter(({ level }) => level === 'must'),
          [],
        );
      }),
    );
  });

  test('only has warnings for the discouraged forms of redial', () => {
    fc.assert(
      fc.property(conversation, (steps) => {
        const warned = ids(judgedBodies(bodiesOf(steps, envelope, defaultDialect)));
        const redials = steps.filter((step) => step.type === 'transfer' && step.transfer === 'redial');
        const allowed = redials.length > 0 ? ['HOOKS-RDL-01 (should)', 'HOOKS-RDL-06 (should)'] : [];
        for (const one of warned) assert.ok(allowed.includes(one), one);
      }),
    );
  });

  test('is accepted by the sandbox', async () => {
    const several = fc.array(conversation, { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(several, dialect, joined, turns, async (conversations, dialect, joined, turns) => {
        const botId = sandbox.settings.TENANT_BOT_ID!;
        const all = conversations.map((steps) => {
          number += 1;
          return bodiesOf(steps, { conversationId: `made-${number}`, botId }, dialect, joined);
        });
        for (const body of interleaved(all, turns)) {
          const reply = await send(sandbox, { body });
          assert.equal(reply.status, 200, JSON.stringify(reply.json));
        }
      }),
      { numRuns: 40 },
    );
  });
});

/**
 * What may be reported as well: another clause that the conversation breaks. An agent who does not leave is still
 * there at the summary and at the end; what comes after the end breaks SEQ-03, and EOC-01 or SUM-04 as well.
 */
const alsoBroken = new Set(['HOOKS-SEQ-02', 'HOOKS-SEQ-03', 'HOOKS-SUM-04', 'HOOKS-SEQ-16']);

test('one mistake is found, by the requirement that it breaks, and is not reported as several', () => {
  fc.assert(
    fc.property(conversation, (steps) => {
      const usual = ids(judgedBodies(bodiesOf(steps, envelope, defaultDialect)));
      for (let index = 0; index < steps.length; index += 1) {
        for (const { what, steps: wrong, breaks } of mistakesAt(steps, index)) {
          const found = judgedBodies(bodiesOf(wrong, envelope, defaultDialect));
          const fresh = ids(found).filter((id) => breaks.includes(id) || !usual.includes(id));
          const about = `step ${index + 1}, ${describeStep(steps[index]!)}, ${what}: ${textOf(wrong)}\nfound: ${fresh.join(', ')}`;
          assert.ok(
            breaks.some((id) => fresh.includes(id)),
            `${about}\nbut it breaks ${breaks.join(' or ')}`,
          );
          const echoes = found.filter(({ level }) => level === 'must').map(({ requirement }) => requirement);
          const [first, ...others] = echoes.filter((id) => !alsoBroken.has(id));
          assert.deepEqual(others, [], `${about}\nalthough ${first} covers it`);
        }
      }
    }),
  );
});

test('one wrong field is found, by its requirement, and nothing else is held against the conversation', () => {
  const defects = [{ kind: 'left out' }, { kind: 'of the wrong type' }] as const;
  fc.assert(
    fc.property(conversation, dialect, fc.nat(), (steps, dialect, seed) => {
      const bodies = bodiesOf(steps, envelope, dialect);
      const usual = ids(judgedBodies(bodies));
      for (const [index, { type }] of steps.entries()) {
        const fields = fieldsOf(type === 'message' ? type : eventOfStep(type));
        const { field, missing: leftOut, wrong: mistyped } = fields[(seed + index) % fields.length]!;
        for (const defect of defects) {
          const wrong = withDefect(bodies[index]!, field, defect);
          const about = `step ${index + 1}, ${describeStep(steps[index]!)}: ${field} ${defect.kind}`;
          const broken = (defect.kind === 'left out' ? leftOut : mistyped).map((id) => {
            const { level } = requirement(id as RequirementId);
            return level === 'must' ? id : `${id} (${level})`;
          });
          assert.deepEqual(ids(hooksFindings({ body: wrong }, noQuality)), broken, about);
          // A broken END_OF_CONVERSATION does not end it, and an unreadable event does not count as a summary.
          const unread = field === 'name' || field === 'events';
          const missing =
            unread && type === 'end' ? ['HOOKS-SEQ-16'] : unread && type === 'summary' ? [noSummary] : [];
          const found = ids(judgedBodies(bodies.toSpliced(index, 1, wrong as HooksBody)));
          assert.deepEqual(
            found.filter((one) => !usual.includes(one) && !missing.includes(one)),
            [],
            about,
          );
        }
      }
    }),
  );
});
