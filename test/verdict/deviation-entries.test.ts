// Details of the list of known deviations: empty members, links, days, and the line of a problem.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readDeviations } from '../../src/verdict/deviations-file.ts';

const good = { requirement: 'HOOKS-RESP-01', message: 'answered 202', reason: 'agreed' };
const read = (entry: object) => readDeviations(`- ${JSON.stringify({ ...good, ...entry })}`, 'f');

suite('An entry is accepted', () => {
  const accepted: [what: string, entry: object][] = [
    ['with a link', { link: 'https://tracker.example/1' }],
    ['with a leap day', { expires: '2028-02-29' }],
    ['that comes and goes, until a day', { intermittent: true, expires: '2027-01-31' }],
    ['whose message has slashes in it', { message: 'a /b/ c' }],
    ['whose message begins with a slash', { message: '/hooks answered 202' }],
    ['whose message has a path in it', { message: '/hooks/.* answered \\d' }],
    ['whose message knows letters of every script', { message: '^\\p{L}+$' }],
    ['whose reason contains the word todo', { reason: 'their todo list has it' }],
  ];
  for (const [what, entry] of accepted) {
    test(what, () =>
      assert.deepEqual(read(entry), { deviations: [{ ...good, ...entry, place: 'f:1' }], problems: [] }),
    );
  }

  test('without its empty members', () => {
    const { deviations, problems } = read({ link: null, expires: null });
    assert.deepEqual(problems, []);
    assert.deepEqual(deviations, [{ ...good, place: 'f:1' }]);
  });
});

suite('An entry is refused, with the one reason', () => {
  const refused: [what: string, entry: object, says: string | RegExp][] = [
    ['an empty link', { link: '' }, 'link must be a text, or left out'],
    ['a link that is a number', { link: 7 }, 'link must be a text, or left out'],
    ['a day that is a number', { expires: 2027 }, 'expires is 2027, not a day like 2027-01-31'],
    [
      'one that comes and goes for ever',
      { intermittent: true },
      'expires is missing: an intermittent deviation needs the last day on which it counts, like 2027-01-31',
    ],
    [
      'one that comes and goes in words',
      { intermittent: 'yes', expires: '2027-01-31' },
      'intermittent is "yes", it must be true, or left out',
    ],
    ['a list of days', { expires: ['2027-01-31'] }, /^expires is \["2027-01-31"\], not a day/],
    ['a time', { expires: '2027-01-31T00:00:00Z' }, /^expires is .* not a day/],
    ['more than a day', { expires: '+2027-01-31' }, /^expires is .* not a day/],
    ['a month that does not exist', { expires: '2027-13-01' }, /^expires is .* not a day/],
    ['an empty message', { message: '' }, /^message is missing/],
    ['a message of spaces', { message: '  ' }, /^message is missing/],
    ['a message between slashes, with flags', { message: '/answered 202/i' }, /^message is written between/],
    ['a message that only the flag u refuses', { message: '\\-' }, /^message is not a regular expression/],
    ['a reason to be written', { reason: '  TODO soon ' }, /^reason is still TODO soon: say why/],
  ];
  for (const [what, entry, says] of refused) {
    test(what, () => {
      const { deviations, problems } = read(entry);
      assert.deepEqual(deviations, []);
      assert.equal(problems.length, 1, problems.join('\n'));
      const problem = problems[0]!.replace(/^f:1 {2}/, '');
      if (typeof says === 'string') assert.equal(problem, says);
      else assert.match(problem, says);
    });
  }

  const slow: [on: string, message: string][] = [
    ['letters', '^(a+)+$'],
    ['words', '^(\\w+, ?)+$!|^((a, )+)+$'],
    ['digits', '^(\\d+)+$'],
    ['spaces', '^(\\s+)+$'],
    ['a sentence', '^(([a-z]+|\\d+) ?)+$'],
  ];
  for (const [on, message] of slow) {
    test(`a message that takes too long on ${on}`, () => {
      assert.match(read({ message }).problems.join(), /takes for ever/);
    });
  }
});

suite('A problem', () => {
  test('has the line of its entry, and does not affect the other entries', () => {
    const text = `- ${JSON.stringify(good)}\n\n- ${JSON.stringify({ ...good, message: '500', reason: '' })}\n- just text\n`;
    const { deviations, problems } = readDeviations(text, 'f');
    assert.deepEqual(
      deviations.map(({ place }) => place),
      ['f:1'],
    );
    assert.deepEqual(problems, [
      'f:3  reason is missing: why this is tolerated, for whoever reads the report',
      'f:4  must be a mapping: - {requirement: HOOKS-RESP-01, message: "answered 202", reason: fixed in release 12, expires: 2027-01-31}',
    ]);
  });

  test('of the YAML is reported in one line, with its place, and no entry is read', () => {
    const { deviations, problems } = readDeviations(`- ${JSON.stringify(good)}\n- {a: [}`, 'f');
    assert.deepEqual(deviations, []);
    assert.equal(problems.length, 1);
    assert.match(problems[0]!, /^f:2 {2}\S[^\n]*$/);
  });

  test('of a text in place of a list leaves no entry', () => {
    assert.deepEqual(readDeviations('just text', 'f').deviations, []);
  });

  test('of an alias that cannot be resolved is reported, not thrown', () => {
    const { deviations, problems } = readDeviations('- {<<: *nowhere, reason: x}', 'f');
    assert.deepEqual(deviations, []);
    assert.equal(problems.length, 1);
  });
});
