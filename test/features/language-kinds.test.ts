import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { languageKinds, languageName, languageOfKind } from '../../steps/language-kinds.ts';

/** What each kind finds among these languages, in the order of the kinds. */
function found(codes: string): (string | undefined)[] {
  return languageKinds.map((kind) => languageOfKind(codes.split(','), kind));
}

suite('The languages of a profile, by kind', () => {
  // Any other than English, Latin letters, with a region, other letters, right to left.
  for (const [codes, expected] of [
    ['en', [undefined, undefined, undefined, undefined, undefined]],
    ['en,en-GB', [undefined, undefined, 'en-GB', undefined, undefined]],
    ['en-GB,de,fr-CA', ['de', 'de', 'fr-CA', undefined, undefined]],
    ['en,es', ['es', 'es', undefined, undefined, undefined]],
    ['en,es-MX', ['es-MX', undefined, 'es-MX', undefined, undefined]],
    ['en,hi', ['hi', undefined, undefined, 'hi', undefined]],
    ['en,he', ['he', undefined, undefined, undefined, 'he']],
    ['ar-EG,sr-Latn,zh-Hant,ur,de', ['de', 'sr-Latn', 'ar-EG', 'zh-Hant', 'ur']],
    ['en,fr,pt-BR,de,es', ['de', 'fr', 'pt-BR', undefined, undefined]],
    ['de-xx-yy,fr', ['fr', 'fr', undefined, undefined, undefined]],
  ] as const) {
    test(codes, () => assert.deepEqual(found(codes), expected));
  }

  test('a name is English, and has no region', () => {
    assert.deepEqual(['es', 'pt-BR', 'ja', 'zh-Hant'].map(languageName), [
      'Spanish',
      'Portuguese',
      'Japanese',
      'Chinese',
    ]);
  });
});
