// Part of `npm run verify`: with the settings of this project, the recommended editor extension understands every feature
// and offers every sentence.
import './own-process.ts';
import { readFileSync } from 'node:fs';
import { editorProblems } from '../run/editor.ts';
import { readVocabulary } from '../run/vocabulary.ts';

const settings = JSON.parse(readFileSync('.vscode/settings.json', 'utf8'));
const vocabulary = await readVocabulary();
const problems = await editorProblems(vocabulary, settings);
console.log(
  problems.length === 0
    ? `The editor understands every step and offers all ${vocabulary.definitions.length} sentences.`
    : `The editor does not understand:\n  ${problems.join('\n  ')}`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
