// Reads and writes observed-behaviour.yaml.
import { type Document, LineCounter, parseDocument, stringify } from 'yaml';
import { isAmbiguityId } from '../protocol/catalogue.ts';
import { keyOf, type ObservedAnswer } from './observed.ts';

const members = ['ambiguity', 'question', 'answer'] as const;

/** @param file its name, for messages */
export function readObserved(text: string, file: string): { observed: ObservedAnswer[]; problems: string[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error) {
    const line = error.linePos?.[0].line ?? 1;
    return { observed: [], problems: [`${file}:${line}  ${error.message.split('\n')[0]}`] };
  }
  const entries = contentOf(document);
  if (!Array.isArray(entries)) return { observed: [], problems: [`${file}:1  must be a list; ${howToFix}`] };
  const problems = entries.flatMap((entry, index) => {
    const wrong = members.filter((name) => typeof entry?.[name] !== 'string' || entry[name] === '');
    if (wrong.length > 0)
      return [`${file}, entry ${index + 1}  ${wrong.join(', ')} must be a text; ${howToFix}`];
    if (isAmbiguityId(entry.ambiguity)) return [];
    return [`${file}, entry ${index + 1}  the register has no ambiguity ${entry.ambiguity}; ${howToFix}`];
  });
  return { observed: problems.length === 0 ? entries : [], problems };
}

/** undefined when an alias cannot be resolved, or when aliases would blow the text up. */
function contentOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? [];
  } catch {
    return undefined;
  }
}

const howToFix = '`npm test -- --update-observations` writes the file anew';

/** The new text of the file. Unless the whole suite ran, answers to questions that were not asked this time are kept. */
export function updatedObserved(
  before: readonly ObservedAnswer[],
  now: readonly ObservedAnswer[],
  whole: boolean,
): string {
  const asked = new Set(now.map(keyOf));
  const kept = whole ? [] : before.filter((entry) => !asked.has(keyOf(entry)));
  const entries = [...kept, ...now]
    .map(({ ambiguity, question, answer }) => ({ ambiguity, question, answer }))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return `# How this tenant reads what the documents leave open. A change against it is a warning.\n# Written by \`npm test -- --update-observations\`.\n${stringify(entries, { lineWidth: 0 })}`;
}
