// What looks like the time of a request, where none is known.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { foundIn, requestOf, requestsIn } from './logs.ts';

const body = { conversationId: 'c-1', botId: 'st-1', events: [{ name: 'TRIGGER_SUMMARY_EVENT' }] };
const iso = '2026-11-24T16:00:29.968Z';
const ms = Date.parse(iso);

suite('Without a time that is known', () => {
  for (const [given, otherTimes] of [
    [{ moment: iso }, { '.moment': ms }],
    [{ call: { moment: iso } }, { '.call.moment': ms }],
    [{ time: '16:00:29.968' }, { '.time': '16:00:29.968' }],
    [{ date: '05/04/2026 16:00:29' }, { '.date': '05/04/2026 16:00:29' }],
    // A day without an hour, a time of an earlier century, a duration, words, and what is said of an answer.
    [{ born: '2026-11-24' }, undefined],
    [{ born: '1980-11-24T10:00:00Z' }, undefined],
    [{ duration: '00:01:20' }, undefined],
    [{ msg: 'sent at 10:00' }, undefined],
    [{ response: { moment: iso } }, undefined],
    [{ moment: iso, time: iso }, undefined],
  ] as const) {
    test(JSON.stringify(given), async () => {
      const { otherTimes: found } = await requestOf({ level: 'info', req: { body }, ...given });
      assert.deepEqual(found, otherTimes);
    });
  }

  test('the beginning of a line, up to its clock', async () => {
    const [found] = requestsIn(await foundIn(`Nov 24 16:00:29 host sent ${JSON.stringify(body)}\n`));
    assert.deepEqual(found?.otherTimes, { 'the beginning of the line': 'Nov 24 16:00:29' });
  });

  test('what lies outside of a list is not about one of its members', async () => {
    const { otherTimes } = await requestOf({ exported: { moment: iso }, items: [{ moment: iso, body }, {}] });
    assert.deepEqual(otherTimes, { '.moment': ms });
  });
});
