// JSON that goes to a terminal or into the log of a CI.
import { bracketCommand, invisible } from './terminal.ts';

/**
 * As JSON.stringify. Escapes the characters that a terminal would obey, and what a CI would take for a command, instead of
 * removing them, so that nothing is lost.
 */
export function terminalJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent)
    .replace(invisible, (found) => (found === '\n' ? found : escaped(found)))
    .replace(bracketCommand, `${escaped('#')}#`);
}

function escaped(text: string): string {
  return Array.from(
    { length: text.length },
    (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
}
