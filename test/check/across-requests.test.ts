// Rules about more than one request or conversation, and requests that belong to no conversation.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Conversation } from '../../src/protocol/conversation.ts';
import { defaultDialect, type HooksBody } from '../../src/protocol/events.ts';
import { bodiesOf, broken, checked } from './checked-lines.ts';

describe('across requests and conversations', () => {
  const url = (path: string) => `https://tenant.example${path}`;

  test('one endpoint for every event of a conversation (HOOKS-EP-03)', () => {
    const [entry, exit, end] = bodiesOf('the minimum conversation') as [HooksBody, HooksBody, HooksBody];
    const [here, there] = [url('/agentassist/api/v1/hooks/st-1'), url('/agentai/api/v1/hooks/st-1')];
    const kept = checked([entry, exit, end].map((body) => ({ body, url: there })));
    assert.deepEqual(broken(kept), []);
    const changed = checked([
      { body: entry, url: here },
      { body: exit, url: here },
      { body: end, url: there },
    ]);
    const findings = changed.conversations.flatMap((one) => one.findings);
    assert.deepEqual(
      findings.map(({ requirement, level, line }) => [requirement, level, line]),
      [['HOOKS-EP-03', 'should', 3]],
      'the pages have two paths, so it is no must',
    );
    assert.match(findings[0]!.message, /the path that End of Conversation shows \(X-02\)$/);
  });

  test('the path that the profile has for an event is no breach (X-02)', () => {
    const [entry, exit, end] = bodiesOf('the minimum conversation') as [HooksBody, HooksBody, HooksBody];
    const [here, there] = [url('/agentassist/api/v1/hooks/st-1'), url('/gateway/ends/hooks/st-1')];
    const lines = [
      { body: entry, url: here },
      { body: exit, url: here },
      { body: end, url: there },
    ];
    const profile = { qualityModule: false, ownPaths: ['/gateway/ends/hooks'] };
    assert.deepEqual(checked(lines, { profile }).conversations[0]!.findings, []);
    const known = checked(lines).conversations[0]!.findings.map(({ requirement }) => requirement);
    assert.deepEqual(known, ['HOOKS-EP-03', 'HOOKS-EP-02'], 'without the profile that path is undocumented');
  });

  test('either order of a cold transfer, where the profile says so (X-09)', () => {
    const one = new Conversation({ conversationId: 'c-1', botId: 'st-1' }, 'voice', defaultDialect);
    const [first, next] = [{ number: 1 }, { number: 2 }];
    const begin = one.transfer('NA', 'entry', first).body;
    const entry = one.transfer('cold', 'entry', next).body;
    const exit = one.transfer('cold', 'exit', first).body;
    const rest = [one.transfer('NA', 'exit', next).body, one.end().body];
    const either = { profile: { qualityModule: false, coldOrder: 'either' as const } };
    assert.deepEqual(broken(checked([begin, entry, exit, ...rest], either)), []);
    assert.deepEqual(broken(checked([begin, exit, entry, ...rest], either)), []);
    assert.deepEqual(broken(checked([begin, entry, exit, ...rest])), ['HOOKS-SEQ-07 at 2']);
    assert.deepEqual(broken(checked([begin, entry, ...rest], either)), ['HOOKS-SEQ-07 at 4']);
  });

  test('an empty list of events beside a message is no breach (X-12)', () => {
    const [entry, exit, end] = bodiesOf('the minimum conversation') as [HooksBody, HooksBody, HooksBody];
    const one = new Conversation(
      { conversationId: entry.conversationId, botId: 'st-1' },
      'voice',
      defaultDialect,
    );
    const { body } = one.message({ text: 'Hello', author: 'USER' });
    assert.deepEqual(
      broken(checked([entry, { ...body, events: [] } as unknown as HooksBody, exit, end])),
      [],
    );
  });

  test('a conversationId that changes (HOOKS-ENV-02)', () => {
    const [entry, exit, end] = bodiesOf('the minimum conversation') as [HooksBody, HooksBody, HooksBody];
    const result = checked([
      entry,
      { ...exit, conversationId: 'c-2' },
      { ...end, conversationId: 'c-2' },
      ...bodiesOf('the warm transfer flow', 'other').map((body) => renamedAgents(body)),
    ]);
    const [renamed] = result.conversations.filter(({ conversationId }) => conversationId === 'c-1');
    assert.deepEqual(renamed!.findings.map(({ requirement }) => requirement).sort(), [
      'HOOKS-ENV-02',
      'HOOKS-SEQ-16',
    ]);
    assert.match(
      renamed!.findings.map(({ message }) => message).join(),
      /conversation "c-2", which begins with NA exit/,
    );
    assert.deepEqual(
      result.conversations.find(({ conversationId }) => conversationId === 'other')!.findings,
      [],
    );
  });

  test('a redial under another conversationId (HOOKS-RDL-02)', () => {
    const [entry, drop, ...rest] = bodiesOf('the redial flow') as [HooksBody, HooksBody, ...HooksBody[]];
    const result = checked([entry, drop, ...rest.map((body) => ({ ...body, conversationId: 'c-2' }))]);
    const of = (id: string) =>
      result.conversations
        .find(({ conversationId }) => conversationId === id)!
        .findings.map(({ requirement }) => requirement);
    assert.deepEqual(of('c-1').sort(), ['HOOKS-RDL-02', 'HOOKS-SEQ-16']);
    assert.deepEqual(of('c-2'), [], 'a call back on its own is in order');
  });

  test('a conversation in order never counts as renamed', () => {
    const call = bodiesOf('the minimum conversation', 'c-1');
    const callBack = bodiesOf('the redial flow', 'c-2').slice(2);
    assert.deepEqual(broken(checked([...call, ...callBack])), []);
  });

  test('a request without a conversationId belongs to none', () => {
    const [{ conversationId: _, ...entry }] = bodiesOf('the minimum conversation') as [HooksBody];
    const { conversations, loose } = checked([{ body: entry }]);
    assert.deepEqual(conversations, []);
    assert.deepEqual(
      loose.map(({ requirement, line }) => [requirement, line]),
      [['HOOKS-ENV-01', 1]],
    );
  });

  test('a request to assign-conversation is judged on its own', () => {
    const assign = url('/agentassist/api/v1/public/st-1/assign-conversation');
    const body = {
      orgId: 'o-1',
      botSessionId: 's-1',
      aId: 'a-1',
      callbackUrl: 'https://here.example/outcome',
    };
    assert.deepEqual(checked([{ body, url: assign }]).loose, []);
    const { loose } = checked([
      { body: JSON.parse(JSON.stringify({ ...body, aId: undefined })), url: assign },
    ]);
    assert.deepEqual(
      loose.map(({ requirement }) => requirement),
      ['ASSIGN-REQ-05'],
    );
  });
});

/** Agents that no other conversation has. */
function renamedAgents(body: HooksBody): HooksBody {
  return JSON.parse(JSON.stringify(body).replaceAll('"agent-', '"elsewhere-'));
}
