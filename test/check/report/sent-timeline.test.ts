// The timeline of a conversation of a log, which its picture shows.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { sentTimeline, stepsOfFinding } from '../../../src/check/report/sent-timeline.ts';
import type { SentStep } from '../../../src/check/result.ts';
import { drawing } from '../../../src/evidence/drawing.ts';
import { senderFinding } from '../../../src/protocol/lifecycle/lifecycle.ts';
import { xmlProblem } from '../../run/xml.ts';
import { conversation, hasty, hastyTakeOver, placed, steps } from '../fixtures.ts';

const marksOf = (sent: readonly SentStep[], finding = hasty) =>
  sentTimeline(conversation('call-1', { steps: sent }), finding).moments.flatMap(({ marked }, index) =>
    marked ? [index + 1] : [],
  );

suite('The timeline of a conversation that was sent', () => {
  test('has a lane for each agent, and the line of each step', () => {
    const { lanes, moments, about } = sentTimeline(conversation(), hasty);
    assert.equal(about, 'conversation call-1');
    assert.deepEqual(
      lanes.map(({ name, stays }) => [name, stays]),
      [
        ['Agent 1', [{ kind: 'NA', from: 0, to: 2 }]],
        ['Agent 2', [{ kind: 'cold', from: 1, to: 4 }]],
        ['conversation', []],
      ],
    );
    assert.deepEqual(
      moments.map(({ caption, request }) => `${request.answer}: ${caption}`),
      [
        'line 1: NA entry',
        'line 2: cold entry',
        'line 3: cold exit',
        'line 4: message',
        'line 5: NA exit',
        'line 6: summary',
        'line 7: end',
      ],
    );
  });

  test('agents with the same name are distinguished by their identity', () => {
    const alike = hastyTakeOver.map((sent) => {
      const { step } = sent;
      return step.type === 'transfer'
        ? { ...sent, step: { ...step, agent: { ...step.agent, name: 'Jane Doe' } } }
        : sent;
    });
    const { lanes } = sentTimeline(conversation('call-1', { steps: alike }), hasty);
    assert.deepEqual(
      lanes.map(({ name }) => name),
      ['agent-1', 'agent-2', 'conversation'],
    );
  });

  test('the steps of a line share a request', () => {
    const sent = steps('NA entry 1', 'NA exit 1', 'end').map((one, event) => ({
      ...one,
      line: event === 2 ? 2 : 1,
      event,
    }));
    const [first, second, third] = sentTimeline(conversation('call-1', { steps: sent }), hasty).moments;
    assert.equal(first!.request, second!.request);
    assert.notEqual(second!.request, third!.request);
  });

  test('a request that was refused or not answered is shown, and moves nobody', () => {
    const [entry, exit, end] = steps('NA entry 1', 'NA exit 1', 'end') as [SentStep, SentStep, SentStep];
    const sent = [
      { ...entry, status: 201 },
      { ...exit, status: 409 },
      { ...end, status: 0 },
    ];
    const { lanes, moments } = sentTimeline(conversation('call-1', { steps: sent }), hasty);
    assert.deepEqual(
      moments.map(({ request }) => request.result),
      ['accepted', 'refused', 'no answer'],
    );
    assert.equal(moments[1]!.request.reason, 'answered with 409');
    assert.deepEqual(lanes[0]!.stays, [{ kind: 'NA', from: 0 }]);
  });
});

suite('The steps of a finding', () => {
  test('are its event', () => {
    assert.deepEqual(marksOf(hastyTakeOver), [2]);
  });

  test('are the message of its request, or all of it', () => {
    const [message, exit] = steps('message', 'NA exit 1') as [SentStep, SentStep];
    const sent = [
      { ...message, event: undefined },
      { ...exit, line: 1 },
    ];
    const of = (pointer: string) =>
      stepsOfFinding(sent, placed(senderFinding('HOOKS-SEQ-12', 'to nobody', pointer), 1));
    assert.deepEqual([of('/query'), of('/botId'), of('')], [[0], [0, 1], [0, 1]]);
  });

  test('are in its line and its file only', () => {
    assert.deepEqual(marksOf(hastyTakeOver, { ...hasty, file: 'other.ndjson' }), []);
    assert.deepEqual(marksOf(hastyTakeOver, { ...hasty, line: 99 }), []);
  });

  test('are framed in the picture, however late they come', () => {
    const messages = Array.from({ length: 200 }, () => 'message');
    const sent = steps('NA entry 1', ...messages, 'NA exit 1', 'end');
    const late = { ...hasty, line: 150 };
    const svg = drawing(sentTimeline(conversation('call-1', { steps: sent }), late), 'a title');
    assert.equal(xmlProblem(svg), undefined);
    assert.equal(svg.match(/<rect class="cv-k"/g)?.length, 1);
    assert.match(svg, /<text class="cv-r"[^>]*>150<\/text>/);
    assert.match(svg, />126 to 173 are shown, 155 more are left out</);
    assert.match(svg, /cv-y cv-NA/, 'that the agent is there is seen, though the entry is not');
  });

  test('times are shown where the log has them', () => {
    const at = Date.parse('2026-07-01T03:00:00Z');
    const timed = hastyTakeOver.map((one, index) => ({ ...one, time: at + index * 1500 }));
    const drawn = (sent: readonly SentStep[]) =>
      drawing(sentTimeline(conversation('call-1', { steps: sent }), hasty), '');
    assert.match(drawn(timed), />2 · \+1\.5 s</);
    assert.match(drawn(hastyTakeOver), />2<\/text>/);
    assert.doesNotMatch(drawn(hastyTakeOver), /NaN/);
  });
});
