import { escapeXml } from './escape-xml.ts';

/** Text for an element or a quoted attribute of HTML. Nothing in it is hidden from a reader. */
export function escapeHtml(text: string): string {
  return escapeXml(withVisibleControls(text));
}

/** Control characters, and those that turn the direction of writing, as a reader can see them: they may hide text. */
function withVisibleControls(text: string): string {
  return text.toWellFormed().replace(/[^\P{Cc}\n\t]|\p{Bidi_Control}/gu, (character) => {
    const code = character.codePointAt(0)!;
    return code < 0x20 ? String.fromCodePoint(0x2400 + code) : `⟨U+${code.toString(16).padStart(4, '0')}⟩`;
  });
}
