import { bracketCommand, colonCommand } from './terminal.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Text for an element or a quoted attribute of XML. Characters that XML does not allow, such as NUL, stay as they are.
 * A report may be printed where a CI reads along: what would be a command to it is escaped too.
 */
export function escapeXml(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => entities[character]!)
    .replace(bracketCommand, '&#35;#')
    .replace(colonCommand, '$1&#58;');
}
