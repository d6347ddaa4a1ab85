// Finds the JSON within a text: behind the prefix of a logger, in a quoted value, in a field of a CSV, in base64.
import { isUtf8 } from 'node:buffer';
import { gunzipSync, inflateSync } from 'node:zlib';
import { parsed } from './json.ts';

export interface Embedded {
  value: unknown;
  /** The text around it, with a space in its place. */
  around: string;
  /** The text before it. */
  before: string;
  /** The text behind it. */
  after: string;
}

/** Of a text: each that fails may have read to its end. */
const maxFailures = 6;
/** How much JSON of a text is read: a line has one or two. */
export const maxJson = 200;
/** Of a body that is packed; far more than any documented one has. */
const maxBytes = 10_000_000;

/** The objects and lists in a text that can be read, one after the other. */
export function* jsonIn(text: string): Generator<Embedded> {
  const starts = /\{\s*(?:\\*"|"")|\[\s*\{/g;
  let found = 0;
  for (let failures = 0; failures < maxFailures && found < maxJson; ) {
    const at = starts.exec(text)?.index;
    if (at === undefined) return;
    const read = readAt(text, at, found === 0);
    if (!read) {
      failures += 1;
      continue;
    }
    const before = text.slice(0, at);
    found += 1;
    const after = text.slice(read.end);
    yield { value: read.value, before, after, around: `${before} ${after}` };
    starts.lastIndex = read.end;
  }
}

/** @param isFirst whether it is likely that nothing comes behind it: a line may have thousands */
function readAt(text: string, at: number, isFirst: boolean): { value: unknown; end: number } | undefined {
  const next = /^[[{]\s*(?:\{\s*)?(\\+"|"")/.exec(text.slice(at, at + 100))?.[1];
  if (next === '""') return doubled(text, at);
  if (next !== undefined) return escaped(text, at);
  const last = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1;
  const whole = isFirst ? parsed(text.slice(at, last)) : undefined;
  if (whole && 'value' in whole) return { value: whole.value, end: last };
  const end = endOfJson(text, at);
  if (end === undefined || (isFirst && end === last)) return undefined;
  const part = parsed(text.slice(at, end));
  return 'value' in part ? { value: part.value, end } : undefined;
}

/** In a quoted text: body="{\"conversationId\":…}" */
function escaped(text: string, at: number): { value: unknown; end: number } | undefined {
  let end = at;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  const inner = parsed(`"${text.slice(at, end)}"`);
  if (!('value' in inner) || typeof inner.value !== 'string') return undefined;
  const [read] = jsonIn(inner.value);
  return read && { value: read.value, end };
}

/** In a field of a CSV: "{""conversationId"":…}" */
function doubled(text: string, at: number): { value: unknown; end: number } | undefined {
  const rest = /^(?:[^"]|"")*/.exec(text.slice(at))![0];
  const read = parsed(rest.replaceAll('""', '"'));
  return 'value' in read ? { value: read.value, end: at + rest.length } : undefined;
}

/** Where the object or list ends that begins here; undefined when it does not. */
export function endOfJson(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      for (at += 1; at < text.length && text[at] !== '"'; at += 1) if (text[at] === '\\') at += 1;
    } else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

/** The objects of a text that has nothing but whole ones, two or more, with nothing or a comma between them. */
export function objectsIn(text: string): { value: unknown; text: string }[] | undefined {
  const objects: { value: unknown; text: string }[] = [];
  for (let at = 0; at < text.length; ) {
    const start = at + /^[\s,]*/.exec(text.slice(at))![0].length;
    if (start === text.length && !text.slice(at).includes(',')) break;
    const end = text[start] === '{' ? endOfJson(text, start) : undefined;
    const read = end === undefined ? undefined : parsed(text.slice(start, end));
    if (!read || !('value' in read)) return undefined;
    objects.push({ value: read.value, text: text.slice(start, end) });
    at = end!;
  }
  return objects.length > 1 ? objects : undefined;
}

/** How base64 of `{"`, of `{` and white space, of a byte order mark, of a gzip and of zlib begins. */
const base64Start = /^(?:eyJ|eyA|ewo|ewk|ew0|77u\/|H4sI|e(?:J[w-z]|A[E-H]|N[o-r]|F[4-7]))/;
const base64 = /^[\w+/-]{16,}={0,2}$/;

/** The text of a JSON body that is in base64, plain or gzip; undefined for any other text. */
export function fromBase64(text: string): string | undefined {
  if (!base64Start.test(text)) return undefined;
  const joined = text.replace(/[\r\n]/g, '');
  return base64.test(joined) ? textOf(Buffer.from(joined, 'base64')) : undefined;
}

/** The text of bytes, plain, gzip or zlib; undefined when they are not UTF-8. */
export function textOf(bytes: Buffer): string | undefined {
  let plain = bytes;
  const [first = 0, second = 0] = bytes;
  const isGzip = first === 0x1f && second === 0x8b;
  // The two make a multiple of 31 (RFC 1950).
  if (isGzip || (first === 0x78 && (first * 256 + second) % 31 === 0)) {
    try {
      plain = (isGzip ? gunzipSync : inflateSync)(bytes, { maxOutputLength: maxBytes });
    } catch {
      return undefined;
    }
  }
  return isUtf8(plain) ? plain.toString('utf8') : undefined;
}

/** The bytes of a list of numbers, as journald and Node's Buffer write them; undefined for any other list. */
export function bytesOf(list: readonly unknown[]): Buffer | undefined {
  const isBytes =
    list.length > 1 &&
    list.every((one) => Number.isInteger(one) && (one as number) >= 0 && (one as number) <= 255);
  return isBytes ? Buffer.from(list as number[]) : undefined;
}
