import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventsBody, messageBody } from '../../src/protocol/events.ts';
import { flows } from '../../src/protocol/flows.ts';
import { documentedOrder } from '../../src/sandbox/order-rules.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { envelope, eventOf, eventOfMove, type Reply, send, sendEvents, userMessage } from './client.ts';

let sandbox: Sandbox;
let number = 0;
const newId = () => `order-${++number}`;

before(async () => {
  sandbox = await startSandbox();
});
after(() => sandbox.close());

/** @param step an event in short, or `message` */
function sendStep(conversationId: string, step: string): Promise<Reply> {
  if (step !== 'message') return sendEvents(sandbox, conversationId, eventOf(step));
  return send(sandbox, { body: messageBody(envelope(sandbox, conversationId), userMessage()) });
}

describe('what the documents allow is accepted', () => {
  for (const [name, moves] of Object.entries(flows)) {
    test(name, async () => {
      const id = newId();
      for (const move of moves) {
        const reply = await sendEvents(sandbox, id, eventOfMove(move));
        assert.equal(reply.status, 200, JSON.stringify(reply.json));
        assert.deepEqual(reply.json, { STATUS: 'OK' });
      }
      assert.equal(sandbox.received(id), moves.length);
    });
    test(`${name}, all in one body`, async () => {
      const reply = await sendEvents(sandbox, newId(), ...moves.map(eventOfMove));
      assert.equal(reply.status, 200, JSON.stringify(reply.json));
    });
  }

  const allowed: Record<string, string[]> = {
    'a redial as the first event (HOOKS-RDL-04)': ['redial entry', 'NA exit', 'summary', 'end'],
    'a redial straight after the NA entry (HOOKS-RDL-06)': ['NA entry', 'redial entry', 'NA exit', 'end'],
    'a message before the short redial': ['NA entry', 'message', 'redial entry', 'NA exit', 'end'],
    'two redials': ['NA entry', 'NA exit', 'redial entry', 'NA exit', 'redial entry', 'NA exit', 'end'],
    'a redial by an agent who left long ago': [
      'NA entry 1',
      'cold exit 1',
      'cold entry 2',
      'NA exit 2',
      'redial entry 1',
      'NA exit 1',
      'end',
    ],
    'a cold transfer after a redial': ['redial entry 1', 'cold exit 1', 'cold entry 2', 'NA exit 2', 'end'],
    'an agent who comes back by a cold transfer': [
      'NA entry 1',
      'cold exit 1',
      'cold entry 2',
      'cold exit 2',
      'cold entry 1',
      'NA exit 1',
      'end',
    ],
    'the first agent leaves a warm conversation before the last': [
      'NA entry 1',
      'warm entry 2',
      'warm exit 1',
      'NA exit 2',
      'summary',
      'end',
    ],
    'no summary (HOOKS-SUM-05)': ['NA entry', 'NA exit', 'end'],
    'messages at any time before the end': ['message', 'NA entry', 'message', 'NA exit', 'message', 'end'],
  };
  for (const [name, steps] of Object.entries(allowed)) {
    test(name, async () => {
      const id = newId();
      for (const step of steps) {
        const reply = await sendStep(id, step);
        assert.equal(reply.status, 200, `${step}: ${JSON.stringify(reply.json)}`);
      }
    });
  }
});

describe('what breaks the documented order is refused', () => {
  type Refused = { name: string; given: string[]; refused: string; clauses: string[] };
  const whole = ['NA entry', 'NA exit', 'end'];
  const cases: Refused[] = [
    { name: 'a cold entry first', given: [], refused: 'cold entry', clauses: ['SEQ-01'] },
    { name: 'a warm entry first', given: [], refused: 'warm entry', clauses: ['SEQ-01'] },
    { name: 'an NA exit first', given: [], refused: 'NA exit', clauses: ['SEQ-01'] },
    {
      name: 'a cold exit after nothing but a message',
      given: ['message'],
      refused: 'cold exit',
      clauses: ['SEQ-01'],
    },
    { name: 'a second NA entry', given: ['NA entry 1'], refused: 'NA entry 2', clauses: ['SEQ-05'] },
    {
      name: 'a second NA entry of the same agent',
      given: ['NA entry', 'NA exit'],
      refused: 'NA entry',
      clauses: ['SEQ-05'],
    },
    {
      name: 'an NA entry after a redial',
      given: ['redial entry'],
      refused: 'NA entry 2',
      clauses: ['SEQ-05'],
    },
    {
      name: 'the exit of an agent who never joined',
      given: ['NA entry 1'],
      refused: 'cold exit 2',
      clauses: ['SEQ-06'],
    },
    { name: 'a second exit', given: ['NA entry', 'NA exit'], refused: 'NA exit', clauses: ['SEQ-06'] },
    {
      name: 'the entry of an agent who is present',
      given: ['NA entry 1', 'warm entry 2'],
      refused: 'warm entry 2',
      clauses: ['SEQ-06'],
    },
    {
      name: 'a redial of an agent who is present, not straight after the NA entry',
      given: ['NA entry 1', 'warm entry 2', 'warm exit 2'],
      refused: 'redial entry 1',
      clauses: ['RDL-01'],
    },
    {
      name: 'a cold entry while another is active',
      given: ['NA entry 1'],
      refused: 'cold entry 2',
      clauses: ['SEQ-07'],
    },
    {
      name: 'a cold entry after the last exit',
      given: ['NA entry 1', 'NA exit 1'],
      refused: 'cold entry 2',
      clauses: ['SEQ-07'],
    },
    {
      name: 'a warm entry while nobody is active',
      given: ['NA entry 1', 'cold exit 1'],
      refused: 'warm entry 2',
      clauses: ['SEQ-09'],
    },
    {
      name: 'an NA exit while others stay',
      given: ['NA entry 1', 'warm entry 2'],
      refused: 'NA exit 1',
      clauses: ['SEQ-10'],
    },
    {
      name: 'a cold exit while others stay',
      given: ['NA entry 1', 'warm entry 2'],
      refused: 'cold exit 1',
      clauses: ['SEQ-10'],
    },
    {
      name: 'a warm exit of the last agent',
      given: ['NA entry 1', 'warm entry 2', 'warm exit 1'],
      refused: 'warm exit 2',
      clauses: ['SEQ-11'],
    },
    { name: 'a redial exit', given: ['redial entry'], refused: 'redial exit', clauses: ['RDL-03'] },
    { name: 'a redial exit first', given: [], refused: 'redial exit', clauses: ['RDL-03'] },
    {
      name: 'a redial while another agent is active',
      given: ['NA entry 1'],
      refused: 'redial entry 2',
      clauses: ['RDL-01'],
    },
    { name: 'an end while an agent is present', given: ['NA entry'], refused: 'end', clauses: ['SEQ-02'] },
    {
      name: 'an end in the middle of a cold transfer',
      given: ['NA entry', 'cold exit'],
      refused: 'end',
      clauses: ['SEQ-08'],
    },
    {
      name: 'a summary while an agent is present',
      given: ['NA entry'],
      refused: 'summary',
      clauses: ['SUM-04'],
    },
    {
      name: 'a summary in the middle of a cold transfer',
      given: ['NA entry', 'cold exit'],
      refused: 'summary',
      clauses: ['SUM-04'],
    },
    { name: 'a second end', given: whole, refused: 'end', clauses: ['EOC-01'] },
    { name: 'a redial after the end', given: whole, refused: 'redial entry', clauses: ['RDL-05'] },
    { name: 'a summary after the end', given: whole, refused: 'summary', clauses: ['SEQ-03'] },
    { name: 'a message after the end', given: whole, refused: 'message', clauses: ['SEQ-03'] },
  ];
  for (const { name, given, refused, clauses } of cases) {
    test(`${name} (${clauses.join(', ')})`, async () => {
      const id = newId();
      for (const step of given) assert.equal((await sendStep(id, step)).status, 200, step);
      const reply = await sendStep(id, refused);
      assert.equal(reply.status, 409);
      assert.equal(reply.json.code, 409);
      for (const clause of clauses)
        assert.match(String(reply.json.message), new RegExp(`HOOKS-${clause}\\b`));
    });
  }

  test('every rule has at least one case that breaks it', () => {
    const named = new Set(cases.flatMap(({ clauses }) => clauses.map((clause) => `HOOKS-${clause}`)));
    for (const [name, rule] of Object.entries(documentedOrder)) {
      assert.ok(named.has(rule.requirement), `${name}: ${rule.requirement}`);
    }
  });
});

test('the events of one body are applied all or not at all', async () => {
  const id = newId();
  const refused = await sendEvents(
    sandbox,
    id,
    eventOf('NA entry'),
    eventOf('NA exit'),
    eventOf('warm entry 2'),
  );
  assert.equal(refused.status, 409);
  assert.match(String(refused.json.message), /number 3 .*HOOKS-SEQ-09/);
  assert.equal((await sendStep(id, 'NA entry')).status, 200, 'the conversation is still new');
});

test('a message and events share a body; the message counts as sent before them', async () => {
  const id = newId();
  const body = messageBody(envelope(sandbox, id), userMessage(), ['NA entry', 'NA exit', 'end'].map(eventOf));
  assert.equal((await send(sandbox, { body })).status, 200);
  assert.equal((await send(sandbox, { body })).status, 409);
});

test('an event with its type in another case is the same event', async () => {
  const id = newId();
  await sendStep(id, 'NA entry 1');
  const lower = { ...eventOf('warm entry 2'), transfertype: 'warm' } as ReturnType<typeof eventOf>;
  assert.equal((await send(sandbox, { body: eventsBody(envelope(sandbox, id), [lower]) })).status, 200);
  const again = await sendStep(id, 'warm entry 2');
  assert.match(String(again.json.message), /HOOKS-SEQ-06/);
});

test('conversations that run at the same time do not disturb each other (HOOKS-SEQ-15)', async () => {
  const [one, two] = [newId(), newId()];
  const [cold, warm] = [flows['the cold transfer flow'], flows['the warm transfer flow']];
  for (let index = 0; index < Math.max(cold.length, warm.length); index++) {
    for (const [id, move] of [
      [one, cold[index]],
      [two, warm[index]],
    ] as const) {
      if (move) assert.equal((await sendEvents(sandbox, id, eventOfMove(move))).status, 200);
    }
  }
  const refused = await sendStep(one, 'NA entry');
  assert.equal(refused.status, 409, 'both have ended');
  assert.equal(sandbox.received(one), cold.length + 1);
  assert.equal(sandbox.received(two), warm.length);
});

for (const id of ['__proto__', 'constructor', 'a b/ä\u0000', 'x'.repeat(10_000)]) {
  test(`any text can be a conversationId: ${JSON.stringify(id.slice(0, 20))}`, async () => {
    assert.equal((await sendStep(id, 'NA entry')).status, 200);
    assert.equal((await sendStep(id, 'NA entry')).status, 409);
    assert.equal(sandbox.received(id), 2);
  });
}
