// A text as it would be without escapes and white space, so that one look finds a secret in many spellings.

/** What becomes of a byte: 0 is left out, 1 begins an escape, anything else is kept as this byte. */
const kept = Uint8Array.from({ length: 256 }, (_, byte) => (byte <= 0x20 || byte >= 0x7f ? 0 : byte));
const [backslash, percent, ampersand, equals, brace] = [0x5c, 0x25, 0x26, 0x3d, 0x7b];
for (const byte of [backslash, percent, ampersand, equals]) kept[byte] = 1;
// Base64 and base64url become the same.
kept[0x2b] = 0x2d;
kept[0x2f] = 0x5f;

const digits = Int8Array.from({ length: 256 }, (_, byte) => {
  const digit = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(digit) ? -1 : digit;
});

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export interface NormalForm {
  bytes: Uint8Array;
  length: number;
  /** Whether an escape hid another one: then the form of this form says more. */
  again: boolean;
}

/** Where each byte of a form comes from: its first byte, and the one behind its last. */
export interface Origins {
  from: Int32Array;
  to: Int32Array;
}

/**
 * Leaves out white space, what is not ASCII and backslashes; resolves \u0041, \u{41}, \U00000041, \x41, %41 and &#65;.
 * @param bytes of a text in UTF-8
 * @param out receives the form; it is never longer than the text
 */
export function normalForm(
  bytes: Uint8Array,
  length: number,
  out: Uint8Array,
  origins?: Origins,
): NormalForm {
  let end = 0;
  let again = false;
  for (let at = 0; at < length; at++) {
    const from = at;
    let byte = kept[bytes[at]!]!;
    if (byte === 1) {
      const found = escapeAt(bytes, at, length);
      at = found.end - 1;
      byte = kept[found.value]!;
      if (byte === 1) {
        byte = found.value;
        const opens = found.resolved && mayEscape(byte, bytes[at + 1] ?? 0);
        again ||= opens;
        if (byte === backslash && !opens) continue;
      }
    }
    if (byte === 0) continue;
    if (origins) {
      origins.from[end] = from;
      origins.to[end] = at + 1;
    }
    out[end++] = byte;
  }
  return { bytes: out, length: end, again };
}

/** Whether a byte that came out of an escape may begin another one. */
function mayEscape(byte: number, next: number): boolean {
  if (kept[next] === 1) return true;
  const letter = String.fromCharCode(next);
  if (byte === percent) return digits[next]! >= 0;
  return (byte === backslash ? 'uUxnrtbfv' : '#aglqAGLQ').includes(letter);
}

interface Escape {
  /** 0 when it stands for nothing that is kept. */
  value: number;
  end: number;
  resolved: boolean;
}

const current: Escape = { value: 0, end: 0, resolved: false };

function escapeAt(bytes: Uint8Array, at: number, length: number): Escape {
  const first = bytes[at]!;
  if (first === backslash) return afterBackslashes(bytes, at, length);
  if (first === percent) {
    const value = hex(bytes, at + 1, 2, length);
    return value < 0 ? stays(first, at) : becomes(value, at + 3);
  }
  if (first === equals) {
    // The soft line break of quoted-printable.
    const next = bytes[at + 1];
    return next === 0x0a || next === 0x0d ? becomes(0, at + 1) : stays(first, at);
  }
  return entityAt(bytes, at, length);
}

function afterBackslashes(bytes: Uint8Array, start: number, length: number): Escape {
  let at = start;
  while (at < length && bytes[at] === backslash) at += 1;
  const letter = at < length ? String.fromCharCode(bytes[at]!) : '';
  if (letter === 'u' && bytes[at + 1] === brace) {
    const [whole, digits] = /^\{0*([\da-f]{1,6})\}/i.exec(textAt(bytes, at + 1, length)) ?? [];
    if (whole !== undefined) return becomes(Number.parseInt(digits!, 16), at + 1 + whole.length);
  }
  if (letter === 'u' || letter === 'U' || letter === 'x') {
    const count = letter === 'u' ? 4 : letter === 'U' ? 8 : 2;
    const value = hex(bytes, at + 1, count, length);
    if (value >= 0) return becomes(value, at + 1 + count);
  }
  return becomes(0, 'nrtbfv'.includes(letter) && letter !== '' ? at + 1 : at);
}

function entityAt(bytes: Uint8Array, at: number, length: number): Escape {
  const text = textAt(bytes, at + 1, length);
  const [whole, decimal, hexadecimal, name] =
    /^(?:#0*(\d{1,7})|#x0*([\da-f]{1,6})|([a-z]{2,4}));/i.exec(text) ?? [];
  if (whole === undefined) return stays(ampersand, at);
  const named = name === undefined ? undefined : entities[name.toLowerCase()];
  if (name !== undefined && named === undefined) return stays(ampersand, at);
  const value = named?.charCodeAt(0) ?? (decimal ? Number(decimal) : Number.parseInt(hexadecimal!, 16));
  return becomes(value, at + 1 + whole.length);
}

function textAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, Math.min(at + 11, length)));
}

function stays(value: number, at: number): Escape {
  return said(value, at + 1, false);
}

function becomes(code: number, end: number): Escape {
  return said(code < 0x80 ? code : 0, end, true);
}

/** One object for all: there are as many escapes as quotes in a JSON text. */
function said(value: number, end: number, resolved: boolean): Escape {
  current.value = value;
  current.end = end;
  current.resolved = resolved;
  return current;
}

/** @returns -1 when it is no number of so many digits */
function hex(bytes: Uint8Array, at: number, count: number, length: number): number {
  if (at + count > length) return -1;
  let value = 0;
  for (let index = at; index < at + count; index++) {
    const digit = digits[bytes[index]!]!;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}
