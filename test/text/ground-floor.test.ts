import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const folder = new URL('../../src/text/', import.meta.url);

for (const file of readdirSync(folder)) {
  test(`src/text/${file} imports only its neighbours: the model, which is pure, uses it`, () => {
    const imports = readFileSync(new URL(file, folder), 'utf8').matchAll(
      /\b(?:from|import)\b\s*\(?'([^']+)'/g,
    );
    for (const [, specifier] of imports) assert.match(specifier!, /^\.\/[\w-]+\.ts$/);
  });
}
