// Untrusted text must not control a reader's terminal or the CI whose log it ends up in, or hide anything from the reader.
import { truncate } from './truncate.ts';

/** Characters that a reader does not see and a terminal may obey: controls, direction marks, zero-width, line separators. */
export const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** What a CI obeys anywhere in a line of a log: ##vso[…] and ##[…] (Azure, GitHub), ##teamcity[…]. */
export const bracketCommand = /##(?=[\w.-]*\[)/g;
/** What GitHub obeys where a line begins: ::error::… */
export const colonCommand = /^([^\S\n]*):(?=:.*::)/gm;

/** A text on one line, with a replacement character for each invisible one; no command to a CI. */
export function visible(text: string): string {
  return withoutCommands(text.replace(invisible, '\ufffd'));
}

/** A text of several lines, safe for a terminal: keeps line breaks and tabs, replaces all other invisible characters. */
export function harmless(text: string): string {
  const seen = text
    .replaceAll('\r\n', '\n')
    .replace(invisible, (found) => (found === '\n' || found === '\t' ? found : '\ufffd'));
  return withoutCommands(seen);
}

/** A text from the network, at a length that fits a line. */
export function printable(text: string): string {
  return truncate(visible(text), 120);
}

/** A text that may have colours of ours, with a blank in what a CI would take for a command. */
export function withoutCommands(text: string): string {
  return text.replace(bracketCommand, '# #').replace(colonCommand, '$1: ');
}
