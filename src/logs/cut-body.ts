// A body of which a log has the beginning only: a logger has cut the text.
import { isAnswerKey } from './names.ts';

const maxDepth = 20;

/** The text in a record that is the beginning of a body; undefined when none is. */
export function cutBodyIn(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return isCutBody(value) ? value : undefined;
  if (typeof value !== 'object' || value === null || depth > maxDepth) return undefined;
  for (const [key, member] of Object.entries(value)) {
    const found = isAnswerKey(key) ? undefined : cutBodyIn(member, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** JSON that names a conversation, and opens more than it closes. */
function isCutBody(text: string): boolean {
  if (!text.includes('conversationId') || !/\{[^{}]*\\*"conversationId\\*"+\s*:/.test(text)) return false;
  return text.split('{').length > text.split('}').length;
}
