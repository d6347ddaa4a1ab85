// Every rule judges a request with pseudonyms as it judges the request itself, whatever is wrong with it.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { SentRecord } from '../../src/logs/log-entry.ts';
import {
  assignmentFindings,
  hooksFindings,
  isAssignment,
  type SentRequest,
} from '../../src/protocol/sent-request.ts';
import { entryWithout } from '../../src/pseudonyms/entry.ts';
import { Pseudonyms } from '../../src/pseudonyms/pseudonyms.ts';
import { exampleBody } from '../protocol/examples.ts';
import { assignmentCases } from '../protocol/lifecycle/assignment-cases.ts';
import { hooksCases, hooksRequest } from '../protocol/lifecycle/request-cases.ts';
import { assertNothingPlanted, planted } from './planted.ts';

const pseudonyms = new Pseudonyms('a key of this test');

function without(request: SentRequest): SentRecord {
  const entry = entryWithout(
    { kind: 'request', record: { file: 'log', line: 1, ...request } },
    [],
    pseudonyms,
  );
  assert.ok(entry.kind === 'request');
  return entry.record;
}

function found(request: SentRequest, qualityModule = false): string[] {
  const findings =
    request.url !== undefined && isAssignment(request.url)
      ? assignmentFindings(request)
      : hooksFindings(request, { qualityModule });
  return findings.map(({ requirement, level, event, pointer }) =>
    [requirement, level, event, pointer].join(' '),
  );
}

function assertSame(request: SentRequest, qualityModule?: boolean): void {
  assert.deepEqual(found(without(request), qualityModule), found(request, qualityModule));
}

suite('A request with pseudonyms', () => {
  for (const [id, cases] of Object.entries({ ...hooksCases, ...assignmentCases })) {
    test(`breaks ${id} where the request does, and keeps it where it does`, () => {
      for (const { kept, broken, qualityModule } of cases) {
        assertSame(kept, qualityModule);
        assertSame(broken, qualityModule);
      }
    });
  }

  const bodies = [
    'INTERNAL_TRANSFER_EVENT',
    'TRIGGER_SUMMARY_EVENT',
    'END_OF_CONVERSATION',
    'message',
  ] as const;

  test('has the same findings with any value in any field', () => {
    const place = fc.constantFrom(
      ...bodies.flatMap((name) => fieldsOf(exampleBody(name)).map((at) => [name, at] as const)),
    );
    fc.assert(
      fc.property(place, fc.jsonValue({ maxDepth: 2 }), ([name, at], value) => {
        assertSame(hooksRequest(withValue(exampleBody(name), at, value)));
      }),
      { numRuns: 500 },
    );
  });

  test('has the same findings at any URL', () => {
    const body = exampleBody('END_OF_CONVERSATION');
    const { botId } = body;
    const paths = [
      ...[
        '/agentassist/api/v1/hooks',
        '///agentassist/api/v1/hooks',
        '/webhooks',
        '/hooks-old',
        '/api/v1/hooks',
        '',
      ],
      ...['/agentassist/api/v1/public/st-9/assign-conversation', '/agentassist/api/v2/hooks'],
    ];
    for (const origin of [
      'https://tenant.example',
      'http://[::1]:8080',
      'tenant.example:8080',
      'localhost',
      '',
    ]) {
      for (const path of paths) {
        for (const end of [
          '',
          '/',
          `/${botId}`,
          `/${botId}/`,
          '/st-other',
          '/a%20b',
          '/%zz',
          `/${botId}?x=1#y`,
        ]) {
          assertSame(hooksRequest(body, { url: `${origin}${path}${end}` }));
        }
      }
    }
    assertSame(hooksRequest({ ...body, botId: 'a b' }, { url: '/agentassist/api/v1/hooks/a%20b' }));
    assertSame(hooksRequest({ ...body, botId: 'a%20b' }, { url: '/agentassist/api/v1/hooks/a%20b' }));
  });

  test('has none of what was in it, wherever that was', () => {
    const { customer, agent, email, phone, number, address, said } = planted;
    const body = {
      ...exampleBody('message'),
      conversationId: `${customer} ${phone}`,
      query: said,
      agentId: email,
      language: agent,
      experience: customer,
      source: agent,
      sendUserMessage: said,
      metadata: { [email]: [phone, { note: address }, number] },
      events: [
        {
          name: customer,
          participant: { identity: email, name: agent, type: agent, customFields: { agentEmail: email } },
        },
        { name: 'END_OF_CONVERSATION', reason: said, participant: customer },
        { name: 'TRIGGER_SUMMARY_EVENT', data: { language: customer, type: agent } },
        said,
      ],
    };
    const clean = without({
      method: agent,
      url: `https://${encodeURIComponent(agent)}@tenant.example/${encodeURIComponent(customer)}/hooks/${encodeURIComponent(email)}?${encodeURIComponent(agent)}=1&botId=${phone}#${said}`,
      headers: {
        'content-type': `text/plain; name="${agent}"`,
        token: agent,
        'x-agent': email,
        date: address,
        'x-4917055501239': '1',
      },
      body,
    });
    assertNothingPlanted(JSON.stringify(clean), 'the request');
    assertNothingPlanted(found(clean).join('\n'), 'a finding');
  });

  test('equal values are equal, whatever field they are in, and others differ', () => {
    const { body } = without({ body: { conversationId: 'x', agentId: 'x', source: 'y', botId: 'x ' } });
    const { conversationId, agentId, source, botId } = body as Record<string, string>;
    assert.equal(conversationId, agentId);
    assert.equal(new Set([conversationId, source, botId]).size, 3);
    assert.notEqual(new Pseudonyms('another key').of('x'), conversationId);
  });

  test('keeps the words of the documents, languages and placeholders', () => {
    const kept = {
      experience: 'voice',
      language: 'pt-BR',
      author: { type: 'user' },
      sendUserMessage: 'true',
      events: [{ name: 'TRIGGER_SUMMARY_EVENT', data: { language: 'English', locale: 'en', type: 'post' } }],
      source: '<redacted>',
      query: ' ',
    };
    assert.deepEqual(without({ body: kept }).body, kept);
  });
});

type Path = readonly (string | number)[];

/** All fields of a body, and the body itself. */
function fieldsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, one]) => fieldsOf(one, [...at, key]))];
}

function withValue(of: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const copy = (Array.isArray(of) ? [...of] : { ...(of as object) }) as Record<string, unknown>;
  copy[key] = withValue(copy[key], rest, value);
  return copy;
}
