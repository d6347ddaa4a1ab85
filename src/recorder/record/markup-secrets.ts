// Secrets in XML, HTML and multipart, by the names of elements, attributes and parts.
import { isOrdinary, isPlaceholder, isSecretName, placeholder } from './secret-names.ts';

/** A tag, also one that is escaped as text of another element. All is bounded, so that the work grows as the text does. */
const tag = /(<|&lt;)([a-z][\w:.-]{0,79})(\s(?:(?!&lt;)[^<>]){0,1000}?)?(>|&gt;)/gi;
const naming = /(?:^|\s)(?:name|key|id|field|n)\s*=\s*(["'])([^"'<>]{1,80})\1/i;
const passwordField = /(?:^|\s)type\s*=\s*["']?password\b/i;
const valuing = /((?:^|\s)(?:value|content|val|v)\s*=\s*)("[^"]*"|'[^']*')/i;
/** <name>token</name><value>…, or <key>token</key><string>… of a property list */
const pair = /(<(name|key)>\s{0,100}([^<>]{1,80}?)\s{0,100}<\/\2>\s{0,100}<([a-z]{1,20})>)([^<]*)/gi;
const part =
  /content-disposition:[^\r\n]{0,300}?\bname="?([^";\r\n]{1,80})"?[^\r\n]{0,300}(?:\r?\n[^\r\n]{1,300}){0,10}\r?\n\r?\n/gi;

export function withoutSecretsOfMarkup(text: string): string {
  const clean = /content-disposition/i.test(text) ? withoutParts(text) : text;
  return /<|&lt;/.test(clean) ? withoutPairs(withoutElements(clean)) : clean;
}

function withoutElements(text: string): string {
  const ends = lastEnds(text);
  let [clean, from] = ['', 0];
  for (const found of text.matchAll(tag)) {
    const [whole, opening, name, attributes = '', closing] = found as unknown as string[];
    if (found.index < from) continue;
    const isNamed = isSecretName(naming.exec(attributes)?.[2] ?? '') || passwordField.test(attributes);
    if (!isNamed && !isSecretName(name!.replace(/^.*:/, ''))) continue;
    const shown = attributes.replace(valuing, (all, lead: string, value: string) =>
      isPlaceholder(value.slice(1, -1)) ? all : lead + value[0] + placeholder + value[0],
    );
    clean += `${text.slice(from, found.index)}${opening}${name}${shown}${closing}`;
    from = found.index + whole!.length;
    const to = attributes.endsWith('/') ? from : endOfContent(text, from, opening!, name!, ends);
    if (isOrdinary(name!, text.slice(from, to).trim())) continue;
    clean += placeholder;
    from = to;
  }
  return clean + text.slice(from);
}

/** Where the last end tag of each name begins: to look for one that is missing, from each tag on, would be quadratic. */
function lastEnds(text: string): Map<string, number> {
  const ends = new Map<string, number>();
  for (const { 0: tag, index } of text.matchAll(/(?:<|&lt;)\/[a-z][\w:.-]{0,79}/gi)) ends.set(tag, index);
  return ends;
}

/** Where its end tag begins. Without one, a void element has no content, and any other goes on to the next tag. */
function endOfContent(
  text: string,
  from: number,
  opening: string,
  name: string,
  ends: ReadonlyMap<string, number>,
): number {
  if (/^(?:input|meta|param|img|br|hr|link)$/i.test(name)) return from;
  const end = `${opening}/${name}`;
  if ((ends.get(end) ?? -1) >= from) return text.indexOf(end, from);
  const next = text.indexOf(opening, from);
  return next < 0 ? text.length : next;
}

function withoutPairs(text: string): string {
  return text.replace(pair, (whole, lead: string, _, name: string, __, value: string) =>
    isSecretName(name) && !isPlaceholder(value) ? lead + placeholder : whole,
  );
}

/** A part of multipart/form-data: from the empty line behind its headers to the next boundary. */
function withoutParts(text: string): string {
  let [clean, from] = ['', 0];
  for (const found of text.matchAll(part)) {
    if (found.index < from || !isSecretName(found[1]!)) continue;
    const start = found.index + found[0].length;
    const end = /\r?\n--/.exec(text.slice(start))?.index;
    const to = end === undefined ? text.length : start + end;
    if (isPlaceholder(text.slice(start, to))) continue;
    clean += text.slice(from, start) + placeholder;
    from = to;
  }
  return clean + text.slice(from);
}
