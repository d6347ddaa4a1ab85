// What the requests of a run with wrong fields try together, without --deep.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Conversation } from '../../src/protocol/conversation.ts';
import type { FieldDefect } from '../../src/protocol/defects.ts';
import { defaultDialect } from '../../src/protocol/events.ts';
import { type Kind, kinds } from '../../steps/requests.ts';
import { wrongFields } from '../../steps/wrong-fields.ts';

const dialect = { ...defaultDialect, transferLanguage: 'sent' as const };

function tried(kind: Kind, deep: boolean): FieldDefect[] {
  const conversation = new Conversation({ conversationId: 'c-1', botId: 'st-1' }, 'voice', dialect);
  return wrongFields(kind, kinds[kind].make(conversation).body, deep);
}

const allKinds = Object.keys(kinds) as Kind[];
const ofKinds = (of: string) => allKinds.filter((kind) => kinds[kind].of === of);
const words = (defects: readonly FieldDefect[]) => new Set(defects.map((one) => one.words));
const named = ({ field, words: what }: FieldDefect) => `${field} ${what}`;

test('every kind of defect is tried somewhere, for less than a third of the requests', () => {
  const all = allKinds.flatMap((kind) => tried(kind, true));
  const selected = allKinds.flatMap((kind) => tried(kind, false));
  assert.deepEqual([...words(all).difference(words(selected))], []);
  assert.ok(selected.length < all.length / 3, `${selected.length} of ${all.length}`);
});

test('requests with the same fields together have what senders get wrong, and each has every field left out', () => {
  for (const of of new Set(allKinds.map((kind) => kinds[kind].of))) {
    const together = new Set(ofKinds(of).flatMap((kind) => tried(kind, false).map(named)));
    for (const kind of ofKinds(of)) {
      const own = tried(kind, false).map(named);
      for (const one of tried(kind, true)) {
        if (['conversationId', 'botId', 'events'].includes(one.field)) continue;
        if (['left out', 'empty', 'another word'].includes(one.words))
          assert.ok(together.has(named(one)), named(one));
        if (one.words === 'left out') assert.ok(own.includes(named(one)), `${kind}: ${named(one)}`);
      }
      assert.equal(new Set(own).size, own.length, 'none twice');
    }
  }
});
