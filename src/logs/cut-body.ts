// A body of which a log has the beginning only: a logger has cut the text.
import { textIn } from './unread-call.ts';

/** The text in a record that is the beginning of a body; undefined when none is. An answer may be cut. */
export function cutBodyIn(value: unknown): string | undefined {
  return textIn(value, isCutBody);
}

/** JSON that names a conversation, and opens more than it closes. */
function isCutBody(text: string): boolean {
  if (!text.includes('conversationId') || !/\{[^{}]*\\*"conversationId\\*"+\s*:/.test(text)) return false;
  return text.split('{').length > text.split('}').length;
}
