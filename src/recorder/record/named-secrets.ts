// Secrets that are told by their name: parameters of a URL, members of a JSON text. Whatever their values are, they go.

const names =
  'token|auth|authorization|jwt|access_?token|refresh_?token|id_?token|api[-_]?key|secret|client_?secret|password';

/** Of a URL, wherever it stands, or of a form. */
const parameter = new RegExp(`((?:^|[?&])(?:${names})=)([^&#\\s"<>\\\\]+)`, 'gi');
/** Up to where the value begins; in a text within a text the quotes have a backslash. */
const member = new RegExp(`(\\\\?)"(?:${names})\\1"\\s*:\\s*(?:\\1"|(?=-?\\d))`, 'gi');

const hidden = '<redacted>';

export function withoutNamedSecrets(text: string): string {
  const clean = text.replace(parameter, (whole, name: string, value: string) =>
    isHidden(value) ? whole : name + hidden,
  );
  return withoutMembers(clean);
}

/** By hand: an expression for a text of megabytes would run out of its stack. */
function withoutMembers(text: string): string {
  let [clean, from] = ['', 0];
  for (const found of text.matchAll(member)) {
    const start = found.index + found[0].length;
    if (found.index < from) continue;
    const quote = `${found[1]}"`;
    const isText = found[0].endsWith('"');
    const end = isText ? endOfText(text, start, quote) : endOfNumber(text, start);
    if (end === start || isHidden(text.slice(start, end))) continue;
    clean += text.slice(from, start) + (isText ? hidden : quote + hidden + quote);
    from = end;
  }
  return clean + text.slice(from);
}

/** What says that something is hidden, and what of it was wrong, stays. */
function isHidden(value: string): boolean {
  return value === '$TENANT_JWT' || /^<[\w ,:;-]{1,80}>$/.test(value);
}

/** Where the quote stands that closes a text; the end of all when there is none. */
function endOfText(text: string, from: number, quote: string): number {
  const within = quote.length - 1;
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = 0;
    while (at - before > from && text[at - before - 1] === '\\') before += 1;
    // A quote of the value has one backslash, within a text three; two backslashes are one of the value.
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
