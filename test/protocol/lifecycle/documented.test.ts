// Everything that the documents show is valid, in each reading: their flows, their samples, and every choice that the
// ambiguities leave to a sender.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import assignRequests from '../../../spec/samples/assign-requests.json' with { type: 'json' };
import hooksEnd from '../../../spec/samples/hooks-end.json' with { type: 'json' };
import hooksTransfers from '../../../spec/samples/hooks-transfers.json' with { type: 'json' };
import hooksWebhook from '../../../spec/samples/hooks-webhook.json' with { type: 'json' };
import { Conversation } from '../../../src/protocol/conversation.ts';
import { type Dialect, defaultDialect } from '../../../src/protocol/events.ts';
import { flows, type Move } from '../../../src/protocol/flows.ts';
import { withDefect } from '../../../src/protocol/mutations.ts';
import { assignmentFindings, hooksFindings } from '../../../src/protocol/sent-request.ts';
import { ids, judged, judgedBodies } from './judged.ts';

interface Sample {
  document: string;
  section: string;
  body: object;
  sent?: { path: string; authHeader: string };
  defect?: object;
}

const envelope = { conversationId: 'c-12345', botId: 'st-XXXX' };
const noQuality = { qualityModule: false };

/** As the sample was sent; its token is cut short in the documents. */
function asSent({ body, sent }: Sample) {
  if (!sent) return { body };
  const headers = { 'content-length': '412', 'content-type': 'application/json', [sent.authHeader]: 'eyJ…' };
  return { method: 'POST', url: `https://platform.kore.ai${sent.path}`, headers, body };
}

suite('A sample of the documents breaks no must', () => {
  const hooks: Sample[] = [...hooksWebhook, ...hooksTransfers, ...hooksEnd];
  for (const sample of hooks.filter(({ defect }) => !defect)) {
    test(`${sample.document}: ${sample.section}`, () => {
      assert.deepEqual(ids(hooksFindings(asSent(sample), noQuality)), []);
    });
  }
  for (const sample of assignRequests as Sample[]) {
    test(`${sample.document}: ${sample.section}`, () => {
      const must = assignmentFindings(asSent(sample)).filter(({ level }) => level === 'must');
      assert.deepEqual(must, []);
    });
  }
});

const dialects: Record<string, Partial<Dialect>> = {
  'as by default': {},
  'in lower case (X-04)': { transferTypeCase: 'lower' },
  'with isExtAD as a text (X-03)': { isExtAdAs: 'string' },
  'without language (X-11)': { transferLanguage: 'left out' },
  'with customFields (X-13)': { customFields: 'sent' },
};

for (const [name, moves] of Object.entries<Move[]>(flows)) {
  suite(name, () => {
    for (const [form, dialect] of Object.entries(dialects)) {
      test(form, () => {
        const sender = new Conversation(envelope, 'voice', { ...defaultDialect, ...dialect });
        const bodies = moves.map((move) => sender.move(move).body);
        assert.deepEqual(ids(bodies.flatMap((body) => hooksFindings({ body }, noQuality))), []);
        assert.deepEqual(judgedBodies(bodies), []);
      });
    }
  });
}

suite('Where the documents disagree, either reading passes', () => {
  const readings: Record<string, [conversation: string, ...warnings: string[]]> = {
    'Agent 1 leaves a warm conversation last (X-08)': [
      'NA entry 1, warm entry 2, warm entry 3, warm exit 2, warm exit 3, NA exit 1, summary, end',
    ],
    'Agent 3 leaves it last': [
      'NA entry 1, warm entry 2, warm entry 3, warm exit 1, warm exit 2, NA exit 3, summary, end',
    ],
    'the redial of the table (X-06)': ['NA entry 1, NA exit 1, redial entry 1, NA exit 1, summary, end'],
    'the redial of the list': [
      'NA entry 1, redial entry 1, NA exit 1, summary, end',
      'HOOKS-RDL-06 (should)',
    ],
    'the redial of the list after a few words': [
      'NA entry 1, message, redial entry 1, message, NA exit 1, summary, end',
      'HOOKS-RDL-06 (should)',
    ],
    'a redial without a summary (X-17)': [
      'NA entry 1, NA exit 1, redial entry 1, NA exit 1, end',
      'HOOKS-RDL-01 (should)',
    ],
    'a redial as the first event (X-18)': ['redial entry 1, NA exit 1, summary, end'],
    'another agent redials': ['NA entry 1, NA exit 1, redial entry 2, NA exit 2, summary, end'],
  };
  for (const [name, [conversation, ...warnings]] of Object.entries(readings)) {
    test(name, () => assert.deepEqual(ids(judged(conversation)), warnings));
  }

  test('the sample redial has reason and no isExtAD (X-05)', () => {
    const sender = new Conversation(envelope, 'voice', defaultDialect);
    const { body } = sender.transfer('redial', 'entry', { number: 1 });
    const bare = withDefect(body, 'isExtAD', { kind: 'left out' }) as typeof body;
    const events = bare.events!.map((event) => ({ ...event, reason: 'agent_initiated' }));
    assert.deepEqual(hooksFindings({ body: { ...bare, events } }, noQuality), []);
    assert.deepEqual(ids(hooksFindings({ body: bare }, noQuality)), ['HOOKS-XFER-03']);
  });
});

suite('A body with a message and events', () => {
  const sender = new Conversation(envelope, 'voice', defaultDialect);
  const hello = { text: 'Hello', author: 'USER' } as const;
  const entry = sender.transferEvent('NA', 'entry', { number: 1 });
  const exit = sender.transferEvent('NA', 'exit', { number: 1 });
  const goodbye = sender.message(hello, [exit, sender.endEvent()]).body;

  test('reaches an agent who enters or leaves with it', () => {
    assert.deepEqual(judgedBodies([sender.message(hello, [entry]).body, goodbye]), []);
  });

  test('with events that cannot be read makes it unknown who is there', () => {
    const { events: _, ...alone } = sender.message(hello).body;
    const enters = sender.events([entry]).body;
    const leaves = { ...alone, events: exit };
    const ends = sender.end().body;
    assert.deepEqual(ids(hooksFindings({ body: leaves }, noQuality)), ['HOOKS-ENV-05']);
    assert.deepEqual(judgedBodies([enters, leaves, ends]), []);
    assert.deepEqual(ids(judgedBodies([enters, alone, ends])), ['HOOKS-SEQ-02']);
  });
});

test('a finding is placed at its event, its message or its envelope', () => {
  const sender = new Conversation(envelope, 'voice', defaultDialect);
  const end = sender.endEvent();
  const bodies = [
    sender.events([sender.transferEvent('NA', 'entry', { number: 1 }), end]).body,
    sender.message({ text: 'Hello', author: 'USER' }).body,
    sender.events([end, end]).body,
  ];
  assert.deepEqual(
    judgedBodies(bodies).map(({ requirement, event, pointer }) => [requirement, event, pointer]),
    [
      ['HOOKS-SEQ-02', 1, '/events/1'],
      ['HOOKS-SEQ-03', undefined, '/query'],
      ['HOOKS-EOC-01', 0, '/events/0'],
      ['HOOKS-EOC-01', 1, '/events/1'],
    ],
  );
  const afterEnd = judgedBodies([...bodies.slice(0, 1), { ...envelope, events: [] }]);
  assert.deepEqual(
    afterEnd.slice(1).map(({ message, pointer }) => [message, pointer]),
    [['event that cannot be read comes after END_OF_CONVERSATION; nothing may follow it', '/events']],
  );
});
