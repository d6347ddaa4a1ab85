import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ownRequirementsIn } from '../../src/run/own-requirements.ts';

suite('The requirements of a team', () => {
  test('have what those of the documents have', () => {
    const text = `
- id: ACME-CALL-01
  level: should
  title: A call is accepted
  area: Calls
  source: the adapter's manual
  decidedBy: [refused, faulty request]
- {id: ACME-2, level: must, title: Another}`;
    assert.deepEqual(ownRequirementsIn(text), [
      {
        id: 'ACME-CALL-01',
        level: 'should',
        title: 'A call is accepted',
        basis: 'own',
        binds: 'tenant',
        area: 'Calls',
        source: ["the adapter's manual"],
        decidedBy: ['refused', 'faulty request'],
      },
      {
        id: 'ACME-2',
        level: 'must',
        title: 'Another',
        basis: 'own',
        binds: 'tenant',
        area: 'Own requirements',
        source: [],
        decidedBy: ['accepted'],
      },
    ]);
  });

  test('may be none', () => assert.deepEqual(ownRequirementsIn('# nothing yet\n'), []));

  const wrong: Record<string, [text: string, ...problems: RegExp[]]> = {
    'no YAML': ['- {id: A-1', /Flow map/],
    'no list': ['id: A-1', /it must hold a list/],
    'an entry twice': [
      '- {id: A-1, level: must, title: One}\n- {id: A-1, level: must, title: Two}',
      /A-1: is listed twice/,
    ],
    'all members wrong': [
      '- {id: a, level: x, title: 7, area: 8, source: [9], decidedBy: [guessing], binds: sender}',
      /a: binds is not one of id, level/,
      /a: id must be like ACME-QUEUE-01/,
      /a: level must be/,
      /a: title is missing/,
      /a: area must be a text/,
      /a: source must be a text/,
      /a: decidedBy must list some of accepted, answer/,
    ],
    'two documents': ['- {id: A-1}\n---\n- {id: A-2}', /it must be one document/],
    'a blank title': [
      "- {id: A-1, level: must, title: ' ', note: 7}",
      /A-1: note must/,
      /A-1: title is missing/,
    ],
    'an entry without an id': ['- {level: must, title: One}', /entry 1: id must be like/],
  };
  for (const [name, [text, ...problems]] of Object.entries(wrong)) {
    test(name, () => {
      assert.throws(
        () => ownRequirementsIn(text),
        ({ code, message }: Error & { code: string }) => {
          assert.equal(code, 'REQUIREMENTS_INVALID');
          for (const problem of problems) assert.match(message, problem);
          return true;
        },
      );
    });
  }
});
