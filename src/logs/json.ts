// Parses untrusted JSON. What is wrong with a text is described without a quote from it, since it may contain a token.
import { oneLine } from '../text/one-line.ts';

/** Deeper than any request. A limit, so that code that walks or serialises a value does not run out of stack. */
const maxDepth = 1000;

export type Parsed = { value: unknown } | ParseFailure;

export interface ParseFailure {
  reason: string;
  /** The text ends in the middle of its JSON. */
  isUnfinished?: true;
}

/** A byte order mark before the JSON is ignored, as RFC 8259 (8.1) allows. */
export function parsed(given: string): Parsed {
  const text = given.charCodeAt(0) === 0xfeff ? given.slice(1) : given;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const reason = `not JSON: ${syntaxProblem(text, message)}`;
    return isUnfinished(text, message) ? { reason, isUnfinished: true } : { reason };
  }
  // Each level takes two characters.
  if (text.length > 2 * maxDepth && isDeeper(value, maxDepth)) {
    return { reason: `nested more than ${maxDepth} levels deep` };
  }
  return { value };
}

function syntaxProblem(text: string, message: string): string {
  const nul = text.indexOf('\0');
  if (nul !== -1) return `it has NUL bytes, the first as character ${nul + 1}`;
  const plain = message
    .replace(/,? ?(\.\.\.)?".*"(\.\.\.)? is not valid JSON$/s, '')
    .replace(/ \(line \d+ column \d+\)$/, '')
    .replace(/ in JSON\b/, '');
  return oneLine(plain, 100) || 'it does not begin like JSON';
}

function isUnfinished(text: string, message: string): boolean {
  if (text.trim() === '') return false;
  if (/^(Unexpected end of JSON input|Unterminated string)/.test(message)) return true;
  const at = / at position (\d+)/.exec(message)?.[1];
  return at !== undefined && Number(at) >= text.trimEnd().length;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const one of Object.values(value)) if (isDeeper(one, levels - 1)) return true;
  return false;
}
