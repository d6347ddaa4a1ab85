// Text in a picture: on one line, as long as there is room for, and nothing but text.

/** What cannot stand in XML, or would turn the text around it. */
const unprintable = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\p{Bidi_Control}]/gu;
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\p{Emoji_Presentation}]/u;

/** A text on one line, cut to about so many letters. */
export function plain(given: string, room: number): string {
  const text = given
    .slice(0, 4 * room)
    .replace(/\s+/g, ' ')
    .replace(unprintable, '')
    .trim();
  return startOf(text, room) === text ? text : `${startOf(text, room - 1)}…`;
}

/** As much of a text as there is room for; a wide letter counts for two. */
export function startOf(text: string, room: number): string {
  let length = 0;
  let width = 0;
  for (const letter of text) {
    width += wide.test(letter) ? 2 : 1;
    if (width > room) break;
    length += letter.length;
  }
  return text.slice(0, length);
}
