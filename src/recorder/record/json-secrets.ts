// Redacts the secrets of a JSON document by the names of its members, and leaves every other character as it is.
import { parseJson } from '../../protocol/answers.ts';
import {
  isPlaceholder,
  isPlural,
  isSecretName,
  minOfPlural,
  placeholder,
  saysName,
  saysValue,
} from './secret-names.ts';

interface Span {
  from: number;
  to: number;
}

interface Edit extends Span {
  by: string;
}

/** A list or an object that is not at its end yet. */
interface Open {
  from: number;
  isObject: boolean;
  /** Of the member whose value comes next. */
  key: string | undefined;
  /** A member says that the values of this object are of a secret: { "name": "token", "value": … } */
  namesSecret: boolean;
  values: Span[];
}

/**
 * A JSON document without its secrets; undefined when the text is none.
 * @param inText redacts what a string says
 */
export function withoutSecretsOfJson(text: string, inText: (text: string) => string): string | undefined {
  if (!/^\s*[[{"]/.test(text) || parseJson(text) === undefined) return undefined;
  return edited(text, new Document(text, inText).edits());
}

class Document {
  readonly #text: string;
  readonly #inText: (text: string) => string;
  readonly #edits: Edit[] = [];
  /** Without recursion: a document may be nested a hundred thousand times. */
  readonly #open: Open[] = [];

  constructor(text: string, inText: (text: string) => string) {
    this.#text = text;
    this.#inText = inText;
  }

  edits(): Edit[] {
    const text = this.#text;
    for (let at = 0; at < text.length; ) {
      const character = text[at]!;
      if (character === '{' || character === '[') {
        this.#open.push({
          from: at,
          isObject: character === '{',
          key: undefined,
          namesSecret: false,
          values: [],
        });
        at += 1;
      } else if (character === '}' || character === ']') {
        at += 1;
        this.#close(at);
      } else if (character === '"') {
        const to = endOfString(text, at);
        this.#string({ from: at, to });
        at = to;
      } else if (/[\s,:]/.test(character)) {
        at += 1;
      } else {
        const from = at;
        while (at < text.length && !/[\s,\]}]/.test(text[at]!)) at += 1;
        this.#value({ from, to: at });
      }
    }
    return this.#edits;
  }

  #close(to: number): void {
    const { from, isObject, namesSecret, values } = this.#open.pop()!;
    if (isObject && namesSecret) for (const value of values) this.#hide(value);
    if (!isObject) this.#pair(values);
    this.#value({ from, to });
  }

  /** ["token", "…"] is a header, as some log it. */
  #pair([name, value, ...others]: Span[]): void {
    if (!name || !value || others.length > 0) return;
    const [first, second] = [this.#stringOf(name), this.#stringOf(value)];
    if (first === undefined || second === undefined || second.length < minOfPlural) return;
    if (isSecretName(first) && !isSecretName(second)) this.#hide(value);
  }

  #string(span: Span): void {
    const parent = this.#open.at(-1);
    if (parent?.isObject && parent.key === undefined) parent.key = this.#stringOf(span)!;
    else this.#value(span);
  }

  #value(span: Span): void {
    const parent = this.#open.at(-1);
    const key = parent?.key;
    if (parent && key !== undefined) {
      parent.key = undefined;
      if (isSecretName(key)) {
        this.#hide(span, isPlural(key));
        return;
      }
      if (saysName(key) && isSecretName(this.#stringOf(span) ?? '')) parent.namesSecret = true;
      if (saysValue(key)) parent.values.push(span);
    } else if (parent && parent.values.length < 3) {
      parent.values.push(span);
    }
    const said = this.#stringOf(span);
    const clean = said && this.#inText(said);
    if (clean !== said) this.#edits.push({ ...span, by: JSON.stringify(clean) });
  }

  /** Booleans and null give nothing away. */
  #hide(span: Span, isPlural = false): void {
    const text = this.#text.slice(span.from, span.to);
    const said = this.#stringOf(span);
    const stays =
      said === undefined
        ? /^(?:true|false|null|\[\s*\]|\{\s*\})$/.test(text) || (isPlural && /^[-\d]/.test(text))
        : isPlaceholder(said) || (isPlural && said.length < minOfPlural);
    if (!stays) this.#edits.push({ ...span, by: JSON.stringify(placeholder) });
  }

  #stringOf({ from, to }: Span): string | undefined {
    if (this.#text[from] !== '"') return undefined;
    const inside = this.#text.slice(from + 1, to - 1);
    return inside.includes('\\') ? (JSON.parse(this.#text.slice(from, to)) as string) : inside;
  }
}

/** By hand: on a string of megabytes a regular expression would run out of stack. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

/** What is within a span that is replaced goes with it. */
function edited(text: string, edits: Edit[]): string {
  if (edits.length === 0) return text;
  edits.sort((one, other) => one.from - other.from || other.to - one.to);
  let [clean, from] = ['', 0];
  for (const edit of edits) {
    if (edit.from < from) continue;
    clean += text.slice(from, edit.from) + edit.by;
    from = edit.to;
  }
  return clean + text.slice(from);
}
