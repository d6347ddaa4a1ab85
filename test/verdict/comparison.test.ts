import assert from 'node:assert/strict';
import { test } from 'node:test';
import { schemaErrors } from '../../src/protocol/schemas.ts';
import { compareReports } from '../../src/verdict/comparison.ts';
import type { ChangedRequirement, RequirementVerdict } from '../../src/verdict/report-types.ts';
import {
  sampleFinding,
  sampleObservation,
  sampleReport,
  sampleRequirement,
} from '../report/sample-report.ts';

type Kind = 'newlyFailing' | 'newlyPassing' | 'stillFailing' | 'otherChanges';
const kinds: readonly Kind[] = ['newlyFailing', 'newlyPassing', 'stillFailing', 'otherChanges'];

/** The lists in which one requirement ends up. */
function kindsOf(was: RequirementVerdict, is: RequirementVerdict, words = 'all features'): Kind[] {
  const comparison = compareReports(
    sampleReport({ requirements: [sampleRequirement('A', was)] }),
    sampleReport({ requirements: [sampleRequirement('A', is)], selection: { whole: false, words } }),
  );
  return kinds.filter((kind) => comparison[kind].length > 0);
}

const expectations: [was: RequirementVerdict, is: RequirementVerdict, kinds: Kind[]][] = [
  ['pass', 'fail', ['newlyFailing']],
  ['warning', 'fail', ['newlyFailing']],
  ['known-deviation', 'unexpected-pass', ['otherChanges']],
  ['inconclusive', 'fail', ['newlyFailing']],
  ['not-tested', 'fail', ['newlyFailing']],
  ['not-applicable', 'unexpected-pass', ['otherChanges']],
  ['fail', 'pass', ['newlyPassing']],
  ['fail', 'warning', ['otherChanges']],
  ['fail', 'known-deviation', ['otherChanges']],
  ['unexpected-pass', 'pass', ['otherChanges']],
  ['fail', 'fail', ['stillFailing']],
  ['fail', 'unexpected-pass', ['newlyPassing']],
  ['unexpected-pass', 'fail', ['newlyFailing']],
  ['fail', 'inconclusive', ['otherChanges']],
  ['fail', 'not-tested', ['otherChanges']],
  ['fail', 'not-applicable', ['otherChanges']],
  ['pass', 'warning', ['otherChanges']],
  ['pass', 'not-tested', ['otherChanges']],
  ['inconclusive', 'pass', ['otherChanges']],
  ['pass', 'pass', []],
  ['inconclusive', 'inconclusive', []],
  ['not-tested', 'not-tested', []],
];

for (const [was, is, expected] of expectations) {
  test(`from ${was} to ${is}: ${expected[0] ?? 'no change'}`, () => {
    assert.deepEqual(kindsOf(was, is), expected);
  });
}

test('a requirement that only one of two selections tested is not a change, unless it fails now', () => {
  assert.deepEqual(kindsOf('pass', 'not-tested', '--tags @A'), []);
  assert.deepEqual(kindsOf('fail', 'not-tested', '--tags @A'), []);
  assert.deepEqual(kindsOf('not-tested', 'pass', '--tags @A'), []);
  assert.deepEqual(kindsOf('not-tested', 'fail', '--tags @A'), ['newlyFailing']);
  assert.deepEqual(kindsOf('pass', 'inconclusive', '--tags @A'), ['otherChanges']);
});

test('a requirement that only one of two catalogues lists', () => {
  const comparison = compareReports(
    sampleReport({
      requirements: [sampleRequirement('GONE', 'fail'), sampleRequirement('NEVER-TESTED', 'not-tested')],
    }),
    sampleReport({
      requirements: [
        sampleRequirement('NEW', 'fail'),
        sampleRequirement('B', 'pass'),
        sampleRequirement('C', 'not-tested'),
      ],
    }),
  );
  const inShort = ({ id, was, is }: ChangedRequirement) => `${id}: ${was}, ${is}`;
  assert.deepEqual(comparison.newlyFailing, []);
  assert.deepEqual(comparison.newToSuite?.map(inShort), [
    'NEW: not in the catalogue, fail',
    'B: not in the catalogue, pass',
  ]);
  assert.deepEqual(comparison.otherChanges.map(inShort), ['GONE: fail, not in the catalogue']);
});

test('the message is the finding or the reason of the worse run', () => {
  const failing = sampleRequirement('A', 'fail', {
    findings: [
      sampleFinding({ verdict: 'known-deviation', message: 'a known one' }),
      sampleFinding({ message: 'the one that fails' }),
    ],
  });
  const unknown = sampleRequirement('A', 'inconclusive', { reason: 'reset by the tenant' });
  const passing = sampleRequirement('A', 'pass');
  const message = (old: typeof failing, now: typeof failing) => {
    const comparison = compareReports(
      sampleReport({ requirements: [old] }),
      sampleReport({ requirements: [now] }),
    );
    return kinds.flatMap((kind) => comparison[kind])[0]?.message;
  };
  assert.equal(message(passing, failing), 'the one that fails');
  assert.equal(message(failing, passing), 'the one that fails');
  assert.equal(message(unknown, failing), 'the one that fails');
  assert.equal(message(unknown, passing), 'reset by the tenant');
  assert.equal(message(failing, unknown), 'reset by the tenant', 'why it is no longer known');
  assert.equal(message(passing, unknown), 'reset by the tenant');
  assert.equal(
    message(failing, { ...failing, findings: [sampleFinding({ message: 'as of now' })] }),
    'as of now',
  );
  assert.equal(message(passing, sampleRequirement('A', 'warning')), null);
});

test('the same verdict for another cause is told, with both causes', () => {
  const from = (...found: [message: string, actual: string][]) =>
    sampleReport({
      requirements: [
        sampleRequirement('A', 'fail', {
          findings: found.map(([message, actual]) => sampleFinding({ message, actual })),
        }),
      ],
    });
  const causes = (old: ReturnType<typeof from>, now: ReturnType<typeof from>) => {
    const [still] = compareReports(old, now).stillFailing;
    return [still?.message, still?.before];
  };
  const notFound = from(['NA entry 1 is refused', '404 {}']);
  assert.deepEqual(causes(notFound, from(['NA entry 2 is refused', '404 {"x":1}'])), [
    'NA entry 2 is refused',
    null,
  ]);
  assert.deepEqual(causes(notFound, from(['NA entry 1 is refused', '500 {}'])), [
    'NA entry 1 is refused (500)',
    'NA entry 1 is refused (404)',
  ]);
  assert.deepEqual(
    causes(notFound, from(['NA entry 1 is refused', '404 {}'], ['STATUS is missing', '200'])),
    ['STATUS is missing', 'NA entry 1 is refused'],
  );
  const fewer = from(['STATUS is missing', '200']);
  assert.equal(causes(from(['STATUS is missing', '200'], ['x is empty', '200']), fewer)[1], null);
});

test('a warning and what could not be judged have causes too, unless another part of the suite ran', () => {
  const inconclusive = (reason: string, words = 'all features') =>
    sampleReport({
      requirements: [sampleRequirement('A', 'inconclusive', { reason })],
      selection: { whole: true, words },
    });
  const others = (...sides: [ReturnType<typeof inconclusive>, ReturnType<typeof inconclusive>]) =>
    compareReports(...sides).otherChanges.map(({ message, before }) => [message, before]);
  assert.deepEqual(others(inconclusive('reset 3 times'), inconclusive('reset 5 times')), []);
  assert.deepEqual(others(inconclusive('reset 3 times'), inconclusive('the name is unknown')), [
    ['the name is unknown', 'reset 3 times'],
  ]);
  assert.deepEqual(others(inconclusive('reset'), inconclusive('the name is unknown', '--tags @A')), []);
});

test('observations are compared by question', () => {
  const status = { ambiguity: 'X-15', question: 'Which status?' };
  const comparison = compareReports(
    sampleReport({
      observations: [
        sampleObservation({ answer: 'empty' }),
        sampleObservation({ ...status, answer: '400' }),
        sampleObservation({ ambiguity: 'X-16', question: 'Which botId?', answer: 'the path' }),
      ],
    }),
    sampleReport({
      observations: [
        sampleObservation({ ...status, answer: '404' }),
        sampleObservation({ answer: 'empty' }),
        sampleObservation({ ambiguity: 'X-16', question: 'Which path?', answer: 'v1' }),
      ],
    }),
  );
  assert.deepEqual(comparison.observations, [
    { ...status, was: '400', answer: '404' },
    { ambiguity: 'X-16', question: 'Which path?', was: null, answer: 'v1' },
    { ambiguity: 'X-16', question: 'Which botId?', was: 'the path', answer: null },
  ]);
});

test('two scenarios may ask the same question in any order', () => {
  const [one, other] = [sampleObservation({ answer: '200' }), sampleObservation({ answer: '409' })];
  const comparison = compareReports(
    sampleReport({ observations: [one, other] }),
    sampleReport({ observations: [other, one] }),
  );
  assert.deepEqual(comparison.observations, []);
});

test('a question that only one of two selections asked is not a changed observation', () => {
  const comparison = compareReports(
    sampleReport({ observations: [sampleObservation()] }),
    sampleReport({ selection: { whole: false, words: 'features/routing' } }),
  );
  assert.deepEqual(comparison.observations, []);
});

test('both runs are named, the sandbox without its port', () => {
  const at = (port: number) =>
    sampleReport({
      tenant: { url: `http://127.0.0.1:${port}`, botId: 'st-demo', profile: null, embedded: true },
    });
  const { old, new: now } = compareReports(at(4001), at(4002));
  assert.equal(old.tenant, now.tenant);
  const other = compareReports(
    sampleReport(),
    sampleReport({ tenant: { ...sampleReport().tenant, botId: 'st-2' } }),
  );
  assert.notEqual(other.old.tenant, other.new.tenant);
});

test('a comparison keeps to its schema, in the report that holds it', () => {
  const comparison = compareReports(
    sampleReport({ requirements: [sampleRequirement('A', 'fail')], observations: [sampleObservation()] }),
    sampleReport({ requirements: [sampleRequirement('B', 'fail')], durationMs: 1 }),
  );
  assert.deepEqual(comparison.durationMs, { was: 10_000, is: 1 });
  assert.deepEqual(schemaErrors('conformanceReport', sampleReport({ comparison })), []);
});
