// Findings are grouped by requirement and verdict, and within that by kind.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingGroups } from '../../src/verdict/finding-groups.ts';
import { sampleFinding, sampleRequirement } from '../report/sample-report.ts';

const saying = (verdict: 'fail' | 'warning' | 'inconclusive', ...messages: string[]) =>
  messages.map((message) => sampleFinding({ verdict, message }));

test('a requirement has one group for each verdict, with its kinds, the most frequent first', () => {
  const groups = findingGroups([
    sampleRequirement('A', 'fail', {
      findings: [
        ...saying('fail', 'x is empty', 'x is missing', 'y is missing'),
        ...saying('warning', 'x is missing'),
      ],
    }),
    sampleRequirement('B', 'fail', { findings: saying('fail', 'x is missing') }),
    sampleRequirement('C', 'pass'),
  ]);
  assert.deepEqual(
    groups.map(({ requirement, kinds }) => [
      requirement.id,
      ...kinds.map(({ kind, findings }) => `${findings.length} ${kind}`),
    ]),
    [
      ['A', '2 … is missing', '1 … is empty'],
      ['A', '1 … is missing'],
      ['B', '1 … is missing'],
    ],
  );
});

test('what could not be judged for one cause is one group, however many requirements it is about', () => {
  const [group, ...others] = findingGroups([
    sampleRequirement('A', 'inconclusive', { findings: saying('inconclusive', 'reset') }),
    sampleRequirement('B', 'inconclusive', { findings: saying('inconclusive', 'reset') }),
  ]);
  assert.deepEqual(others, []);
  assert.deepEqual(
    [group!.requirement, ...group!.likewise].map(({ id }) => id),
    ['A', 'B'],
  );
});
