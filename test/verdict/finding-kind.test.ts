// What findings of one kind have in common.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingKind } from '../../src/verdict/finding-kind.ts';

const kinds: [kind: string, ...messages: string[]][] = [
  [
    'the tenant answered 200 although … is missing',
    'the tenant answered 200 although envelope: conversationId is missing (HOOKS-ENV-01)',
    'the tenant answered 200 although INTERNAL_TRANSFER_EVENT: participant.identity is missing (HOOKS-XFER-08)',
    'the tenant answered 200 although TRIGGER_SUMMARY_EVENT: data is missing (HOOKS-SUM-01, HOOKS-SUM-02)',
    'the tenant answered 200 although message: a is missing (HOOKS-MSG-01); message: b is missing (HOOKS-MSG-02)',
  ],
  [
    'the tenant answered 200 although … is empty',
    'the tenant answered 200 although message: query is empty (HOOKS-MSG-01)',
  ],
  [
    'the tenant answered 200 although … is …, it must be one of …',
    'the tenant answered 200 although message: experience is "email", it must be one of "chat", "voice" (HOOKS-MSG-03)',
    'the tenant answered 200 although event: isExtAD is 42, it must be one of true, false, "true" (HOOKS-XFER-03)',
    'the tenant answered 200 although message: experience is "", it must be one of "chat", "voice" (HOOKS-MSG-03)',
  ],
  [
    'the tenant answered 200 although … is …, it must be a string',
    'the tenant answered 200 although message: language is 42, it must be a string (HOOKS-MSG-08)',
    'the tenant answered 200 although message: language is {"a":1}, it must be a string (HOOKS-MSG-08)',
    'the tenant answered 200 although message: language is null, it must be a string (HOOKS-MSG-08)',
  ],
  [
    'the tenant answered 200 although it is sent with content type …',
    'the tenant answered 200 although it is sent with content type text/plain',
    'the tenant answered 200 although it is sent with content type application/xml',
  ],
  [
    'COLD exit, … request of conversation … but it has no token: refused, but so is the same',
    'COLD exit, 4th request of conversation conformance-a56b09-auth-0-9, but it has no token: refused, but so is the same',
    'COLD exit, 21st request of conversation nightly-1, but it has no token: refused, but so is the same',
  ],
  ['an outcome was posted … times', 'an outcome was posted 2 times', 'an outcome was posted 13 times'],
  [
    'no answer that could be judged: summary: reset, … of … times, while … other requests were answered',
    'no answer that could be judged: summary: reset, 12 of 12 times, while 1129 other requests were answered',
    'no answer that could be judged: summary: reset, 3 of 9 times, while 400 other requests were answered',
  ],
  [
    'the callback … got nothing',
    'the callback http://127.0.0.1:8009/callbacks/6948d84d got nothing',
    'the callback 6948d84daf3694cb4b3f6779c3884e8b got nothing',
    'the callback 12345678-1234-5123-8123-123412341234 got nothing',
  ],
];

for (const [kind, ...messages] of kinds) {
  test(`a message of the kind "${kind}"`, () => {
    for (const message of messages) assert.equal(findingKind(message), kind);
  });
}

test('what makes another kind stays: the status, the defect, the event', () => {
  const messages = [
    'success is HTTP 200, the tenant answered 202',
    'success is HTTP 200, the tenant answered 404',
    'refused with 400: NA entry with language fr',
    'refused with 400: NA exit with language fr',
    'a refusal of HOOKS-ERR-02 is JSON',
  ];
  assert.deepEqual(messages.map(findingKind), messages);
});

test('a defect that comes after another is named once', () => {
  assert.equal(
    findingKind('although a: x is missing; b: y is missing; c: z is empty'),
    'although … is missing; … is empty',
  );
});
