// What looks like the time of a request, where none is known.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { OtherTimes } from '../../src/check/other-times.ts';
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

  test('the clock of a line as people in America write it', async () => {
    const [found] = requestsIn(await foundIn(`[main] 4:00:29 PM sent ${JSON.stringify(body)}\n`));
    assert.deepEqual(found?.otherTimes, { 'the beginning of the line': '[main] 4:00:29 PM' });
  });

  test('what lies outside of a list is not about one of its members', async () => {
    const { otherTimes } = await requestOf({ exported: { moment: iso }, items: [{ moment: iso, body }, {}] });
    assert.deepEqual(otherTimes, { '.moment': ms });
  });
});

suite('Of two times that are not read', () => {
  for (const [earlier, later] of [
    ['[worker-10] 12:00:01', '[worker-9] 12:00:02'],
    ['worker-10 12:00:01', 'worker-9 12:00:02'],
    ['10 12:00:01', '9 12:00:02'],
    ['app-1.10 12:00:01', 'app-1.9 12:00:02'],
    ['10.0.0.10:8080 12:00:01', '10.0.0.9:8080 12:00:02'],
    ['23:59:59.9', '00:00:00.1'],
    ['[b] 23:59', '[a] 0:01'],
    ['9:59:59,999', '10:00:00,001'],
    ['11:59:59 AM', '12:00:00 PM'],
    ['12:59:59 PM', '1:00:00 PM'],
    ['May 31 23:59:59', 'Jun  1 00:00:00'],
    ['Mon May  9 12:00:00', 'Tue May 10 11:00:00'],
    ['Dec 31 23:59:59', 'Jan  1 00:00:00'],
    ['[b] 30-Apr-26 12:00:00', '[a] 1-May-26 11:00:00'],
    ['31 December 2025 at 12:00:00', '1 January 2026 at 11:00:00'],
    ['December 31, 2025 12:00:00', 'January 1, 2026 11:00:00'],
    ['[b] 2026-05-04T12:00:00', '[a] 2026-05-05T11:00:00'],
    ['[b] 20260504 12:00:00', '[a] 20260505 11:00:00'],
    ['I0504 12:00:00', 'E0505 11:00:00'],
    ['[b] 05/31 23:59:59', '[a] 06/01 00:00:00'],
    ['31.05.26 23:59:59', '01.06.26 00:00:00'],
    ['05/04/2026 16:00:29', '05/05/2026 11:00:00'],
  ] as const) {
    test(`${earlier} comes before ${later}`, () => {
      const falls = (...lines: string[]) => {
        const times = new OtherTimes();
        for (const line of lines)
          times.note({ file: 'log', line: 1, body: {}, otherTimes: { '.when': line } });
        return times.falling;
      };
      assert.deepEqual([falls(earlier, later), falls(earlier, earlier)], [undefined, undefined]);
      assert.equal(falls(later, earlier), '.when');
    });
  }
});
