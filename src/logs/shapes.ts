// What was found in a log, and where: the bodies, and the parts of their calls. In one sentence for people.
import { grouped } from '../text/count.ts';
import { oneLine } from '../text/one-line.ts';
import type { CallParts } from './call-parts.ts';
import type { FoundBody, Level } from './finder.ts';
import { shownKey } from './names.ts';
import { type Part, type PlacedCall, parts, type Where } from './where.ts';

interface Shape {
  body: string;
  time: string | undefined;
  status: string | undefined;
  count: number;
}

/** Shapes of one log that are told apart; a log has one or two. */
const maxShapes = 20;
const maxNamed = 3;

const nothing =
  'no hooks call was found: a call is found by its body, the JSON with conversationId and events; let the log have the bodies as they were sent';

export class Shapes {
  readonly #where: Where;
  /** Of the parts whose places were named: those that were there. */
  readonly #seen = new Set<Part>();

  constructor(where: Where = {}) {
    this.#where = where;
  }

  readonly #shapes = new Map<string, Shape>();
  #alone: Shape | undefined;
  #record: Shape | undefined;
  #last: { levels: readonly Level[]; shape: Shape } | undefined;

  /** A body without a record around it. */
  alone(): void {
    this.#alone ??= this.#of('the lines themselves', undefined, undefined);
    this.#alone.count += 1;
  }

  /** A record as documented. */
  record(time: string | undefined, status: string | undefined, body = '.body'): void {
    const known = this.#record;
    if (known && known.time === time && known.status === status && known.body === body) known.count += 1;
    else {
      this.#record = this.#of(body, time, status);
      this.#record.count += 1;
    }
  }

  add(found: FoundBody, { from }: CallParts): void {
    // Most records of a log are alike: their names are not put together for each.
    const last = this.#last;
    if (
      last &&
      last.shape.time === from.time &&
      last.shape.status === from.status &&
      areAlike(last.levels, found.levels)
    ) {
      last.shape.count += 1;
      return;
    }
    const shape = this.#of(bodyOf(found), from.time, from.status);
    shape.count += 1;
    this.#last = { levels: found.levels.map(withoutContent), shape };
  }

  /** A call at the places that were named. */
  placed(call: PlacedCall, { from }: CallParts, found: FoundBody | undefined): void {
    for (const part of parts) if (part in call && this.#where[part]) this.#seen.add(part);
    const at = (part: 'time' | 'status') => (part in call ? this.#where[part]?.text : from[part]);
    const body = found ? bodyOf(found) : (this.#where.body?.text ?? '');
    this.#of(body, at('time'), at('status')).count += 1;
  }

  get isEmpty(): boolean {
    return this.#shapes.size === 0;
  }

  /** "bodies in .log, order by .time, no status: …"; one for each shape, the most frequent first. */
  get words(): string[] {
    if (this.isEmpty) return [...this.#missing, nothing];
    const shapes = [...this.#shapes.values()].sort((one, other) => other.count - one.count);
    const named = shapes.slice(0, maxNamed).map((shape) => {
      const count = shapes.length > 1 ? `${grouped(shape.count)} ` : '';
      return oneLine(`${count}${wordsOf(shape)}`, 300);
    });
    const more = shapes.length > maxNamed ? [`and ${shapes.length - maxNamed} more forms`] : [];
    return [...named, ...more, ...this.#missing];
  }

  /** The places that were named, and where nothing was. */
  get #missing(): string[] {
    return parts.flatMap((part) => {
      const path = this.#where[part];
      return path && !this.#seen.has(part) ? [oneLine(`no ${part} at ${path.text} in any record`, 300)] : [];
    });
  }

  #of(body: string, time: string | undefined, status: string | undefined): Shape {
    const key = `${body}\n${time}\n${status}`;
    const known = this.#shapes.get(key);
    if (known) return known;
    const shape = { body, time, status, count: 0 };
    if (this.#shapes.size < maxShapes) this.#shapes.set(key, shape);
    return shape;
  }
}

/** Whether bodies lie in members of the same names. */
function areAlike(some: readonly Level[], others: readonly Level[]): boolean {
  if (some.length !== others.length) return false;
  for (let at = 0; at < some.length; at += 1) {
    const [one, other] = [some[at]!, others[at]!];
    const isAlike =
      'object' in one
        ? 'object' in other && one.key === other.key
        : 'member' in one === 'member' in other && !('object' in other);
    if (!isAlike) return false;
  }
  return true;
}

/** A level without the record that it is of, which would be kept in memory. */
function withoutContent(level: Level): Level {
  if ('object' in level) return { object: {}, name: '', key: level.key };
  return 'member' in level ? { member: undefined, list: [] } : { around: '', before: '' };
}

function bodyOf({ levels }: FoundBody): string {
  const keys = levels.flatMap((level) =>
    'object' in level ? [`.${shownKey(level.key)}`] : 'member' in level ? ['[]'] : [],
  );
  return keys.join('') || 'the text of a line';
}

function wordsOf({ body, time, status }: Shape): string {
  return [
    `bodies in ${body}`,
    time === undefined ? 'no time: the order is that of the log' : `order by ${time}`,
    status === undefined ? 'no status: a retry is taken for a duplicate' : `status in ${status}`,
  ].join(', ');
}
