// Whether a text names a language: by its code (en, pt-BR) or in English.

/** The two letters of each code. */
const letters = 'abcdefghijklmnopqrstuvwxyz';

const inEnglish = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

let names: ReadonlySet<string> | undefined;

export function isLanguage(text: string): boolean {
  return isCode(text) || englishNames().has(text.toLowerCase());
}

function isCode(text: string): boolean {
  if (!/^[a-z]{2,3}(?:[-_][a-z]{4})?(?:[-_](?:[a-z]{2}|\d{3}))?$/i.test(text)) return false;
  return inEnglish.of(text.replaceAll('_', '-')) !== undefined;
}

/** Of the languages that have a code of two letters. */
function englishNames(): ReadonlySet<string> {
  names ??= new Set(
    [...letters].flatMap((first) =>
      [...letters].flatMap((second) => inEnglish.of(first + second)?.toLowerCase() ?? []),
    ),
  );
  return names;
}
