// What is refused for its value is sent again with a plain one, and the finding is about the value.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Conversation, type OutgoingRequest } from '../../src/protocol/conversation.ts';
import { defaultDialect, type HooksBody } from '../../src/protocol/events.ts';
import { ValueChoice } from '../../src/protocol/values/choice.ts';
import type { VariedField } from '../../src/protocol/values/variation.ts';
import type { Exchange } from '../../src/tenant/exchange.ts';
import type { Sent } from '../../src/verdict/scenario-record.ts';
import { VariedValues } from '../../steps/varied-values.ts';
import { answer } from '../protocol/expect.ts';

const fields: VariedField[] = [
  'name',
  'identity',
  'customFields',
  'reason',
  'members',
  'layout',
  'conversationId',
];

/** A scenario with one conversation in which only this field is special, and a tenant that accepts some bodies. */
function scenario(
  field: VariedField | 'no field' | 'no field but those of messages',
  accepts: (body: HooksBody) => boolean,
  memory = { refused: new Set<string>(), fruitless: 0, unconfirmed: 0 },
  lost: (body: HooksBody) => boolean = () => false,
) {
  const choice = new ValueChoice(1, 'a scenario', ['HOOKS-SEQ-13']);
  const values = new VariedValues(field === 'no field' ? undefined : choice, memory);
  const id = values.begin('c-1', ...fields.filter((one) => one !== field));
  const conversation = new Conversation({ conversationId: id, botId: 'st-1' }, 'voice', defaultDialect);
  const sent: { body: HooksBody; exchange: Sent }[] = [];
  const findings: string[] = [];
  const transmit = async (body: HooksBody, label: string, isLost = false) => {
    const request = { method: 'POST', url: 'http://tenant', headers: {}, body: JSON.stringify(body) };
    const given = accepts(body) ? answer(200, '') : answer(400, { message: 'no' });
    const common = { request, startedAt: 0, durationMs: 0, attempts: 1 };
    const raw: Exchange = isLost
      ? { ...common, failure: { kind: 'reset', code: 'TRANSPORT_RESET', message: 'reset' } }
      : { ...common, answer: given };
    const exchange: Sent = { label, raw, shown: raw, judged: false };
    sent.push({ body, exchange });
    return exchange;
  };
  return {
    conversation,
    sent,
    findings,
    memory,
    send: (request: OutgoingRequest) =>
      values.send(request, {
        plainly: transmit,
        inPlaceOf: (_, body, label) => transmit(body, label),
        asControl: (_, body, label) => transmit(body, label, lost(body)),
        note: ({ findings: [found] }, exchange) => {
          exchange.judged = true;
          findings.push(`${found!.requirement} ${found!.message}`);
        },
        goOnAs: (_, next) => {
          conversation.envelope.conversationId = next;
        },
      }),
  };
}

const agent = { number: 1 };
const participantOf = (body: HooksBody) =>
  (body.events?.[0] as { participant?: { name: string; identity: string } } | undefined)?.participant;
const isPlainName = (body: HooksBody) => /^Agent \d+$/.test(participantOf(body)?.name ?? 'Agent 1');
const isPlainIdentity = (body: HooksBody) => /^agent-\d+$/.test(participantOf(body)?.identity ?? 'agent-1');

test('an agent has the same identity in all conversations of a scenario', async () => {
  const memory = { refused: new Set<string>(), fruitless: 0, unconfirmed: 0 };
  const ids = (seed: number) => {
    const values = new VariedValues(new ValueChoice(seed, 'two conversations', []), memory);
    return ['c-1', 'c-2', 'c-3'].map((id) => {
      const conversationId = values.begin(id);
      const conversation = new Conversation({ conversationId, botId: 'st-1' }, 'voice', defaultDialect);
      const { body } = conversation.transfer('NA', 'entry', agent);
      return participantOf(values.asKnown(body))!.identity;
    });
  };
  const seeds = Array.from({ length: 20 }, (_, index) => ids(index));
  for (const all of seeds) assert.equal(new Set(all).size, 1, all.join());
  assert.ok(new Set(seeds.flat()).size > 5, 'and another one in others');
});

suite('A special value', () => {
  test('that is accepted is sent in every request, and costs none', async () => {
    const { conversation, sent, findings, send } = scenario('name', () => true);
    await send(conversation.transfer('NA', 'entry', agent));
    await send(conversation.transfer('NA', 'exit', agent));
    assert.deepEqual(
      sent.map(({ body }) => isPlainName(body)),
      [false, false],
    );
    assert.deepEqual(findings, []);
  });

  test('is not let off when the plain one gets no answer', async () => {
    const { conversation, sent, findings, send } = scenario(
      'name',
      () => false,
      undefined,
      () => true,
    );
    const entry = await send(conversation.transfer('NA', 'entry', agent));
    assert.equal(entry.raw.answer?.status, 400, 'the refusal is what is judged');
    assert.deepEqual(findings, []);
    assert.deepEqual(
      sent.map(({ exchange }) => exchange.judged),
      [false, ...sent.slice(1).map(() => true)],
    );
  });

  test('that is refused is to blame when the plain one is accepted; the conversation goes on with that', async () => {
    const { conversation, sent, findings, send } = scenario('name', isPlainName);
    const entry = await send(conversation.transfer('NA', 'entry', agent));
    await send(conversation.transfer('NA', 'exit', agent));
    assert.equal(sent[1]!.exchange, entry);
    assert.match(entry.label, /^NA entry of Agent 1, .*, with plain values$/);
    assert.deepEqual(
      sent.map(({ exchange }) => exchange.judged),
      // Refused, accepted in its place; accepted again and refused again elsewhere; then the exit.
      [true, false, true, true, false],
    );
    assert.equal(findings.length, 1);
    assert.match(findings[0]!, /^HOOKS-XFER-08 refused with 400: participant\.name with /);
  });

  test('is not to blame when the tenant accepts what it has just refused', async () => {
    let refused = false;
    const { conversation, findings, send } = scenario('name', () => {
      const accepts = refused;
      refused = true;
      return accepts;
    });
    const entry = await send(conversation.transfer('NA', 'entry', agent));
    assert.equal(entry.raw.answer?.status, 400, 'the refusal is what is judged');
    assert.equal(entry.judged, false);
    assert.deepEqual(findings, []);
  });

  test('is not to blame when the tenant knows the agent from elsewhere', async () => {
    const known = (body: HooksBody) => participantOf(body)?.identity ?? '';
    const first: string[] = [];
    const { conversation, findings, send } = scenario('identity', (body) => {
      if (first.length === 0) first.push(known(body));
      return known(body) !== first[0];
    });
    const entry = await send(conversation.transfer('NA', 'entry', agent));
    assert.equal(entry.raw.answer?.status, 400);
    assert.deepEqual(findings, []);
  });

  test('is reported once: other conversations have it no more', async () => {
    const { conversation, memory, send } = scenario('name', isPlainName);
    await send(conversation.transfer('NA', 'entry', agent));
    const again = scenario('name', isPlainName, memory);
    await again.send(again.conversation.transfer('NA', 'entry', agent));
    assert.deepEqual([again.sent.length, again.findings], [1, []]);
  });

  test('is not to blame when the plain one is refused, too', async () => {
    const { conversation, sent, findings, send } = scenario('name', () => false);
    const entry = await send(conversation.transfer('NA', 'entry', agent));
    assert.deepEqual(
      sent.map(({ exchange }) => exchange.judged),
      [true, false],
    );
    assert.equal(entry, sent[1]!.exchange);
    assert.deepEqual(findings, []);
  });

  test('repeats a conversation in vain only a few times', async () => {
    const memory = { refused: new Set<string>(), fruitless: 0, unconfirmed: 0 };
    const numbers: number[] = [];
    for (let time = 0; time < 7; time += 1) {
      const { conversation, sent, send } = scenario('identity', () => false, memory);
      await send(conversation.transfer('NA', 'entry', agent));
      numbers.push(sent.length);
    }
    assert.deepEqual(numbers, [2, 2, 2, 2, 2, 1, 1]);
  });

  test('that cannot change on the way is tried in a conversation of its own, repeated up to there', async () => {
    const isExit = (body: HooksBody) => JSON.stringify(body).includes('"exit"');
    const { conversation, sent, findings, send } = scenario(
      'identity',
      (body) => !isExit(body) || isPlainIdentity(body),
    );
    await send(conversation.transfer('NA', 'entry', agent));
    await send(conversation.message({ author: 'USER', text: 'Hello' }));
    await send(conversation.transfer('NA', 'exit', agent));
    await send(conversation.end());
    assert.deepEqual(
      sent.map(({ body }) => body.conversationId),
      ['c-1', 'c-1-plain', 'c-1-plain-again', 'c-1-special-again']
        .flatMap((id) => [id, id, id])
        .concat('c-1-plain'),
    );
    assert.match(findings.join('\n'), /^HOOKS-XFER-08 refused with 400: participant\.identity with .*$/);
  });

  test('in a conversationId is replaced by a plain id', async () => {
    const { conversation, sent, findings, send } = scenario('conversationId', ({ conversationId }) =>
      /^c-1(-plain(-again)?)?$/.test(conversationId),
    );
    const request = conversation.transfer('NA', 'entry', agent);
    await send(request);
    // Built before it was known.
    await send({ ...conversation.transfer('NA', 'exit', agent), body: request.body });
    assert.deepEqual(
      sent.slice(1).map(({ body }) => body.conversationId.replace(/(?<=special-again).*/, '…')),
      ['c-1-plain', 'c-1-plain-again', 'c-1-special-again…', 'c-1-plain'],
    );
    assert.match(findings.join('\n'), /^HOOKS-ENV-01 refused with 400: conversationId with .*$/);
  });

  test('in a message is one of the text or the source, also beside a special identity', async () => {
    const { conversation, sent, findings, send } = scenario(
      'identity',
      ({ query, source }) => query === undefined || (/^Message \d$/.test(query) && source === 'genesys'),
    );
    await send(conversation.transfer('NA', 'entry', agent));
    await send(conversation.message({ author: 'USER' }));
    assert.notEqual(sent[2]!.body.agentId, 'agent-1');
    assert.match(findings.join('\n'), /^HOOKS-MSG-(01|11) refused with 400: (query|source) with .*$/);
  });

  const isFlagged = ({ sendUserMessage, sendAgentMessage }: HooksBody) =>
    sendUserMessage === true || sendAgentMessage === true;
  const ofFlags = /^HOOKS-MSG-07 refused with 400: a message of an agent with both flags false$/;
  const ofList = /^HOOKS-ENV-05 refused with 400: a message of an agent with an empty list of events$/;
  const both: [what: string, accepts: (body: HooksBody) => boolean, findings: RegExp[]][] = [
    ['one of them, when that is refused by itself', (body) => body.events === undefined, [ofList]],
    ['the other one', isFlagged, [ofFlags]],
    ['each, when each is', (body) => isFlagged(body) && body.events === undefined, [ofFlags, ofList]],
    [
      'both, when they are refused only together',
      (body) => isFlagged(body) || body.events === undefined,
      [ofFlags, ofList],
    ],
  ];
  for (const [what, accepts, expected] of both) {
    test(`in a message with several is blamed for itself: ${what}`, async () => {
      const { conversation, findings, send } = scenario('no field but those of messages', accepts);
      for (let count = 0; count < 8; count += 1)
        await send(conversation.message({ author: 'AGENT', text: `Hello ${count}` }));
      assert.equal(findings.length, expected.length, findings.join('\n'));
      for (const form of expected)
        assert.ok(
          findings.some((found) => form.test(found)),
          `${form}`,
        );
    });
  }

  test('is sent in no text that a sentence has, and in nothing when values are plain', async () => {
    const given = scenario('name', () => true);
    await given.send(given.conversation.message({ author: 'USER', text: 'Hello' }));
    assert.equal(given.sent[0]!.body.query, 'Hello');
    const plain = scenario('no field', () => true);
    await plain.send(plain.conversation.message({ author: 'USER' }));
    assert.deepEqual([plain.sent[0]!.body.query, plain.sent[0]!.body.agentId], ['Message 1', 'agent-1']);
  });
});
