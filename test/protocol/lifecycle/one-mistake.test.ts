// One mistake is reported once: its consequences are not held against the sender. Where two clauses are broken
// independently, both are reported.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { judged } from './judged.ts';

/** The conversation, and what is found: the number of the step, from 1, and the requirement. */
const cases: Record<string, [conversation: string, ...found: string[]][]> = {
  'an event is missing': [
    ['cold exit 1, cold entry 2, NA exit 2, summary, end', '1 HOOKS-SEQ-01'],
    ['warm entry 2, warm exit 2, NA exit 1, end', '1 HOOKS-SEQ-01'],
    ['NA entry 1, cold entry 2, cold exit 2, cold entry 3, NA exit 3, end', '2 HOOKS-SEQ-07'],
    ['NA entry 1, cold exit 1, cold exit 2, cold entry 3, NA exit 3, end', '3 HOOKS-SEQ-08'],
    ['NA entry 1, cold exit 1, NA exit 2, summary, end', '3 HOOKS-SEQ-08'],
    ['NA entry 1, cold exit 1, warm entry 3, warm exit 3, NA exit 2, end', '3 HOOKS-SEQ-09'],
    ['NA entry 1, warm exit 2, NA exit 1, end', '2 HOOKS-SEQ-06'],
    ['NA entry 1, warm exit 1, NA exit 2, end', '2 HOOKS-SEQ-11'],
    ['NA entry 1, warm exit 1, message, warm entry 3, warm exit 3, NA exit 2, end', '2 HOOKS-SEQ-11'],
    ['NA entry 1, warm entry 2, NA exit 1, summary, end', '3 HOOKS-SEQ-10'],
    ['NA entry 1, warm entry 2, cold exit 1, cold entry 3, NA exit 3, end', '3 HOOKS-SEQ-10'],
    ['NA entry 1, NA exit 1, NA exit 1, summary, end', '3 HOOKS-SEQ-06'],
    ['NA entry 1, NA exit 1, cold exit 1, cold entry 2, NA exit 2, summary, end', '3 HOOKS-SEQ-06'],
    ['NA entry 1, summary, end', '2 HOOKS-SUM-04', '3 HOOKS-SEQ-02'],
  ],
  'a log begins in the middle': [
    ['cold entry 2, cold exit 2, cold entry 3, NA exit 3, end', '1 HOOKS-SEQ-01'],
    ['NA exit 1, summary, end', '1 HOOKS-SEQ-01'],
    ['summary, end', '1 HOOKS-SEQ-01'],
    ['summary, NA exit 1, end', '1 HOOKS-SEQ-01'],
    ['end', '1 HOOKS-SEQ-01'],
    ['warm exit 2, warm exit 3, message, NA exit 1, end', '1 HOOKS-SEQ-01'],
    ['NA exit 1, redial entry 1, NA exit 1, summary, end', '1 HOOKS-SEQ-01'],
  ],
  'two events came in the wrong order': [
    [
      'NA entry 1, cold entry 2, cold exit 1, cold entry 3, cold exit 2, NA exit 3, end',
      '2 HOOKS-SEQ-07',
      '4 HOOKS-SEQ-07',
    ],
    ['NA exit 1, NA entry 1, summary, end', '1 HOOKS-SEQ-01'],
    ['cold exit 1, NA entry 1, cold entry 2, NA exit 2, end', '1 HOOKS-SEQ-01'],
    ['warm entry 2, NA entry 1, warm exit 2, NA exit 1, end', '1 HOOKS-SEQ-01'],
    ['NA entry 1, warm exit 2, warm entry 2, NA exit 1, end', '2 HOOKS-SEQ-06'],
    ['NA entry 1, warm entry 2, NA exit 2, warm exit 1, summary, end', '3 HOOKS-SEQ-10'],
    ['NA entry 1, cold exit 1, cold exit 2, cold entry 2, cold entry 3, NA exit 3, end', '3 HOOKS-SEQ-08'],
    ['NA entry 1, NA exit 1, redial entry 1, summary, NA exit 1, end', '4 HOOKS-SUM-04'],
    ['NA entry 1, cold exit 1, NA exit 2, cold entry 2, summary, end', '3 HOOKS-SEQ-08'],
    ['NA entry 1, NA exit 1, NA exit 2, redial entry 2, summary, end', '3 HOOKS-SEQ-06'],
    ['NA entry 1, cold exit 1, redial entry 1, cold entry 2, NA exit 2, summary, end', '3 HOOKS-SEQ-08'],
    ['NA entry 1, end, NA exit 1', '2 HOOKS-SEQ-02', '3 HOOKS-SEQ-03'],
    ['NA entry 1, NA exit 1, end, summary', '4 HOOKS-SEQ-03', '4 HOOKS-SUM-04'],
  ],
  'an event came twice': [
    ['NA entry 1, NA entry 1, NA exit 1, end', '2 HOOKS-SEQ-05'],
    ['NA entry 1, cold exit 1, cold exit 1, cold entry 2, NA exit 2, end', '3 HOOKS-SEQ-06'],
    ['NA entry 1, cold exit 1, cold entry 2, cold entry 2, NA exit 2, end', '4 HOOKS-SEQ-06'],
    ['NA entry 1, NA exit 1, NA exit 1, redial entry 1, NA exit 1, summary, end', '3 HOOKS-SEQ-06'],
    ['NA entry 1, NA exit 1, redial entry 1, redial entry 1, NA exit 1, summary, end', '4 HOOKS-RDL-01'],
    ['NA entry 1, NA exit 1, summary, summary, end'],
  ],
  'an event names another agent': [
    ['NA entry 9, cold exit 1, cold entry 2, NA exit 2, end', '2 HOOKS-SEQ-06'],
    ['NA entry 1, cold exit 9, cold entry 2, NA exit 2, end', '2 HOOKS-SEQ-06'],
    ['NA entry 1, cold exit 1, cold entry 9, NA exit 2, end', '4 HOOKS-SEQ-06'],
    ['NA entry 1, warm entry 9, warm exit 2, NA exit 1, end', '3 HOOKS-SEQ-06'],
    ['NA entry 1, warm entry 2, warm exit 9, NA exit 1, end', '3 HOOKS-SEQ-06'],
    ['NA entry 1, NA exit 9, redial entry 1, NA exit 1, summary, end', '2 HOOKS-SEQ-06'],
  ],
  'an event has the wrong kind of transfer': [
    ['NA entry 1, NA exit 1, cold entry 2, NA exit 2, end', '3 HOOKS-SEQ-07'],
    ['NA entry 1, warm exit 1, cold entry 2, NA exit 2, end', '2 HOOKS-SEQ-11'],
    ['NA entry 1, cold exit 1, NA entry 2, NA exit 2, end', '3 HOOKS-SEQ-05'],
    ['NA entry 1, cold entry 2, warm exit 2, NA exit 1, end', '2 HOOKS-SEQ-07'],
    ['NA entry 1, warm entry 2, NA exit 2, NA exit 1, end', '3 HOOKS-SEQ-10'],
    [
      'NA entry 1, warm entry 2, NA exit 2, message, cold exit 1, cold entry 3, NA exit 3, end',
      '3 HOOKS-SEQ-10',
    ],
    ['NA entry 1, NA exit 1, redial exit 1, NA exit 1, summary, end', '3 HOOKS-RDL-03'],
    ['NA entry 1, redial exit 1, NA exit 1, end', '2 HOOKS-RDL-03'],
    ['NA entry 1, NA exit 1, cold exit 1, end', '3 HOOKS-SEQ-06'],
  ],
  'an event cannot be read: who is there is not guessed': [
    ['unclear, cold exit 1, cold entry 2, NA exit 2, end'],
    ['NA entry 1, unclear, cold entry 2, NA exit 2, end'],
    ['NA entry 1, unclear, redial entry 1, NA exit 1, summary, end'],
    ['NA entry 1, cold exit 1, unclear, NA exit 2, end'],
    ['NA entry 1, unclear, summary, end'],
    ['NA entry 1, warm entry 2, unclear, NA exit 1, end'],
    ['unclear, NA entry 1, NA exit 1, end'],
  ],
  'what follows the end is reported once, and a redial takes the call up': [
    ['NA entry 1, NA exit 1, end, message, NA entry 1, message, NA exit 1', '4 HOOKS-SEQ-03'],
    ['NA entry 1, end, redial entry 1, NA exit 1, summary, end', '2 HOOKS-SEQ-02', '3 HOOKS-RDL-05'],
    ['NA entry 1, NA exit 1, end, end, message', '4 HOOKS-EOC-01', '5 HOOKS-SEQ-03'],
    ['NA entry 1, NA exit 1, end, end, end', '4 HOOKS-EOC-01', '5 HOOKS-EOC-01'],
  ],
  'what happens again after a redial is reported again': [
    [
      'NA entry 1, NA exit 1, message, redial entry 1, NA exit 1, message, summary, end',
      '3 HOOKS-SEQ-12',
      '6 HOOKS-SEQ-12',
    ],
    ['NA entry 1, NA exit 1, summary, redial entry 1, NA exit 1, end', '6 HOOKS-RDL-01'],
  ],
};

for (const [name, conversations] of Object.entries(cases)) {
  suite(name, () => {
    for (const [conversation, ...found] of conversations) {
      test(`${conversation}: ${found.join(', ') || 'nothing'}`, () => {
        const seen = judged(conversation);
        assert.deepEqual(
          seen.map(({ after, requirement }) => `${after === undefined ? 'close' : after + 1} ${requirement}`),
          found,
        );
      });
    }
  });
}
