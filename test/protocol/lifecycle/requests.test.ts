// One request on its own, one clause at a time: what keeps it passes; what breaks it has that finding and no other.
// What was not recorded is not judged.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type RequirementId, requirement } from '../../../src/protocol/catalogue.ts';
import type { SenderFinding } from '../../../src/protocol/lifecycle/lifecycle.ts';
import { type Defect, withDefect } from '../../../src/protocol/mutations.ts';
import {
  assignmentFindings,
  hooksEndpoint,
  hooksFindings,
  isAssignment,
  type SentRequest,
} from '../../../src/protocol/sent-request.ts';
import { assignment, assignmentCases } from './assignment-cases.ts';
import {
  endRequest,
  hooksCases,
  hooksRequest,
  messageRequest,
  type RequestCase,
  token,
  withoutCustomFields,
} from './request-cases.ts';

type Judge = (request: SentRequest, of: RequestCase) => SenderFinding[];

const judges: [Partial<Record<RequirementId, RequestCase[]>>, Judge][] = [
  [hooksCases, (request, { qualityModule = false }) => hooksFindings(request, { qualityModule })],
  [assignmentCases, assignmentFindings],
];

for (const [cases, judge] of judges) {
  for (const [name, some] of Object.entries(cases)) {
    const id = name as RequirementId;
    suite(`${id}: ${requirement(id).title}`, () => {
      for (const one of some) {
        test(one.wording, () => {
          assert.deepEqual(judge(one.kept, one), []);
          const found = judge(one.broken, one).map(({ event: _, ...rest }) => rest);
          const { level } = requirement(id);
          assert.deepEqual(found, [{ requirement: id, level, message: one.wording, pointer: one.pointer }]);
        });
      }
    });
  }
}

const noQuality = { qualityModule: false };
const { body } = endRequest;

test('a field can break one requirement when it is missing, and another by what it holds', () => {
  const { body } = messageRequest;
  const idsOf = (defect: Defect) =>
    hooksFindings({ body: withDefect(body as object, 'experience', defect) }, noQuality).map(
      ({ requirement }) => requirement,
    );
  assert.deepEqual(idsOf({ kind: 'left out' }), ['HOOKS-MSG-12']);
  assert.deepEqual(idsOf({ kind: 'set to', value: 'email' }), ['HOOKS-MSG-03']);
});

suite('What was not recorded is not judged', () => {
  test('a body alone', () => assert.deepEqual(hooksFindings({ body }, noQuality), []));
  test('headers of which some were left out', () => {
    const headers = { 'user-agent': 'an adapter' };
    assert.deepEqual(hooksFindings(hooksRequest(body, { headers }), noQuality), []);
    const assigned = assignmentCases['ASSIGN-REQ-07'][0]!.kept.body;
    assert.deepEqual(assignmentFindings(assignment(assigned, { headers })), []);
  });
  for (const token of [
    '<redacted>',
    '***',
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXxxxx...',
    '$TENANT_JWT',
    '[FILTERED]',
    '{{token}}',
    'XXXXXXXX',
    'Redacted by the proxy',
    'cs-12****89',
    'cs-12…89',
    'cs-12xxxx89',
    'eyJhbGci.****.c2ln',
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpX',
  ]) {
    test(`the token ${token}`, () => {
      const headers = { 'content-length': '412', 'content-type': 'application/json', token };
      assert.deepEqual(hooksFindings(hooksRequest(body, { headers }), noQuality), []);
    });
  }
  test('a token that is not a JWT, when headers were left out', () => {
    assert.deepEqual(hooksFindings(hooksRequest(body, { headers: { token: 'cs-secret' } }), noQuality), []);
  });
  test('the Quality Module, when the profile does not have it', () => {
    assert.deepEqual(hooksFindings(withoutCustomFields, noQuality), []);
  });
});

test('a finding names the event that it is about', () => {
  const events = [{ name: 'TRIGGER_SUMMARY_EVENT', data: {} }, { name: 'HELLO' }, 7];
  const found = hooksFindings({ body: { conversationId: 'c', botId: 'st', events } }, noQuality);
  assert.deepEqual(
    found.map(({ requirement, event, pointer }) => [requirement, event, pointer]),
    [
      ['HOOKS-ENV-05', 2, '/events/2'],
      ['HOOKS-SUM-01', 0, '/events/0/data/language'],
      ['HOOKS-SUM-02', 0, '/events/0/data/locale'],
      ['HOOKS-SUM-03', 0, '/events/0/data/type'],
      ['HOOKS-ENV-07', 1, '/events/1/name'],
    ],
  );
});

suite('A token', () => {
  const other = { 'content-length': '412', 'content-type': 'application/json' };
  for (const more of [
    { token: '', auth: token },
    { token, auth: '' },
    { token: ' ', auth: token },
  ]) {
    test(`is in ${more.token.trim() ? 'token' : 'auth'}, and the other header is ${JSON.stringify(more.token === token ? more.auth : more.token)}`, () => {
      const headers = { ...other, ...more };
      assert.deepEqual(hooksFindings(hooksRequest(body, { headers }), noQuality), []);
    });
  }
});

for (const data of ['left out', null, 'text', []]) {
  test(`a summary without data breaks all that data is for: ${JSON.stringify(data)}`, () => {
    const events = [{ name: 'TRIGGER_SUMMARY_EVENT', ...(data === 'left out' ? {} : { data }) }];
    const found = hooksFindings({ body: { conversationId: 'c', botId: 'st', events } }, noQuality);
    assert.deepEqual(
      found.map(({ requirement, event, pointer }) => [requirement, event, pointer]),
      ['HOOKS-SUM-01', 'HOOKS-SUM-02', 'HOOKS-SUM-03'].map((id) => [id, 0, '/events/0/data']),
    );
    assert.equal(new Set(found.map(({ message }) => message)).size, 1);
  });
}

test('no part of a token is quoted', () => {
  const secrets = [
    'Bearer s3cr3t-part',
    'aaa.s3cr3t-part.bbb',
    's3cr3t-part',
    'a.s3cr3t-part',
    `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.s3cr3t-part`,
  ];
  for (const token of secrets) {
    const request = hooksRequest(body, {
      headers: { 'content-length': '412', 'content-type': 'application/json', token },
    });
    const found = hooksFindings(request, noQuality);
    assert.deepEqual(
      found.map(({ requirement }) => requirement),
      ['HOOKS-AUTH-02'],
    );
    assert.doesNotMatch(JSON.stringify(found), /s3cr3t/);
  }
});

suite('Any body and any URL get an answer', () => {
  const bodies = [
    undefined,
    null,
    7,
    'text',
    [],
    {},
    { events: null },
    { events: [null, [], {}] },
    { query: {} },
  ];
  for (const given of bodies) {
    test(`the body ${JSON.stringify(given)}`, () => {
      assert.ok(hooksFindings({ body: given }, { qualityModule: true }).length > 0);
      assert.ok(assignmentFindings({ body: given }).length > 0);
    });
  }
  for (const url of ['', 'http://[', 'http://x/%', '/agentassist/api/v1/hooks', 'hooks/st-1', '\u0000']) {
    test(`the URL ${JSON.stringify(url)}`, () => {
      assert.ok(hooksFindings(hooksRequest(body, { url }), noQuality).length > 0);
      assert.ok(assignmentFindings(assignment({}, { url })).length > 0);
    });
  }
});

suite('Where a request goes', () => {
  const documented: Record<string, string> = {
    '/agentassist/api/v1/hooks/st-1': '/agentassist/api/v1/hooks',
    'https://platform.kore.ai///agentassist/api/v1/hooks/st-1': '/agentassist/api/v1/hooks',
    'https://platform.kore.ai/agentai/api/v1/hooks/st-1/': '/agentai/api/v1/hooks',
    'https://ind-platform.kore.ai/api/v1/hooks/st-1?x=/hooks/2': '/api/v1/hooks',
    'platform.kore.ai/agentassist/api/v1/hooks/st-1': '/agentassist/api/v1/hooks',
    'platform.kore.ai:443/agentassist/api/v1/hooks/st-1': '/agentassist/api/v1/hooks',
    'localhost:3000///agentassist/api/v1/hooks/st-1': '/agentassist/api/v1/hooks',
    'localhost/api/v1/hooks/st-1': '/api/v1/hooks',
    '127.0.0.1:80/api/v1/hooks/st-1': '/api/v1/hooks',
    '[::1]:80/api/v1/hooks/st-1': '/api/v1/hooks',
    '//platform.kore.ai/api/v1/hooks/st-1': '/api/v1/hooks',
    'agentai/api/v1/hooks/st-1': '/agentai/api/v1/hooks',
  };
  for (const [url, path] of Object.entries(documented)) {
    test(url, () => {
      assert.deepEqual(hooksEndpoint(url), { path, botId: 'st-1' });
      assert.equal(isAssignment(url), false);
      const request = hooksRequest({ ...(body as object), botId: 'st-1' }, { url });
      assert.deepEqual(hooksFindings(request, noQuality), []);
    });
  }
  test('to the path of the profile, which another profile does not know', () => {
    const request = hooksRequest(body, { url: 'https://gateway.example/kore/events/st-XXXX' });
    const hooksPath = '/kore/events';
    assert.deepEqual(hooksFindings(request, { ...noQuality, hooksPath }), []);
    assert.deepEqual(
      hooksFindings(request, noQuality).map((one) => one.requirement),
      ['HOOKS-EP-02'],
    );
    assert.deepEqual(hooksFindings(request, { ...noQuality, hooksPath }), []);
  });
  test('with a botId that is percent-encoded', () => {
    const request = hooksRequest(body, {
      url: 'https://platform.kore.ai/agentassist/api/v1/hooks/st%2DXXXX',
    });
    assert.deepEqual(hooksFindings(request, noQuality), []);
    const broken = hooksRequest(body, { url: 'https://platform.kore.ai/agentassist/api/v1/hooks/%ff' });
    assert.deepEqual(
      hooksFindings(broken, noQuality).map((one) => one.requirement),
      ['HOOKS-ENV-04'],
    );
  });
  test('to assign-conversation, with the parameters in the query (X-22)', () => {
    const url = `${assignment({}).url}?callbackUrl=https%3A%2F%2Flocalhost&orgId=o&botSessionId=b&aId=a`;
    for (const one of [url, url.replace('https://', ''), url.replace(/https:\/\/[^/]*/, 'tenant:443')]) {
      assert.ok(isAssignment(one));
      assert.deepEqual(assignmentFindings(assignment(undefined, { url: one })), []);
    }
    assert.equal(hooksEndpoint(url), undefined);
  });
});
