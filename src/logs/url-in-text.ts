// Method and URL of a call that a text names, as `POST /agentassist/api/v1/hooks/st-1 HTTP/1.1`.

/**
 * What may follow /hooks/ in a URL. Log formats put ; | : . } < and the like behind it, with which no botId has to do; braces
 * and angle brackets around a name stand for a botId that was not written, and … for the rest of one that was cut.
 */
const rest = String.raw`(?:\{[\w-]+\}|<[\w-]+>|[\w.~%:@!$&*+=/?#…-])*`;
const target = String.raw`\/(?:hooks\/|assign-conversation)${rest}`;
const withMethod = new RegExp(
  String.raw`\b(POST|PUT|PATCH|GET|DELETE)\b["',:]?(?:\s+|[;|,]\s*)["'<[({]?([^\s"'<>]*${target})`,
);
const alone = new RegExp(String.raw`https?:\/\/[^\s"',;|<>)\]]*${target}`);

export function callIn(text: string): { method?: string; url?: string } {
  const [, method, url] = withMethod.exec(text) ?? [];
  if (method) return { method, url: ended(url!) };
  const [only] = alone.exec(text) ?? [];
  return only === undefined ? {} : { url: ended(only) };
}

/** Without the punctuation of the sentence; three dots stand for what was cut. */
function ended(url: string): string {
  const plain = url.replace(/(?:&(?:quot|apos|lt|gt|#\d+)|%22)$/, '');
  return plain.endsWith('...') ? plain : plain.replace(/(?<=[\w*}>])[.:!?=-]+$/, '');
}

/** The status right beside a URL, as in `POST /hooks/st-1 400` and `<-- 400 /hooks/st-1`. */
export function statusBeside(url: string, text: string): number | undefined {
  const at = text.indexOf(url);
  if (at === -1) return undefined;
  const code = behindUrl.exec(text.slice(at + url.length))?.[1] ?? beforeUrl.exec(text.slice(0, at))?.[1];
  return code === undefined ? undefined : Number(code);
}

const behindUrl =
  /^["'`)\]}>]*\s*(?:HTTP\/[\d.]+)?["'`)\]}>|,;:=\s([-]*\b([1-5]\d\d)\b(?!\s*(?:m?s|[km]?b|bytes?)\b|[.:]?\d)/i;
const beforeUrl = /(?<![\d.:-])([1-5]\d\d)\s+(?:[A-Z]+\s+)?["'`(<[]*$/;
