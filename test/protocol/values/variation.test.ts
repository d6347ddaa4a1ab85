// The values that real contact centres have: each keeps a body well-formed, and is chosen in the same way every time.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { RequirementId } from '../../../src/protocol/catalogue.ts';
import { Conversation } from '../../../src/protocol/conversation.ts';
import { defaultDialect, type HooksBody } from '../../../src/protocol/events.ts';
import { hooksBodyProblems } from '../../../src/protocol/requests.ts';
import { ValueChoice } from '../../../src/protocol/values/choice.ts';
import {
  allVariations,
  formsOfMessages,
  identityOf,
  idWith,
  ofAgents,
  ofEnds,
  ofEvents,
  ofIds,
  ofLanguage,
  ofSources,
  ofTexts,
  requirementOf,
  type Variation,
  type VariedField,
  varied,
} from '../../../src/protocol/values/variation.ts';

const conversation = new Conversation({ conversationId: 'c-1', botId: 'st-1' }, 'voice', defaultDialect);
const bodies = {
  entry: conversation.transfer('NA', 'entry', { number: 1 }).body,
  other: conversation.transfer('warm', 'entry', { number: 12 }).body,
  message: conversation.message({ author: 'AGENT', agent: { number: 1 } }).body,
  summary: conversation.summary().body,
  end: conversation.end().body,
} satisfies Record<string, HooksBody>;

const all = allVariations;
const forms = Object.values(formsOfMessages).flat();
const first = (field: VariedField) =>
  [...all, ...forms, ofLanguage('fr', 'French')].find((one) => one.field === field)!;

suite('A special value', () => {
  test('has a name of its own, and there are enough of them', () => {
    assert.ok(all.length > 100);
    assert.equal(new Set(all.map(({ what }) => what)).size, all.length);
    assert.equal(
      new Set(all.map(({ field, value }) => `${field} ${JSON.stringify(value)}`)).size,
      all.length,
    );
  });

  test('keeps every body well-formed', () => {
    for (const variation of [...all, ...forms]) {
      for (const body of Object.values(bodies)) {
        assert.deepEqual(hooksBodyProblems(varied(body, variation) ?? body), [], variation.what);
      }
    }
  });

  const places: Record<Exclude<VariedField, 'language'>, (keyof typeof bodies)[]> = {
    name: ['entry', 'other', 'end'],
    identity: ['entry', 'other', 'message', 'end'],
    customFields: ['entry', 'other', 'end'],
    reason: ['end'],
    conversationId: ['entry', 'other', 'message', 'summary', 'end'],
    query: ['message'],
    source: ['message'],
    flags: ['message'],
    events: ['message'],
    members: ['entry', 'other', 'message', 'summary', 'end'],
    layout: ['entry', 'other', 'message', 'summary', 'end'],
  };
  for (const [field, expected] of Object.entries(places)) {
    test(`for ${field} is in ${expected.join(', ')}`, () => {
      const variation = first(field as VariedField);
      const found = Object.entries(bodies).filter(([, body]) => varied(body, variation) !== undefined);
      assert.deepEqual(
        found.map(([name]) => name),
        expected,
      );
    });
  }

  test('as a language is that of all that names English, and of nothing else', () => {
    const french = ofLanguage('fr', 'French');
    for (const [name, body] of Object.entries(bodies)) {
      const text = JSON.stringify(varied(body, french));
      assert.deepEqual(
        text.match(/"(language|locale)":"[^"]*"/g),
        name === 'summary' ? ['"language":"French"', '"locale":"fr"'] : ['"language":"fr"'],
      );
    }
    const german = conversation.transfer('NA', 'entry', { number: 1 }, 'de').body;
    assert.equal(varied(german, french), undefined);
  });

  test('as an identity is the same in events and messages, and another one for each agent', () => {
    const identityIn = (body: HooksBody, variation: Variation) => {
      const { events, agentId } = varied(body, variation)!;
      return agentId ?? (events![0] as { participant: { identity: string } }).participant.identity;
    };
    for (const variation of all.filter(({ field }) => field === 'identity')) {
      const one = identityIn(bodies.entry, variation);
      assert.equal(identityIn(bodies.message, variation), one);
      assert.notEqual(identityIn(bodies.other, variation), one);
    }
  });

  test('in an identity tells the number of an agent by the case of letters', () => {
    const byCase = all.find(({ what }) => what.endsWith('letters that differ in their case only'))!;
    const all100 = Array.from({ length: 100 }, (_, index) => identityOf(`agent-${index + 1}`, byCase));
    assert.equal(new Set(all100).size, 100);
    assert.equal(new Set(all100.map((identity) => identity.toLowerCase())).size, 1);
    assert.equal(identityOf('agent-1', { field: 'identity', what: '', value: 'CORP^anna#' }), 'CORP^anna01');
  });

  test('that is refused breaks the requirement of its field', () => {
    const cases: [VariedField, keyof typeof bodies, string][] = [
      ['conversationId', 'entry', 'HOOKS-ENV-01'],
      ['name', 'entry', 'HOOKS-XFER-08'],
      ['name', 'end', 'HOOKS-EOC-05'],
      ['identity', 'other', 'HOOKS-XFER-08'],
      ['identity', 'message', 'HOOKS-MSG-02'],
      ['identity', 'end', 'HOOKS-EOC-05'],
      ['language', 'entry', 'HOOKS-XFER-06'],
      ['language', 'message', 'HOOKS-MSG-08'],
      ['language', 'summary', 'HOOKS-SUM-02'],
      ['language', 'end', 'HOOKS-EOC-03'],
      ['customFields', 'entry', 'HOOKS-XFER-10'],
      ['customFields', 'end', 'HOOKS-EOC-06'],
      ['reason', 'end', 'HOOKS-EOC-07'],
      ['query', 'message', 'HOOKS-MSG-01'],
      ['source', 'message', 'HOOKS-MSG-11'],
      ['flags', 'message', 'HOOKS-MSG-07'],
      ['events', 'message', 'HOOKS-ENV-05'],
    ];
    for (const [field, kind, requirement] of cases)
      assert.equal(requirementOf(first(field), bodies[kind]), requirement, `${field} in ${kind}`);
  });
});

test('an id of digits only has twenty, and another conversation has other ones', () => {
  const digits = ofIds.find(({ what }) => what === 'conversationId with digits only')!;
  const ids = Array.from({ length: 2000 }, (_, number) => idWith(`conformance-${number}`, digits));
  for (const id of ids) assert.match(id, /^\d{20}$/);
  assert.equal(new Set(ids).size, ids.length);
});

suite('The choice', () => {
  const taken = (choice: ValueChoice, number: number) =>
    Array.from({ length: number }, () => choice.ofConversation().map(({ what }) => what)).flat();

  test('is the same for the same seed and scenario, and another one for another', () => {
    const once = taken(new ValueChoice(1, 'a.feature A', ['HOOKS-SEQ-13']), 5);
    assert.deepEqual(taken(new ValueChoice(1, 'a.feature A', ['HOOKS-SEQ-13']), 5), once);
    assert.notDeepEqual(taken(new ValueChoice(2, 'a.feature A', ['HOOKS-SEQ-13']), 5), once);
    assert.notDeepEqual(taken(new ValueChoice(1, 'a.feature B', ['HOOKS-SEQ-13']), 5), once);
  });

  test('comes to all of them, one after the other', () => {
    const choice = new ValueChoice(1, 'a', []);
    // The scenario with 44 conversations sends them all, the longest conversation all of messages, and the suite all of agents.
    const sent = new Set(taken(choice, 44));
    for (const { what } of [...ofEvents, ...ofEnds, ...ofIds]) assert.ok(sent.has(what), what);
    const messages = new Set(Array.from({ length: 24 }, () => choice.ofMessage()).flat());
    for (const one of [...ofTexts, ...ofSources]) assert.ok(messages.has(one), one.what);
    const agents = Array.from({ length: 22 }, (_, place) => taken(new ValueChoice(1, place, []), 1)).flat();
    for (const { what } of ofAgents) assert.ok(agents.includes(what), what);
  });

  test('gives two conversations in three one of the languages that the tenant knows, each in its turn', () => {
    const languages = [
      ofLanguage('fr', 'French'),
      ofLanguage('ar', 'Arabic'),
      ofLanguage('pt-BR', 'Portuguese'),
    ];
    const chosen = (claims: RequirementId[]) => {
      const choice = new ValueChoice(1, 'a', claims, languages);
      return Array.from({ length: 9 }, () => choice.ofConversation()).map(
        (one) => one.find(({ field }) => field === 'language')?.what,
      );
    };
    const counts = Map.groupBy(chosen(['HOOKS-SEQ-13']), (what) => what ?? 'English');
    assert.deepEqual([...counts].map(([what, times]) => `${what} ${times.length}`).sort(), [
      'English 3',
      'language ar 2',
      'language fr 2',
      'language pt-BR 2',
    ]);
    assert.deepEqual(new Set(chosen(['HOOKS-SUM-02'])), new Set([undefined]));
    assert.deepEqual(
      new Set(taken(new ValueChoice(1, 'a', []), 9).filter((what) => /^language/.test(what))),
      new Set(),
    );
  });

  test('writes four messages of an author in each form, and in both at a time', () => {
    const choice = new ValueChoice(1, 'a', []);
    for (const author of ['USER', 'AGENT'] as const) {
      const written = Array.from({ length: 4 }, () => choice.ofForm(author).map(({ field }) => field));
      assert.deepEqual(written.map((fields) => fields.join()).sort(), [
        '',
        'events',
        'flags',
        'flags,events',
      ]);
    }
    const spoken = new ValueChoice(1, 'a', ['HOOKS-MSG-06', 'HOOKS-ENV-05']);
    assert.deepEqual(
      [1, 2, 3, 4].flatMap(() => spoken.ofForm('USER')),
      [],
    );
  });

  test('leaves out a field that is given, or that the scenario is about', () => {
    const choice = new ValueChoice(1, 'a', ['HOOKS-EOC-07', 'HOOKS-MSG-11']);
    const fields = ofEvents.flatMap(() => choice.ofConversation('name').map(({ field }) => field));
    assert.deepEqual(
      new Set(fields),
      new Set(['customFields', 'members', 'layout', 'identity', 'conversationId']),
    );
    const ofOpen = ofTexts.flatMap(() => choice.ofMessage().map(({ field }) => field));
    assert.deepEqual(new Set(ofOpen), new Set(['query']));
  });
});
