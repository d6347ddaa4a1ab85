// A line of text that holds more than one body: none of them is passed over.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { asLines, foundIn, inShort } from './logs.ts';

const bodyOf = (id: string) =>
  JSON.stringify({ conversationId: id, botId: 'st-1', events: [{ name: 'TRIGGER_SUMMARY_EVENT' }] });
const [one, two] = [bodyOf('c-1'), bodyOf('c-2')];
const escaped = (text: string) => JSON.stringify(text);

suite('Two bodies in a line of text', () => {
  for (const [what, line] of [
    ['one behind the other', `12:00 flushed ${one} ${two}`],
    ['with words between them', `12:00 sent ${one} status=200, then ${two} status=200`],
    ['with a comma between them', `12:00 flushed ${one},${two}`],
    ['each quoted', `12:00 first=${escaped(one)} next=${escaped(two)}`],
    ['the second in brackets', `12:00 sent ${one} [next=${two}]`],
    ['behind more JSON than is tried in vain', `12:00 ${'{"a":1} '.repeat(20)}${one} ${two}`],
  ] as const) {
    test(what, async () => {
      assert.deepEqual(inShort(await foundIn(line)), [
        '1 skipped it holds 2 different bodies, and it is not known which one was sent',
      ]);
    });
  }

  test('the same one twice', async () => {
    assert.deepEqual(inShort(await foundIn(`12:00 sent ${one} raw=${escaped(one)}`)), ['1 request']);
  });

  test('as a list', async () => {
    assert.deepEqual(inShort(await foundIn(`12:00 flushed [${one},${two}]`)), ['1 request', '1 request']);
  });

  test('one of them cut off', async () => {
    for (const end of ['', '… (truncated)']) {
      const found = inShort(await foundIn(`12:00 flushed ${one} ${two.slice(0, -9)}${end}\nnext\n`));
      assert.deepEqual(found.slice(0, 2), ['1 request', '1 skipped the JSON in this line is not complete']);
    }
  });
});

test('a second body without its conversation, wherever it is in the log', async () => {
  const { conversationId: _, ...rest } = JSON.parse(one);
  const record = { level: 'info', req: { body: JSON.parse(one) } };
  const twice = { ...record, second: { body: { ...rest, events: [{ name: 'END_OF_CONVERSATION' }] } } };
  const notRead = 'skipped it holds 2 different bodies, and it is not known which one was sent';
  assert.deepEqual(inShort(await foundIn(asLines(twice, record))), [`1 ${notRead}`, '2 request']);
  assert.deepEqual(inShort(await foundIn(asLines(record, twice))), ['1 request', `2 ${notRead}`]);
  const inText = { ...record, second: JSON.stringify(twice.second) };
  assert.deepEqual(inShort(await foundIn(asLines(record, inText))), ['1 request', `2 ${notRead}`]);
});

test('a body behind other JSON', async () => {
  const line = `12:00 ${'{"a":1} '.repeat(20)}sent ${one} got {"STATUS":"OK"}`;
  assert.deepEqual(inShort(await foundIn(line)), ['1 request']);
});

test('more JSON than is read from a line', async () => {
  const [found] = inShort(await foundIn(`12:00 ${'{"a":1} '.repeat(10_000)}${one}`));
  assert.match(found!, /^1 skipped it holds 200 pieces of JSON or more/);
});
