// Text in a picture: one line, cut to the available width, without control characters.

/** Characters that XML does not allow, or that would change the direction of the text around them. */
const unprintable = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\p{Bidi_Control}]/gu;
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\p{Emoji_Presentation}]/u;

/** A text on one line, cut to `maxWidth`. */
export function plain(given: string, maxWidth: number): string {
  const text = given
    .slice(0, 4 * maxWidth)
    .replace(/\s+/g, ' ')
    .replace(unprintable, '')
    .trim();
  return startOf(text, maxWidth) === text ? text : `${startOf(text, maxWidth - 1)}…`;
}

/** The start of a text. @param maxWidth in characters; a wide one counts as two */
export function startOf(text: string, maxWidth: number): string {
  let length = 0;
  let width = 0;
  for (const letter of text) {
    width += wide.test(letter) ? 2 : 1;
    if (width > maxWidth) break;
    length += letter.length;
  }
  return text.slice(0, length);
}
