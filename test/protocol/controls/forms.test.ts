// The controls of an event: the same event in other forms, each about one requirement.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { botControls, formControls } from '../../../src/protocol/controls/forms.ts';
import { apart, lastOf, plain, withAgents } from '../../../src/protocol/controls/sequence.ts';
import { unknownBotId } from '../../../src/protocol/endpoints.ts';
import { type Dialect, defaultDialect } from '../../../src/protocol/events.ts';
import { hooksBodyProblems } from '../../../src/protocol/requests.ts';
import { conversations, type Name, sequence } from './sequences.ts';

const names = Object.keys(conversations) as Name[];
const unusual: Dialect = {
  transferTypeCase: 'lower',
  isExtAdAs: 'string',
  transferLanguage: 'left out',
  customFields: 'sent',
};

/** What a tenant may want that the documents do not allow. */
const illFormed = ['without a name', 'without experience', 'without botId'];

suite('Each control', () => {
  for (const dialect of [defaultDialect, unusual]) {
    for (const name of names) {
      test(`of ${name}${dialect === unusual ? ' in other forms' : ''} differs, and is well-formed where the documents allow one`, () => {
        const original = sequence(conversations[name], dialect);
        const controls = formControls(original);
        assert.ok(controls.length > 3);
        for (const { requirement, words, sequence: changed } of controls) {
          assert.notDeepEqual(changed, original, `${requirement} ${words}`);
          const problems = changed.bodies.flatMap(hooksBodyProblems);
          if (illFormed.some((one) => words.endsWith(one))) continue;
          assert.deepEqual(problems, [], `${requirement} ${words}`);
        }
      });
    }
  }

  const asked: [Name, string][] = [
    [
      'cold exit',
      'HOOKS-XFER-03 HOOKS-XFER-04 HOOKS-XFER-05 HOOKS-XFER-06 HOOKS-XFER-07 HOOKS-XFER-08 HOOKS-XFER-10',
    ],
    ['redial', 'HOOKS-XFER-01'],
    [
      'a user message',
      'HOOKS-MSG-01 HOOKS-MSG-03 HOOKS-MSG-04 HOOKS-MSG-05 HOOKS-MSG-06 HOOKS-MSG-07 HOOKS-MSG-12 HOOKS-ENV-05',
    ],
    ['a message after a cold transfer', 'HOOKS-MSG-02'],
    ['a summary', 'HOOKS-SUM-01 HOOKS-SUM-02 HOOKS-SUM-03 HOOKS-ENV-05'],
    ['the end', 'HOOKS-EOC-02 HOOKS-EOC-04 HOOKS-EOC-06 HOOKS-SUM-05 HOOKS-ENV-05'],
    ['the end after a cold transfer', 'HOOKS-EOC-03 HOOKS-EOC-05 HOOKS-EOC-07'],
    ['the end after a redial', 'HOOKS-SUM-05'],
    ['the end after a summary', 'HOOKS-SUM-01'],
  ];
  for (const [name, ids] of asked) {
    test(`of ${name}: ${ids}`, () => {
      const found = formControls(sequence(conversations[name])).map(
        ({ requirement }) => requirement as string,
      );
      for (const id of [...ids.split(' '), 'HOOKS-HDR-01', 'HOOKS-AUTH-02'])
        assert.ok(found.includes(id), id);
    });
  }

  test('of a missing summary asks whether it is missed without a redial, too', () => {
    const { narrower = [] } = formControls(sequence(conversations['the end after a redial'])).find(
      ({ requirement }) => requirement === 'HOOKS-SUM-05',
    )!;
    assert.deepEqual(
      narrower.map(({ requirement, sequence: { bodies } }) => [requirement, bodies]),
      [['HOOKS-RDL-07', sequence(conversations['the end']).bodies]],
    );
  });

  test('of an answer about the bot changes the botId of the last body alone', () => {
    const original = sequence(conversations['the end']);
    const [bare, other] = botControls(original);
    assert.deepEqual([lastOf(bare!.sequence).botId, lastOf(other!.sequence).botId], ['1', unknownBotId]);
    for (const { requirement, sequence: changed } of [bare!, other!]) {
      assert.equal(requirement, 'HOOKS-ENV-04');
      assert.deepEqual(changed.bodies.slice(0, -1), original.bodies.slice(0, -1));
    }
  });

  test('of an unusual header takes it away', () => {
    const original = {
      ...sequence(conversations['NA entry']),
      token: 'a token with nothing but the appId',
      contentType: 'application/json;charset=UTF-8',
    };
    const of = (id: string) => formControls(original).find(({ requirement }) => requirement === id)!.sequence;
    assert.deepEqual(
      [of('HOOKS-AUTH-02').token, of('HOOKS-AUTH-02').contentType],
      [undefined, original.contentType],
    );
    assert.deepEqual([of('HOOKS-HDR-01').token, of('HOOKS-HDR-01').contentType], [original.token, undefined]);
  });
});

suite('The plain form', () => {
  test('is the same whatever the form was, and well-formed', () => {
    for (const name of names) {
      const expected = plain(sequence(conversations[name]), defaultDialect);
      assert.deepEqual(plain(sequence(conversations[name], unusual, 'chat'), defaultDialect), expected, name);
      assert.deepEqual(expected.bodies.flatMap(hooksBodyProblems), []);
    }
  });

  test('is that of the profile', () => {
    const [event] = lastOf(plain(sequence(conversations['cold exit']), unusual)).events as unknown as Record<
      string,
      unknown
    >[];
    assert.deepEqual([event?.transfertype, event?.isExtAD, 'language' in event!], ['cold', 'true', false]);
  });
});

test('other agents: everywhere in the conversation', () => {
  const renamed = withAgents(sequence(conversations['a message after a cold transfer']), (identity) => ({
    identity: `${identity}x`,
    name: 'X',
  }));
  const text = JSON.stringify(renamed);
  assert.doesNotMatch(text, /"agent-\d"|"Agent \d"/);
  assert.match(text, /"agentId":"agent-2x"/);
});

test('the parts of a request that has several', () => {
  assert.equal(apart(sequence(conversations['the end'])), undefined);
  const ended = apart(sequence(conversations['exit, summary and end at once']))!;
  assert.deepEqual(
    ended.bodies.map(({ events }) => events?.length),
    [1, 1, 1, 1],
  );
  const entered = apart(sequence(conversations['a message and an entry']))!;
  assert.deepEqual(
    entered.bodies.map((body) => 'query' in body),
    [false, true],
  );
  assert.deepEqual([...ended.bodies, ...entered.bodies].flatMap(hooksBodyProblems), []);
});
