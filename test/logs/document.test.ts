// A log that is one JSON document, or JSON over several lines.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fromDocument } from '../../src/logs/document.ts';
import { RecordReader } from '../../src/logs/record.ts';
import { all, bodies, foundIn, inShort, skippedIn } from './logs.ts';

const several = bodies.map((body) => JSON.stringify(body, null, 2));

suite('JSON over several lines', () => {
  for (const [what, text] of [
    ['a list', `[\n${several.join(',\n')}\n]`],
    ['a list in one line', JSON.stringify(bodies)],
    ['one value after the other', several.join('\n')],
    ['values with commas between them, and white space at the end', `${several.join(',\n')}\n\n`],
    ['a list after the other', `[${several[0]}]\n[${several[1]},${several[2]}]`],
  ] as const) {
    test(`is read: ${what}`, async () => {
      assert.deepEqual(inShort(await foundIn(text)), ['1 request', '2 request', '3 request']);
    });
  }

  test('is read up to where it breaks off', async () => {
    const found = await foundIn(`${several[0]}\n${several[1]!.slice(0, -1)}`);
    assert.deepEqual(inShort(found), [
      '1 request',
      '2 skipped the file is JSON over several lines, and from line 4 on it cannot be read: it does not end',
    ]);
    assert.equal(skippedIn(found)[0]!.damage, 'cut');
  });

  test('is read up to what is not JSON', async () => {
    const found = await foundIn(`${several[0]}\n{\n  "query": no\n}\n${several[1]}`);
    const reason =
      /^2 skipped the file is JSON over several lines, and from line 4 on it cannot be read: not JSON: /;
    assert.equal(found.length, 2);
    assert.match(inShort(found)[1]!, reason);
    assert.equal(skippedIn(found)[0]!.damage, undefined);
  });

  test('breaks off at once: it is one document', async () => {
    const [skipped, ...more] = skippedIn(await foundIn('{\n  "query": {\n'));
    assert.deepEqual(more, []);
    assert.match(skipped!.reason, /^the file is one JSON document, and from line 1 on .*: it does not end$/);
  });

  test('has to be UTF-8: the place of the wrong byte is named', async () => {
    const found = await foundIn(Buffer.from('[\n{"query":"K\xf6ln"}]', 'latin1'));
    assert.deepEqual(inShort(found), [
      '1 skipped the file is one JSON document, and not UTF-8: byte 14 is invalid',
    ]);
  });

  test('is read no further than a text of Node can be long', async () => {
    const chunk = Buffer.alloc(64 * 1024 * 1024, ' ');
    let taken = 0;
    async function* endless() {
      for (; taken < 100; taken += 1) yield chunk;
    }
    const found = await all(fromDocument(endless(), 'a.json', new RecordReader()));
    assert.match(inShort(found).join(), /^1 skipped the file is one JSON document of more than 512 MB/);
    assert.equal(taken, 7);
  });

  test('comes in batches, whose entries go on counting', async () => {
    const batches: number[] = [];
    const text = JSON.stringify(Array.from({ length: 2001 }, () => bodies[0]));
    async function* once() {
      yield Buffer.from(text);
    }
    for await (const batch of fromDocument(once(), 'a.json', new RecordReader())) batches.push(batch.length);
    assert.deepEqual(batches, [1000, 1000, 1]);
  });
});
