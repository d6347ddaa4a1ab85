// Whatever order the lines of a log have, and however its conversations interleave: the verdict is that of what was sent.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LogCheck } from '../../src/check/log-check.ts';
import type { CheckSummary } from '../../src/check/result.ts';
import type { SentRecord } from '../../src/logs/log-entry.ts';
import type { HooksBody } from '../../src/protocol/events.ts';
import { bodiesOf, conversation, dialect } from '../protocol/lifecycle/conversations.ts';

const several = fc.array(conversation, { minLength: 1, maxLength: 4 });
/** Which line comes next: sorted by these, each line has any place. */
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

/** The conversations, told one line of each in turn, a second between two. */
function told(conversations: readonly HooksBody[][]): Line[] {
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
    told(
      conversations.map((steps, index) =>
        bodiesOf(steps, { conversationId: `c-${index}`, botId: 'st-1' }, dialect, []),
      ),
    ),
  );

test('what is in order by time is in order, wherever its lines stand', () => {
  fc.assert(
    fc.property(logs, keys, (lines, order) => {
      const summary = checked(shuffled(lines, order[Symbol.iterator]()));
      assert.deepEqual([musts(summary), summary.totals.skipped], [[], 0]);
    }),
  );
});

test('a line that is missing has the same consequences, wherever the others stand', () => {
  fc.assert(
    fc.property(logs, fc.nat(), keys, (lines, which, order) => {
      const rest = lines.toSpliced(which % lines.length, 1);
      fc.pre(rest.length > 0);
      const [inOrder, inAnyOrder] = [checked(rest), checked(shuffled(rest, order[Symbol.iterator]()))];
      // Whether one conversation is the continuation of another is told as the lines come.
      const inferred = ['HOOKS-ENV-02', 'HOOKS-RDL-02'];
      const told = (summary: CheckSummary) =>
        musts(summary)
          .filter((id) => !inferred.includes(id))
          .sort();
      assert.deepEqual(told(inAnyOrder), told(inOrder));
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
