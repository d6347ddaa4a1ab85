// A negative check sends a body with one defect. If the defect were none, the verdict would be wrong.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { eventNames } from '../../src/protocol/event-table.ts';
import { defaultDialect, eventsBody } from '../../src/protocol/events.ts';
import { type Defect, withDefect } from '../../src/protocol/mutations.ts';
import { hooksBodyProblems } from '../../src/protocol/requests.ts';
import { fieldsOf } from './documented-fields.ts';
import { envelope, exampleBody } from './examples.ts';

const defects: Defect[] = [
  { kind: 'left out' },
  { kind: 'empty' },
  { kind: 'of the wrong type' },
  { kind: 'set to', value: null },
];

for (const isExtAdAs of ['boolean', 'string'] as const) {
  suite(`Each defect breaks the requirement of its field, with isExtAD as ${isExtAdAs}`, () => {
    for (const what of ['message', ...eventNames] as const) {
      const body = exampleBody(what, { ...defaultDialect, isExtAdAs });
      for (const { field, missing, wrong } of fieldsOf(what)) {
        test(`${what}: ${field} (${new Set([...missing, ...wrong]).keys().toArray().join(', ')})`, () => {
          const before = structuredClone(body);
          assert.deepEqual(hooksBodyProblems(body), []);
          for (const defect of defects) {
            const found = hooksBodyProblems(withDefect(body, field, defect));
            assert.ok(found.length > 0, `${field} ${defect.kind} is not a defect`);
            const cited = new Set(found.flatMap(({ requirements }) => requirements));
            assert.deepEqual([...cited].sort(), defect.kind === 'left out' ? missing : wrong, defect.kind);
          }
          assert.deepEqual(body, before);
        });
      }
    }
  });
}

suite('Where a field stands', () => {
  const [end, exampleMessage] = [exampleBody('END_OF_CONVERSATION'), exampleBody('message')];

  test('a field of an event is that of the first one', () => {
    const two = eventsBody(envelope, [...(end.events as never[]), ...(end.events as never[])]);
    const pointers = hooksBodyProblems(withDefect(two, 'reason', { kind: 'left out' })).map(
      (one) => one.pointer,
    );
    assert.deepEqual(pointers, ['/events/0/reason']);
  });

  test('a field of a message goes before that of an event beside it', () => {
    const changed = withDefect({ ...exampleMessage, events: end.events }, 'language', {
      kind: 'set to',
      value: 'de',
    });
    assert.deepEqual(changed, { ...exampleMessage, events: end.events, language: 'de' });
  });

  test('a value that is set is sent unchanged', () => {
    const value = { nested: ['x'] };
    const changed = withDefect(end, 'conversationId', { kind: 'set to', value });
    assert.deepEqual(changed, { ...end, conversationId: value });
  });
});

suite('A field that is not there cannot be made wrong', () => {
  const end = exampleBody('END_OF_CONVERSATION');
  for (const field of [
    'reasons',
    'participant.age',
    'participant.identity.first',
    'query',
    'data.type',
    '',
    'constructor',
    'participant.toString',
    '__proto__.a',
  ]) {
    test(field || 'no name at all', () => {
      for (const defect of defects) {
        assert.throws(() => withDefect(end, field, defect), new RegExp(`no field ${field} to make wrong`));
      }
    });
  }

  test('nor can one be added that is there', () => {
    assert.throws(() => withDefect(end, 'reason', { kind: 'added', value: 1 }), /or has it already/);
    assert.deepEqual(withDefect(envelope, 'events', { kind: 'added', value: [1] }), {
      ...envelope,
      events: [1],
    });
  });

  test('nor one of a body without events', () => {
    assert.throws(
      () => withDefect({ ...envelope, events: [] }, 'reason', { kind: 'empty' }),
      /no field reason/,
    );
    assert.throws(() => withDefect(envelope, 'reason', { kind: 'empty' }), /no field reason/);
  });
});
