// JSON that stands within other text, in the spellings of logs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { fromBase64, jsonIn, textOf } from '../../src/logs/embedded.ts';

const found = (text: string) => [...jsonIn(text)].map(({ value }) => value);

const cases: Record<string, [text: string, values: unknown[]]> = {
  'behind other words': ['10:00 sent {"a":1} at once', [{ a: 1 }]],
  'twice in a line': ['{"a":1} then {"b":[2]} }', [{ a: 1 }, { b: [2] }]],
  'escaped, in a quoted text': ['body="{\\"a\\":1}"', [{ a: 1 }]],
  'with doubled quotes, as in a field of a CSV': ['7,"{""a"":""x""}",200', [{ a: 'x' }]],
  'cut off': ['sent {"a":1', []],
  'cut off, with doubled quotes': ['7,"{""a"":', []],
  'not JSON at all': ['{a: 1}', []],
};

for (const [name, [text, values]] of Object.entries(cases)) {
  test(name, () => assert.deepEqual(found(text), values));
}

test('bytes are read plain and packed, and not at all when they are neither', () => {
  const json = '{"a":1}';
  assert.equal(textOf(Buffer.from(json)), json);
  assert.equal(textOf(gzipSync(json)), json);
  assert.equal(textOf(gzipSync(json).subarray(0, 12)), undefined);
  assert.equal(textOf(Buffer.from([0xff, 0xfe, 0xfd])), undefined);
  assert.equal(fromBase64(gzipSync(json).toString('base64')), json);
  assert.equal(fromBase64('nothing'), undefined);
});
