// requestCompletedAt is in epoch milliseconds, not in the time of another zone.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { judgeAssigned } from '../../src/protocol/assignment.ts';
import { answer } from './expect.ts';

const completedAt = Date.parse('2026-11-29T10:00:00Z');
const asked = {
  callbackUrl: 'https://example.com/callback',
  orgId: 'o-1',
  botSessionId: 's-1',
  target: { aId: 'a-1' },
};

/** What is found where the answer has the Date of so many minutes before. */
function found(minutes: number): string[] {
  const outcome = {
    sessionId: 's-1',
    agentId: 'a-1',
    status: 'transferred',
    requestCompletedAt: completedAt,
  };
  const given = answer(200, outcome);
  const headers = { ...given.headers, date: new Date(completedAt - minutes * 60_000).toUTCString() };
  return judgeAssigned({ ...given, headers }, asked, 'ASSIGN-REQ-01').findings.map(
    ({ requirement, message }) => `${requirement} ${message}`,
  );
}

suite('requestCompletedAt', () => {
  for (const [minutes, by] of [
    [330, '5.5 h after'],
    [-60, '1 h before'],
    [345, '5.75 h after'],
  ] as const)
    test(`${by} the Date of the answer is in another time zone`, () => {
      assert.deepEqual(found(minutes), [
        `ASSIGN-RESP-01 requestCompletedAt is ${by} the Date of the answer: as in another time zone, not in epoch milliseconds`,
      ]);
    });

  for (const minutes of [0, 0.2, -2, 7, 100, -1234])
    test(`${minutes} minutes from the Date of the answer is by a clock that may be wrong`, () =>
      assert.deepEqual(found(minutes), []));
});
