// Secrets that can be recognised by their name or by where they stand: in JSON, also damaged or within a text, in a URL, a
// form, XML, a header.
import { withoutSecretsOfJson } from './json-secrets.ts';
import { withoutSecretsOfMarkup } from './markup-secrets.ts';
import {
  isOrdinary,
  isPlaceholder,
  isSecretInQuery,
  isSecretName,
  placeholder,
  saysName,
  saysValue,
} from './secret-names.ts';

/** JSON in a text in JSON in a URL … */
const maxDepth = 8;

export function withoutNamedSecrets(text: string, depth = 0): string {
  if (depth > maxDepth || !/[=:<]|&lt;|%3[ad]|bearer|basic|-----BEGIN|api-?key|--/i.test(text)) return text;
  const within = (inner: string) => withoutNamedSecrets(inner, depth + 1);
  return withoutSecretsOfJson(text, within) ?? withoutSecretsOfText(text, within);
}

function withoutSecretsOfText(text: string, within: (text: string) => string): string {
  const clean = withoutParameters(withoutUserInfo(withoutSecretsOfMarkup(withoutMembers(text))));
  return withoutEncoded(withoutHeaders(clean), within);
}

/** The user and the password of a URL. */
function withoutUserInfo(text: string): string {
  if (!text.includes('@')) return text;
  return text
    .replace(/([a-z][a-z\d+.-]{0,30}:\\*\/\\*\/)([^\s/?#"'<>\\]+)@/gi, `$1${placeholder}@`)
    .replace(/((?:^|[\s"'=(])\/\/)([^\s/?#"'<>\\:@]+:[^\s/?#"'<>\\]+)@/g, `$1${placeholder}@`);
}

/** A parameter of a URL, anywhere in a text, or of a form: in a URL also one that is secret only there. */
const parameter = /(^|[?&#;,\s"'({]|\\u0026)([\w.\-[\]%$]{1,80})=/gi;
const parameterValue = /"[^"]*"|'[^']*'|[^&#\s"'<>\\=][^&#\s"'<>\\]*/y;

function withoutParameters(text: string): string {
  let [clean, from] = ['', 0];
  for (const found of text.matchAll(parameter)) {
    if (found.index < from) continue;
    const name = unpercented(found[2]!) ?? found[2]!;
    if (!(/[?&#;6]$/.test(found[1]!) ? isSecretInQuery(name) : isSecretName(name))) continue;
    parameterValue.lastIndex = found.index + found[0].length;
    const [given = ''] = parameterValue.exec(text) ?? [];
    const quote = /^["']/.exec(given)?.[0] ?? '';
    if (isOrdinary(name, quote ? given.slice(1, -1) : given)) continue;
    const start = found.index + found[0].length;
    clean += text.slice(from, start) + quote + placeholder + quote;
    from = start + given.length;
  }
  return clean + text.slice(from);
}

/** A URL or a form that is URL-encoded, as in the parameter of another URL. */
function withoutEncoded(text: string, within: (text: string) => string): string {
  if (!/%3[ad]/i.test(text)) return text;
  return text.replace(/[\w.~%+*!-]+/g, (run) => {
    const decoded = /%3[ad]/i.test(run) ? unpercented(run) : undefined;
    const clean = decoded === undefined ? undefined : within(decoded);
    return clean === undefined || clean === decoded ? run : encodeURIComponent(clean);
  });
}

function unpercented(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** What a scheme of HTTP stands before, anywhere; and the lines of headers that hold a secret. */
function withoutHeaders(text: string): string {
  return text
    .replace(
      /(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)(?!<redacted>)[\s\S]*?(-----END|$)/g,
      `$1${placeholder}$2`,
    )
    .replace(
      /(["'])([\w-]{1,60})(:[ \t]*)((?=[^\s"']*\d)[^\s"']{8,})\1/g,
      (whole, quote, name, colon, value: string) =>
        isSecretName(name) && !isPlaceholder(value) ? quote + name + colon + placeholder + quote : whole,
    )
    .replace(
      /\b(bearer(?:\s|%20|\+|\\+[nrt])+\\{0,7}["']?)([\w.~+/=-]{8,})/gi,
      (whole, scheme: string, value: string) =>
        value.length >= 20 || /\d/.test(value) ? scheme + placeholder : whole,
    )
    .replace(/\b(api-?key\s+)((?=\S*\d)[\w.~+/=-]{16,})/gi, `$1${placeholder}`)
    .replace(
      /(--)([a-z][\w-]{1,60})(\s+["']?)((?=[^\s"']*\d)[^\s"'<>-][^\s"'<>]{7,})/gi,
      (whole, lead: string, name: string, blank: string) =>
        isSecretName(name) ? lead + name + blank + placeholder : whole,
    )
    .replace(/\b(basic\s+)([a-z\d+/]{8,}={0,2})/gi, (whole, scheme: string, value: string) =>
      /^[ -~]*:[ -~]*$/.test(Buffer.from(value, 'base64').toString()) ? scheme + placeholder : whole,
    )
    .replace(
      /^([ \t]*(?:- )?)([\w-]{1,60})(:[ \t]*)(\S[^\r\n]*)$/gm,
      (whole, indent: string, name: string, colon: string, value: string) => {
        const isHeader = /^(?:x-.*|(?:proxy-)?authorization|(?:set-)?cookie)$/i.test(name);
        // "Password: forgotten" is a sentence.
        const isValue = isHeader || /^(?=\S*\d)\S{8,}$/.test(value);
        const isKept = isPlaceholder(value) || /^\w+ <redacted>$/.test(value);
        return isSecretName(name) && isValue && !isKept ? indent + name + colon + placeholder : whole;
      },
    );
}

/** The name of a member and its colon. In JSON within JSON its quotes have a backslash, in JSON within that three. */
const member =
  /(?<!\\)(\\{0,255}["']|&quot;)((?:[\w .$@:-]|\\+u[\da-f]{4}){1,80})\1\s*(?::|=>)\s*|([{,]\s*)([\w$-]{1,80})\s*:\s*(?=["'[{])/gi;

/** Characters in which a name ends, with its quotes and escapes. */
const maxNaming = 600;

/** Of JSON that is cut off or stands within a text. Finds the ends of values by hand, since they may be of megabytes. */
function withoutMembers(text: string): string {
  let [clean, from, isNamed] = ['', 0, false];
  for (const found of text.matchAll(member)) {
    if (found.index < from) continue;
    const quote = found[1] ?? '"';
    const name = unescaped(found[2] ?? found[4]!);
    const isSecret = isSecretName(name) || (isNamed && saysValue(name));
    if (!isSecret && !saysName(name)) continue;
    const start = found.index + found[0].length;
    // Of what may be a name, the beginning is enough: to the end of an object that holds all the others, the work would be
    // quadratic.
    const value = isSecret
      ? valueAt(text, start, found[1])
      : valueAt(text.slice(0, start + maxNaming), start, found[1]);
    const said = value && text.slice(value.from, value.to);
    const isNaming = (value?.quoted ?? false) && isSecretName(unescaped(said!.slice(0, 80)));
    isNamed = !isSecret && (isNaming || (isNamed && name === 'type'));
    if (!isSecret || !value || !said || isOrdinary(name, said)) continue;
    clean += text.slice(from, value.from) + (value.quoted ? placeholder : quote + placeholder + quote);
    from = value.to;
  }
  return clean + text.slice(from);
}

function unescaped(name: string): string {
  return name.replace(/\\+u([\da-f]{4})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

interface Value {
  from: number;
  to: number;
  /** Its quotes are not part of it. */
  quoted: boolean;
}

/** A text, a number, a list or an object; undefined for anything else, as a boolean. */
function valueAt(text: string, start: number, quote?: string): Value | undefined {
  const own = quote ?? text[start]!;
  if (/["';]$/.test(own) && text.startsWith(own, start)) {
    const from = start + own.length;
    return { from, to: endOfText(text, from, own), quoted: true };
  }
  if (/[[{]/.test(text[start] ?? ''))
    return { from: start, to: endOfPart(text, start, quote ?? '"'), quoted: false };
  const [number = ''] = /^-?\d[-+.\deE]*/.exec(text.slice(start, start + 400)) ?? [];
  return number ? { from: start, to: start + number.length, quoted: false } : undefined;
}

/** The position of the closing quote; the end of the whole text when there is none. */
function endOfText(text: string, from: number, quote: string): number {
  if (quote.startsWith('&')) return (text.indexOf(quote, from) + 1 || text.length + 1) - 1;
  const mark = quote.at(-1)!;
  // A quote within the value has more backslashes than the quote around it; a backslash of the value is doubled.
  const within = quote.length - 1;
  for (let at = text.indexOf(mark, from); at >= 0; at = text.indexOf(mark, at + 1)) {
    let before = 0;
    while (at - before > from && text[at - before - 1] === '\\') before += 1;
    if (before % (2 * (within + 1)) === within) return at - within;
  }
  return text.length;
}

/** Behind the bracket that closes a list or an object; the end of the whole text when there is none. */
function endOfPart(text: string, start: number, quote: string): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at]!;
    if (text.startsWith(quote, at)) at = endOfText(text, at + quote.length, quote) + quote.length - 1;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}
