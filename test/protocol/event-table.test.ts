// A type of event is one entry of the table, and everything that depends on it has it.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { conversationTimeline } from '../../src/evidence/timeline.ts';
import { type RequirementId, requirement } from '../../src/protocol/catalogue.ts';
import { Conversation } from '../../src/protocol/conversation.ts';
import { eventKind, eventNames, eventTable, eventType } from '../../src/protocol/event-table.ts';
import { defaultDialect, type Event, eventsBody, summaryEvent } from '../../src/protocol/events.ts';
import { advance } from '../../src/protocol/lifecycle/lifecycle.ts';
import { lifecyclePage } from '../../src/protocol/lifecycle/page.ts';
import { newConversation } from '../../src/protocol/lifecycle/state.ts';
import {
  describeStep,
  type Step,
  type StepKind,
  stepKind,
  stepKinds,
  stepsOf,
} from '../../src/protocol/lifecycle/step.ts';
import { hooksBodyProblems, isMessage } from '../../src/protocol/requests.ts';
import { schemas } from '../../src/protocol/schemas.ts';
import { subjectOf } from '../../src/sandbox/subject.ts';
import { eventOf as kindOfRequest } from '../../src/verdict/lost-requests.ts';
import { eventOf as eventOfRow } from '../../steps/event-tables.ts';
import { wholeConversation } from '../../steps/requests.ts';
import { answered } from '../evidence/picture-exchanges.ts';
import { envelope, exampleEvents } from './examples.ts';

const all = Object.values(exampleEvents()).flat();
const stepOf = (event: Event): Step => stepsOf(eventsBody(envelope, [event]))[0]!;

suite('The table', () => {
  test('has exactly the events that the schemas describe', async () => {
    const folder = new URL('../../schemas/', import.meta.url);
    const files = (await readdir(folder)).filter((name) => name.endsWith('.schema.json'));
    const parsed = await Promise.all(
      files.map(async (name) => JSON.parse(await readFile(new URL(name, folder), 'utf8'))),
    );
    const described = parsed.flatMap(({ properties }) => properties?.name?.const ?? []);
    assert.deepEqual(described.sort(), eventNames.toSorted());
  });

  for (const name of eventNames) {
    const { schema, step, picture } = eventTable[name];
    test(`${name} has the schema of that name`, () => {
      assert.deepEqual((schema as { properties: { name?: unknown } }).properties.name, {
        const: name,
        requirement: 'HOOKS-ENV-07',
      });
      assert.equal(schemas[name], schema);
      assert.equal(eventType(name), eventTable[name]);
    });

    test(`${name} alone is the step ${step}, and has the shape ${picture.shape}`, () => {
      const others = eventNames.filter((other) => other !== name).map((other) => eventTable[other]);
      assert.ok(!others.some((other) => other.step === step || other.picture.shape === picture.shape));
    });

    test(`${name} is named by the requirement of names`, () => {
      assert.ok(requirement('HOOKS-ENV-07').title.includes(name));
    });
  }

  for (const name of [
    'AGENT_JOINED',
    '__proto__',
    'constructor',
    '',
    undefined,
    7,
    ['END_OF_CONVERSATION'],
  ]) {
    test(`has nothing named ${JSON.stringify(name)}`, () => assert.equal(eventType(name), undefined));
  }
});

suite('Each kind of event', () => {
  for (const event of all) {
    test(`${eventKind(event)} is right, and a step of its own`, () => {
      assert.deepEqual(hooksBodyProblems(eventsBody(envelope, [event])), []);
      assert.equal(stepOf(event).type, eventTable[event.name].step);
    });

    test(`${eventKind(event)} has a mark, a caption, and a name in full`, () => {
      const sender = new Conversation(envelope, 'voice', defaultDialect);
      const [moment] = conversationTimeline('c-12345', [answered(sender.events([event]))]).moments;
      assert.notEqual(moment!.shape, 'other');
      assert.match(moment!.caption, /^\w+( \w+)?$/);
      assert.ok(moment!.description.length >= moment!.caption.length);
      assert.match(sender.events([event]).label, new RegExp(`^${eventKind(event)}`));
    });
  }

  test('makes up the kinds of step, with a message and what cannot be read', () => {
    const kinds = new Set<StepKind>(['message', ...all.map((event) => stepKind(stepOf(event))), 'unclear']);
    assert.deepEqual(stepKinds.toSorted(), [...kinds].sort());
  });

  test('comes too late once the conversation has ended', () => {
    const requirementOf: Partial<Record<StepKind, RequirementId>> = {
      'redial entry': 'HOOKS-RDL-05',
      end: 'HOOKS-EOC-01',
    };
    for (const step of all.map(stepOf)) {
      const { breaches } = advance({ ...newConversation, begun: true, ended: true }, { step });
      assert.equal(
        breaches[0]?.finding.requirement,
        requirementOf[stepKind(step)] ?? 'HOOKS-SEQ-03',
        stepKind(step),
      );
    }
  });

  test('begins a conversation only as NA entry or redial', () => {
    const begins = all.filter(
      (event) => advance(newConversation, { step: stepOf(event) }).breaches.length === 0,
    );
    assert.deepEqual(
      begins.map((event) => stepKind(stepOf(event))),
      ['NA entry', 'redial entry'],
    );
  });

  test('has a row of the page', () => {
    const page = lifecyclePage('');
    for (const event of all) {
      const step = stepOf(event);
      const row = step.type === 'transfer' ? stepKind(step) : describeStep(step);
      assert.ok(page.includes(`\n| **${row}`), row);
    }
  });
});

suite('The sentences of the features', () => {
  test('send every event, and a message', () => {
    const bodies = wholeConversation(new Conversation(envelope, 'voice', defaultDialect)).map(
      ({ body }) => body,
    );
    const sent = new Set(bodies.flatMap((body) => subjectOf({ kind: 'JSON', value: body }).events));
    assert.deepEqual([...sent].sort(), [...eventNames, 'message'].sort());
  });

  test('know every event in a table', () => {
    const row = { transfer: 'cold', transition: 'exit', agent: 'Agent 1' };
    for (const name of eventNames) {
      const sender = new Conversation(envelope, 'voice', defaultDialect);
      assert.equal(eventOfRow(sender, { event: eventTable[name].step, ...row }).name, name);
    }
  });
});

suite('Whether a body is a message is decided in one place', () => {
  const bodies: object[] = [
    { query: 'Hello' },
    { query: '', events: [] },
    { query: 7, events: [summaryEvent()] },
    { agentId: 'agent-1' },
    { author: { type: 'AGENT' } },
    { source: 'genesys' },
    { agentId: 'agent-1', events: [summaryEvent()] },
    { author: { type: 'USER' }, events: [] },
    { language: 'en', experience: 'chat' },
    { events: [summaryEvent()] },
    {},
  ];
  for (const body of bodies) {
    test(`${JSON.stringify(body)} is ${isMessage(body) ? 'one' : 'none'}`, () => {
      const value = { ...envelope, ...body };
      const exchange = answered({ body: value, label: 'it, 1st request of conversation c-12345' });
      const { moments } = conversationTimeline('c-12345', [exchange]);
      assert.deepEqual(
        {
          'its problems': hooksBodyProblems(value).some(({ where }) => where === 'message'),
          'its steps': stepsOf(value).some(({ type }) => type === 'message'),
          'the picture': moments.some(({ noun }) => noun === 'message'),
          'the terminal': subjectOf({ kind: 'JSON', value }).events.includes('message'),
          'what was lost': kindOfRequest(exchange).includes('message'),
        },
        {
          'its problems': isMessage(body),
          'its steps': isMessage(body),
          'the picture': isMessage(body),
          'the terminal': isMessage(body),
          'what was lost': isMessage(body),
        },
      );
    });
  }
});
