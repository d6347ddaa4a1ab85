// A body of which a log has the beginning only: a logger has cut the text.
import { isRequestKey } from './answers.ts';
import { isAnswerKey } from './names.ts';

const maxDepth = 20;

/** The text in a record that is the beginning of a body; undefined when none is. An answer may be cut. */
export function cutBodyIn(value: unknown, depth = 0, isInAnswer = false): string | undefined {
  if (typeof value === 'string') return !isInAnswer && isCutBody(value) ? value : undefined;
  if (typeof value !== 'object' || value === null || depth > maxDepth) return undefined;
  for (const [key, member] of Object.entries(value)) {
    const isAnswer = (isInAnswer || isAnswerKey(key)) && !isRequestKey(key);
    const found = cutBodyIn(member, depth + 1, isAnswer);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** JSON that names a conversation, and opens more than it closes. */
function isCutBody(text: string): boolean {
  if (!text.includes('conversationId') || !/\{[^{}]*\\*"conversationId\\*"+\s*:/.test(text)) return false;
  return text.split('{').length > text.split('}').length;
}
