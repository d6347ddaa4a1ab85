import { escapeXml } from './escape-xml.ts';

/** Text for an element or a quoted attribute of HTML, with control characters made visible. */
export function escapeHtml(text: string): string {
  return escapeXml(withVisibleControls(text));
}

/** Replaces control characters, and those that change the direction of writing, by visible ones: they may hide text. */
function withVisibleControls(text: string): string {
  return text.toWellFormed().replace(/[^\P{Cc}\n\t]|\p{Bidi_Control}/gu, (character) => {
    const code = character.codePointAt(0)!;
    return code < 0x20 ? String.fromCodePoint(0x2400 + code) : `⟨U+${code.toString(16).padStart(4, '0')}⟩`;
  });
}
