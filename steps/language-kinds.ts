// Kinds of languages, of which a profile may name any.

/** @param likely the language with the script that it is usually written in */
type IsOfKind = (named: Intl.Locale, likely: Intl.Locale) => boolean;

const isOfKind = {
  'another language than English': () => true,
  'a language of Latin letters': ({ region }, { script }) => script === 'Latn' && !region,
  'a language with its region': ({ region }) => region !== undefined,
  'a language of other letters': ({ region }, likely) =>
    likely.script !== 'Latn' && !region && !isRightToLeft(likely),
  'a language written from right to left': ({ region }, likely) => !region && isRightToLeft(likely),
} satisfies Record<string, IsOfKind>;

export type LanguageKind = keyof typeof isOfKind;

export const languageKinds = Object.keys(isOfKind) as LanguageKind[];

/**
 * The first of these languages that is of the kind. English is of none, but for en-GB and the like when no other one has a region.
 * For another language than English, one that no other kind finds comes first.
 * @param codes as in TENANT_LANGUAGES
 */
export function languageOfKind(codes: readonly string[], kind: LanguageKind): string | undefined {
  if (kind !== 'another language than English') return firstOfKind(codes, kind);
  const first = languageKinds.filter((one) => one !== kind).map((one) => firstOfKind(codes, one));
  return (
    firstOfKind(
      codes.filter((code) => !first.includes(code)),
      kind,
    ) ?? firstOfKind(codes, kind)
  );
}

function firstOfKind(codes: readonly string[], kind: LanguageKind): string | undefined {
  const is: IsOfKind = isOfKind[kind];
  const all = codes.filter((code) => {
    const locale = localeOf(code);
    return locale && is(locale, locale.maximize());
  });
  const other = all.find((code) => localeOf(code)!.language !== 'en');
  return other ?? (kind === 'a language with its region' ? all[0] : undefined);
}

/** Those that are not English, as far as they are codes. */
export function otherLanguages(codes: readonly string[]): string[] {
  return codes.filter((code) => (localeOf(code)?.language ?? 'en') !== 'en');
}

/** As it is displayed, without its region: Portuguese for pt-BR. */
export function languageName(code: string): string {
  return new Intl.DisplayNames(['en'], { type: 'language' }).of(localeOf(code)?.language ?? code)!;
}

function isRightToLeft(locale: Intl.Locale): boolean {
  // The type checker does not know it yet.
  const { getTextInfo } = locale as Intl.Locale & { getTextInfo(): { direction: 'ltr' | 'rtl' } };
  return getTextInfo.call(locale).direction === 'rtl';
}

/** undefined for what is not a code, such as de-xx-yy */
function localeOf(code: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(code);
  } catch {
    return undefined;
  }
}
