// The role of a request in its conversation, with any answer and in any order.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { endedBefore, unknownBefore } from '../../../src/protocol/lifecycle/state.ts';
import { ConversationTracker, type Role } from '../../../src/protocol/lifecycle/tracker.ts';
import { stepsIn } from './judged.ts';

/** "NA entry 1 503" is answered with 503; 200 when no status is given, "end @5" is sent at second 5. */
function request(text: string) {
  const [, what = '', status = '200', second] = /^(.*?)(?: (\d{3}|0))?(?: @(\d+))?$/.exec(text) ?? [];
  const steps = stepsIn(what).map((step, event) => ({ step, event }));
  return { steps, status: Number(status), ...(second ? { time: Number(second) * 1000 } : {}) };
}

interface Followed {
  tracker: ConversationTracker;
  roles: Role[];
  broken: string[];
}

function followed(requests: readonly string[], tracker = new ConversationTracker()): Followed {
  const looks = requests.map((text) => tracker.take(request(text)));
  const broken = looks.flatMap(({ breaches }) => breaches.map(({ finding }) => finding.requirement));
  return { tracker, roles: looks.map(({ role }) => role), broken };
}

describe('A request that got no answer', () => {
  const retried = [
    ['NA entry 1 503', 'NA entry 1', 'NA exit 1', 'end'],
    ['NA entry 1 503', 'NA exit 1', 'NA entry 1', 'end'],
    ['NA entry 1 0', 'message', 'NA entry 1', 'NA exit 1', 'end'],
    ['NA entry 1', 'NA exit 1 500', 'end 500', 'NA exit 1', 'end'],
    ['NA entry 1', 'NA exit 1', 'end 0', 'end 0', 'end'],
  ];
  for (const requests of retried) {
    test(`may come again: ${requests.join(', ')}`, () => {
      const { tracker, roles, broken } = followed(requests);
      assert.deepEqual([broken, tracker.missing], [[], []]);
      assert.ok(roles.includes('retry'), String(roles));
      assert.equal(tracker.retries, roles.filter((role) => role === 'retry').length);
    });
  }

  test('is awaited until it has come again', () => {
    assert.equal(followed(['NA entry 1 503']).tracker.isUnanswered, true);
    assert.equal(followed(['NA entry 1 503', 'NA exit 1']).tracker.isUnanswered, true);
    assert.equal(followed(['NA entry 1 503', 'NA entry 1']).tracker.isUnanswered, false);
    assert.equal(followed(['summary 503', 'summary']).tracker.isUnanswered, false);
    assert.equal(followed(['message 503']).tracker.isUnanswered, false, 'a message twice breaks nothing');
  });

  test('comes again once: after an answer the same is a duplicate', () => {
    assert.deepEqual(followed(['NA entry 1 503', 'NA entry 1', 'NA entry 1']).broken, ['HOOKS-SEQ-05']);
  });

  test('counts as another event where that fits, and may still come again', () => {
    const drops = ['NA entry 1', 'NA exit 1 500', 'redial entry 1', 'NA exit 1'];
    assert.deepEqual(followed(drops).roles, ['taken', 'taken', 'taken', 'taken']);
    assert.equal(followed([...drops, 'NA exit 1']).roles.at(-1), 'retry');
  });

  test('does not excuse another one', () => {
    assert.deepEqual(followed(['NA entry 1 503', 'NA entry 2']).broken, ['HOOKS-SEQ-05']);
    assert.deepEqual(followed(['NA entry 1', 'NA entry 1']).broken, ['HOOKS-SEQ-05']);
  });
});

describe('A request that was refused', () => {
  test('changes nothing, and is mentioned when something is missing', () => {
    const { tracker, roles } = followed(['NA entry 1', 'NA exit 1 400', 'end 429']);
    assert.deepEqual(roles, ['taken', 'refused', 'refused']);
    assert.match(tracker.missing[0]!.message, /\(2 of its requests were refused\)$/);
  });

  test('alone leaves nothing missing', () => {
    assert.deepEqual(followed(['NA entry 1 401']).tracker.missing, []);
  });
});

describe('A request that was sent before one that is known', () => {
  test('is not judged before all are taken again', () => {
    const { tracker, roles, broken } = followed(['NA entry 1 @1', 'end @9', 'NA exit 1 @5', 'end @9']);
    assert.deepEqual(roles, ['taken', 'taken', 'early', 'early']);
    assert.deepEqual([broken, tracker.isOutOfOrder], [['HOOKS-SEQ-02'], true]);
    tracker.restart();
    assert.deepEqual(followed(['NA entry 1 @1', 'NA exit 1 @5', 'end @9'], tracker).broken, []);
    assert.deepEqual([tracker.missing, tracker.taken, tracker.isOutOfOrder], [[], 3, false]);
  });

  test('a preview changes nothing', () => {
    const { tracker } = followed(['NA entry 1 503']);
    const { state } = tracker;
    assert.equal(tracker.preview(request('NA entry 1')).role, 'retry');
    assert.equal(tracker.preview(request('NA exit 1')).role, 'taken');
    assert.deepEqual([tracker.state, tracker.taken, tracker.retries], [state, 1, 0]);
  });
});

describe('An unknown part of a conversation', () => {
  test('is not held against the sender when it was lost', () => {
    for (const lost of [0, 1, 2]) {
      const tracker = new ConversationTracker();
      const broken = ['NA entry 1', 'cold exit 1', 'cold entry 2', 'NA exit 2'].flatMap((text, index) => {
        if (index === lost) tracker.lose();
        return index === lost ? [] : followed([text], tracker).broken;
      });
      assert.deepEqual([broken, tracker.missing], [[], []], `without ${lost}`);
    }
  });

  test('nor when that becomes known while requests are out of order', () => {
    const { tracker } = followed(['NA exit 1 @5', 'NA entry 1 @1']);
    tracker.lose();
    tracker.restart();
    assert.deepEqual(followed(['NA exit 1 @5'], tracker).broken, []);
  });

  test('may be its beginning: it had ended, or that is unknown', () => {
    assert.deepEqual(followed(['end'], new ConversationTracker(endedBefore)).broken, ['HOOKS-EOC-01']);
    assert.deepEqual(followed(['NA exit 1', 'end'], new ConversationTracker(unknownBefore)).broken, []);
  });
});
