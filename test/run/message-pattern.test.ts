// What --update-deviations writes for a finding matches the same finding tomorrow, and no other.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { messagePattern } from '../../src/run/message-pattern.ts';

type Case = [name: string, today: string, tomorrow: string, other: string];

const cases: Case[] = [
  [
    'a status',
    'success is HTTP 200, the tenant answered 202',
    'success is HTTP 200, the tenant answered 202',
    'success is HTTP 200, the tenant answered 201',
  ],
  [
    'a time in a text',
    'the answer: requestCompletedAt is "Sat Nov 21 2026 13:17:53 GMT", it must be a number',
    'the answer: requestCompletedAt is "Sun Nov 22 2026 03:00:01 GMT", it must be a number',
    'the answer: status is "Sat", it must be a number',
  ],
  [
    'an id that was cut',
    'the error for an unknown botId says "no bot x7f3a9-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...',
    'the error for an unknown botId says "no bot 99',
    'the error for an unknown botId is not a JSON object',
  ],
  [
    'a quoted quote',
    'STATUS is "a \\"b\\" c", it must be "OK"',
    'STATUS is "d", it must be "OK"',
    'STATUS is "d", it must be "NO"',
  ],
  [
    'an object',
    'status is {"a":1,"b":[2]}, it must be a string',
    'status is {"c":3}, it must be a string',
    'code is {"c":3}, it must be a string',
  ],
  [
    'a pause',
    'no outcome was posted to callbackUrl within 300 ms',
    'no outcome was posted to callbackUrl within 15000 ms',
    'no outcome was posted',
  ],
  [
    'a moment',
    'requestCompletedAt is 1763730000, it must be a string',
    'requestCompletedAt is 1763816400, it must be a string',
    'code is 1763816400, it must be a string',
  ],
  [
    'a session',
    'the posted outcome names session "s-1", not "bs-2"',
    'the posted outcome names session "s-9", not "bs-2"',
    'the posted outcome has status "x"',
  ],
  [
    'what a regular expression would read otherwise',
    'the tenant answered 200 although a.b is missing (HOOKS-XFER-01); c[0] is *?',
    'the tenant answered 200 although a.b is missing (HOOKS-XFER-01); c[0] is *?',
    'the tenant answered 200 although axb is missing (HOOKS-XFER-01); c[0] is *?',
  ],
];

suite('The pattern for', () => {
  for (const [name, today, tomorrow, other] of cases) {
    test(name, () => {
      const pattern = new RegExp(messagePattern(today), 'u');
      assert.match(today, pattern);
      assert.match(tomorrow, pattern);
      assert.doesNotMatch(other, pattern);
    });
  }
});
