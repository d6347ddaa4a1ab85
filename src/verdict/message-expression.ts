// The regular expression of a known deviation. The tenant decides what a message quotes, so the time to match it must not
// depend on the text: RE2 takes time that grows with the length alone, which JavaScript's own engine does not.
import { RE2JS } from 're2js';

const compiled = new Map<string, RE2JS>();

/** Compiled once. @throws when the expression has what RE2 cannot match, as a look-ahead */
export function expressionOf(source: string): RE2JS {
  const known = compiled.get(source);
  if (known) return known;
  const expression = RE2JS.compile(RE2JS.translateRegExp(source));
  compiled.set(source, expression);
  return expression;
}

export function isMatch(source: string, text: string): boolean {
  return expressionOf(source).matcher(text).find();
}
