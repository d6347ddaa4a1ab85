// Finds values that must not be written, however they are spelt: plain, in JSON, in a URL, in XML, in base64 or in hex,
// escaped in part or as a whole, and split by white space. What a value looks like is asked of nobody else.
import { escapeXml } from '../text/escape-xml.ts';
import { type NormalForm, normalForm, type Origins } from './normal-form.ts';

export interface Spelt<Name> {
  name: Name;
  /** Bytes of the text: the first, and the one behind the last. */
  from: number;
  to: number;
  packed: 'base64' | 'hex' | undefined;
}

interface Needle<Name> {
  name: Name;
  form: string;
  packed: Spelt<Name>['packed'];
  /** In base64, a byte of the value may share a character with what stands before or behind it. */
  shares: { before: boolean; behind: boolean };
  /** White space within it counts: it is a word, or so short that chance could spell it. */
  whole: boolean;
}

/** Needles that begin with the same bytes. */
interface Siblings<Name> {
  /** The longest first. */
  lengths: number[];
  byForm: Map<string, Needle<Name>>;
}

/** Bytes of a beginning. */
const window = 4;
/** A power of two: beginnings with the same remainder are looked at twice. */
const beginnings = 1 << 12;
const minForm = 6;
const minSplit = 12;
/** An escape in an escape in an escape. */
const maxLayers = 3;

export class Spellings<Name> {
  readonly #known = new Set<string>();
  readonly #exact = new Map<string, Pick<Spelt<Name>, 'name' | 'packed'>>();
  readonly #siblings = new Map<number, Siblings<Name>>();
  readonly #beginnings = new Uint8Array(beginnings);

  /** Characters of the shortest spelling: most texts of an exchange are shorter than any secret. */
  #shortest = Number.POSITIVE_INFINITY;

  /** An empty value has no spelling. */
  add(value: string, name: Name): void {
    if (value === '' || this.#known.has(value)) return;
    this.#known.add(value);
    // The form of such a value may be too short, or end within an escape.
    if (/[^\w.~-]/.test(value))
      for (const { form, packed } of encodings(value)) this.#exact.set(form, { name, packed });
    for (const needle of needlesOf(value, name)) this.#addNeedle(needle);
    this.#shortest = Math.min(this.#shortest, value.length);
  }

  /**
   * Where values stand in a text, in order, none over another.
   * @param look sees the normal form too, and that of a form that hid more escapes; it must not keep it
   */
  in(text: Buffer, look?: (form: Buffer, layer: number) => void): Spelt<Name>[] {
    const found = this.#exactIn(text);
    let form = formOf(text);
    for (let layer = 0; layer < maxLayers; layer++) {
      const bytes = Buffer.from(form.bytes.buffer, form.bytes.byteOffset, form.length);
      const hits = this.#hits(bytes);
      if (hits.length > 0) {
        const origins = originsOf(text, layer);
        const spelt = hits.map(({ at, needle }) => ({ needle, place: placed(needle, at, bytes, origins) }));
        for (const { needle, place } of spelt)
          if (!needle.whole || !hasSpace(text.subarray(place.from, place.to))) found.push(place);
      }
      // It may make forms of its own, in the same bytes.
      const rest = form.again ? Buffer.from(bytes) : undefined;
      look?.(bytes, layer);
      if (!rest) break;
      form = formOf(rest);
    }
    return apart(found);
  }

  /** A text in which each value is replaced. */
  replacedIn(text: string, replacement: (name: Name) => string): string {
    if (text.length < this.#shortest) return text;
    const bytes = Buffer.from(text);
    const found = this.in(bytes);
    if (found.length === 0) return text;
    let [clean, from] = ['', 0];
    for (const spelt of found) {
      clean += bytes.toString('utf8', from, spelt.from) + replacement(spelt.name);
      from = spelt.to;
    }
    return clean + bytes.toString('utf8', from);
  }

  #exactIn(text: Buffer): Spelt<Name>[] {
    const found: Spelt<Name>[] = [];
    for (const [form, what] of this.#exact) {
      for (let from = text.indexOf(form); from >= 0; ) {
        const to = from + Buffer.byteLength(form);
        found.push({ ...what, from, to });
        from = text.indexOf(form, to);
      }
    }
    return found;
  }

  #addNeedle(needle: Needle<Name>): void {
    const { form } = needle;
    if (form.length < minForm) return;
    let key = 0;
    for (let index = 0; index < window; index++) key = (key << 8) | form.charCodeAt(index);
    this.#beginnings[hashed(key)] = 1;
    const siblings: Siblings<Name> = this.#siblings.get(key) ?? { lengths: [], byForm: new Map() };
    this.#shortest = Math.min(this.#shortest, form.length);
    const { lengths, byForm } = siblings;
    if (!lengths.includes(form.length)) lengths.push(form.length);
    lengths.sort((one, other) => other - one);
    if (!byForm.has(form)) byForm.set(form, needle);
    this.#siblings.set(key, siblings);
  }

  /** One pass, however many values there are. */
  #hits(form: Buffer): { at: number; needle: Needle<Name> }[] {
    const hits: { at: number; needle: Needle<Name> }[] = [];
    const known = this.#beginnings;
    let key = 0;
    for (let index = 0; index < form.length; index++) {
      key = (key << 8) | form[index]!;
      if (known[hashed(key)] === 0) continue;
      const at = index - window + 1;
      const needle = this.#needleAt(form, at, key);
      if (needle) hits.push({ at, needle });
    }
    return hits;
  }

  #needleAt(form: Buffer, at: number, key: number): Needle<Name> | undefined {
    const siblings = this.#siblings.get(key);
    for (const length of siblings?.lengths ?? []) {
      const needle = siblings!.byForm.get(form.toString('latin1', at, at + length));
      if (needle) return needle;
    }
    return undefined;
  }
}

function hashed(key: number): number {
  return (key ^ (key >>> 7) ^ (key >>> 15)) & (beginnings - 1);
}

let scratch = new Uint8Array(64 * 1024);

/** The next call uses the same bytes again. */
export function formOf(text: Uint8Array): NormalForm {
  if (scratch.length < text.length) scratch = new Uint8Array(text.length * 2);
  return normalForm(text, text.length, scratch);
}

/** @param layer how often the form of a form was made */
export function originsOf(text: Uint8Array, layer = 0): Origins {
  let bytes = text;
  let all: Origins | undefined;
  for (let done = 0; done <= layer; done++) {
    const own = { from: new Int32Array(bytes.length), to: new Int32Array(bytes.length) };
    const form = normalForm(bytes, bytes.length, new Uint8Array(bytes.length), own);
    const { from, to } = all ?? {};
    if (from && to) {
      own.from = own.from.map((at) => from[at]!);
      own.to = own.to.map((at) => to[at - 1]!);
    }
    all = own;
    bytes = form.bytes.subarray(0, form.length);
  }
  return all!;
}

function placed<Name>(
  { name, form: { length }, packed, shares }: Needle<Name>,
  at: number,
  form: Buffer,
  origins: Origins,
): Spelt<Name> {
  const isPacked = (index: number) => /[\w-]/.test(String.fromCharCode(form[index] ?? 0));
  let [first, behind] = [at, at + length];
  if (shares.before && first > 0 && isPacked(first - 1)) first -= 1;
  if (shares.behind && isPacked(behind)) behind += 1;
  if (packed === 'base64') while (form[behind] === 0x3d) behind += 1;
  return { name, from: origins.from[first]!, to: origins.to[behind - 1]!, packed };
}

function hasSpace(spelt: Buffer): boolean {
  return /\s|\\[nrt]/.test(spelt.toString('latin1'));
}

/** The longest of those that begin first; what overlaps it is left out. */
function apart<Name>(found: Spelt<Name>[]): Spelt<Name>[] {
  const sorted = found.sort((one, other) => one.from - other.from || other.to - one.to);
  let end = 0;
  return sorted.filter(({ from, to }) => {
    if (from < end) return false;
    end = to;
    return true;
  });
}

function* needlesOf<Name>(value: string, name: Name): Generator<Needle<Name>> {
  const whole = value.length < minSplit || /^[a-z]+$/i.test(value);
  const alone = { before: false, behind: false };
  for (const text of [value, value.replaceAll(' ', '+')]) {
    let form = formOf(Buffer.from(text));
    for (let layer = 0; layer < maxLayers; layer++) {
      const bytes = Buffer.from(form.bytes.subarray(0, form.length));
      yield { name, form: bytes.toString('latin1'), packed: undefined, shares: alone, whole };
      if (!form.again) break;
      form = formOf(bytes);
    }
  }
  for (const form of listed(Buffer.from(value)))
    yield { name, form, packed: undefined, shares: alone, whole };
  const texts = [value, inJson(value), encodeURIComponent(value)].map((text) =>
    Buffer.from(text).toString('hex'),
  );
  // The last as Windows has it.
  for (const text of new Set([...texts, Buffer.from(value, 'utf16le').toString('hex')])) {
    const bytes = Buffer.from(text, 'hex');
    const hex = bytes.toString('hex');
    yield { name, form: hex, packed: 'hex', shares: alone, whole };
    yield { name, form: hex.toUpperCase(), packed: 'hex', shares: alone, whole };
    for (const before of [0, 1, 2]) {
      const packed = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64url');
      const [first, last] = [Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6)];
      const shares = { before: before > 0, behind: (before + bytes.length) % 3 !== 0 };
      yield { name, form: packed.slice(first, last), packed: 'base64', shares, whole };
    }
  }
}

/** The bytes one by one: as a Buffer in JSON, or as a certificate shows its fingerprint. */
function* listed(bytes: Buffer): Generator<string> {
  const pairs = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  yield [...bytes].join(',');
  for (const between of [':', '-', ',']) {
    yield pairs.join(between);
    yield pairs.join(between).toUpperCase();
  }
  for (const all of [pairs, pairs.map((pair) => pair.toUpperCase())]) yield `0x${all.join(',0x')}`;
}

/** The usual spellings of a value, whole and for themselves. */
function encodings(value: string): Pick<Needle<unknown>, 'form' | 'packed'>[] {
  const bytes = Buffer.from(value);
  const hex = bytes.toString('hex');
  const texts = [
    value,
    inJson(value),
    inJson(inJson(value)),
    encodeURIComponent(value),
    new URLSearchParams([['', value]]).toString().slice(1),
    escapeXml(value),
  ];
  return [
    ...texts.map((form) => ({ form, packed: undefined })),
    { form: bytes.toString('base64'), packed: 'base64' },
    { form: bytes.toString('base64url'), packed: 'base64' },
    { form: hex, packed: 'hex' },
    { form: hex.toUpperCase(), packed: 'hex' },
  ];
}

function inJson(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}
