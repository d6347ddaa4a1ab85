// The list of known deviations: all of its problems are reported at once, with the line and how to fix them.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { finding } from '../../src/protocol/finding.ts';
import { isExpired, matches } from '../../src/verdict/deviations.ts';
import { readDeviations } from '../../src/verdict/deviations-file.ts';

const file = 'known-deviations.staging.yaml';
const read = (text: string) => readDeviations(text, file);

suite('A list of known deviations', () => {
  test('is read, with the line of each entry', () => {
    const text = [
      '# the release notes say so',
      '- requirement: HOOKS-RESP-01',
      '  message: the tenant answered 20\\d',
      '  reason: fixed in release 12',
      '  link: https://tracker.example/1',
      '  expires: 2027-01-31',
      '- {requirement: HOOKS-ERR-02, message: although, reason: agreed}',
    ].join('\n');
    assert.deepEqual(read(text), {
      deviations: [
        {
          requirement: 'HOOKS-RESP-01',
          message: 'the tenant answered 20\\d',
          reason: 'fixed in release 12',
          link: 'https://tracker.example/1',
          expires: '2027-01-31',
          place: `${file}:2`,
        },
        { requirement: 'HOOKS-ERR-02', message: 'although', reason: 'agreed', place: `${file}:7` },
      ],
      problems: [],
    });
  });

  test('may be empty, or hold nothing but comments', () => {
    for (const text of ['', '# nothing yet\n', '[]'])
      assert.deepEqual(read(text), { deviations: [], problems: [] });
  });

  const good = 'requirement: HOOKS-RESP-01, message: "202", reason: agreed';
  const cases: [name: string, text: string, says: RegExp][] = [
    [
      'an id that does not exist',
      '- {requirement: HOOKS-RESP-1, message: x, reason: y}',
      /:1 {2}HOOKS-RESP-1 is not a requirement of the catalogue; did you mean HOOKS-RESP-01\?/,
    ],
    [
      'an id in lower case',
      '- {requirement: hooks-resp-01, message: x, reason: y}',
      /did you mean HOOKS-RESP-01\?/,
    ],
    ['no id', '- {message: x, reason: y}', /requirement is missing/],
    [
      'a requirement that binds the sender',
      '- {requirement: HOOKS-SEQ-03, message: x, reason: y}',
      /can never be found broken: it binds the sender/,
    ],
    ['no reason', '- {requirement: HOOKS-RESP-01, message: x}', /reason is missing/],
    ['an empty reason', '- {requirement: HOOKS-RESP-01, message: x, reason: " "}', /reason is missing/],
    [
      'a reason that is still to be written',
      '- {requirement: HOOKS-RESP-01, message: x, reason: TODO}',
      /reason is still TODO/,
    ],
    [
      'a reason that is still to be written, in words',
      '- {requirement: HOOKS-RESP-01, message: x, reason: "todo: ask them"}',
      /reason is still todo/,
    ],
    ['no message', '- {requirement: HOOKS-RESP-01, reason: y}', /message is missing/],
    [
      'a message that is not a regular expression',
      '- {requirement: HOOKS-RESP-01, message: "answered (202", reason: y}',
      /not a regular expression/,
    ],
    [
      'a day that does not exist',
      `- {${good}, expires: 2027-02-30}`,
      /expires is "2027-02-30", not a day like/,
    ],
    [
      'a member that does not exist',
      `- {${good}, expiry: 2027-01-31}`,
      /expiry is not a member of a known deviation; did you mean expires\?/,
    ],
    [
      'the same entry twice',
      `- {${good}}\n- {${good}}`,
      /:2 {2}HOOKS-RESP-01 with this message stands in the file twice/,
    ],
    ['a mapping in place of a list', 'requirement: HOOKS-RESP-01', /:1 {2}must be a list/],
    ['a text in place of an entry', '- HOOKS-RESP-01', /:1 {2}must be a mapping/],
    ['text that is not YAML', '- {requirement: HOOKS', /:1 /],
  ];
  cases.push(
    [
      'an optional requirement',
      '- {requirement: HOOKS-ENV-06, message: x, reason: y}',
      /HOOKS-ENV-06 is optional/,
    ],
    [
      'a number as the message',
      '- {requirement: HOOKS-RESP-01, message: 202, reason: y}',
      /must be a text: put it in quotes/,
    ],
    [
      'a message between slashes',
      '- {requirement: HOOKS-RESP-01, message: /answered 202/, reason: y}',
      /between slashes/,
    ],
    [
      'a message that takes for ever to match',
      `- {requirement: HOOKS-RESP-01, message: "^(([a-zA-Z0-9]+,? ?)+)+$!", reason: y}`,
      /takes for ever/,
    ],
    ['an alias that cannot be resolved', '- {requirement: HOOKS-RESP-01, message: x, reason: *r}', /:1 /],
  );
  for (const [name, text, says] of cases) {
    test(`with ${name} is refused`, () => {
      const { problems } = read(text);
      assert.ok(
        problems.some((problem) => says.test(problem)),
        problems.join('\n') || 'no problem was found',
      );
      for (const problem of problems) assert.ok(problem.startsWith(file), problem);
    });
  }

  test('reports all of its problems at once', () => {
    const { problems } = read(
      '- {requirement: HOOKS-RESP-1, expires: soon}\n- {requirement: ASSIGN-CB-99, reason: TODO}',
    );
    assert.equal(problems.length, 7, problems.join('\n'));
  });
});

suite('An entry', () => {
  const [known] = read(
    '- {requirement: HOOKS-RESP-01, message: answered 20\\d$, reason: agreed, expires: 2026-03-01}',
  ).deviations;

  test('covers findings whose message it matches', () => {
    assert.ok(matches(known!, finding('HOOKS-RESP-01', 'the tenant answered 202', 'HTTP 200', '202')));
    assert.ok(!matches(known!, finding('HOOKS-RESP-01', 'the tenant answered 500', 'HTTP 200', '500')));
    assert.ok(!matches(known!, finding('HOOKS-RESP-02', 'the tenant answered 202', 'HTTP 200', '202')));
  });

  test('counts until the end of its last day, UTC', () => {
    assert.ok(!isExpired(known!, new Date('2026-03-01T23:59:59Z')));
    assert.ok(isExpired(known!, new Date('2026-03-02T00:00:00Z')));
  });
});
