// Whether a text is well-formed XML, as far as JUnit reports use it: elements, attributes, CDATA, entities.

/** What is wrong, in a few words; undefined when nothing is. */
export function xmlProblem(xml: string): string | undefined {
  const open: string[] = [];
  let roots = 0;
  const rest = xml.replace(/^<\?xml [^>]*\?>/, '');
  for (const [part, cdata, tag, text] of rest.matchAll(
    /(<!\[CDATA\[[\s\S]*?\]\]>)|(<(?:[^>"]|"[^"]*")*>)|([^<]+)/g,
  )) {
    if (cdata) continue;
    if (text !== undefined) {
      if (open.length === 0 && text.trim() !== '') return `text outside of the root: ${text.trim()}`;
      if (badEntity(text)) return `a bare & in: ${text.slice(0, 80)}`;
      continue;
    }
    const [, slash, name, attributes, empty] =
      /^<(\/?)([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>$/.exec(tag!) ?? [];
    if (name === undefined || badEntity(attributes ?? '')) return `not a tag: ${part.slice(0, 120)}`;
    if (slash) {
      if (open.pop() !== name) return `</${name}> closes nothing`;
    } else {
      if (open.length === 0) roots += 1;
      if (!empty) open.push(name);
    }
  }
  if (controlCharacters.test(xml)) return 'a character that XML does not know';
  if (open.length > 0) return `<${open.at(-1)}> is never closed`;
  return roots === 1 ? undefined : `${roots} root elements`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const controlCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

function badEntity(text: string): boolean {
  return /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-f]+);)/i.test(text);
}
