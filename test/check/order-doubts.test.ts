// An order that nobody knows: a log without times that has its newest line first, and several logs of one conversation.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bodiesOf, broken, checked, type Line } from './checked-lines.ts';

const status = 200;
const flow = (id: string) => bodiesOf('the cold transfer flow', id).map((body): Line => ({ body, status }));
const whole = flow('whole');
/** The entry of the next agent comes before the exit of the one before. */
const hasty = (id: string) => {
  const [entry, exit, next, ...rest] = flow(id) as [Line, Line, Line, ...Line[]];
  return [entry, next, exit, ...rest];
};
const reasonsOf = (lines: readonly Line[]) => {
  const found = checked(lines);
  return [found.summary.verdict, ...broken(found), ...found.summary.reasons];
};

describe('a log without times, newest first', () => {
  test('is not judged by its order at all: one conversation shows it for the others', () => {
    for (const other of [hasty('other'), flow('other').slice(0, 3), flow('other').slice(1)]) {
      for (const log of [
        [...other, ...whole],
        [...whole, ...other],
      ]) {
        const [verdict, reason, ...more] = reasonsOf(log.toReversed());
        assert.deepEqual([verdict, more], ['inconclusive', []]);
        assert.match(
          reason!,
          /^1 conversation without times that differ .* the order of 2 conversations is not judged.*--time \.path/,
        );
      }
    }
  });

  test('with the same time in each line, as that of a process, is none with times', () => {
    const log = [...whole.toReversed(), ...hasty('other')].map((line) => ({ ...line, time: 1000 }));
    assert.equal(reasonsOf(log)[0], 'inconclusive');
  });

  test('is not one that has as many conversations in order as it stands', () => {
    const [verdict, ...found] = reasonsOf([
      ...whole,
      ...flow('second'),
      ...hasty('other'),
      ...flow('back').toReversed(),
    ]);
    assert.equal(verdict, 'non-conformant');
    assert.deepEqual(found.slice(0, 1), [`HOOKS-SEQ-07 at ${2 * whole.length + 2}`]);
  });
});

describe('a log without a time that is known', () => {
  const shuffled = [1, 0, 2, 4, 3].map((at) => ({ ...whole[at]!, at }));
  const moment = (line: Line & { at: number }, now: number | string): Line => ({
    ...line,
    otherTimes: { '.moment': now },
  });

  test('in which something falls that looks like one is not judged by its order', () => {
    const [verdict, reason, ...more] = reasonsOf(shuffled.map((line) => moment(line, line.at)));
    assert.deepEqual([verdict, more], ['inconclusive', []]);
    assert.match(
      reason!,
      /looks like one at \.moment .* the order of 1 conversation is not judged.*--time \.moment/,
    );
  });

  test('nor where it is in a form that is not read', () => {
    const clocks = ['9:59:58', '9:59:59', '10:00:00', '10:00:01', '10:00:02'];
    const [verdict, reason] = reasonsOf(shuffled.map((line) => moment(line, clocks[line.at]!)));
    assert.equal(verdict, 'inconclusive');
    assert.match(reason!, /^the time at \.moment does not rise with the log.*a form that is not read/);
  });

  test('is judged where that rises with the log, or stays', () => {
    for (const now of [(line: number) => line, () => 7, (line: number) => `10:00:0${line}`]) {
      const [verdict, ...found] = reasonsOf(shuffled.map((line, index) => moment(line, now(index))));
      assert.equal(verdict, 'non-conformant');
      assert.equal(found[0], 'HOOKS-SEQ-01 at 1');
    }
  });

  test('is judged where what stands before a clock falls, or midnight comes', () => {
    const clocks = [
      (line: number) => `[worker-${20 - line}] 12:00:0${line}`,
      (line: number) => (line < 2 ? `23:59:5${line}` : `00:00:0${line}`),
    ];
    for (const now of clocks) {
      const [verdict, ...found] = reasonsOf(shuffled.map((line, index) => moment(line, now(index))));
      assert.deepEqual([verdict, found[0]], ['non-conformant', 'HOOKS-SEQ-01 at 1']);
    }
  });

  test('in order as it stands is in order', () => {
    assert.equal(reasonsOf(whole.map((line, at) => moment({ ...line, at }, -at)))[0], 'conformant');
  });
});

describe('a conversation in several logs', () => {
  const inLog = (file: string, lines: readonly Line[], ...seconds: number[]) =>
    lines.map((line, index) => ({
      ...line,
      file,
      line: index + 1,
      ...(seconds.length > 0 ? { time: seconds[index]! * 1000 } : {}),
    }));
  const [first, second] = [whole.slice(0, 2), whole.slice(2)];

  test('without times is in the order in which the logs are named, when that keeps the rules', () => {
    assert.deepEqual(reasonsOf([...inLog('a', first), ...inLog('b', second)]), ['conformant']);
  });

  test('without times, named the other way round, is not decided', () => {
    const [verdict, reason, ...more] = reasonsOf([...inLog('b', second), ...inLog('a', first)]);
    assert.deepEqual([verdict, more], ['inconclusive', []]);
    assert.match(
      reason!,
      /^1 conversation is in several logs .* in the order in which they were written, .*--time \.path/,
    );
  });

  test('of two nodes, line by line, is not decided either', () => {
    const of = (rest: number) => whole.filter((_, index) => index % 2 === rest);
    assert.equal(reasonsOf([...inLog('a', of(0)), ...inLog('b', of(1))])[0], 'inconclusive');
  });

  test('that breaks a rule in any order is broken', () => {
    const [entry, exit, ...rest] = whole as [Line, Line, ...Line[]];
    assert.equal(reasonsOf([...inLog('b', rest), ...inLog('a', [exit, entry])])[0], 'non-conformant');
  });

  test('within the same second is not decided; a second apart it is', () => {
    const [entry, exit, ...rest] = whole as [Line, Line, ...Line[]];
    const log = (seconds: number) => [
      ...inLog('b', [exit, ...rest], ...[exit, ...rest].map((_, index) => 10 + index)),
      ...inLog('a', [entry], 10 + seconds),
    ];
    assert.equal(reasonsOf(log(0))[0], 'inconclusive');
    assert.equal(reasonsOf(log(1))[0], 'non-conformant');
    assert.equal(reasonsOf(log(-1))[0], 'conformant');
  });

  test('with what was refused, and what was sent again, is tried like any other', () => {
    const [entry, ...rest] = whole as [Line, ...Line[]];
    const lost = { ...entry, status: 0 };
    const refused = { ...entry, status: 401 };
    assert.equal(reasonsOf([...inLog('b', rest), ...inLog('a', [refused, lost, entry])])[0], 'inconclusive');
  });
});
