// How a tenant was seen to read what the documents leave open: observed-behaviour.yaml. A change against it is a warning.
import { type Document, LineCounter, parseDocument, stringify } from 'yaml';
import { isAmbiguityId } from '../protocol/catalogue.ts';

export interface ObservedAnswer {
  ambiguity: string;
  question: string;
  answer: string;
}

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
  if (!Array.isArray(entries)) return { observed: [], problems: [`${file}:1  must be a list; ${howToMend}`] };
  const problems = entries.flatMap((entry, index) => {
    const wrong = members.filter((name) => typeof entry?.[name] !== 'string' || entry[name] === '');
    if (wrong.length > 0)
      return [`${file}, entry ${index + 1}  ${wrong.join(', ')} must be a text; ${howToMend}`];
    if (isAmbiguityId(entry.ambiguity)) return [];
    return [`${file}, entry ${index + 1}  the register has no ambiguity ${entry.ambiguity}; ${howToMend}`];
  });
  return { observed: problems.length === 0 ? entries : [], problems };
}

/** Aliases can name what does not exist, or make a small text a huge one. */
function contentOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? [];
  } catch {
    return undefined;
  }
}

const howToMend = '`npm test -- --update-observations` writes the file anew';

/** The file's text: what was observed now, and what was not asked this time as it was. */
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

/** What was answered to the same question before; undefined when it was not asked. */
export function answerBefore(
  observed: readonly ObservedAnswer[],
  asked: Pick<ObservedAnswer, 'ambiguity' | 'question'>,
): string | undefined {
  return observed.find((entry) => keyOf(entry) === keyOf(asked))?.answer;
}

function keyOf({ ambiguity, question }: Pick<ObservedAnswer, 'ambiguity' | 'question'>): string {
  return `${ambiguity} ${question}`;
}
