// Whether an outcome has come to the address that was sent.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Assignment } from '../../src/protocol/assignment.ts';
import { judgeCallback } from '../../src/protocol/callback.ts';
import { type Arrival, addressForms, arrival, callbackAddress } from '../../src/protocol/callback-address.ts';
import { expectBroken, expectHolds } from './expect.ts';

const base = 'https://callbacks.example/of/us/callbacks/key';

suite('An address', () => {
  for (const [form, rest] of Object.entries(addressForms)) {
    test(`with ${form} is one that a URL has`, () => {
      assert.equal(new URL(`${base}${rest}`).href, `${base}${rest}`);
      assert.equal(arrival(`${base}${rest}`, `/callbacks/key${rest}`), 'same');
    });
  }

  test('without a path is that of the listener', () => {
    assert.equal(callbackAddress('http://h:1', '', 'no path'), 'http://h:1');
    assert.equal(callbackAddress('http://h:1', '/callbacks/k', undefined), 'http://h:1/callbacks/k');
    assert.match(callbackAddress('http://h:1', '/callbacks/k', 'a query'), /^http:..h:1.callbacks.k.*\?/);
  });

  const cases: [sent: string, came: string, Arrival][] = [
    ['', '', 'same'],
    ['/caf%c3%a9', '/caf%C3%A9', 'same'],
    ['/~me', '/%7Eme', 'same'],
    ['/a%2Fb', '/a/b', 'elsewhere'],
    ['/a%2Fb', '/a%252Fb', 'elsewhere'],
    ['/Case', '/case', 'elsewhere'],
    ['/a/', '/a', 'elsewhere'],
    ['/a', '/a?', 'respelt'],
    ["/(x)!$'*", '/%28x%29%21%24%27%2A', 'respelt'],
    ['/100%', '/100%', 'same'],
    ['/100%', '/100', 'elsewhere'],
    ['?a=1&b=2', '', 'elsewhere'],
    ['?a=1&b=2', '?a=1', 'elsewhere'],
    ['?a=1&a=2', '?a=2', 'elsewhere'],
    ['?a=1&b=2', '?b=2&a=1', 'elsewhere'],
    ['?a=%20b', '?a=+b', 'respelt'],
    ['?a=b%2Bc', '?a=b+c', 'elsewhere'],
    ['?flag', '?flag=', 'respelt'],
  ];
  for (const [sent, came, expected] of cases) {
    test(`${sent || 'without more'} that comes as ${came || 'nothing more'} is ${expected}`, () => {
      assert.equal(arrival(`${base}${sent}`, `/callbacks/key${came}`), expected);
    });
  }

  test('may be any other one, and the one it is sent as', () => {
    assert.equal(arrival('http://here.example', '/'), 'same');
    assert.equal(arrival('http://here.example/A?b', '/A?b'), 'same');
    assert.equal(arrival('http://here.example/A?b', '/a?b'), 'elsewhere');
  });
});

suite('An outcome that is posted', () => {
  const asked: Assignment = {
    callbackUrl: `${base}/outcome?a=%20b`,
    addressForm: 'a query',
    orgId: 'o-1',
    botSessionId: 's-1',
    target: { aId: 'a-1' },
  };
  const body = '{"sessionId":"s-1","agentId":"a-1","status":"transferred"}';
  const judged = (...rests: string[]) =>
    judgeCallback(
      rests.map((rest) => ({
        method: 'POST',
        path: `/callbacks/key${rest}`,
        contentType: 'application/json',
        body,
      })),
      asked,
      5000,
    );

  test('to the address is right', () => {
    expectHolds(judged('/outcome?a=%20b'), 'ASSIGN-CB-01', 'ASSIGN-CB-02');
  });

  test('elsewhere breaks a must, and the finding has both addresses', () => {
    const judgement = judged('/outcome');
    expectBroken(judgement, {
      requirement: 'ASSIGN-CB-01',
      wording: /^the outcome was posted, but not to a callbackUrl with a query as it was sent$/,
    });
    const [found] = judgement.findings;
    assert.equal(found?.expected, 'POST /callbacks/key/outcome?a=%20b');
    assert.equal(found.actual, 'POST /callbacks/key/outcome');
  });

  test('to the address in another spelling breaks a should', () => {
    expectBroken(judged('/outcome?a=+b'), {
      requirement: 'ASSIGN-CB-02',
      wording:
        /^the outcome was posted to a callbackUrl with a query, but its address was written in another/,
      holds: ['ASSIGN-CB-01'],
    });
  });

  test('to two addresses is posted twice', () => {
    expectBroken(judged('/outcome?a=%20b', '/outcome'), {
      requirement: 'ASSIGN-CB-02',
      wording: /^the outcome was posted 2 times/,
      holds: ['ASSIGN-CB-01'],
    });
  });

  test('nowhere is missing at an address of this form', () => {
    assert.match(
      judged().findings[0]!.message,
      /^no outcome was posted to a callbackUrl with a query within/,
    );
  });
});
