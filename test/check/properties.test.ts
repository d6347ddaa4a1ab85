// The verdict does not depend on the order of the lines, or on how conversations interleave.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LogCheck } from '../../src/check/log-check.ts';
import type { CheckSummary } from '../../src/check/result.ts';
import type { SentRecord } from '../../src/logs/log-entry.ts';
import type { HooksBody } from '../../src/protocol/events.ts';
import { bodiesOf, conversation, dialect } from '../protocol/lifecycle/conversations.ts';

const several = fc.array(conversation, { minLength: 1, maxLength: 4 });
/** Sort keys of the lines: they put the lines in any order. */
const keys = fc.infiniteStream(fc.double({ noNaN: true }));

type Line = Omit<SentRecord, 'file' | 'line' | 'body'> & { body: HooksBody };

function checked(lines: readonly Line[]): CheckSummary {
  const check = new LogCheck();
  for (const [index, line] of lines.entries()) check.take({ file: 'log', line: index + 1, ...line });
  return check.end();
}

function musts({ rules }: CheckSummary): string[] {
  return rules.filter(({ level }) => level === 'must').map(({ requirement }) => requirement);
}

/** Interleaves the conversations: one line of each in turn, a second apart. */
function interleaved(conversations: readonly HooksBody[][]): Line[] {
  const longest = Math.max(...conversations.map((bodies) => bodies.length));
  const turns = Array.from({ length: longest }, (_, turn) =>
    conversations.flatMap((bodies) => bodies[turn] ?? []),
  ).flat();
  return turns.map((body, second) => ({ body, time: 1_700_000_000_000 + second * 1000 }));
}

function shuffled(lines: readonly Line[], order: Iterator<number>): Line[] {
  return lines
    .map((line) => ({ line, key: order.next().value as number }))
    .sort((one, other) => one.key - other.key)
    .map(({ line }) => line);
}

const logs = fc
  .record({ conversations: several, dialect })
  .map(({ conversations, dialect }) =>
    interleaved(
      conversations.map((steps, index) =>
        bodiesOf(steps, { conversationId: `c-${index}`, botId: 'st-1' }, dialect, []),
      ),
    ),
  );

test('what is in order by time is in order, in any order of the lines', () => {
  fc.assert(
    fc.property(logs, keys, (lines, order) => {
      const summary = checked(shuffled(lines, order[Symbol.iterator]()));
      assert.deepEqual([musts(summary), summary.totals.skipped], [[], 0]);
    }),
  );
});

test('a missing line has the same consequences, in any order of the others', () => {
  fc.assert(
    fc.property(logs, fc.nat(), keys, (lines, which, order) => {
      const rest = lines.toSpliced(which % lines.length, 1);
      fc.pre(rest.length > 0);
      const [inOrder, inAnyOrder] = [checked(rest), checked(shuffled(rest, order[Symbol.iterator]()))];
      // Whether one conversation continues another depends on the order of the lines.
      const inferred = ['HOOKS-ENV-02', 'HOOKS-RDL-02'];
      const findingsOf = (summary: CheckSummary) =>
        musts(summary)
          .filter((id) => !inferred.includes(id))
          .sort();
      assert.deepEqual(findingsOf(inAnyOrder), findingsOf(inOrder));
      assert.equal(inAnyOrder.verdict, inOrder.verdict);
    }),
  );
});

test('a request that got no answer, and came again, is one request', () => {
  fc.assert(
    fc.property(logs, fc.nat(), fc.constantFrom(0, 500, 503), (lines, which, status) => {
      const index = which % lines.length;
      const { body, time = 0 } = lines[index]!;
      const tried = [
        { body, time, status },
        { body, time: time + 1, status: 200 },
      ];
      assert.deepEqual(musts(checked(lines.toSpliced(index, 1, ...tried))), []);
    }),
  );
});
