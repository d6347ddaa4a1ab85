// The search for secrets says in which form it found one, and where.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import jwt from 'jsonwebtoken';
import { LeakSearch } from '../../src/tenant/leak-search.ts';

const secret = 'aV3ry&long"secret<of>9-characters';
const token = jwt.sign({ appId: 'cs-1' }, secret);
const search = new LeakSearch(secret);
const found = (text: string) => search.in(Buffer.from(text)).map(({ what, at }) => [what, at]);

test('the client secret, by the form that it has', () => {
  const inXml = secret
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  assert.deepEqual(found(`ab ${secret}`), [['the client secret', 3]]);
  assert.deepEqual(found(`ab ${inXml}`), [['the client secret, in XML or HTML', 3]]);
  assert.deepEqual(found(`ab ${JSON.stringify(secret).slice(1, -1)}`), [['the client secret, in JSON', 3]]);
  assert.deepEqual(found(`ab ${secret.slice(0, 9)}\n${secret.slice(9)}`), [['the client secret, split', 3]]);
  assert.deepEqual(found(`ab ${encodeURIComponent(secret)}`), [['the client secret, encoded', 3]]);
  assert.deepEqual(found(`ab ${Buffer.from(secret).toString('hex')}`), [['the client secret, in hex', 3]]);
});

test('a token that the secret signs, plain and packed', () => {
  const signed = 'a token that the client secret signs';
  assert.deepEqual(found(`ab ${token}`), [[signed, 3]]);
  assert.deepEqual(found(`ab ${Buffer.from(token).toString('hex')}`), [[`${signed}, in hex`, 3]]);
  assert.deepEqual(found(`ab: ${Buffer.from(token).toString('base64')}`), [[`${signed}, in base64`, 4]]);
});

test('nothing else', () => {
  assert.deepEqual(found(`ab ${jwt.sign({ appId: 'cs-1' }, 'of somebody else')}`), []);
  assert.deepEqual(new LeakSearch('').in(Buffer.from(token)), []);
});
