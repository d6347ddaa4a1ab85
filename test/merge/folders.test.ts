// Which folders are read, and which are not: what merge and judge have written is never a shard, a run is never deleted, and a
// folder that cannot be used is named.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, beforeEach, suite, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { messageFileName } from '../../src/evidence/message-file.ts';
import { judge } from '../../src/merge/judge.ts';
import { merge } from '../../src/merge/merge.ts';
import { suite as ownSuite } from '../../src/run/suite.ts';
import { fewAtATime, run, temporaryFolder } from '../run/harness.ts';
import { sandboxWith } from '../run/tenants.ts';

let parts: string[];
let above: string;
const at = (...names: string[]) => path.join(above, ...names);

before(async () => {
  const env = await sandboxWith({});
  const runs = ['1/2', '2/2'].map(
    (shard) => () => run(['--tags', '@HOOKS-SUM-03', '--shard', shard], { env }),
  );
  parts = (await fewAtATime(runs)).map(({ reports }) => reports);
});

beforeEach(() => {
  above = temporaryFolder();
  for (const [index, part] of parts.entries()) cpSync(part, at(`${index + 1}`), { recursive: true });
});

function merging(given: string[], output = at('merged')) {
  return merge({ given, to: () => output, suite: ownSuite({}) });
}

function judging(given: string, output?: string) {
  const filesOf = () => ({ deviations: [], observed: [] });
  return judge({ given, output, failOn: undefined, filesOf, suite: ownSuite({}) });
}

suite('What merge has written', { concurrency: false }, () => {
  for (const output of ['.', 'merged']) {
    test(`is not read in place of the shards, or beside them: in ${output}`, async () => {
      assert.equal((await merging([above], at(output))).ended.report.verdict, 'partial');
      rmSync(at('2'), { recursive: true });
      const { ended, runs, notes } = await merging([above], at(output));
      assert.equal(runs, 1);
      assert.equal(ended.report.verdict, 'inconclusive');
      assert.match(ended.report.reasons.join('\n'), /Shard 2\/2 is missing/);
      assert.match(notes.join('\n'), /was left out: npm run merge has written it/);
    });
  }

  test('is not a part by itself, also when it was judged again', async () => {
    await merging([above]);
    await judging(at('merged'));
    await assert.rejects(
      merging([at('merged')]),
      /RUNS_UNREADABLE .*merged.* npm run merge has written that/,
    );
  });

  test('can be judged again, whatever is below it', async () => {
    await merging([above], above);
    assert.equal((await judging(above)).ended.report.verdict, 'partial');
  });
});

suite('What judge has written', { concurrency: false }, () => {
  test('does not count beside the shard, but may stand for it', async () => {
    await judging(at('1'));
    await judging(at('2'), at('2 by another suite'));
    assert.equal((await judging(at('1'))).folder, at('1', 'judged-again'));
    const { runs, ended } = await merging([above]);
    assert.equal(runs, 2);
    assert.equal(ended.report.verdict, 'partial');
    const instead = await merging([at('1', 'judged-again'), at('2 by another suite')]);
    assert.equal(instead.runs, 2);
  });

  test('is not another run in a folder above', async () => {
    rmSync(at('2'), { recursive: true });
    await judging(at('1'));
    assert.equal((await judging(above)).folder, at('1', 'judged-again'));
  });

  test('never replaces the run, by whatever path', async () => {
    symlinkSync(at('1'), at('link'), 'junction');
    await assert.rejects(judging(at('1'), at('link')), /RUNS_DO_NOT_FIT .*--output/);
    await assert.rejects(merging([at('1'), at('2')], at('link')), /RUNS_DO_NOT_FIT .*--output/);
    assert.ok(existsSync(at('1', 'evidence.ndjson')));
  });
});

test(
  'A folder for the reports that the system does not make is named',
  { skip: !existsSync('/proc/self') },
  () => assert.rejects(merging([above], '/proc/x'), /REPORTS_DIR_UNUSABLE .*\/proc\/x cannot be prepared/),
);

suite('A folder of a shard', { concurrency: false }, () => {
  test('beside another whole run is refused with both names', async () => {
    cpSync(at('1'), above, { recursive: true });
    await assert.rejects(merging([above]), ({ message }) => {
      assert.match(message, /^RUNS_DO_NOT_FIT/);
      return message.includes(`shard 1/2 is there 2 times: ${above}, ${at('1')}`);
    });
  });

  for (const [what, change] of Object.entries({
    missing: (file: string) => rmSync(file),
    empty: (file: string) => writeFileSync(file, ''),
    'a folder': (file: string) => {
      rmSync(file);
      mkdirSync(file);
    },
  })) {
    test(`whose evidence is ${what} makes the night inconclusive`, async () => {
      change(at('2', 'evidence.ndjson'));
      const { report } = (await merging([above])).ended;
      assert.equal(report.verdict, 'inconclusive');
      assert.match(report.reasons.join('\n'), /Shard 2\/2 in .+ has no evidence\.ndjson/);
    });
  }

  type Lines = string[];
  const inHead = (change: (head: Record<string, unknown>) => unknown) => (lines: Lines) => {
    const head = JSON.parse(lines[0]!);
    const body = JSON.parse(head.attachment.body);
    head.attachment.body = JSON.stringify(change(body) ?? body);
    return [JSON.stringify(head), ...lines.slice(1)];
  };
  const without = (member: string) => (lines: Lines) =>
    lines.filter((line) => !line.startsWith(`{"${member}":`));
  const damages: Record<string, (lines: Lines) => Lines> = {
    'a null line': (lines) => lines.toSpliced(3, 0, 'null'),
    'no pickles': without('pickle'),
    'no pickles and no test cases': (lines) =>
      without('pickle')(without('testCase')(without('testCaseStarted')(lines))),
    'no test cases': without('testCase'),
    'no beginning of its scenarios': without('testCaseStarted'),
    'no tenant': inHead((head) => {
      delete head.tenant;
    }),
    'a moment that is none': inHead((head) => {
      head.startedAt = 'yesterday';
    }),
    'a shard that cannot be': inHead((head) => {
      head.selection = { words: '', language: 'en', shard: '3/2' };
    }),
    'a beginning that is a list': inHead(() => []),
    'records that are something else': (lines) =>
      lines.map((line) => {
        const envelope = JSON.parse(line);
        if (!envelope.attachment?.mediaType.includes('scenario')) return line;
        return JSON.stringify({ attachment: { ...envelope.attachment, body: '{"checks":7}' } });
      }),
  };
  for (const [what, damage] of Object.entries(damages)) {
    test(`with ${what} is named, and nothing is written`, async () => {
      const file = at('2', messageFileName);
      const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
      writeFileSync(file, gzipSync(`${damage(lines).join('\n')}\n`));
      const named = (error: Error) =>
        error.message.startsWith('RUNS_UNREADABLE') && error.message.includes(`  ${at('2')}`);
      await assert.rejects(merging([above]), named);
      await assert.rejects(judging(at('2')), named);
      assert.ok(!existsSync(at('merged')));
    });
  }
});
