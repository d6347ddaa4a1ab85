// The controls of an event that may be refused for the form of an earlier one.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { earlierControls } from '../../../src/protocol/controls/earlier-forms.ts';
import { lastOf } from '../../../src/protocol/controls/sequence.ts';
import { type Dialect, defaultDialect } from '../../../src/protocol/events.ts';
import { hooksBodyProblems } from '../../../src/protocol/requests.ts';
import { conversations, sequence } from './sequences.ts';

const unusual: Dialect = {
  transferTypeCase: 'lower',
  isExtAdAs: 'string',
  transferLanguage: 'left out',
  customFields: 'sent',
};
const members = ['transfertype', 'language', 'isExtAD', 'customFields'];

suite('The controls of an end after transfers in unusual forms', () => {
  const original = sequence(conversations['a message after a cold transfer'], unusual);
  const controls = earlierControls(original, defaultDialect);

  test('are about each form once', () => {
    const requirements = controls.map(({ requirement }) => requirement.replace('HOOKS-', '')).sort();
    assert.deepEqual(requirements, ['XFER-03', 'XFER-04', 'XFER-05', 'XFER-06', 'XFER-10']);
  });

  for (const { requirement, words, sequence: changed } of controls) {
    test(`${requirement} changes one member of each transfer before it: ${words}`, () => {
      assert.equal(lastOf(changed), lastOf(original));
      assert.deepEqual(changed.bodies.flatMap(hooksBodyProblems), []);
      const differing = members.filter((member) => valuesOf(changed, member) !== valuesOf(original, member));
      assert.equal(differing.length, 1, `${differing}`);
    });
  }

  test('are none of another requirement than the forms that differ', () => {
    const usual = earlierControls(sequence(conversations['NA exit']), defaultDialect);
    assert.deepEqual(
      usual.map(({ requirement }) => requirement),
      ['HOOKS-XFER-03'],
    );
  });
});

/** Of all events, as JSON. */
function valuesOf({ bodies }: ReturnType<typeof sequence>, member: string): string {
  const found: unknown[] = [];
  JSON.stringify(bodies, (key, value) => {
    if (key === member) found.push(value);
    return value;
  });
  return JSON.stringify(found);
}
