// The reference tenant and the judge of senders share code, so an error in it would be invisible to every fault. Here both
// answer for examples that were written from the documents by hand: requests as the documents print them, the order of a
// conversation (order-cases.ts) and the fields of each table (documented-fields.ts).
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { type RequirementId, requirement } from '../../src/protocol/catalogue.ts';
import { hooksFindings } from '../../src/protocol/sent-request.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { printedBody } from '../printed-samples.ts';
import { documentedFields, type FieldKind, type Where } from '../protocol/documented-fields.ts';
import { ids, judgedBodies } from '../protocol/lifecycle/judged.ts';
import { type OrderCase, orderCases } from '../protocol/lifecycle/order-cases.ts';
import { type Reply, send } from './client.ts';

let sandbox: Sandbox;
let number = 0;

before(async () => {
  sandbox = await startSandbox();
});
after(() => sandbox.close());

/** The bodies of a conversation: "NA entry 1, NA exit 1, end". */
function printedBodies(conversation: string): object[] {
  const envelope = { conversationId: `printed-${++number}`, botId: sandbox.settings.TENANT_BOT_ID! };
  return conversation.split(', ').map((step) => printedBody(step, envelope));
}

/** Sends bodies one after the other until one is refused. */
async function sendUntilRefused(bodies: readonly object[]): Promise<{ taken: number; refusal?: Reply }> {
  for (const [taken, body] of bodies.entries()) {
    const reply = await send(sandbox, { body });
    if (reply.status !== 200) return { taken, refusal: reply };
  }
  return { taken: bodies.length };
}

/** The refusal says which requirement was broken. */
function assertRefused(reply: Reply | undefined, status: number, id: string): void {
  assert.equal(reply?.status, status, JSON.stringify(reply?.json));
  assert.match(String(reply?.json.message), new RegExp(`\\b${id}\\b`));
}

const atTheEnd = new Set(['HOOKS-SEQ-16']);

suite('The order of a conversation', () => {
  for (const [name, cases] of Object.entries<OrderCase[]>(orderCases)) {
    const id = name as RequirementId;
    for (const { kept, broken, level = requirement(id).level } of cases) {
      test(`${id} is kept by ${kept}`, async () => {
        const bodies = printedBodies(kept);
        assert.deepEqual(judgedBodies(bodies), []);
        assert.deepEqual(await sendUntilRefused(bodies), { taken: bodies.length });
      });
      test(`${id} is broken by ${broken}`, async () => {
        const bodies = printedBodies(broken);
        const [found, ...others] = judgedBodies(bodies);
        assert.deepEqual([found?.requirement, found?.level, others], [id, level, []]);
        const { taken, refusal } = await sendUntilRefused(bodies);
        if (level === 'should' || atTheEnd.has(id))
          assert.deepEqual([taken, refusal], [bodies.length, undefined]);
        else {
          assertRefused(refusal, 409, id);
          assert.equal(taken, found?.after, 'the tenant refuses the step that the judge names');
        }
      });
    }
  }
});

const printedOf: Record<Where, string> = {
  envelope: 'NA entry',
  event: 'NA entry',
  INTERNAL_TRANSFER_EVENT: 'NA entry',
  TRIGGER_SUMMARY_EVENT: 'summary',
  END_OF_CONVERSATION: 'end',
  message: 'message',
};
/** What comes before it, so that its place in the conversation is right. */
const stepsBefore: Partial<Record<string, string>> = {
  summary: 'NA entry, NA exit',
  end: 'NA entry, NA exit',
  message: 'NA entry',
};

/** Values that no table of the documents allows for a field of this kind. */
function wrongValues(kind: FieldKind): unknown[] {
  if (Array.isArray(kind)) return ['another value', 7, null];
  const other = {
    text: [7, '', null],
    flag: ['yes', 1, null],
    object: ['text', null],
    list: [{}, [], null],
    name: ['NO_SUCH_EVENT', 7],
  };
  return other[kind as keyof typeof other];
}

type Json = Record<string, unknown>;

/** Sets a field of the envelope, of the message, or of the only event; undefined leaves it out. */
function withField(body: Json, where: Where, field: string, value: unknown): object {
  const copy = structuredClone(body);
  const path = field.split('.');
  const last = path.pop()!;
  const whole = where === 'envelope' || where === 'message' ? copy : (copy.events as [Json])[0];
  const holder = path.reduce((here, name) => here[name] as Json, whole);
  assert.ok(last in holder, `the printed sample has ${field}`);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return copy;
}

suite('The fields of a request', () => {
  for (const { where, field, kind, missing, wrong } of documentedFields) {
    const step = printedOf[where];
    const preparation = stepsBefore[step];
    const defects: [value: unknown, broken: readonly RequirementId[]][] = [
      [undefined, missing],
      ...wrongValues(kind).map((value): [unknown, readonly RequirementId[]] => [value, wrong]),
    ];
    test(`${where}: ${field}`, async () => {
      const bodies = printedBodies([preparation, step].filter(Boolean).join(', '));
      const last = bodies.pop() as Json;
      assert.deepEqual(await sendUntilRefused(bodies), { taken: bodies.length });
      for (const [value, broken] of defects) {
        const body = withField(last, where, field, value);
        const seen = hooksFindings({ body }, { qualityModule: false }).map(({ requirement }) => requirement);
        assert.ok(
          broken.some((id) => seen.includes(id)),
          `${JSON.stringify(value)}: ${seen}`,
        );
        const reply = await send(sandbox, { body });
        assert.equal(reply.status, 400, `${JSON.stringify(value)}: ${JSON.stringify(reply.json)}`);
        assert.ok(
          broken.some((id) => String(reply.json.message).includes(id)),
          String(reply.json.message),
        );
      }
      // As printed, at the same place: all refusals before were for the field.
      assert.deepEqual(ids(hooksFindings({ body: last }, { qualityModule: false })), []);
      assert.deepEqual(await sendUntilRefused([last]), { taken: 1 });
    });
  }
});

test('a message with events, as printed, is a message: its own fields are asked for (X-10)', async () => {
  const [message] = printedBodies('message') as [Json];
  const summary = (printedBodies('summary')[0] as Json).events;
  const [entry, exit] = printedBodies('NA entry, NA exit') as [Json, Json];
  const both = {
    ...message,
    events: [...(entry.events as Json[]), ...(exit.events as Json[]), ...(summary as Json[])],
  };
  const withoutAgent = withField(both, 'message', 'agentId', undefined);
  assert.deepEqual(ids(hooksFindings({ body: withoutAgent }, { qualityModule: false })), ['HOOKS-MSG-02']);
  assertRefused(await send(sandbox, { body: withoutAgent }), 400, 'HOOKS-MSG-02');
  assert.deepEqual(ids(hooksFindings({ body: both }, { qualityModule: false })), []);
  assert.equal((await send(sandbox, { body: both })).status, 200);
});
