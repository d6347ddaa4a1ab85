// The conversation of a line that cannot be read, and whether the log ends before its end.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readChunks } from '../../src/logs/read-log.ts';
import { all, asLines, chunksOf, foundIn, skippedIn, threeLines } from './logs.ts';

const body = { conversationId: 'c-1', botId: 'st-1', query: 'Hello' };
const line = JSON.stringify(body);
const url = 'https://tenant.example/agentassist/api/v1/hooks/st-1';

/** What is known about the one line that could not be read. */
async function aboutSkipped(log: string | Buffer) {
  const skipped = skippedIn(await foundIn(log));
  assert.equal(skipped.length, 1);
  const { file: _, line: __, reason: ___, ...about } = skipped[0]!;
  return about;
}

/** Replaces one byte, so that the text is not UTF-8. */
function spoilt(text: string, at: string): Buffer {
  const bytes = Buffer.from(text);
  bytes[bytes.indexOf(at)] = 0xff;
  return bytes;
}

const deep = `${'['.repeat(2000)}${']'.repeat(2000)}`;

suite('The conversation is found', () => {
  for (const [what, log] of [
    ['not JSON', `${line},\n`],
    ['with white space in it', '{ "conversationId" :\t"c-1", }\n'],
    ['invalid UTF-8', spoilt(`${line}\n`, 'Hello')],
    ['nested deeply', `{"conversationId":"c-1","events":${deep}}\n`],
    ['too long', `{"conversationId":"c-1","query":"${'x'.repeat(10_000_000)}"}\n`],
    ['a body that is not JSON', asLines({ url, body: `${line},` })],
    ['a record that is not JSON, and its body a text', `${JSON.stringify({ url, body: line })},\n`],
    ['the same in a text once more', `${JSON.stringify({ log: JSON.stringify({ url, body: line }) })},\n`],
    [
      'a body that was cut when it was recorded',
      asLines({ url, body: `${line.slice(0, -2)}… (cut, 70000 characters)` }),
    ],
    ['named twice', `{"conversationId":"c-1","answer":{"conversationId":"c-1"},}\n`],
  ] as const) {
    test(what, async () => assert.deepEqual(await aboutSkipped(log), { conversationId: 'c-1' }));
  }

  test('of a line that is too long and comes in pieces', async () => {
    const log = Buffer.from(`{"conversationId":"c-1","query":"${'x'.repeat(12_000_000)}"}\n${threeLines}`);
    const [skipped] = skippedIn(await all(readChunks(chunksOf(log, 10, 20, 9_000_000, 11_000_000), 'log')));
    assert.equal(skipped?.conversationId, 'c-1');
  });
});

suite('The conversation is not found', () => {
  for (const [what, log] of [
    ['when there is none', `${line}\nno JSON\n`],
    ['when there are two', `${line.slice(0, 40)}${line.replace('c-1', 'c-2')}\n`],
    ['when its id is damaged', spoilt(`${line}\n`, 'c-1')],
    ['when its id is cut', `{"botId":"st-1","conversationId":"c-\n`],
    ['when its id is escaped', '{"conversationId":"c\\u002d1",}\n'],
    ['when its id is longer than any', `{"conversationId":"${'c'.repeat(201)}",}\n`],
  ] as const) {
    test(what, async () => assert.deepEqual(await aboutSkipped(log), {}));
  }
});

suite('A log that is cut off', () => {
  test('in the middle of a line', async () => {
    const log = `${threeLines}${line.slice(0, -5)}`;
    assert.deepEqual(await aboutSkipped(log), { conversationId: 'c-1', damage: 'cut' });
    assert.deepEqual(await aboutSkipped(`${threeLines}  {"conv`), { damage: 'cut' });
  });

  test('in the middle of a character', async () => {
    const log = Buffer.from('{"conversationId":"c-1","query":"🙂"}');
    assert.deepEqual(await aboutSkipped(log.subarray(0, -4)), { conversationId: 'c-1', damage: 'cut' });
  });

  for (const [what, log] of [
    ['a last line that is whole, and not JSON', `${threeLines}{"botId":st-1}`],
    ['a last line that is whole, and no UTF-8', spoilt('{"query":"Hello"}', 'Hello')],
    ['a line that is cut, and others behind it', `{"botId":"st\n${threeLines}`],
  ] as const) {
    test(`is not one with ${what}`, async () => assert.deepEqual(await aboutSkipped(log), {}));
  }
});
