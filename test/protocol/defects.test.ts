// What is sent to be refused is wrong by the documents, every documented field is tried, and nothing that they allow is.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Conversation } from '../../src/protocol/conversation.ts';
import {
  coveringSelection,
  type FieldDefect,
  hooksDefects,
  oneOfEach,
  parts,
} from '../../src/protocol/defects.ts';
import { defectsPage } from '../../src/protocol/defects-page.ts';
import { eventNames } from '../../src/protocol/event-table.ts';
import { defaultDialect } from '../../src/protocol/events.ts';
import { withDefect } from '../../src/protocol/mutations.ts';
import { hooksBodyProblems } from '../../src/protocol/requests.ts';
import { fieldsOf } from './documented-fields.ts';
import { exampleBody } from './examples.ts';

const kinds = ['message', ...eventNames] as const;

function defectsIn(what: (typeof kinds)[number]): FieldDefect[][] {
  const body = exampleBody(what);
  return parts.flatMap((part) => hooksDefects(body, part));
}

for (const what of kinds) {
  suite(what, () => {
    test('every documented field can be left out', () => {
      const tried = defectsIn(what).flat();
      for (const { field } of fieldsOf(what)) {
        const words = tried.filter((one) => one.field === field).map((one) => one.words);
        assert.ok(words.includes('left out'), `${field}: ${words}`);
        assert.ok(words.length >= 5, `${field}: ${words}`);
      }
    });

    test('each defect is one, and of one field', () => {
      for (const { field, words, defect } of defectsIn(what).flat()) {
        const problems = hooksBodyProblems(withDefect(exampleBody(what), field, defect));
        assert.ok(problems.length > 0, `${field} ${words}`);
        const pointer = `/${field.replaceAll('.', '/')}`;
        assert.ok(
          problems.every((one) => `${one.pointer}/`.includes(`${pointer}/`)),
          `${field} ${words}: ${problems.map((one) => one.pointer)}`,
        );
      }
    });
  });
}

suite('what the documents allow is not a defect', () => {
  const dialect = { ...defaultDialect, transferLanguage: 'sent' as const };
  const conversation = new Conversation({ conversationId: 'c-1', botId: 'st-1' }, 'voice', dialect);
  const coldExit = conversation.transfer('cold', 'exit', { number: 1 }).body;
  const cases: [name: string, field: string, words: string][] = [
    ['a transfer type in lower case', 'transfertype', 'its value in other case'],
    ['isExtAD as a text', 'isExtAD', 'its value as a text'],
    ['any identity', 'participant.identity', 'its value cut off'],
    ['any conversationId', 'conversationId', 'another word'],
    ['a transfer event without language', 'language', 'left out'],
    ['a language of null, which is only not good practice', 'language', 'null'],
  ];
  for (const [name, field, words] of cases) {
    test(name, () => {
      const tried = parts.flatMap((part) => hooksDefects(coldExit, part)).flat();
      assert.ok(tried.some((one) => one.field === field));
      assert.ok(!tried.some((one) => one.field === field && one.words === words));
    });
  }
});

suite('the selection', () => {
  const alone = { number: 0, of: 1 };
  const three = [0, 1, 2].map((number) => ({ number, of: 3 }));
  const usual = ['left out', 'empty', 'another word'];

  test('of one request has each field left out, empty and another word, where that is a defect, and one more', () => {
    const fields = kinds.flatMap((what) => defectsIn(what));
    const selected = coveringSelection(fields, alone, 0);
    for (const one of fields.flat()) if (usual.includes(one.words)) assert.ok(selected.includes(one));
    for (const field of fields)
      assert.ok(selected.some((one) => field.includes(one) && !usual.includes(one.words)));
  });

  test('of several has all of these in one of them at least, and each field left out in each', () => {
    const fields = defectsIn('INTERNAL_TRANSFER_EVENT');
    const selected = three.map((turn) => coveringSelection(fields, turn, turn.number));
    const together = selected.flat();
    for (const one of fields.flat()) {
      if (!usual.includes(one.words)) continue;
      assert.ok(together.includes(one));
      if (one.words === 'left out') for (const each of selected) assert.ok(each.includes(one), one.field);
    }
    for (const each of selected) assert.ok(each.length <= 2 * fields.length, `${each.length}`);
  });

  test('is another one with another offset, and the same with the same', () => {
    const fields = defectsIn('END_OF_CONVERSATION');
    const selected = (offset: number) => coveringSelection(fields, alone, offset);
    assert.notDeepEqual(selected(0), selected(1));
    assert.deepEqual(selected(3), selected(3));
  });

  test('of one defect of each field is another one in each turn', () => {
    const fields = defectsIn('message');
    const selected = three.map((turn) => oneOfEach(fields, turn));
    for (const each of selected) assert.equal(each.length, fields.length);
    assert.equal(new Set(selected.flat()).size, 3 * fields.length);
  });
});

test('the page has every field of the documents', () => {
  const page = defectsPage('');
  for (const what of kinds)
    for (const { field } of fieldsOf(what)) assert.ok(page.includes(`| \`${field}\` | left out, `), field);
});
