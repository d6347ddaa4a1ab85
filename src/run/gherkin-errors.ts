// What cucumber's parser does not understand in a feature file, for the person who wrote it.
import type { ParseError } from '@cucumber/messages';

/** @param sources the text of each feature file, by its path */
export function parseProblem({ source, message }: ParseError, sources: ReadonlyMap<string, string>): string {
  const where = `  ${source.uri}:${source.location?.line ?? 0}`;
  const line = /, got '(.*)'$/s.exec(message)?.[1];
  const header = headerOf(sources.get(source.uri ?? '') ?? '');
  if (!line) return `${where}  ${reworded(message, header)}`;
  if (header) {
    return `${where}  "${line}" is not understood here. Line ${header.line} says "# language: ${header.language}": are the keywords those of another language?`;
  }
  return `${where}  "${line}" is not understood here: is its keyword misspelt, or a header like "# language: de" missing?`;
}

function reworded(message: string, header: Header | undefined): string {
  const text = message.replace(/^\(\d+:\d+\): /, '');
  if (!/^Language not supported/.test(text) || !header) return text;
  return `cucumber knows no language "${header.language}", which the header "# language:" names; English needs no header`;
}

interface Header {
  language: string;
  line: number;
}

/** The header that names the language of the keywords. */
function headerOf(text: string): Header | undefined {
  const found = /^[ \t]*#[ \t]*language[ \t]*:[ \t]*([\w-]+)/m.exec(text);
  return found ? { language: found[1]!, line: text.slice(0, found.index).split('\n').length } : undefined;
}
