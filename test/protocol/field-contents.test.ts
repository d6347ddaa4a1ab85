// Each field of the traffic says what it holds, or lists its words.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { contentsProblems } from '../../src/protocol/field-contents.ts';
import { schemas } from '../../src/protocol/schemas.ts';

suite('What fields hold', () => {
  test('a field that does not say it is named, once one of its schema does', () => {
    const said = { type: 'string', holds: 'name' };
    const words = { type: 'string', enum: ['a'] };
    const silent = { type: 'object', properties: { b: { type: 'number' }, c: words } };
    const list = { type: 'array', items: { anyOf: [{ properties: { d: { type: 'string' } } }] } };
    const schema = { type: 'object', properties: { said, silent, list } };
    assert.deepEqual(contentsProblems('a.json', schema), [
      'a.json: silent.b does not say what it holds',
      'a.json: list.[].d does not say what it holds',
    ]);
    assert.deepEqual(contentsProblems('a.json', { properties: { silent, list } }), []);
  });

  test('all schemas of requests and answers do', () => {
    const { conformanceReport: _, historyLine: __, settings: ___, ...traffic } = schemas;
    for (const [name, schema] of Object.entries(traffic)) {
      assert.deepEqual(contentsProblems(name, { ...schema, holds: 'text' }), []);
    }
  });
});
