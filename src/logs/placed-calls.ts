// The calls at the places that somebody has named, with what else is found beside them.
import { isObject } from '../protocol/requests.ts';
import { answerWords } from './answer-words.ts';
import { toLogEntry } from './call.ts';
import { partsOf } from './call-parts.ts';
import type { FailuresTold } from './failures-told.ts';
import type { Level } from './finder.ts';
import type { LogEntry, LogPosition } from './log-entry.ts';
import { inOrder } from './passed-over.ts';
import type { Shapes } from './shapes.ts';
import { callsAt, type PlacedCall, type Where } from './where.ts';

interface Listeners {
  shapes: Shapes;
  failures: FailuresTold;
}

export class PlacedCalls {
  readonly #where: Where;
  readonly #hooksPath: string | undefined;
  readonly #listeners: Listeners;

  constructor(where: Where, hooksPath: string | undefined, listeners: Listeners) {
    this.#where = where;
    this.#hooksPath = hooksPath;
    this.#listeners = listeners;
  }

  /** @param around what the value lies in */
  entries(value: unknown, place: LogPosition, around: readonly Level[] = []): LogEntry[] {
    const calls = callsAt(value, this.#where).filter(
      ({ body }) => typeof body === 'object' || (typeof body === 'string' && body.includes('{')),
    );
    if (calls.length === 0) return [{ kind: 'other' }];
    const { failures } = this.#listeners;
    return inOrder(calls, failures, (call) =>
      failures.noted(this.#entry(call, value, place), [...around, ...call.levels]),
    );
  }

  #entry(call: PlacedCall, value: unknown, place: LogPosition): LogEntry {
    const record = isObject(value) ? value : {};
    const { levels, ...named } = call;
    const isNamed = this.#where.body !== undefined;
    const parts = partsOf({ body: {}, levels: isNamed ? [{ object: record, name: '', key: '' }] : levels });
    const found = isNamed ? undefined : { body: {}, levels };
    this.#listeners.shapes.placed(call, parts, found);
    return toLogEntry({ ...parts, ...named, answerWords: () => answerWords(record) }, place, this.#hooksPath);
  }
}
