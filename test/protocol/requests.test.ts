// What is wrong with a request: one sentence for each field, with its place and its requirement.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { RequirementId } from '../../src/protocol/catalogue.ts';
import { eventNames } from '../../src/protocol/event-table.ts';
import { defaultDialect, endEvent, summaryEvent, transferEvent } from '../../src/protocol/events.ts';
import { type Defect, withDefect } from '../../src/protocol/mutations.ts';
import { assignmentProblems, hooksBodyProblems } from '../../src/protocol/requests.ts';
import { documentedFields, optionalFields, type Where } from './documented-fields.ts';
import { envelope, exampleBody } from './examples.ts';
import { expectProblem } from './expect.ts';

const agent = { number: 1 };
const experience = 'voice';
const dialect = { ...defaultDialect, customFields: 'sent' } as const;
const transfer = transferEvent({ transfer: 'NA', transition: 'entry', agent, experience }, dialect);
const end = endEvent({ agent, experience }, dialect);

/** For each type of field, values that it may not hold, and the problem that each has. */
const complaintsOf = {
  text: [...mistyped('a string', 42, null, { a: 1 }), ['', 'is empty']],
  flag: mistyped('a boolean', 'true', 1, null),
  object: mistyped('an object', 'text', [], null),
  list: [...mistyped('an array', { 0: {} }, 'text', null), [[], 'is empty']],
} satisfies Record<string, Complaint[]>;

type Complaint = [value: unknown, problem: string];

function mistyped(type: string, ...values: unknown[]): Complaint[] {
  return values.map((value) => [value, `is ${JSON.stringify(value)}, it must be ${type}`]);
}

/** Not one of the values, though it may look like one. */
function outside(allowed: readonly (string | boolean)[]): Complaint[] {
  const list = allowed.map((value) => JSON.stringify(value)).join(', ');
  const none = (value: unknown): Complaint => [
    value,
    `is ${JSON.stringify(value)}, it must be one of ${list}`,
  ];
  const texts = allowed.filter((value) => typeof value === 'string');
  const alike = [...texts.map(otherCase), texts.join(' | '), `${texts[0]}s`, 'something else', ''];
  return [
    ...alike.filter((text) => !texts.includes(text)).map(none),
    ...(texts.length === allowed.length ? mistyped('a string', 42, null) : [42, null].map(none)),
  ];
}

function otherCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

function pointerTo(where: Where, field: string): string {
  const inEvent = where !== 'message' && where !== 'envelope';
  return `${inEvent ? '/events/0' : ''}/${field.replaceAll('.', '/')}`;
}

suite('A required field', () => {
  for (const { where, field, kind, missing, wrong } of documentedFields) {
    // Of these more is to be said, below.
    if (kind === 'list' || kind === 'name') continue;
    test(`${where}: ${field} (${missing})`, () => {
      const complain = (defect: Defect, problem: string, requirements: readonly RequirementId[]) => {
        const wording = `${where}: ${field} ${problem}`;
        const found = hooksBodyProblems(withDefect(exampleBody(where, dialect), field, defect));
        expectProblem(found, { wording, pointer: pointerTo(where, field), requirements });
      };
      assert.deepEqual(hooksBodyProblems(exampleBody(where, dialect)), []);
      complain({ kind: 'left out' }, 'is missing', missing);
      for (const [value, problem] of typeof kind === 'string' ? complaintsOf[kind] : outside(kind)) {
        complain({ kind: 'set to', value }, problem, wrong);
      }
    });
  }
});

suite('events', () => {
  const requirements = ['HOOKS-ENV-05'] as const;
  for (const [value, problem] of complaintsOf.list) {
    test(`${JSON.stringify(value)} ${problem}`, () => {
      expectProblem(hooksBodyProblems({ ...envelope, events: value }), {
        wording: `envelope: events ${problem}`,
        pointer: '/events',
        requirements,
      });
    });
  }

  test('may be left out of a message only', () => {
    const wording = 'envelope: events is missing, and the body is not a message';
    expectProblem(hooksBodyProblems(envelope), { wording, pointer: '/events', requirements });
    assert.deepEqual(hooksBodyProblems(exampleBody('message')), []);
  });

  test('holds objects', () => {
    const wording = 'envelope: events.1 is "END_OF_CONVERSATION", it must be an object';
    const body = { ...envelope, events: [end, 'END_OF_CONVERSATION'] };
    expectProblem(hooksBodyProblems(body), { wording, pointer: '/events/1', requirements });
  });

  test('are distinguished by their place', () => {
    const { reason, ...withoutReason } = end;
    const { transition, ...withoutTransition } = transfer;
    const found = hooksBodyProblems({
      ...envelope,
      events: [withoutTransition, summaryEvent(), withoutReason],
    });
    assert.deepEqual(
      found.map(({ pointer }) => pointer),
      ['/events/0/transition', '/events/2/reason'],
    );
  });
});

suite('The name of an event (HOOKS-ENV-07)', () => {
  const names = `it must be one of ${eventNames.join(', ')}`;
  for (const name of [
    'AGENT_JOINED',
    'end_of_conversation',
    '',
    '__proto__',
    'constructor',
    'toString',
    42,
    null,
    {},
  ]) {
    test(`${JSON.stringify(name)} is not one`, () => {
      const body = JSON.parse(JSON.stringify({ ...envelope, events: [summaryEvent(), { ...end, name }] }));
      const wording = `event: name is ${JSON.stringify(name)}, ${names}`;
      expectProblem(hooksBodyProblems(body), {
        wording,
        pointer: '/events/1/name',
        requirements: ['HOOKS-ENV-07'],
      });
    });
  }

  test('may not be missing', () => {
    const expected = { pointer: '/events/0/name', requirements: ['HOOKS-ENV-07'] } as const;
    const body = withDefect(exampleBody('envelope'), 'name', { kind: 'left out' });
    expectProblem(hooksBodyProblems(body), { wording: 'event: name is missing', ...expected });
    expectProblem(hooksBodyProblems({ ...envelope, events: [{}] }), {
      wording: 'event: name is missing',
      ...expected,
    });
  });
});

suite('A body that is not an object', () => {
  for (const body of [null, [], [end], 42, 'text', true]) {
    test(JSON.stringify(body).slice(0, 30), () => {
      for (const [where, id, found] of [
        ['envelope', 'HOOKS-ENV-05', hooksBodyProblems(body)],
        ['assign-conversation', 'ASSIGN-REQ-01', assignmentProblems(body)],
      ] as const) {
        assert.equal(found.length, 1);
        assert.equal(found[0]?.where, where);
        assert.deepEqual(found[0]?.requirements, [id]);
        assert.equal(found[0]?.pointer, '');
        assert.match(found[0]?.text ?? '', /^it is .+, it must be an object$/);
      }
    });
  }
});

suite('What the documents leave open is not a problem', () => {
  const open: Record<string, object> = {
    'unknown members': {
      ...envelope,
      trace: 1,
      events: [{ ...end, trace: 1, participant: { ...end.participant, trace: { a: 1 } } }],
    },
    'members named like those of every object': JSON.parse(
      '{"conversationId":"c","botId":"b","__proto__":{"a":1},"constructor":1,"query":"q","agentId":"a",' +
        '"experience":"chat","author":{"type":"USER"},"source":"s","sendUserMessage":true,' +
        '"sendAgentMessage":true,"language":"en"}',
    ),
    'a message that shares its body with events': { ...exampleBody('message'), events: [end] },
    'events beside a field that messages have too (X-10)': {
      ...exampleBody('envelope'),
      agentId: 'agent-1',
      source: 'cti',
    },
    'a type of summary other than post': {
      ...envelope,
      events: [{ ...summaryEvent(), data: { ...summaryEvent().data, type: 'mid' } }],
    },
    'a participant other than an agent (HOOKS-XFER-09 is a should)': {
      ...envelope,
      events: [{ ...transfer, participant: { ...transfer.participant, type: 'supervisor' } }],
    },
    'a transfer with an empty language (X-11)': { ...envelope, events: [{ ...transfer, language: '' }] },
    'a transfer with a reason (X-05)': { ...envelope, events: [{ ...transfer, reason: null }] },
    'several events in one body (HOOKS-ENV-06)': { ...envelope, events: [transfer, summaryEvent(), end] },
    'custom fields with other members': {
      ...envelope,
      events: [{ ...end, participant: { ...end.participant, customFields: { team: 7 } } }],
    },
  };
  for (const [what, body] of Object.entries(open)) {
    test(what, () => assert.deepEqual(hooksBodyProblems(body), []));
  }
});

suite('isExtAD of a redial (X-05)', () => {
  const { isExtAD, ...bare } = transfer;
  const wording = 'INTERNAL_TRANSFER_EVENT: isExtAD is missing';
  const rows: [string, object, boolean][] = [
    ['may be left out beside a reason', { transfertype: 'redial', reason: 'agent_initiated' }, true],
    ['may not be left out without one', { transfertype: 'redial' }, false],
    ['may not be left out of another transfer', { transfertype: 'cold', reason: 'agent_initiated' }, false],
  ];
  for (const [what, members, fits] of rows) {
    test(what, () => {
      const found = hooksBodyProblems({ ...envelope, events: [{ ...bare, ...members }] });
      if (fits) assert.deepEqual(found, []);
      else expectProblem(found, { wording, pointer: '/events/0/isExtAD', requirements: ['HOOKS-XFER-03'] });
    });
  }
});

suite('An optional field is of its type where it is sent', () => {
  for (const [where, field, kind, requirement] of optionalFields) {
    test(`${where}: ${field}`, () => {
      const type = { text: 'a string', object: 'an object' }[kind];
      const found = hooksBodyProblems(
        withDefect(exampleBody(where, dialect), field, { kind: 'set to', value: 1694 }),
      );
      const wording = `${where}: ${field} is 1694, it must be ${type}`;
      expectProblem(found, { wording, pointer: pointerTo(where, field), requirements: [requirement] });
      assert.deepEqual(
        hooksBodyProblems(withDefect(exampleBody(where, dialect), field, { kind: 'left out' })),
        [],
      );
    });
  }
});
