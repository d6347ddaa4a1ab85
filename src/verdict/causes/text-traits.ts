// What is special about a free text: that of a message, a name, a reason, an id.

/** In characters: lengths after which a tenant may cut a text off or refuse it. */
const lengths = [4000, 1000, 255, 128, 100, 64, 50, 40, 36, 32, 30, 24, 20] as const;

/** In words that end a sentence. @param noun of the text: "name" */
export function lengthTraits(noun: string, text: string): string[] {
  return lengths
    .filter((length) => text.length > length)
    .map((length) => `with ${article(noun)} of more than ${length} characters`);
}

/** In words that end a sentence. @param noun of the text: "name" */
export function signTraits(noun: string, text: string): string[] {
  const signs: [RegExp, string][] = [
    [/[\r\n\u{85}\u{2028}\u{2029}]/u, `with a line break in the ${noun}`],
    [/\t/, `with a tab in the ${noun}`],
    [/[^\P{Cc}\r\n\t\u{85}]/u, `with a control character in the ${noun}`],
    [/[^\p{ASCII}]/u, `with ${article(noun)} beyond ASCII`],
    [/[\u{10000}-\u{10ffff}]/u, `with characters of four bytes in the ${noun}`],
    [/(?!\p{Script=Latin})\p{L}/u, `with letters other than Latin in the ${noun}`],
    [/[\p{Script=Arabic}\p{Script=Hebrew}]/u, `with ${article(noun)} that runs from right to left`],
    [/[<>]/, `with < or > in the ${noun}`],
    [/'/, `with an apostrophe in the ${noun}`],
    [/"/, `with a quotation mark in the ${noun}`],
    [/[<>&"]/, `with <, >, & or " in the ${noun}`],
    [/[<>&"']/, `with <, >, &, " or ' in the ${noun}`],
    [/\\/, `with a backslash in the ${noun}`],
    [/@/, `with @ in the ${noun}`],
    [/^\P{L}*$/u, `with ${article(noun)} without letters`],
  ];
  return signs.flatMap(([pattern, words]) => (pattern.test(text) ? [words] : []));
}

function article(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}
