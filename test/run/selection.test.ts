// A requirement is seen whole only when all that could show a breach of it was judged.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Asked, askedOf } from '../../src/run/asked.ts';
import { seenWhole, selectionInWords, selectionOf } from '../../src/run/selection.ts';
import type { ScenarioRecord } from '../../src/verdict/scenario-record.ts';
import { check, must, Run, recordOf, type Step } from '../verdict/sample-run.ts';

type Sources = Asked['sources'];

function askedFor(sources: Partial<Sources> = {}): Asked {
  const all = { paths: [], names: [], tagExpression: '', order: 'defined', defaultDialect: 'en' };
  return askedOf({ sources: { ...all, ...sources }, runtime: { failFast: false } } as never);
}

test('a selection is worded as it was typed', () => {
  const { sources } = askedFor({
    paths: ['features/routing'],
    tagExpression: '@HOOKS-RDL-01',
    names: ['redial', 'drop'],
    shard: '1/4',
  });

  assert.equal(
    selectionInWords(sources),
    'paths features/routing; --tags "@HOOKS-RDL-01"; --name "redial", "drop"; --shard 1/4',
  );
});

test('a run is whole when nothing was left out', async () => {
  const { collector } = new Run();

  assert.deepEqual(await selectionOf(collector, askedFor()), { words: 'all features', whole: true });
  const named = await selectionOf(collector, askedFor({ names: ['x'] }));
  assert.deepEqual(named, { words: '--name "x"', whole: false });
  const part = await selectionOf(collector, undefined);
  assert.deepEqual(part, { words: 'as cucumber-js was called', whole: false });
});

/** Whether `must`, which every answer decides, is seen whole after a run with one more scenario. */
async function isSeen(steps: Step[], record?: ScenarioRecord, asked: Asked = askedFor()): Promise<boolean> {
  const run = new Run();
  run.whole(['PASSED'], recordOf([check('pass')]));
  run.whole(steps, record);
  const { whole } = await selectionOf(run.collector, asked);
  return (await seenWhole(run.collector, [must], { language: 'en', whole })).has(must);
}

test('what every answer decides is seen whole only when each scenario came to its end', async () => {
  const notReached = { ...check('pass'), outcome: 'not reached' as const };

  assert.equal(await isSeen(['PASSED'], recordOf([check('pass')])), true);
  assert.equal(await isSeen(['PASSED'], recordOf([notReached])), false);
  assert.equal(await isSeen([{ type: 'TypeError', message: 'x' }], recordOf([check('pass')])), false);
  assert.equal(await isSeen(['PASSED']), false, 'a scenario without a record');
  assert.equal(await isSeen(['PASSED'], recordOf([check('pass')]), askedFor({ shard: '1/2' })), false);
});

test('what a tag names is seen whole only when each scenario with the tag was judged', async () => {
  const { collector } = new Run();

  assert.equal((await seenWhole(collector, ['HOOKS-RDL-01'], { language: 'en', whole: true })).size, 0);
});
