// What the recommended editor extension makes of features/ and steps/. It reads the sources without running them: a
// parameter type whose regular expression is computed has to stand in the editor's settings.
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  buildSuggestions,
  ExpressionBuilder,
  type ExpressionBuilderResult,
  getGherkinCompletionItems,
  getGherkinDiagnostics,
  jsSearchIndex,
  type ParameterTypeMeta,
} from '@cucumber/language-service';
import { WasmParserAdapter } from '@cucumber/language-service/wasm';
import type { Vocabulary } from './vocabulary.ts';

/** The settings of the extension, in .vscode/settings.json. */
export interface EditorSettings {
  'cucumber.features': readonly string[];
  'cucumber.glue': readonly string[];
  'cucumber.parameterTypes': readonly ParameterTypeMeta[];
}

interface File {
  path: string;
  content: string;
}

/** The parameter types that the extension cannot read by itself, for its settings. */
export async function unreadableTypes(
  { parameterTypes }: Vocabulary,
  settings: Pick<EditorSettings, 'cucumber.glue'>,
): Promise<ParameterTypeMeta[]> {
  const { parameterTypeLinks } = await read({ ...settings, 'cucumber.parameterTypes': [] });
  const readable = new Set(parameterTypeLinks.map(({ parameterType }) => parameterType.name));
  return parameterTypes
    .filter(({ name }) => !readable.has(name))
    .map(({ name, regularExpressions }) => ({ name, regexp: regularExpressions.join('|') }));
}

/** What a person would see in the editor that is wrong, one line each. */
export async function editorProblems(vocabulary: Vocabulary, settings: EditorSettings): Promise<string[]> {
  const result = await read(settings);
  const features = filesOf(settings['cucumber.features']);
  return [
    ...(features.length === 0 ? ['cucumber.features finds no file'] : []),
    ...result.errors.map(({ message }) => message.trim().replaceAll(/\s*\n\s*/g, ' ')),
    ...features.flatMap((feature) => underlined(feature, result)),
    ...notOffered(vocabulary, result),
  ];
}

async function read(
  settings: Pick<EditorSettings, 'cucumber.glue' | 'cucumber.parameterTypes'>,
): Promise<ExpressionBuilderResult> {
  const grammars = new URL('../../', import.meta.resolve('@cucumber/language-service'));
  const parser = new WasmParserAdapter(fileURLToPath(grammars));
  await parser.init();
  const glue = filesOf(settings['cucumber.glue']).map(({ path, content }) => ({
    languageName: 'tsx' as const,
    uri: path,
    content,
  }));
  return new ExpressionBuilder(parser).build(glue, settings['cucumber.parameterTypes']);
}

function filesOf(patterns: readonly string[]): File[] {
  return globSync(patterns)
    .sort()
    .map((path) => ({ path, content: readFileSync(path, 'utf8') }));
}

function underlined({ path, content }: File, { expressionLinks }: ExpressionBuilderResult): string[] {
  const expressions = expressionLinks.map(({ expression }) => expression);
  return getGherkinDiagnostics(content, expressions).map(
    ({ message, range }) => `${path}:${range.start.line + 1} ${message}`,
  );
}

/** A sentence has to be offered to whoever has typed its first words. */
function notOffered(
  { definitions, examples }: Vocabulary,
  { registry, expressionLinks }: ExpressionBuilderResult,
): string[] {
  const expressions = expressionLinks.map(({ expression }) => expression);
  const index = jsSearchIndex(buildSuggestions(registry, [...examples.values()], expressions));
  const words = 3;
  return definitions.flatMap(({ id, pattern }) => {
    const typed = (examples.get(id) ?? pattern.source).split(' ', words).join(' ');
    const feature = `Feature: f\n  Scenario: s\n    Given ${typed}`;
    const end = { line: 2, character: `    Given ${typed}`.length };
    const offered = getGherkinCompletionItems(feature, end, index).map(({ label }) => label);
    return offered.includes(pattern.source) ? [] : [`"${typed}" does not offer: ${pattern.source}`];
  });
}
