// Secrets that can be recognised by their name: parameters of a URL, members of a JSON text. Their values are redacted.

const names =
  'token|auth|authorization|jwt|access_?token|refresh_?token|id_?token|api[-_]?key|secret|client_?secret|password';

/** A parameter of a URL, anywhere in a text, or of a form. */
const parameter = new RegExp(`((?:^|[?&])(?:${names})=)([^&#\\s"<>\\\\]+)`, 'gi');
/** A member of a JSON text, up to where its value begins. In JSON within JSON, its quotes have a backslash. */
const member = new RegExp(`(\\\\?)"(?:${names})\\1"\\s*:\\s*(?:\\1"|(?=-?\\d))`, 'gi');

const placeholder = '<redacted>';

export function withoutNamedSecrets(text: string): string {
  const clean = text.replace(parameter, (whole, name: string, value: string) =>
    isPlaceholder(value) ? whole : name + placeholder,
  );
  return withoutMembers(clean);
}

/** Finds the ends of values by hand: on a text of megabytes a regular expression would run out of stack. */
function withoutMembers(text: string): string {
  let [clean, from] = ['', 0];
  for (const found of text.matchAll(member)) {
    const start = found.index + found[0].length;
    if (found.index < from) continue;
    const quote = `${found[1]}"`;
    const isText = found[0].endsWith('"');
    const end = isText ? endOfText(text, start, quote) : endOfNumber(text, start);
    if (end === start || isPlaceholder(text.slice(start, end))) continue;
    clean += text.slice(from, start) + (isText ? placeholder : quote + placeholder + quote);
    from = end;
  }
  return clean + text.slice(from);
}

/** A placeholder of an earlier redaction stays: it may say what is wrong with a token. */
function isPlaceholder(value: string): boolean {
  return value === '$TENANT_JWT' || /^<[\w ,:;-]{1,80}>$/.test(value);
}

/** The position of the closing quote; the end of the whole text when there is none. */
function endOfText(text: string, from: number, quote: string): number {
  const within = quote.length - 1;
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = 0;
    while (at - before > from && text[at - before - 1] === '\\') before += 1;
    // A quote within the value has one backslash, in JSON within JSON three; a backslash of the value is doubled.
    const own = within ? (before - 1) / 2 : before;
    if (own % 2 === 0) return at - within;
  }
  return text.length;
}

function endOfNumber(text: string, from: number): number {
  let at = from;
  while (/[-+.\deE]/.test(text[at] ?? '')) at += 1;
  return at;
}
